//! What was found when two versions were compared, now or by an earlier run.

use std::sync::Arc;

use arrow::{
    array::{
        ArrayRef, AsArray, BooleanBuilder, FixedSizeBinaryBuilder, Float32Builder, Float64Builder, StringBuilder,
        UInt32Builder, UInt64Builder,
    },
    datatypes::{Float32Type, Float64Type},
    record_batch::RecordBatch,
};
use copydesk_archive::{Archive, Table, TableFile, TableWriter};
use copydesk_match::{Context, Decision, Evidence, MATCHER, Thresholds};
use copydesk_model::Relation;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::{
    Error, Options, columns,
    steps::rank::{NEVER, Ranks},
    versions::Versions,
};

/// A digest of the matcher and its thresholds: what it was with another one is not so now.
pub(crate) fn matcher(thresholds: &Thresholds) -> u64 {
    xxh3_64_with_seed(format!("{thresholds:?}").as_bytes(), MATCHER)
}

/// What was found when two versions were compared.
#[derive(Clone)]
pub(crate) struct Found {
    pub(crate) relation: Relation,
    pub(crate) coverage_a: f64,
    pub(crate) coverage_b: f64,
    pub(crate) shared_words: u32,
    pub(crate) numbers_differ: u32,
    pub(crate) reason: Arc<str>,
    pub(crate) value: f64,
    pub(crate) threshold: f64,
    pub(crate) score: f32,
    /// Whether words of one stand in the place of words of the other: without that it is no filling of a form.
    pub(crate) substituted: bool,
}

impl Found {
    pub(crate) fn new(evidence: &Evidence, decision: Decision) -> Self {
        Self {
            relation: decision.relation,
            coverage_a: evidence.coverage_a,
            coverage_b: evidence.coverage_b,
            shared_words: evidence.matched,
            numbers_differ: evidence.numbers_differ,
            reason: decision.reason.into(),
            value: decision.value,
            threshold: decision.threshold,
            score: evidence.score(),
            substituted: evidence.substitutions > 0,
        }
    }
}

/// What two versions that are compared are to each other beside their words; `a` is the rank of the earlier one.
pub(crate) fn context(ranks: &Ranks, a: u32, b: u32) -> Context {
    let (first, second) = (ranks.ranked[a as usize], ranks.ranked[b as usize]);
    Context {
        same_url: first.url != 0 && first.url == second.url,
        same_site: first.site != u32::MAX && first.site == second.site,
        seconds_apart: (first.fetched != NEVER && second.fetched != NEVER).then(|| second.fetched - first.fetched),
    }
}

/// Of all that a comparison depends on beside the two bodies.
fn digest(versions: &Versions, ranks: &Ranks, a: u32, b: u32, matcher: u64) -> u64 {
    let mask = |rank: u32| versions.mask(ranks.ranked[rank as usize].number);
    let context = context(ranks, a, b);
    let mut bytes = [0; 26];
    bytes[..8].copy_from_slice(&mask(a).to_le_bytes());
    bytes[8..16].copy_from_slice(&mask(b).to_le_bytes());
    bytes[16..24].copy_from_slice(&context.seconds_apart.unwrap_or(i64::MIN).to_le_bytes());
    bytes[24..].copy_from_slice(&[context.same_url.into(), context.same_site.into()]);
    xxh3_64_with_seed(&bytes, matcher)
}

/// Comparisons of earlier runs that would come out the same, by pair.
#[derive(Default)]
pub(crate) struct Compared(Vec<(u64, Found)>);

impl Compared {
    pub(crate) fn read(
        archive: &Archive,
        files: &[TableFile],
        versions: &Versions,
        ranks: &Ranks,
        options: &Options,
        thresholds: &Thresholds,
    ) -> Result<Self, Error> {
        let mut all = Vec::with_capacity(files.iter().map(|file| file.rows as usize).sum());
        let matcher = matcher(thresholds);
        let rank = |id| {
            let number = versions.number(id).filter(|&number| versions.is_live(number))?;
            Some(ranks.of_number[number as usize])
        };
        let mut reasons: Vec<Arc<str>> = Vec::new();
        for file in files {
            // All rows that are still so are written anew.
            archive.check(file)?;
            for batch in archive.read_file(&file.path, None, options.batch_rows)? {
                let batch = batch?;
                let (first, second, digests) =
                    (columns::ids(&batch, 0)?, columns::ids(&batch, 1)?, columns::u64s(&batch, 2)?);
                let (relations, said) = (columns::texts(&batch, 3)?, columns::texts(&batch, 8)?);
                let shares = |column| columns::primitive::<Float64Type>(&batch, column);
                let (coverage_a, coverage_b, values, thresholds) = (shares(4)?, shares(5)?, shares(9)?, shares(10)?);
                let (shared_words, numbers_differ) = (columns::u32s(&batch, 6)?, columns::u32s(&batch, 7)?);
                let scores = columns::primitive::<Float32Type>(&batch, 11)?;
                let substituted = batch.column(12).as_boolean();
                for (row, (first, second)) in first.zip(second).enumerate() {
                    let (Some(a), Some(b)) = (rank(first), rank(second)) else { continue };
                    if a >= b || digests[row] != digest(versions, ranks, a, b, matcher) {
                        continue;
                    }
                    let Ok(relation) = relations.value(row).parse() else { continue };
                    let reason = match reasons.iter().find(|reason| ***reason == *said.value(row)) {
                        Some(reason) => reason.clone(),
                        None => {
                            reasons.push(said.value(row).into());
                            reasons[reasons.len() - 1].clone()
                        }
                    };
                    let found = Found {
                        relation,
                        coverage_a: coverage_a.value(row),
                        coverage_b: coverage_b.value(row),
                        shared_words: shared_words[row],
                        numbers_differ: numbers_differ[row],
                        reason,
                        value: values.value(row),
                        threshold: thresholds.value(row),
                        score: scores.value(row),
                        substituted: substituted.value(row),
                    };
                    all.push((u64::from(b) << 32 | u64::from(a), found));
                }
            }
        }
        all.sort_unstable_by_key(|(pair, _)| *pair);
        Ok(Self(all))
    }

