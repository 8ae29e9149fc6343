//! The last character: teasers trail off, labels end in a colon, captions in a bracket.

use crate::line::Ending;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "plain",
    "sentence",
    "ellipsis",
    "colon",
    "comma",
    "bracket",
    "quote",
    "short-plain",
    "short-sentence",
    "short-ellipsis",
    "short-colon",
    "short-comma",
    "short-bracket",
    "short-quote",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let line = &page.lines[block];
    let kind = match line.ending {
        Ending::Plain => 0,
        Ending::Sentence => 1,
        Ending::Ellipsis => 2,
        Ending::Colon => 3,
        Ending::Comma => 4,
        Ending::Bracket => 5,
        Ending::Quote => 6,
    };
    on(kind + if line.words < 15.0 { 7 } else { 0 });
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn a_teaser_trails_off() {
        assert_eq!(features_of("ending", "Why the ferry never came back…", 0), ["short-ellipsis"]);
    }
}
