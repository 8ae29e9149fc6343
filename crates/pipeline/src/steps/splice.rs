//! Rows of the archive of which a few come to stand for others: groups of rows that none of them is in go over as they are.

use std::{collections::VecDeque, ops::Range};

use arrow::{compute::concat_batches, record_batch::RecordBatch};
use copydesk_archive::{Finished, Patch, Table};

use crate::{Error, ErrorKind};

/// Some rows that stay, followed by some in whose place others come.
#[derive(Clone, Copy, Default)]
pub(crate) struct Run {
    pub(crate) stay: usize,
    pub(crate) go: usize,
    pub(crate) come: usize,
}

/// What is done next with rows, first to last.
enum Step {
    Stay(usize),
    Go(usize),
    Come(usize),
}

fn steps(runs: &[Run]) -> VecDeque<Step> {
    let of = |run: &Run| [Step::Stay(run.stay), Step::Go(run.go), Step::Come(run.come)];
    runs.iter().flat_map(of).chain([Step::Stay(usize::MAX)]).collect()
}

/// Rows in batches.
type Batches<'b> = Box<dyn Iterator<Item = Result<RecordBatch, Error>> + Send + 'b>;

/// Rows taken a few at a time.
struct Cursor<'b> {
    batches: Batches<'b>,
    rest: Option<RecordBatch>,
}

impl<'b> Cursor<'b> {
    fn new(batches: Batches<'b>) -> Self {
        Self { batches, rest: None }
    }

    /// The next rows, at most so many of them; `None` after the last one.
    fn some(&mut self, most: usize) -> Result<Option<RecordBatch>, Error> {
        let batch = match self.rest.take() {
            Some(rest) => rest,
            None => match self.batches.find(|batch| !matches!(batch, Ok(batch) if batch.num_rows() == 0)) {
                Some(batch) => batch?,
                None => return Ok(None),
            },
        };
        if most < batch.num_rows() {
            self.rest = Some(batch.slice(most, batch.num_rows() - most));
            return Ok(Some(batch.slice(0, most)));
        }
        Ok(Some(batch))
    }
}

/// The rows as they are now, of those that were and those that come.
pub(crate) struct Spliced {
    steps: VecDeque<Step>,
    before: Cursor<'static>,
    new: Cursor<'static>,
}

impl Spliced {
    pub(crate) fn new(runs: &[Run], before: Batches<'static>, new: Batches<'static>) -> Self {
        Self { steps: steps(runs), before: Cursor::new(before), new: Cursor::new(new) }
    }
}

impl Iterator for Spliced {
    type Item = Result<RecordBatch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let step = self.steps.pop_front()?;
            let (rows, from) = match step {
                Step::Stay(rows) | Step::Go(rows) => (rows, &mut self.before),
                Step::Come(rows) => (rows, &mut self.new),
            };
            if rows == 0 {
                continue;
            }
            let batch = match from.some(rows) {
                Ok(Some(batch)) => batch,
                Ok(None) if rows == usize::MAX => return None,
                Ok(None) => return Some(Err(torn())),
                Err(error) => return Some(Err(error)),
            };
            let left = if rows == usize::MAX { rows } else { rows - batch.num_rows() };
            match step {
                Step::Stay(_) => self.steps.push_front(Step::Stay(left)),
                Step::Come(_) => self.steps.push_front(Step::Come(left)),
                Step::Go(_) => {
                    self.steps.push_front(Step::Go(left));
                    continue;
                }
            }
            return Some(Ok(batch));
        }
    }
}

/// Writes a file anew with some rows in the place of others. `kept` is asked to write a group of which all rows stay, and `mixed` for the
/// rows of any other one in full; both are told which of the rows that the file has now these are.
pub(crate) fn splice(
    mut patch: Patch,
    table: Table,
    runs: &[Run],
    new: Batches<'_>,
    mut kept: impl FnMut(&mut Patch, Range<usize>) -> Result<(), Error>,
    mut mixed: impl FnMut(RecordBatch, Range<usize>) -> Result<RecordBatch, Error>,
) -> Result<Finished, Error> {
    let (mut steps, mut new, mut written) = (steps(runs), Cursor::new(new), 0);
    for rows in patch.groups() {
        // What stays of the group, and what comes in it.
        let (mut at, mut parts): (usize, Vec<Part>) = (0, Vec::new());
        while at < rows {
            let (stays, left) = match steps.pop_front().ok_or_else(torn)? {
                Step::Come(0) => continue,
                Step::Come(n) => {
                    parts.push(Part::New(n));
                    continue;
                }
                Step::Stay(n) => (true, n),
                Step::Go(n) => (false, n),
            };
            let own = left.min(rows - at);
            if stays && own > 0 {
                parts.push(Part::Stored(at..at + own));
            }
            at += own;
            let left = if left == usize::MAX { left } else { left - own };
            if left > 0 {
                steps.push_front(if stays { Step::Stay(left) } else { Step::Go(left) });
            }
        }
        if let [Part::Stored(own)] = &parts[..]
            && own.len() == rows
        {
            kept(&mut patch, written..written + rows)?;
            written += rows;
            continue;
        }
        let stored = patch.stored(None)?.with_schema(table.schema())?;
        let mut batches = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Part::Stored(own) => batches.push(stored.slice(own.start, own.len())),
                Part::New(n) => coming(&mut new, n, &mut batches)?,
            }
        }
        let all = concat_batches(&table.schema(), &batches)?;
        let own = written..written + all.num_rows();
        written = own.end;
        patch.group(&mixed(all, own)?)?;
    }
    let mut batches = Vec::new();
    for step in steps {
        match step {
            Step::Come(n) => coming(&mut new, n, &mut batches)?,
            Step::Stay(0 | usize::MAX) | Step::Go(0) => {}
            Step::Stay(_) | Step::Go(_) => return Err(torn()),
        }
    }
    if !batches.is_empty() {
        let all = concat_batches(&table.schema(), &batches)?;
        let own = written..written + all.num_rows();
        patch.append(&mixed(all, own)?)?;
    }
    Ok(patch.finish()?)
}

