//! How much of a block is bold or emphasised: a short line that is all bold is a subheading or a label, a paragraph that is all bold a
//! standfirst or an invitation.

use super::bucket;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &["some", "most", "all", "some-prose", "most-prose", "all-prose"];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    let share = f32::from(marked.marks[block].strong);
    if share > 0.0 {
        on(bucket(share, &[100.0, 230.0]) + if page.lines[block].is_prose() { 3 } else { 0 });
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use crate::signals::features_marked;

    #[test]
    fn a_bold_line() {
        assert_eq!(features_marked("strong", &[("Long repairs", Mark { strong: 255, ..Mark::default() })], 0), ["all"]);
        assert!(features_marked("strong", &[("Long repairs", Mark::default())], 0).is_empty());
    }
}
