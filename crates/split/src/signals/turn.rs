//! A change of topic at an edge: the words of the next paragraphs against those of the last ones.

use super::bucket;
use crate::page::Page;

pub(crate) const NAMES: &[&str] =
    &["t0", "t1", "t2", "t3", "t4", "gap-t0", "gap-t1", "gap-t2", "gap-t3", "gap-t4", "unknown"];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(share) = page.topics.turns[page.prose_before[block] as usize] else { return on(10) };
    let wide = page.blocks[block].gap > page.usual_gap;
    on(bucket(share, &[0.06, 0.12, 0.2, 0.3]) + if wide { 5 } else { 0 });
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
