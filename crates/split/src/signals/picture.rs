//! Pictures: a line right under one is its caption, a short line with nothing else between two pictures as well.

use crate::page::Page;

pub(crate) const NAMES: &[&str] =
    &["under", "under-prose", "above", "above-prose", "second", "second-prose", "under-media", "near-media"];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    let is_prose = usize::from(page.lines[block].is_prose());
    let is_under = |at: usize| marked.marks.get(at).is_some_and(|mark| mark.pictured);
    let is_media = marked.marks[block].near & crate::marked::MEDIA != 0;
    if is_under(block) {
        on(is_prose);
        if is_media {
            on(6);
        }
    } else if block > 0 && is_under(block - 1) && marked.marks[block].container == marked.marks[block - 1].container {
        on(4 + is_prose);
    }
    if is_under(block + 1) {
        on(2 + is_prose);
    }
    if is_media && marked.holder[block].is_some() {
        on(7);
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use crate::signals::features_marked;

    #[test]
    fn a_line_under_a_picture() {
        let pictured = Mark { pictured: true, ..Mark::default() };
        let lines = [
            ("Ferry sails again", Mark::default()),
            ("The ferry in the harbour", pictured),
            ("Nordfoto", Mark::default()),
        ];
        assert_eq!(features_marked("picture", &lines, 0), ["above"]);
        assert_eq!(features_marked("picture", &lines, 1), ["under"]);
        assert_eq!(features_marked("picture", &lines, 2), ["second"]);
    }
}
