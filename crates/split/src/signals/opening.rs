//! The first character: lists begin with bullets, paragraphs with capitals or quotes.

use crate::line::Opening;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &["other", "upper", "lower", "digit", "quote", "bullet", "caseless", "bullet-prose"];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let line = &page.lines[block];
    on(match line.opening {
        Opening::Other => 0,
        Opening::Upper => 1,
        Opening::Lower => 2,
        Opening::Digit => 3,
        Opening::Quote => 4,
        Opening::Bullet if line.is_prose() => 7,
        Opening::Bullet => 5,
        Opening::Caseless => 6,
    });
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn a_menu_has_bullets() {
        assert_eq!(features_of("opening", "* Weather", 0), ["bullet"]);
        assert_eq!(features_of("opening", "“No,” she said.", 0), ["quote"]);
    }
}
