use std::{collections::BTreeMap, path::Path, sync::Arc};

use copydesk_pipeline::{ClippingRow, Error, ErrorKind, Options, View, WholeStory};
use copydesk_web::{
    Archive, Block, Caption, Capture, Clipping, Failure, Funnel, Relation, Site, Stories, Story, Version,
};

/// One commit of an archive, as the pages read it.
pub(crate) struct Shelf(pub(crate) View);

/// Opens the last commit of an archive for the pages.
pub(crate) fn shelf(archive: &Path) -> Result<Arc<dyn Archive>, Failure> {
    let view = View::open(archive, &Options::default()).map_err(failure)?;
    Ok(Arc::new(Shelf(view)))
}

fn failure(error: Error) -> Failure {
    Failure(error.to_string())
}

impl Archive for Shelf {
    fn commit(&self) -> u64 {
        self.0.commit()
    }

    fn is_behind(&self) -> bool {
        self.0.is_behind()
    }

    fn stories(&self) -> Result<Stories, Failure> {
        Ok(Box::new(self.0.whole_stories().map_err(failure)?.map(|whole| whole.map(story).map_err(failure))))
    }

    fn bodies(&self, story: &str) -> Result<BTreeMap<String, String>, Failure> {
        let versions = self.0.versions_of(story).map_err(failure)?;
        Ok(versions.into_iter().map(|version| (version.id, version.body)).collect())
    }

    fn relations(&self, story: &str) -> Result<Vec<Relation>, Failure> {
        let versions = self.0.versions_of(story).map_err(failure)?;
        let mut out: Vec<Relation> = Vec::new();
        for version in &versions {
            for row in self.0.relations_of(&version.id).map_err(failure)? {
                let inside = [&row.a, &row.b].iter().all(|id| versions.iter().any(|version| version.id == **id));
                // Each stands under both of its versions.
                if inside && row.a == version.id {
                    out.push(Relation {
                        a: row.a,
                        b: row.b,
                        relation: row.relation,
                        coverage_a: row.coverage_a,
                        coverage_b: row.coverage_b,
                        numbers_differ: row.numbers_differ,
                        reason: row.reason,
                        value: row.value,
                        threshold: row.threshold,
                    });
                }
            }
        }
        Ok(out)
    }

    fn capture(&self, id: &str) -> Result<Option<Capture>, Failure> {
        let cut = match self.0.cut(id) {
            Ok(cut) => cut,
            Err(e) if e.kind() == ErrorKind::Id => return Ok(None),
            Err(e) => return Err(failure(e)),
        };
        let clippings = self.0.clippings_in(id).map_err(failure)?;
        let blocks =
            cut.blocks.into_iter().map(|block| Block { role: block.role, clipping: block.clipping, text: block.text });
        let capture = cut.capture;
        Ok(Some(Capture {
            id: capture.id,
            url: capture.url,
            site: capture.site,
            fetched_at: capture.fetched_at,
            blocks: blocks.collect(),
            stories: clippings
                .into_iter()
                .map(|clipping| (clipping.ordinal, (clipping.story, clipping.headline)))
                .collect(),
        }))
    }

    fn sites(&self) -> Result<Vec<Site>, Failure> {
        let sites = self.0.sites().map_err(failure)?.into_iter().map(|row| Site {
            site: row.site,
            captures: row.captures,
            without_story: row.without_story,
            clippings: row.clippings,
            stories: row.stories,
            first_fetched: row.first_fetched,
            last_fetched: row.last_fetched,
            blocks: row.blocks,
            furniture: row.furniture,
        });
        Ok(sites.collect())
    }

    fn funnel(&self) -> Result<Funnel, Failure> {
        let funnel = self.0.funnel().map_err(failure)?;
        Ok(Funnel {
            outcomes: funnel.outcomes,
            captures: funnel.captures,
            blocks: funnel.blocks,
            clippings: funnel.clippings,
            exact_copies: funnel.exact_copies,
            near_copies: funnel.near_copies,
            versions: funnel.versions,
            stories: funnel.stories,
        })
    }
}

fn story(whole: WholeStory) -> Story {
    let versions = whole.versions.into_iter().map(|version| Version {
        id: version.id,
        words: version.words,
        first_seen: version.first_seen,
        last_seen: version.last_seen,
        clippings: version.clippings,
    });
    Story {
        id: whole.story.id,
        version: whole.story.version,
        headline: whole.story.headline,
        first_seen: whole.story.first_seen,
        last_seen: whole.story.last_seen,
        body: whole.body,
        corrected: whole.corrected,
        versions: versions.collect(),
        clippings: whole.clippings.into_iter().map(clipping).collect(),
    }
}

fn clipping(row: ClippingRow) -> Clipping {
    Clipping {
        id: row.id,
        capture: row.capture,
        url: row.url,
        site: row.site,
        fetched_at: row.fetched_at,
        ordinal: row.ordinal,
        version: row.version,
        headline: row.headline,
        kicker: row.kicker,
        byline: row.byline,
        date: row.date,
        published: row.published,
        captions: row
            .captions
            .into_iter()
            .map(|caption| Caption { text: caption.text, credit: caption.credit })
            .collect(),
        words: row.words,
    }
}