    /// What was found of the versions of these ranks.
    pub(crate) fn find(&self, a: u32, b: u32) -> Option<&Found> {
        let pair = u64::from(b) << 32 | u64::from(a);
        self.0.binary_search_by_key(&pair, |(own, _)| *own).ok().map(|at| &self.0[at].1)
    }
}

/// Rows of `comparisons` on their way to the file.
pub(crate) struct ComparisonRows {
    matcher: u64,
    a: FixedSizeBinaryBuilder,
    b: FixedSizeBinaryBuilder,
    digest: UInt64Builder,
    relation: StringBuilder,
    shares: [Float64Builder; 4],
    counts: [UInt32Builder; 2],
    reason: StringBuilder,
    score: Float32Builder,
    substituted: BooleanBuilder,
    to: TableWriter,
}

impl ComparisonRows {
    pub(crate) fn new(to: TableWriter, thresholds: &Thresholds) -> Self {
        Self {
            matcher: matcher(thresholds),
            a: FixedSizeBinaryBuilder::new(16),
            b: FixedSizeBinaryBuilder::new(16),
            digest: UInt64Builder::new(),
            relation: StringBuilder::new(),
            shares: Default::default(),
            counts: Default::default(),
            reason: StringBuilder::new(),
            score: Float32Builder::new(),
            substituted: BooleanBuilder::new(),
            to,
        }
    }

    pub(crate) fn push(
        &mut self,
        versions: &Versions,
        ranks: &Ranks,
        a: u32,
        b: u32,
        found: &Found,
    ) -> Result<(), Error> {
        let id = |rank: u32| versions.ids[ranks.ranked[rank as usize].number as usize].to_be_bytes();
        self.a.append_value(id(a))?;
        self.b.append_value(id(b))?;
        self.digest.append_value(digest(versions, ranks, a, b, self.matcher));
        self.relation.append_value(found.relation.name());
        let shares = [found.coverage_a, found.coverage_b, found.value, found.threshold];
        self.shares.iter_mut().zip(shares).for_each(|(column, value)| column.append_value(value));
        self.counts[0].append_value(found.shared_words);
        self.counts[1].append_value(found.numbers_differ);
        self.reason.append_value(&found.reason);
        self.score.append_value(found.score);
        self.substituted.append_value(found.substituted);
        if self.digest.values_slice().len() >= 8192 { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Error> {
        let [coverage_a, coverage_b, value, threshold] =
            self.shares.each_mut().map(|column| -> ArrayRef { Arc::new(column.finish()) });
        let [shared_words, numbers_differ] =
            self.counts.each_mut().map(|column| -> ArrayRef { Arc::new(column.finish()) });
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.a.finish()),
            Arc::new(self.b.finish()),
            Arc::new(self.digest.finish()),
            Arc::new(self.relation.finish()),
            coverage_a,
            coverage_b,
            shared_words,
            numbers_differ,
            Arc::new(self.reason.finish()),
            value,
            threshold,
            Arc::new(self.score.finish()),
            Arc::new(self.substituted.finish()),
        ];
        Ok(self.to.write(&RecordBatch::try_new(Table::Comparisons.schema(), columns)?)?)
    }

    pub(crate) fn finish(mut self) -> Result<copydesk_archive::Finished, Error> {
        self.flush()?;
        Ok(self.to.finish()?)
    }
}

/// A digest of versions in their order, and of what is left out of each.
pub(crate) fn digest_of_cluster(versions: &Versions, numbers: impl Iterator<Item = u32>, matcher: u64) -> [u8; 16] {
    let mut bytes = Vec::new();
    for number in numbers {
        bytes.extend(versions.ids[number as usize].to_le_bytes());
        bytes.extend(versions.mask(number).to_le_bytes());
    }
    xxhash_rust::xxh3::xxh3_128_with_seed(&bytes, matcher).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_threshold_is_another_matcher() {
        let usual = Thresholds::default();
        assert_eq!(matcher(&usual), matcher(&Thresholds::default()));
        assert_ne!(matcher(&usual), matcher(&Thresholds { copy: usual.copy + 0.001, ..usual }));
    }
}
