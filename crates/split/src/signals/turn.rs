//! A change of topic at an edge: the words of the next paragraphs against those of the last ones.

use super::bucket;
use crate::page::Page;

pub(crate) const NAMES: &[&str] =
    &["t0", "t1", "t2", "t3", "t4", "gap-t0", "gap-t1", "gap-t2", "gap-t3", "gap-t4", "unknown"];

/// Paragraphs looked at on each side.
const AHEAD: u32 = 3;
const BEHIND: u32 = 6;

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(share) = page.turns.get(page.prose_before[block] as usize).copied().filter(|s| *s >= 0.0) else {
        return on(10);
    };
    let wide = page.blocks[block].gap > page.usual_gap;
    on(bucket(share, &[0.06, 0.12, 0.2, 0.3]) + if wide { 5 } else { 0 });
}

/// For each edge between prose blocks (by the number of prose blocks before it): the share of the topic words of the next ones
/// that the last ones hold; -1 where a side is missing.
pub(crate) fn turns(page: &Page<'_>) -> Vec<f32> {
    let prose: Vec<usize> = (0..page.len()).filter(|&b| page.lines[b].is_prose()).collect();
    (0..=prose.len())
        .map(|edge| {
            let (mut words, mut known) = (0u32, 0u32);
            let at = edge as u32;
            for &block in prose[edge..].iter().take(AHEAD as usize) {
                for &word in page.words_of(block) {
                    if !page.plain_token[word as usize] {
                        words += 1;
                        known += u32::from(page.held_within(word, at.saturating_sub(BEHIND), at));
                    }
                }
            }
            if edge == 0 || words < 8 { -1.0 } else { known as f32 / words as f32 }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn another_topic() {
        let ferry = "The ferry to the islands will sail again from Monday, the port of Halden said.";
        let chess = "Grandmaster Ilves castled early, sacrificed two pawns and won a queen before move forty.";
        let text = format!("{ferry}\n{ferry}\n{chess}\n{chess}");
        assert_eq!(features_of("turn", &text, 1), ["t4"]);
        assert_eq!(features_of("turn", &text, 2), ["t0"]);
    }
}
