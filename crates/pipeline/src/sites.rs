//! What came from each site.

use std::collections::BTreeMap;

use arrow::datatypes::Int64Type;
use serde::Serialize;

use crate::{Error, View, columns, derive::dropped};

/// How much came from one site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SiteCounts {
    /// Host of the URLs; empty for captures that came without one.
    pub site: String,
    /// Captures.
    pub captures: u64,
    /// Captures in which no story was found.
    pub without_story: u64,
    /// Clippings.
    pub clippings: u64,
    /// Stories that these are of.
    pub stories: u64,
    /// The earliest fetch; empty where no capture says when.
    pub first_fetched: String,
    /// The latest fetch.
    pub last_fetched: String,
}

/// What came from one site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SiteRow {
    /// How much of it.
    #[serde(flatten)]
    pub counts: SiteCounts,
    /// Blocks by the name of their role.
    pub blocks: BTreeMap<String, u64>,
    /// Records that became no capture of the archive, by the name of their outcome; of all runs that brought captures.
    pub dropped: BTreeMap<String, u64>,
    /// Furniture that stands more than once, most frequent first, with the number of its blocks.
    pub furniture: Vec<(String, u64)>,
}

/// Pieces of furniture that are told of a site.
const FURNITURE: usize = 12;

const CAPTURES: &str = "SELECT site, count(*) AS captures, coalesce(min(CASE WHEN fetched_at <> '' THEN fetched_at END), '') AS first, \
    coalesce(max(fetched_at), '') AS last FROM captures GROUP BY site";

const CLIPPINGS: &str = "SELECT site, count(*) AS clippings, count(DISTINCT story) AS stories, count(DISTINCT capture) AS captures \
    FROM clippings GROUP BY site";

const BLOCKS: &str = "SELECT c.site, b.role, count(*) AS blocks FROM blocks b JOIN captures c ON b.capture = c.id GROUP BY c.site, b.role";

/// The place of one of the blocks comes as a text, so that the smallest is one and the same block's.
const FURNITURE_OF_SITES: &str = "SELECT site, blocks, place FROM (SELECT c.site, count(*) AS blocks, \
    min(arrow_cast(b.\"start\", 'Utf8') || ' ' || arrow_cast(b.\"end\", 'Utf8') || ' ' || b.capture) AS place, \
    row_number() OVER (PARTITION BY c.site ORDER BY count(*) DESC, b.hash) AS nth \
    FROM blocks b JOIN captures c ON b.capture = c.id WHERE b.role = 'furniture' GROUP BY c.site, b.hash HAVING count(*) > 1) AS counted \
    ORDER BY site, nth";

impl View {
    /// How much came from each site, most captures first.
    pub fn site_counts(&self) -> Result<Vec<SiteCounts>, Error> {
        let mut sites: BTreeMap<String, SiteCounts> = BTreeMap::new();
        self.each_row(CAPTURES, |batch, row| {
            let captures = number(batch, "captures", row)?;
            let counts = SiteCounts {
                site: columns::text(batch, "site", row)?,
                captures,
                without_story: captures,
                first_fetched: columns::text(batch, "first", row)?,
                last_fetched: columns::text(batch, "last", row)?,
                ..SiteCounts::default()
            };
            sites.insert(counts.site.clone(), counts);
            Ok(())
        })?;
        self.each_row(CLIPPINGS, |batch, row| {
            let name = columns::text(batch, "site", row)?;
            let site = sites.entry(name.clone()).or_insert_with(|| SiteCounts { site: name, ..SiteCounts::default() });
            site.clippings = number(batch, "clippings", row)?;
            site.stories = number(batch, "stories", row)?;
            site.without_story = site.captures.saturating_sub(number(batch, "captures", row)?);
            Ok(())
        })?;
        let mut sites: Vec<SiteCounts> = sites.into_values().collect();
        sites.sort_by(|a, b| b.captures.cmp(&a.captures).then_with(|| a.site.cmp(&b.site)));
        Ok(sites)
    }

    /// What came from each site, most captures first.
    pub fn sites(&self) -> Result<Vec<SiteRow>, Error> {
        let counts = self.site_counts()?;
        let mut sites: BTreeMap<String, SiteRow> =
            counts.into_iter().map(|counts| (counts.site.clone(), SiteRow { counts, ..SiteRow::default() })).collect();
        self.each_row(BLOCKS, |batch, row| {
            let site = of(&mut sites, columns::text(batch, "site", row)?);
            site.blocks.insert(columns::text(batch, "role", row)?, number(batch, "blocks", row)?);
            Ok(())
        })?;
        let mut places: Vec<(String, u64, String)> = Vec::new();
        self.each_row(FURNITURE_OF_SITES, |batch, row| {
            places.push((
                columns::text(batch, "site", row)?,
                number(batch, "blocks", row)?,
                columns::text(batch, "place", row)?,
            ));
            Ok(())
        })?;
        self.read_furniture(&mut sites, places)?;
        for (site, dropped) in dropped(self.archive())? {
            of(&mut sites, site).dropped = dropped;
        }
        let mut sites: Vec<SiteRow> = sites.into_values().collect();
        let order = |row: &SiteRow| (std::cmp::Reverse(row.counts.captures), row.counts.site.clone());
        sites.sort_by_cached_key(order);
        Ok(sites)
    }

    /// The texts of the first pieces of each site, each capture being looked up once.
    fn read_furniture(
        &self,
        sites: &mut BTreeMap<String, SiteRow>,
        places: Vec<(String, u64, String)>,
    ) -> Result<(), Error> {
        let mut told: BTreeMap<String, usize> = BTreeMap::new();
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        for (site, blocks, place) in places {
            let so_far = told.entry(site.clone()).or_default();
            *so_far += 1;
            let mut parts = place.splitn(3, ' ');
            let mut span = || parts.next().and_then(|part| part.parse::<usize>().ok());
            let (Some(start), Some(end), Some(capture)) = (span(), span(), place.splitn(3, ' ').nth(2)) else {
                continue;
            };
            if *so_far > FURNITURE {
                continue;
            }
            if !texts.contains_key(capture) {
                texts.insert(capture.to_owned(), self.capture(capture)?.text);
            }
            let text = texts.get(capture).and_then(|text| text.get(start..end)).unwrap_or_default();
            of(sites, site).furniture.push((text.split_whitespace().collect::<Vec<_>>().join(" "), blocks));
        }
        Ok(())
    }

    fn each_row(
        &self,
        sql: &str,
        mut each: impl FnMut(&arrow::record_batch::RecordBatch, usize) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for batch in self.query(sql)? {
            let batch = batch?;
            (0..batch.num_rows()).try_for_each(|row| each(&batch, row))?;
        }
        Ok(())
    }
}

fn of(sites: &mut BTreeMap<String, SiteRow>, name: String) -> &mut SiteRow {
    sites
        .entry(name.clone())
        .or_insert_with(|| SiteRow { counts: SiteCounts { site: name, ..SiteCounts::default() }, ..SiteRow::default() })
}

fn number(batch: &arrow::record_batch::RecordBatch, name: &str, row: usize) -> Result<u64, Error> {
    Ok(u64::try_from(columns::number::<Int64Type>(batch, name, row)?).unwrap_or_default())
}
