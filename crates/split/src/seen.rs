//! What of the census can change a split: the evidence as far as any clue tells it apart, and no further.
//!
//! A block's count of captures grows with every capture of its site, and hardly ever does that mean anything. The clues see
//! [`Seen`] alone, so that a capture whose blocks are still seen in the same way need not be taken apart again: its
//! [`Outline`] and the new evidence say whether that is so, without its text.

use std::sync::OnceLock;

use crate::census::Evidence;

/// Of what the digests are made beside the evidence. To be raised whenever a capture may come apart in another way than before with
/// the same weights and the same evidence; a test looks after it.
pub(crate) const SPLITTER: u64 = 8;

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
    /// URLs of one site: 0 for one at most, then from 2, 4, 8 and 20 on.
    pub urls: u8,
    /// Whether it or the block before it stands in more than twice as many captures as the other; `None` where either is rare.
    pub unlike: Option<bool>,
    /// The company that it keeps, if it is no prose of a story and there is prose around it.
    pub company: Option<Company>,
}

/// How a short line keeps to the paragraphs around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Company {
    /// How often it is there when they are: 0 always, 3 rarely; 4 where it stands in more captures than they do.
    pub share: u8,
    /// Whether the paragraphs follow each other wherever they stand.
    pub bound: bool,
    /// Whether that was seen in few captures.
    pub few: bool,
}

impl Seen {
    /// Captures that both paragraphs around a line must stand in before their company says something, and from how many on it was seen often.
    const TOGETHER: u32 = 2;
    const OFTEN_TOGETHER: u32 = 4;
    /// Blocks from a line to the paragraphs around it, at most.
    const REACH: usize = 24;
    /// One block of so many must stand in another capture, or so many at several URLs of a site: of a long story that nobody else has, the
    /// furniture is known all the same.
    const KNOWN: usize = 6;
    const OF_SITE: usize = 3;

    /// How the blocks of a page are seen; the page's blocks of prose are those on which `is_prose` says so. Nothing, where hardly any
    /// block stands in another capture, and hardly any at several URLs of a site: a page in an archive of strangers comes apart as it does alone.
    pub(crate) fn all(evidence: &[Evidence], is_prose: impl Fn(usize) -> bool) -> Vec<Seen> {
        let count = |is: fn(&Evidence) -> bool| evidence.iter().filter(|here| is(here)).count();
        if count(|here| here.captures > 1) * Self::KNOWN < evidence.len() && count(|here| here.urls > 1) < Self::OF_SITE
        {
            return Vec::new();
        }
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
                urls: class(here.urls.into(), &[2, 4, 8, 20]),
                unlike,
                company: None,
            });
        }
        let (mut before, mut lines) = (None, Vec::new());
        for at in 0..evidence.len() {
            if !is_prose(at) || evidence[at].is_standing() {
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
        s if s > 1.5 => 4,
        s if s >= 0.8 => 0,
        s if s >= 0.4 => 1,
        s if s >= 0.15 => 2,
        _ => 3,
    };
    // their neighbours are the nearest prose: one on the facing sides means that they follow each other wherever they stand
    Some(Company { share, bound: before.right <= 1 && after.left <= 1, few: together < Seen::OFTEN_TOGETHER })
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
            let company = seen
                .company
                .map_or(0, |Company { share, bound, few }| 1 + share * 4 + u8::from(bound) * 2 + u8::from(few));
            let unlike = seen.unlike.map_or(0, |unlike| 1 + u8::from(unlike));
            [
                seen.often | seen.left << 4 | seen.right << 6,
                u8::from(seen.loose) | unlike << 1 | seen.urls << 4,
                company,
            ]
        })
        .collect();
    xxhash_rust::xxh3::xxh3_64_with_seed(&bytes, seed)
}

/// What has to be kept of a capture to tell whether other evidence can change how it came apart: a byte a block.
///
/// ```
/// use copydesk_split::{Evidence, Outline, Splitter};
/// let text = "Read as well\n\nThe ferry to the islands sails again from Monday, the port said on its website.";
/// let evidence = |captures| [Evidence { captures, left: 8, right: 8, ..Evidence::default() }, Evidence::default()];
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Splitter;

    const PAGE: &str = "Home\nSport\nWeather\n\nFerry sails again\n\nThe ferry to the islands in the harbour (Nordfoto)\n\n\
        The ferry to the islands sails again from Monday, the port said on its website, after three weeks of repairs.\n\n\
        Long repairs\n\n\
        “We had hoped for less,” said its captain, Mara Lindqvist, who has sailed the route since 1998 with her brother.\n\n\
        Read as well: Rivals eye stadium\n\n\
        The company that owns the ship put the costs at two million crowns, half of which the regional assembly will pay.\n\n\
        Sign up for our letter\nAll rights reserved";

    fn evidence() -> impl Strategy<Value = Evidence> {
        let captures = prop_oneof![Just(1_u32), 2_u32..8, 8_u32..60];
        (captures, 1_u8..=8, 1_u8..=8, any::<bool>(), 1_u8..=32).prop_map(|(captures, left, right, settled, urls)| {
            if captures < 2 { Evidence::default() } else { Evidence { captures, left, right, settled, urls } }
        })
    }

    proptest! {
        /// What is seen in the same way comes apart in the same way, and the outline says what is.
        #[test]
        fn a_digest_stands_for_a_split(
            first in prop::collection::vec(evidence(), 12),
            changes in prop::collection::vec((0_usize..12, 0_u32..9, 0_u8..2), 1..6),
        ) {
            let mut splitter = Splitter::new();
            prop_assert_eq!(crate::blocks(PAGE).len(), first.len());
            let split = splitter.split("", PAGE, &first);
            prop_assert_eq!(split.outline.digest(&first), split.digest);
            let mut second = first.clone();
            for (at, captures, neighbours) in changes {
                let block = &mut second[at];
                block.captures += captures;
                block.left = (block.left + neighbours).min(8);
            }
            let other = splitter.split("", PAGE, &second);
            prop_assert_eq!(split.outline.digest(&second), other.digest);
            prop_assert_eq!(&split.outline, &other.outline);
            if split.digest == other.digest {
                prop_assert_eq!((split.blocks, split.clippings, split.masked), (other.blocks, other.clippings, other.masked));
            }
        }
    }

    /// Archives keep how captures came apart, by the digest. If this fails because captures come apart in another way with the same
    /// weights, raise [`SPLITTER`]: what archives keep is then worked out anew. Then write down what is found.
    #[test]
    fn another_splitter_has_another_digest() {
        let mut bytes = Vec::new();
        for line in include_str!("../../cli/demo/captures.jsonl").lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = row["text"].as_str().unwrap();
            for captures in [1, 3, 30] {
                let usual = |k: usize| Evidence {
                    captures,
                    left: 1 + k as u8 % 5,
                    right: 1 + k as u8 % 3,
                    settled: k.is_multiple_of(2),
                    urls: 1 + k as u8 % 25,
                };
                let evidence: Vec<Evidence> = (0..crate::blocks(text).len()).map(usual).collect();
                let split = crate::split(row["url"].as_str().unwrap_or_default(), text, &evidence);
                bytes.extend(
                    format!("{:?}{:?}{:?}{:?}", split.blocks, split.clippings, split.masked, split.outline)
                        .into_bytes(),
                );
            }
        }
        let found = (digest(&[]), xxhash_rust::xxh3::xxh3_64(&bytes));
        assert_eq!(found, (15_124_952_440_165_704_542, 13_933_962_520_321_562_312));
    }
}
