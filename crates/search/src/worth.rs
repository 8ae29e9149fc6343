//! What rows are worth that were found, and which of them may be among the best.

use tantivy::{DocId, Score};

use crate::{rows::Rows, word::List};

/// How the rows that a part of a query found are ranked: sums of what each list gives, which are exact ([`crate::steps`]).
pub(crate) enum Worth {
    Nothing,
    /// Of a word.
    Lists(Vec<List>),
    /// What each row of a set is worth.
    Columns(Vec<(Rows, Score)>),
    /// In order.
    Known(Vec<(DocId, Score)>),
    Sum(Vec<Worth>),
    /// Nothing but for some rows.
    Only(Rows, Box<Worth>),
}

/// One of the things that rows are worth something for.
enum Part<'w> {
    List(&'w List),
    Column(&'w Rows),
    Known(&'w [(DocId, Score)]),
}

/// So few rows are all ranked at once.
const FEW: usize = 128;

/// For each part that gives new rows all parts are asked what these are worth. Where there are more parts, several are taken together: as many
/// as give more rows than were ranked before.
const PARTS: usize = 16;

impl Worth {
    /// Adds what each of some rows is worth; they are in order.
    fn score(&self, rows: &[DocId], scores: &mut [Score]) -> tantivy::Result<()> {
        match self {
            _ if rows.is_empty() => {}
            Worth::Nothing => {}
            Worth::Lists(lists) => lists.iter().try_for_each(|list| list.score(rows, scores))?,
            Worth::Columns(columns) => {
                for (column, worth) in columns {
                    let has = |row: &DocId| f32::from(u8::from(column.has(*row)));
                    rows.iter().zip(&mut *scores).for_each(|(row, score)| *score += has(row) * worth);
                }
            }
            Worth::Known(known) => {
                let mut known = known.iter().peekable();
                for (row, score) in rows.iter().zip(scores) {
                    while known.next_if(|(one, _)| one < row).is_some() {}
                    *score += known.peek().filter(|(one, _)| one == row).map_or(0.0, |(_, worth)| *worth);
                }
            }
            Worth::Sum(parts) => parts.iter().try_for_each(|part| part.score(rows, scores))?,
            Worth::Only(only, worth) => {
                let places: Vec<usize> = (0..rows.len()).filter(|at| only.has(rows[*at])).collect();
                let mut some = vec![0.0; places.len()];
                worth.score(&places.iter().map(|at| rows[*at]).collect::<Vec<_>>(), &mut some)?;
                places.iter().zip(some).for_each(|(at, worth)| scores[*at] += worth);
            }
        }
        Ok(())
    }

    /// What no row is worth more for than so much.
    fn parts<'w>(&'w self, to: &mut Vec<(Score, Part<'w>)>) {
        match self {
            Worth::Nothing => {}
            Worth::Lists(lists) => {
                let ranked = lists.iter().filter(|list| list.is_ranked());
                to.extend(ranked.map(|list| (list.most(), Part::List(list))));
            }
            Worth::Columns(columns) => to.extend(columns.iter().map(|(rows, worth)| (*worth, Part::Column(rows)))),
            Worth::Known(known) => {
                let most = known.iter().map(|(_, worth)| *worth).fold(0.0, Score::max);
                to.push((most, Part::Known(known)));
            }
            Worth::Sum(parts) => parts.iter().for_each(|part| part.parts(to)),
            Worth::Only(_, worth) => worth.parts(to),
        }
    }

    /// Hands on, some at a time, those of the rows that were found that may be among the best, with what they are worth. Who takes them says
    /// what a row must be worth to be of use still.
    ///
    /// What stands in a headline is worth most, and in few rows: as soon as the best of these are known, no row can reach them that stands
    /// only in longer lists, and these are not ranked ("MaxScore", Turtle and Flood 1995).
    pub(crate) fn best(
        &self,
        found: &Rows,
        mut take: impl FnMut(&[DocId], &[Score]) -> Option<Score>,
    ) -> tantivy::Result<()> {
        let mut parts = Vec::new();
        self.parts(&mut parts);
        parts.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let mut left = found.clone();
        let (mut rows, mut scores) = (Vec::new(), Vec::new());
        let mut beyond: Score = parts.iter().map(|(most, _)| most).sum();
        let mut rank = |rows: &[DocId]| {
            scores.clear();
            scores.resize(rows.len(), 0.0);
            self.score(rows, &mut scores)?;
            tantivy::Result::Ok(take(rows, &scores))
        };
        if found.count() <= FEW {
            return rank(&found.list()).map(|_| ());
        }
        let (several, last) = (parts.len() > PARTS, parts.len().saturating_sub(1));
        let (mut ranked, mut least) = (0, None);
        for (at, (most, part)) in parts.into_iter().enumerate() {
            match part {
                Part::List(list) => list.take_from(&mut left, &mut rows)?,
                Part::Column(column) => left.take_common(column, &mut rows),
                Part::Known(known) => rows.extend(known.iter().map(|(row, _)| *row).filter(|row| left.take(*row))),
            }
            beyond -= most;
            let reaches = |least: Option<Score>| least.is_none_or(|least| beyond >= least);
            if several && rows.len() <= ranked && at < last && reaches(least) {
                continue;
            }
            rows.sort_unstable();
            ranked += rows.len();
            least = rank(&rows)?;
            rows.clear();
            if !reaches(least) {
                return Ok(());
            }
        }
        // What is worth nothing.
        left.each_block(|rows| {
            let nothing = [0.0; 1_024];
            take(rows, &nothing[..rows.len()]);
        });
        Ok(())
    }
}
