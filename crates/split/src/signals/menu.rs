//! A block that stands for a run of links: see [`crate::marked::Kept`].

use super::bucket;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &["some", "many", "most", "beside"];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    let stands_for = |at: usize| marked.kept.stands_for.get(at).copied().unwrap_or(1);
    if stands_for(block) > 1 {
        return on(bucket(stands_for(block) as f32, &[6.0, 24.0]));
    }
    if stands_for(block + 1) > 1 || (block > 0 && stands_for(block - 1) > 1) {
        on(3);
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use crate::signals::features_marked;

    #[test]
    fn a_menu_is_read_in_two_lines() {
        let mut lines = vec![("Sport", Mark { links: 255, ..Mark::default() }); 30];
        lines.push(("Ferry sails again", Mark::default()));
        assert_eq!(features_marked("menu", &lines, 0), ["most"]);
        assert_eq!(features_marked("menu", &lines, 1), ["beside"]);
        assert!(features_marked("menu", &lines, 2).is_empty());
    }
}
