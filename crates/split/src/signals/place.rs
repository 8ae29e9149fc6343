//! Where on the page a block stands, counted in the words of running text before and after it.

use super::bucket;
use crate::page::Page;

pub(crate) const NAMES: &[&str] =
    &["nothing-before", "little-before", "nothing-after", "little-after", "first", "third", "last"];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let before = page.prose_words_before[block];
    let after = page.prose_words_before[page.len()] - page.prose_words_before[block + 1];
    match bucket(before, &[1.0, 60.0]) {
        0 => on(0),
        1 => on(1),
        _ => {}
    }
    match bucket(after, &[1.0, 60.0]) {
        0 => on(2),
        1 => on(3),
        _ => {}
    }
    if block == 0 {
        on(4);
    } else if block < 3 {
        on(5);
    }
    if block + 1 == page.len() {
        on(6);
    }
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn the_first_line() {
        assert!(features_of("place", "Ferry sails again\nThe ferry sails.", 0).contains(&"first"));
    }
}
