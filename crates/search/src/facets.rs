//! What stories are counted by, beside time: names, each with one number for all segments of the index.

use std::{cmp::Reverse, collections::BTreeMap};

use tantivy::{DocId, SegmentReader, columnar::Column};

use crate::Error;

/// Facets with their columns, in the order of their names.
pub(crate) const FACETS: [(&str, &str); 9] = [
    ("agency", "agency_name"),
    ("author", "author_name"),
    ("changed", "changed"),
    ("has", "has"),
    ("lang", "lang"),
    ("origin", "origin"),
    ("place", "place_name"),
    ("section", "section"),
    ("site", "site"),
];

/// The values of a facet that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facet {
    /// The most frequent ones with how many stories have them, most first.
    pub values: Vec<(String, u64)>,
    /// How many different ones there are.
    pub distinct: u64,
}

/// The values of one facet in the whole index, in alphabetical order.
#[derive(Default)]
struct Names {
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
    /// Of each segment, the numbers of its values; none where they are the same.
    numbers: Vec<Option<Vec<u32>>>,
}

/// The values of every facet.
pub(crate) struct Facets(Vec<Names>);

impl Facets {
    pub(crate) fn read(segments: &[SegmentReader]) -> Result<Self, Error> {
        FACETS.iter().map(|(_, column)| Names::read(segments, column)).collect::<Result<_, _>>().map(Self)
    }

    /// What was counted in each segment as facets with at most so many values.
    pub(crate) fn counted(&self, counts: &[Counts], limit: usize) -> BTreeMap<&'static str, Facet> {
        let one = |(at, (facet, _)): (usize, &(&'static str, &str))| (*facet, self.0[at].counted(at, counts, limit));
        FACETS.iter().enumerate().map(one).collect()
    }
}

impl Names {
    fn read(segments: &[SegmentReader], column: &str) -> Result<Self, Error> {
        let mut all: Vec<Vec<String>> = Vec::new();
        for segment in segments {
            let mut names = Vec::new();
            if let Some(column) = segment.fast_fields().str(column)? {
                let mut stream = column.dictionary().stream().map_err(tantivy::TantivyError::from)?;
                while stream.advance() {
                    names.push(String::from_utf8_lossy(stream.key()).into_owned());
                }
            }
            all.push(names);
        }
        let mut names = Names::default();
        let mut sorted: Vec<&str> = all.iter().flatten().map(String::as_str).collect();
        sorted.sort_unstable();
        sorted.dedup();
        for name in &sorted {
            names.text.push_str(name);
            names.ends.push(names.text.len() as u32);
        }
        for values in &all {
            let number = |name: &String| sorted.binary_search(&name.as_str()).unwrap_or_default() as u32;
            names.numbers.push((values.len() < sorted.len()).then(|| values.iter().map(number).collect()));
        }
        Ok(names)
    }

    fn name(&self, number: u32) -> &str {
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.text[start as usize..self.ends[at] as usize]
    }

    fn counted(&self, facet: usize, counts: &[Counts], limit: usize) -> Facet {
        let mut all: Vec<(u32, u32)> = Vec::new();
        if let [one] = counts {
            let numbers = self.numbers[one.segment].as_ref();
            let number = |at: usize| numbers.map_or(at as u32, |numbers| numbers[at]);
            let found = one.facets[facet].counts.iter().enumerate().filter(|(_, count)| **count > 0);
            all.extend(found.map(|(at, count)| (number(at), *count)));
        } else {
            let mut sums = vec![0u32; self.ends.len()];
            for one in counts {
                let numbers = self.numbers[one.segment].as_ref();
                for (at, count) in one.facets[facet].counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                    sums[numbers.map_or(at, |numbers| numbers[at] as usize)] += count;
                }
            }
            let found = sums.iter().enumerate().filter(|(_, count)| **count > 0);
            all.extend(found.map(|(at, count)| (at as u32, *count)));
        }
        let distinct = all.len() as u64;
        // Where counts are equal the alphabet decides.
        let key = |(number, count): &(u32, u32)| (Reverse(*count), *number);
        if all.len() > limit && limit > 0 {
            all.select_nth_unstable_by_key(limit - 1, key);
        }
        all.truncate(limit);
        all.sort_unstable_by_key(key);
        Facet {
            values: all.iter().map(|(at, count)| (self.name(*at).to_owned(), u64::from(*count))).collect(),
            distinct,
        }
    }
}

/// The values of a facet in one segment, counted.
struct Tally {
    column: Option<Column<u64>>,
    counts: Vec<u32>,
}

/// Every facet of one segment, counted.
pub(crate) struct Counts {
    segment: usize,
    facets: Vec<Tally>,
    docs: Vec<DocId>,
    rows: Vec<u32>,
    values: Vec<u64>,
}

impl Counts {
    pub(crate) fn new(segment: usize, reader: &SegmentReader) -> tantivy::Result<Self> {
        let tally = |(_, name): &(&str, &str)| -> tantivy::Result<Tally> {
            let column = reader.fast_fields().str(name)?;
            let counts = vec![0; column.as_ref().map_or(0, |column| column.num_terms())];
            Ok(Tally { column: column.map(|column| column.ords().clone()), counts })
        };
        let facets = FACETS.iter().map(tally).collect::<tantivy::Result<_>>()?;
        Ok(Self { segment, facets, docs: Vec::new(), rows: Vec::new(), values: Vec::new() })
    }

    /// Counts the values of some rows.
    pub(crate) fn add(&mut self, docs: &[DocId]) {
        for Tally { column, counts } in &mut self.facets {
            let Some(column) = column else { continue };
            self.docs.clear();
            self.rows.clear();
            column.row_ids_for_docs(docs, &mut self.docs, &mut self.rows);
            self.values.resize(self.rows.len(), 0);
            column.values.get_vals(&self.rows, &mut self.values);
            for &value in &self.values {
                counts[value as usize] += 1;
            }
        }
    }
}
