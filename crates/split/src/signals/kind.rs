//! What kind of page it says it is: an article, a live blog, a list of articles.

use copydesk_model::Field;

use crate::page::Page;

pub(crate) const NAMES: &[&str] =
    &["none", "article", "live", "other", "none-prose", "article-prose", "live-prose", "other-prose"];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    on(marked.kind as usize + if page.lines[block].is_prose() { 4 } else { 0 });
}

/// Kinds of pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    #[default]
    None,
    Article,
    Live,
    Other,
}

/// The kind that a page says it is of, the strongest word of all its witnesses.
pub(crate) fn kind(about: &copydesk_model::About) -> Kind {
    let mut kind = Kind::None;
    for said in about.all(Field::Kind) {
        let name = said.value.to_ascii_lowercase();
        if name.contains("liveblog") {
            return Kind::Live;
        }
        let is_article =
            ["article", "posting", "report", "story", "review", "opinion"].iter().any(|word| name.contains(word));
        if is_article {
            kind = Kind::Article;
        } else if kind == Kind::None {
            kind = Kind::Other;
        }
    }
    kind
}

#[cfg(test)]
mod tests {
    use copydesk_model::{About, Said, Witness};

    use super::*;

    #[test]
    fn a_page_that_says_more_than_one_thing() {
        let said = |value: &str| Said { field: Field::Kind, value: value.to_owned(), witness: Witness::JsonLd };
        assert_eq!(kind(&About { said: vec![said("WebPage"), said("NewsArticle")] }), Kind::Article);
        assert_eq!(kind(&About { said: vec![said("NewsArticle"), said("LiveBlogPosting")] }), Kind::Live);
        assert_eq!(kind(&About::default()), Kind::None);
    }
}
