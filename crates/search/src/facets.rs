//! What stories are counted by: names, each with one number for all segments of the index, and days.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use tantivy::SegmentReader;

use crate::{
    Error,
    tally::{Held, Tally},
};

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

/// The values of every facet, and which story has which.
pub(crate) struct Facets {
    names: Vec<Names>,
    /// Of each segment.
    held: Vec<Arc<Held>>,
}

impl Facets {
    pub(crate) fn read(segments: &[SegmentReader]) -> Result<Self, Error> {
        Ok(Self {
            names: FACETS.iter().map(|(_, column)| Names::read(segments, column)).collect::<Result<_, _>>()?,
            held: segments.iter().map(|segment| Held::read(segment).map(Arc::new)).collect::<tantivy::Result<_>>()?,
        })
    }

    pub(crate) fn held(&self, segment: usize) -> &Arc<Held> {
        &self.held[segment]
    }

    /// What was counted in each segment as facets with at most so many values.
    pub(crate) fn counted(&self, tallies: &[Tally], limit: usize) -> BTreeMap<&'static str, Facet> {
        let facet = |at: usize| {
            let counts: Vec<(usize, &[u32])> = tallies.iter().map(|tally| (tally.segment, tally.counts(at))).collect();
            self.names[at].counted(&counts, limit)
        };
        FACETS.iter().enumerate().map(|(at, (name, _))| (*name, facet(at))).collect()
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

    /// `counts` are those of each value in some segments.
    fn counted(&self, counts: &[(usize, &[u32])], limit: usize) -> Facet {
        let mut all: Vec<(u32, u32)> = Vec::new();
        if let [(segment, counts)] = counts {
            let numbers = self.numbers[*segment].as_ref();
            let number = |at: usize| numbers.map_or(at as u32, |numbers| numbers[at]);
            let found = counts.iter().enumerate().filter(|(_, count)| **count > 0);
            all.extend(found.map(|(at, count)| (number(at), *count)));
        } else {
            let mut sums = vec![0u32; self.ends.len()];
            for (segment, counts) in counts {
                let numbers = self.numbers[*segment].as_ref();
                for (at, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
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