/// Rows of a group.
enum Part {
    /// Those that the group has there.
    Stored(Range<usize>),
    /// So many new ones.
    New(usize),
}

/// Takes so many of the rows that come.
fn coming(new: &mut Cursor<'_>, mut rows: usize, to: &mut Vec<RecordBatch>) -> Result<(), Error> {
    while rows > 0 {
        let batch = new.some(rows)?.ok_or_else(torn)?;
        rows -= batch.num_rows();
        to.push(batch);
    }
    Ok(())
}

pub(crate) fn torn() -> Error {
    Error::new(
        ErrorKind::Damaged,
        "the archive's derived tables do not belong together; `copydesk add ARCHIVE --resplit` works them out anew",
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, AsArray, UInt32Array, UInt64Array};
    use arrow::datatypes::UInt64Type;
    use copydesk_archive::{Change, Commit, Writer};
    use proptest::prelude::*;

    use super::*;

    /// Sightings, told apart by their hashes, in batches of some rows.
    fn batches(hashes: &[u64], rows: usize) -> Vec<RecordBatch> {
        let of = |hashes: &[u64]| {
            let side = || -> ArrayRef { Arc::new(UInt32Array::from_iter_values(hashes.iter().map(|&h| h as u32))) };
            let hash: ArrayRef = Arc::new(UInt64Array::from(hashes.to_vec()));
            RecordBatch::try_new(Table::Sightings.schema(), vec![hash, side(), side()]).unwrap()
        };
        hashes.chunks(rows).map(of).collect()
    }

    fn boxed(batches: Vec<RecordBatch>) -> Batches<'static> {
        Box::new(batches.into_iter().map(Ok))
    }

    fn hashes(batches: impl IntoIterator<Item = RecordBatch>) -> Vec<u64> {
        batches.into_iter().flat_map(|batch| batch.column(0).as_primitive::<UInt64Type>().values().to_vec()).collect()
    }

    fn check(runs: &[Run], rest: usize, group: usize, batch: usize) {
        let (old, new): (usize, usize) =
            runs.iter().fold((rest, 0), |(old, new), run| (old + run.stay + run.go, new + run.come));
        let old: Vec<u64> = (0..old as u64).collect();
        let new: Vec<u64> = (1000..1000 + new as u64).collect();
        let (mut expected, mut at, mut from): (Vec<u64>, usize, usize) = (Vec::new(), 0, 0);
        for run in runs {
            expected.extend(&old[at..at + run.stay]);
            at += run.stay + run.go;
            expected.extend(&new[from..from + run.come]);
            from += run.come;
        }
        expected.extend(&old[at..]);

        let read = Spliced::new(runs, boxed(batches(&old, batch)), boxed(batches(&new, batch)));
        assert_eq!(hashes(read.map(Result::unwrap)), expected);

        let folder = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(folder.path()).unwrap();
        let mut to = writer.table(Table::Sightings).unwrap().in_groups().unwrap();
        for batch in batches(&old, group) {
            to.append(to.packer().pack(&batch).unwrap()).unwrap();
        }
        writer.commit(Commit { files: vec![to.finish().unwrap()], ..Commit::default() }).unwrap();
        let file = writer.archive().files(Table::Sightings).next().unwrap().clone();
        let mut told = Vec::new();
        let written = splice(
            writer.patch(&file).unwrap(),
            Table::Sightings,
            runs,
            boxed(batches(&new, batch)),
            |patch, own| {
                assert_eq!(hashes([patch.stored(None)?]), expected[own]);
                Ok(patch.keep()?)
            },
            |rows, own| {
                assert_eq!(hashes([rows.clone()]), expected[own.clone()]);
                told.push(own);
                Ok(rows)
            },
        );
        assert!(told.windows(2).all(|pair| pair[0].end <= pair[1].start), "{told:?}");
        let change = Change { replaced: vec![Table::Sightings], ..Change::default() };
        writer.commit(Commit { files: vec![written.unwrap()], change }).unwrap();
        let read = writer.archive().read(Table::Sightings, None, 100).unwrap();
        assert_eq!(hashes(read.map(Result::unwrap)), expected);
        assert_eq!(writer.archive().rows(Table::Sightings) as usize, expected.len());
    }

    #[test]
    fn at_the_ends_of_groups() {
        let run = |stay, go, come| Run { stay, go, come };
        check(&[], 7, 3, 10);
        check(&[run(0, 3, 0)], 4, 3, 10);
        check(&[run(3, 3, 2)], 4, 3, 10);
        check(&[run(2, 4, 9)], 1, 3, 2);
        check(&[run(3, 0, 2), run(0, 1, 1)], 2, 3, 1);
        check(&[run(6, 0, 2)], 0, 3, 10);
        check(&[run(0, 6, 0)], 0, 3, 10);
        check(&[run(0, 0, 5)], 0, 3, 10);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
        #[test]
        fn any_rows(
            runs in prop::collection::vec((0_usize..9, 0_usize..4, 0_usize..4), 0..8),
            rest in 0_usize..12,
            group in 1_usize..9,
            batch in 1_usize..6,
        ) {
            let runs: Vec<Run> = runs.into_iter().map(|(stay, go, come)| Run { stay, go, come }).collect();
            check(&runs, rest, group, batch);
        }
    }
}
