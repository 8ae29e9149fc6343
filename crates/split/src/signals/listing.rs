//! The run of lines without running text that a block stands in: one or two between paragraphs are captions and subheadings,
//! thirty are a menu.

use super::bucket;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &["1", "2", "4", "8", "16", "40", "more", "prose-alone", "same-shape-3"];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let at = block as isize;
    if page.lines[block].is_prose() {
        let alone = [at - 1, at + 1]
            .iter()
            .all(|&b| usize::try_from(b).ok().and_then(|b| page.lines.get(b)).is_none_or(|l| !l.is_prose()));
        if alone {
            on(7);
        }
        return;
    }
    on(bucket(page.run[block] as f32, &[1.5, 2.5, 4.5, 8.5, 16.5, 40.5]));
    if page.shape(at - 1) == page.shape(at) && page.shape(at + 1) == page.shape(at) {
        on(8);
    }
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn a_menu() {
        assert_eq!(features_of("listing", &"Weather\n".repeat(20), 10), ["40", "same-shape-3"]);
    }
}
