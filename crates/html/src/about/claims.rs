//! What is claimed about a page, before it is decided whom to trust.

use copydesk_model::{Field, Said, Witness};

/// Claims of one field beyond this many are dropped; galleries of 200 pictures are pages, too.
const MOST: usize = 256;

/// One claim. Claims are ordered by `rank`, from 0, the most trusted; in the order of the page where ranks are equal.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub(super) field: Field,
    pub(super) value: String,
    pub(super) witness: Witness,
    pub(super) rank: u8,
}

/// All claims about a page.
#[derive(Default)]
pub(super) struct Claims {
    pub(super) all: Vec<Claim>,
    counts: [usize; Field::ALL.len()],
}

impl Claims {
    /// Notes a claim, unless it is empty or the same witness made it before.
    pub(super) fn add(&mut self, field: Field, value: String, witness: Witness, rank: u8) {
        let count = &mut self.counts[field as usize];
        if value.is_empty() || *count >= MOST {
            return;
        }
        let known =
            self.all.iter_mut().find(|claim| claim.field == field && claim.witness == witness && claim.value == value);
        match known {
            Some(claim) => claim.rank = claim.rank.min(rank),
            None => {
                *count += 1;
                self.all.push(Claim { field, value, witness, rank });
            }
        }
    }

    /// The claims about one field, as they were made.
    pub(super) fn of(&self, field: Field) -> impl Iterator<Item = &Claim> {
        self.all.iter().filter(move |claim| claim.field == field)
    }

    /// The most trusted claim about a field.
    pub(super) fn best(&self, field: Field) -> Option<&Claim> {
        self.of(field).min_by_key(|claim| claim.rank)
    }

    /// What is said of each field, the most trusted first.
    pub(super) fn said(mut self) -> Vec<Said> {
        self.all.sort_by_key(|claim| (claim.field, claim.rank));
        self.all.into_iter().map(|Claim { field, value, witness, .. }| Said { field, value, witness }).collect()
    }
}
