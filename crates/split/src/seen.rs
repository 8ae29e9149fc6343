//! What of the census can change a split: the evidence as far as any clue tells it apart, and no further.
//!
//! A block's count of captures grows with every capture of its site, and hardly ever does that mean anything. The clues see
//! [`Seen`] alone, so that a capture whose blocks are still seen in the same way need not be taken apart again: its
//! [`Outline`] and the new evidence say whether that is so, without its text.

use std::sync::OnceLock;

use crate::census::Evidence;

/// Of what the digests are made beside the evidence. To be raised whenever a capture may come apart in another way than before with
/// the same weights and the same evidence; a test looks after it.
pub(crate) const SPLITTER: u64 = 1;

/// How a block is seen over all captures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Captures that hold it: 0 for one at most, then from 2, 3, 5, 12 and 40 on.
    pub often: u8,
    /// Neighbours before it: 0 for one at most, then from 2 and 4 on.
    pub left: u8,
    /// Neighbours after it.
    pub right: u8,
    /// See [`Evidence::is_loose`].
    pub loose: bool,
    /// Whether it or the block before it stands in more than twice as many captures as the other; `None` where either is rare.
    pub unlike: Option<bool>,
    /// The company that it keeps, if it is no prose and there is prose around it.
    pub company: Option<Company>,
}

/// How a short line keeps to the paragraphs around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Company {
    /// How often it is there when they are: 0 always, 3 rarely.
    pub share: u8,
    /// Whether the paragraphs follow each other wherever they stand.
    pub bound: bool,
}

impl Seen {
    /// Captures that both paragraphs around a line must stand in before their company says something.
    const TOGETHER: u32 = 4;
    /// Blocks from a line to the paragraphs around it, at most.
    const REACH: usize = 24;

    /// How the blocks of a page are seen; the page's blocks of prose are those on which `is_prose` says so.
    pub(crate) fn all(evidence: &[Evidence], is_prose: impl Fn(usize) -> bool) -> Vec<Seen> {
        let mut seen = Vec::with_capacity(evidence.len());
        for (at, here) in evidence.iter().enumerate() {
            let unlike = at.checked_sub(1).and_then(|before| {
                let (before, here) = (evidence[before].captures, here.captures);
                (before >= 3 && here >= 3).then(|| before.max(here) > before.min(here).saturating_mul(2))
            });
            seen.push(Seen {
                often: class(here.captures, &[2, 3, 5, 12, 40]),
                left: class(here.left.into(), &[2, 4]),
                right: class(here.right.into(), &[2, 4]),
                loose: here.is_loose(),
                unlike,
                company: None,
            });
        }
        let (mut before, mut lines) = (None, Vec::new());
        for at in 0..evidence.len() {
            if !is_prose(at) {
                lines.push(at);
                continue;
            }
            if let Some(before) = before {
                for line in lines.drain(..).filter(|line| line - before <= Self::REACH && at - line <= Self::REACH) {
                    seen[line].company = company(&evidence[before], &evidence[line], &evidence[at]);
                }
            }
            lines.clear();
            before = Some(at);
        }
        seen
    }
}

fn class(value: u32, limits: &[u32]) -> u8 {
    limits.iter().take_while(|&&limit| value >= limit).count() as u8
}

fn company(before: &Evidence, line: &Evidence, after: &Evidence) -> Option<Company> {
    let together = before.captures.min(after.captures);
    if together < Seen::TOGETHER {
        return None;
    }
    let share = match line.captures.max(1) as f32 / together as f32 {
        s if s >= 0.8 => 0,
        s if s >= 0.4 => 1,
        s if s >= 0.15 => 2,
        _ => 3,
    };
    // their neighbours are the nearest prose: one on the facing sides means that they follow each other wherever they stand
    Some(Company { share, bound: before.right <= 1 && after.left <= 1 })
}

/// A digest of all that the clues see of the census: with the same one a capture comes apart in the same way.
pub(crate) fn digest(seen: &[Seen]) -> u64 {
    static SEED: OnceLock<u64> = OnceLock::new();
    let seed = *SEED.get_or_init(|| {
        let weights = [include_str!("weights.txt"), include_str!("weights_html.txt")];
        weights.iter().fold(SPLITTER, |seed, text| xxhash_rust::xxh3::xxh3_64_with_seed(text.as_bytes(), seed))
    });
    let bytes: Vec<u8> = seen
        .iter()
        .flat_map(|seen| {
            let company = seen.company.map_or(0, |company| 1 + company.share * 2 + u8::from(company.bound));
            let unlike = seen.unlike.map_or(0, |unlike| 1 + u8::from(unlike));
            [seen.often | seen.left << 4 | seen.right << 6, u8::from(seen.loose) | unlike << 1 | company << 4]
        })
        .collect();
    xxhash_rust::xxh3::xxh3_64_with_seed(&bytes, seed)
}

/// What has to be kept of a capture to tell whether other evidence can change how it came apart: a byte a block.
///
/// ```
/// use copydesk_split::{Evidence, Outline, Splitter};
/// let text = "Read as well\n\nThe ferry to the islands sails again from Monday, the port said on its website.";
/// let evidence = |captures| [Evidence { captures, left: 8, right: 8, settled: false }, Evidence::default()];
/// let split = Splitter::new().split("", text, &evidence(50));
/// assert_eq!(split.outline.digest(&evidence(50)), split.digest);
/// // a capture of the site more says nothing new
/// assert_eq!(split.outline.digest(&evidence(51)), split.digest);
/// assert_ne!(split.outline.digest(&evidence(7)), split.digest);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline(Vec<u8>);

impl Outline {
    const PROSE: u8 = 1;
    const PASSED: u8 = 2;

    /// Of blocks of which each is prose or not.
    pub(crate) fn of(prose: impl Iterator<Item = bool>) -> Outline {
        Outline(prose.map(|prose| if prose { Self::PROSE } else { 0 }).collect())
    }

    /// The same where each block of the outline stands for so many, and only the first of them is looked at.
    pub(crate) fn spread(self, stands_for: &[u32]) -> Outline {
        let spread = |(own, &n): (u8, &u32)| {
            std::iter::once(own).chain(std::iter::repeat_n(Self::PASSED, (n as usize).saturating_sub(1)))
        };
        Outline(self.0.into_iter().zip(stands_for).flat_map(spread).collect())
    }

    /// As it was written down.
    pub fn from_bytes(bytes: &[u8]) -> Outline {
        Outline(bytes.to_vec())
    }

    /// To be written down.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// What [`Split::digest`](crate::Split::digest) would be with this evidence, one entry a block.
    pub fn digest(&self, evidence: &[Evidence]) -> u64 {
        if evidence.len() != self.0.len() {
            return digest(&[]);
        }
        let all = || (0..self.0.len()).filter(|&at| self.0[at] & Self::PASSED == 0);
        let prose: Vec<bool> = all().map(|at| self.0[at] & Self::PROSE != 0).collect();
        let evidence: Vec<Evidence> = all().map(|at| evidence[at]).collect();
        digest(&Seen::all(&evidence, |at| prose[at]))
    }
}
