//! The doubled head: between two stretches of running text a line stands twice, other lines between the two. Sites that print
//! headline and picture once for the eye and once for the page do this, and nothing else on a page looks like it.

use crate::page::Page;

pub(crate) const NAMES: &[&str] = &["opens", "inside", "before", "opens-wide", "inside-wide"];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(opens) = page.doubled[block] else { return };
    // a menu is wide, a head is not
    let wide = page.run[block] > 16;
    match (block as u32).cmp(&opens) {
        std::cmp::Ordering::Equal => on(if wide { 3 } else { 0 }),
        std::cmp::Ordering::Greater => on(if wide { 4 } else { 1 }),
        std::cmp::Ordering::Less => on(2),
    }
}

/// For each block in a stretch without running text: the first line of the stretch that stands in it twice, with another line
/// between.
pub(crate) fn doubled(page: &Page<'_>) -> Vec<Option<u32>> {
    let mut doubled = vec![None; page.len()];
    let mut from = 0;
    for at in 0..=page.len() {
        if at < page.len() && !page.lines[at].is_prose() {
            continue;
        }
        let opens = (from..at).find(|&b| {
            let distance = page.same_after[b] as usize;
            (2..=16).contains(&distance)
                && b + distance < at
                && page.lines[b].words >= 2.5
                && page.lines[b].bracket_words == 0
        });
        doubled[from..at].fill(opens.map(|b| b as u32));
        from = at + 1;
    }
    doubled
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn a_head_stands_twice() {
        let text = "The port closed at noon because of the storm, its master said.\nSix ferries on offer\nA ferry (Nordfoto)\nTT\nSix ferries on offer\nA ferry (Nordfoto)\nThe island line wants to sell six of its ferries before spring, it said.";
        assert!(features_of("doubled", text, 0).is_empty());
        assert_eq!(features_of("doubled", text, 1), ["opens"]);
        assert_eq!(features_of("doubled", text, 2), ["inside"]);
        assert!(features_of("doubled", text, 6).is_empty());
    }
}
