//! Rows of a segment, a bit for each: a million of them are 125 kB, and joining or crossing two such sets takes a few microseconds.

use tantivy::DocId;

/// Rows that are handed on together are about so many.
const BLOCK: usize = 512;

/// Some rows of one segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rows(Vec<u64>);

impl Rows {
    /// Room for so many rows, none of which is among them.
    pub(crate) fn none(of: DocId) -> Self {
        Self(vec![0; of.div_ceil(64) as usize])
    }

    pub(crate) fn all(of: DocId) -> Self {
        let mut bits = vec![u64::MAX; of.div_ceil(64) as usize];
        if let Some(last) = bits.last_mut().filter(|_| !of.is_multiple_of(64)) {
            *last = (1 << (of % 64)) - 1;
        }
        Self(bits)
    }

    /// For how many rows there is room, rounded up to 64.
    pub(crate) fn room(&self) -> DocId {
        self.0.len() as DocId * 64
    }

    pub(crate) fn has(&self, row: DocId) -> bool {
        self.0[row as usize / 64] >> (row % 64) & 1 == 1
    }

    pub(crate) fn add(&mut self, row: DocId) {
        self.0[row as usize / 64] |= 1 << (row % 64);
    }

    /// Takes a row out; whether it was there.
    pub(crate) fn take(&mut self, row: DocId) -> bool {
        let (bits, bit) = (&mut self.0[row as usize / 64], 1 << (row % 64));
        let had = *bits & bit != 0;
        *bits &= !bit;
        had
    }

    /// Adds rows that are in order.
    pub(crate) fn add_all(&mut self, rows: &[DocId]) {
        // Neighbours are bits of one word, and each would wait until the one before it is written: four at a time that are far apart do not.
        let (quarters, rest) = rows.split_at(rows.len() / 4 * 4);
        let quarter = quarters.len() / 4;
        let (first, others) = quarters.split_at(quarter);
        let (second, others) = others.split_at(quarter);
        let (third, fourth) = others.split_at(quarter);
        for (((a, b), c), d) in first.iter().zip(second).zip(third).zip(fourth) {
            self.add(*a);
            self.add(*b);
            self.add(*c);
            self.add(*d);
        }
        rest.iter().for_each(|row| self.add(*row));
    }

    pub(crate) fn count(&self) -> usize {
        self.0.iter().map(|bits| bits.count_ones() as usize).sum()
    }

    /// Leaves only what is among others too.
    pub(crate) fn keep(&mut self, others: &Rows) {
        self.0.iter_mut().zip(&others.0).for_each(|(bits, others)| *bits &= others);
    }

    pub(crate) fn join(&mut self, others: &Rows) {
        self.0.iter_mut().zip(&others.0).for_each(|(bits, others)| *bits |= others);
    }

    /// Takes others out.
    pub(crate) fn drop(&mut self, others: &Rows) {
        self.0.iter_mut().zip(&others.0).for_each(|(bits, others)| *bits &= !others);
    }

    /// Takes out what is among others too, and adds it to a list, in order.
    pub(crate) fn take_common(&mut self, others: &Rows, to: &mut Vec<DocId>) {
        for ((bits, others), first) in self.0.iter_mut().zip(&others.0).zip((0..).step_by(64)) {
            each_bit(*bits & others, first, |row| to.push(row));
            *bits &= !others;
        }
    }

    /// Hands them on in order, some at a time.
    pub(crate) fn each_block(&self, mut give: impl FnMut(&[DocId])) {
        let mut block = [0; BLOCK + 64];
        let mut filled = 0;
        for (bits, first) in self.0.iter().zip((0..).step_by(64)) {
            each_bit(*bits, first, |row| {
                block[filled] = row;
                filled += 1;
            });
            if filled >= BLOCK {
                give(&block[..filled]);
                filled = 0;
            }
        }
        if filled > 0 {
            give(&block[..filled]);
        }
    }

    pub(crate) fn list(&self) -> Vec<DocId> {
        let mut list = Vec::with_capacity(self.count());
        self.each_block(|rows| list.extend_from_slice(rows));
        list
    }
}

#[inline]
fn each_bit(mut bits: u64, first: DocId, mut give: impl FnMut(DocId)) {
    while bits != 0 {
        give(first + bits.trailing_zeros());
        bits &= bits - 1;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::{collection::btree_set, prelude::*};

    use super::*;

    const ROOM: DocId = 1_500;

    fn rows(of: &BTreeSet<DocId>) -> Rows {
        let mut rows = Rows::none(ROOM);
        rows.add_all(&of.iter().copied().collect::<Vec<_>>());
        rows
    }

    proptest! {
        #[test]
        fn they_are_a_set(a in btree_set(0..ROOM, 0..900), b in btree_set(0..ROOM, 0..900)) {
            let (some, others) = (rows(&a), rows(&b));
            prop_assert_eq!((some.count(), some.list()), (a.len(), a.iter().copied().collect::<Vec<_>>()));
            prop_assert!((0..ROOM).all(|row| some.has(row) == a.contains(&row)));
            let changed = |change: fn(&mut Rows, &Rows)| {
                let mut changed = some.clone();
                change(&mut changed, &others);
                changed.list()
            };
            let listed = |rows: BTreeSet<DocId>| rows.into_iter().collect::<Vec<_>>();
            prop_assert_eq!(changed(Rows::keep), listed(&a & &b));
            prop_assert_eq!(changed(Rows::join), listed(&a | &b));
            prop_assert_eq!(changed(Rows::drop), listed(&a - &b));
            let (mut left, mut taken) = (some.clone(), Vec::new());
            left.take_common(&others, &mut taken);
            prop_assert_eq!((left.list(), taken), (listed(&a - &b), listed(&a & &b)));
            let mut one = some.clone();
            prop_assert_eq!(one.take(7), a.contains(&7));
            prop_assert!(!one.has(7));
        }

        #[test]
        fn all_are_as_many_as_there_are(of in 0..ROOM) {
            prop_assert_eq!(Rows::all(of).list(), (0..of).collect::<Vec<_>>());
        }
    }
}
