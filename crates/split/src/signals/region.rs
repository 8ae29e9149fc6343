//! The page's region of text: the stretch that gains most where running text counts for itself and furniture against it.

use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "none",
    "inside",
    "first",
    "last",
    "just-before",
    "just-after",
    "before",
    "after",
    "none-prose",
    "inside-prose",
    "first-prose",
    "last-prose",
    "just-before-prose",
    "just-after-prose",
    "before-prose",
    "after-prose",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    let prose = if page.lines[block].is_prose() { 8 } else { 0 };
    let Some((first, last)) = marked.region else { return on(prose) };
    on(prose
        + match block {
            b if b == first => 2,
            b if b == last => 3,
            b if b > first && b < last => 1,
            b if b < first => {
                if first - b <= 3 {
                    4
                } else {
                    6
                }
            }
            b => {
                if b - last <= 3 {
                    5
                } else {
                    7
                }
            }
        });
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use crate::signals::features_marked;

    #[test]
    fn text_between_menus() {
        let p = "The ferry to the islands sails again from Monday, said the port.";
        let (link, plain) = (Mark { links: 255, ..Mark::default() }, Mark::default());
        let lines = [("Home", link), (p, plain), ("Advertisement", link), (p, plain), ("Imprint", link)];
        assert_eq!(features_marked("region", &lines, 0), ["just-before"]);
        assert_eq!(features_marked("region", &lines, 2), ["inside"]);
        assert_eq!(features_marked("region", &lines, 3), ["last-prose"]);
        assert_eq!(features_marked("region", &lines, 4), ["just-after"]);
    }
}
