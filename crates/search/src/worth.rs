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

impl Part<'_> {
    /// Rows of its list, where it has one.
    fn length(&self) -> Option<u64> {
        match self {
            Part::List(list) => Some(list.len()),
            Part::Column(_) | Part::Known(_) => None,
        }
    }
}

/// So few rows are all ranked at once.
const FEW: usize = 128;

/// What looking for rows one by one costs beside reading a list in order: to open the list, for each row, and for each of the list where
/// most of its blocks have one; and for each row where all is ranked at once.
const OPEN: u64 = 500;
const LEAP: u64 = 32;
const DENSE: u64 = 3;
const AT_ONCE: u64 = 2;

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
        let lengths: Vec<u64> = parts.iter().filter_map(|(_, part)| part.length()).collect();
        let cost = |length: fn(u64, u64) -> u64, rows| lengths.iter().map(|of| OPEN + length(*of, rows)).sum::<u64>();
        let at_once = cost(|of, _| of * AT_ONCE, 0) + u64::from(found.room()) / 4;
        let mut spent = 0;
        let mut least = None;
        for (most, part) in parts {
            rows.clear();
            match part {
                Part::List(list) => list.take_from(&mut left, &mut rows)?,
                Part::Column(column) => left.take_common(column, &mut rows),
                Part::Known(known) => rows.extend(known.iter().map(|(row, _)| *row).filter(|row| left.take(*row))),
            }
            beyond -= most;
            if !rows.is_empty() {
                spent += cost(|of, rows| (of * DENSE).min(rows * LEAP), rows.len() as u64);
                if spent > at_once {
                    // Little is ruled out: twice the time of ranking all is the most that it takes to know.
                    rows.iter().for_each(|row| left.add(*row));
                    return self.all(&left, take);
                }
                least = rank(&rows)?;
            }
            if least.is_some_and(|least| beyond < least) {
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

    /// Hands on all of some rows, with 4 bytes for every row of the segment meanwhile.
    fn all(&self, rows: &Rows, mut take: impl FnMut(&[DocId], &[Score]) -> Option<Score>) -> tantivy::Result<()> {
        let mut scores = vec![0.0; rows.room() as usize];
        self.score_every(&mut scores)?;
        let mut some = Vec::new();
        rows.each_block(|rows| {
            some.clear();
            some.extend(rows.iter().map(|row| scores[*row as usize]));
            take(rows, &some);
        });
        Ok(())
    }

    /// Adds what each row of the segment is worth, where it is found.
    fn score_every(&self, scores: &mut [Score]) -> tantivy::Result<()> {
        match self {
            Worth::Nothing => {}
            Worth::Lists(lists) => lists.iter().try_for_each(|list| list.score_every(scores))?,
            Worth::Columns(columns) => {
                for (column, worth) in columns {
                    column.each_block(|rows| rows.iter().for_each(|row| scores[*row as usize] += worth));
                }
            }
            Worth::Known(known) => known.iter().for_each(|(row, worth)| scores[*row as usize] += worth),
            Worth::Sum(parts) => parts.iter().try_for_each(|part| part.score_every(scores))?,
            Worth::Only(only, worth) => {
                let rows = only.list();
                let mut some = vec![0.0; rows.len()];
                worth.score(&rows, &mut some)?;
                rows.iter().zip(some).for_each(|(row, worth)| scores[*row as usize] += worth);
            }
        }
        Ok(())
    }
}
