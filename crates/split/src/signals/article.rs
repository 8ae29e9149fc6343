//! Which `<article>` a block stands in, and how much of the page's running text stands there: teasers are articles too, short ones.

use super::bucket;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "page-none",
    "page-one",
    "page-few",
    "page-many",
    "outside",
    "outside-prose",
    "s0",
    "s1",
    "s2",
    "s3",
    "s4",
    "s0-prose",
    "s1-prose",
    "s2-prose",
    "s3-prose",
    "s4-prose",
    "few-words",
    "card",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    on(bucket(marked.articles as f32, &[1.0, 2.0, 4.0]));
    if marked.articles == 0 {
        return;
    }
    let is_prose = page.lines[block].is_prose();
    if marked.marks[block].article == 0 {
        return on(if is_prose { 5 } else { 4 });
    }
    let article = marked.article[block];
    let share = article.prose / marked.prose.max(1.0);
    on(6 + bucket(share, &[0.02, 0.1, 0.3, 0.7]) + if is_prose { 5 } else { 0 });
    if article.words < 60.0 {
        on(16);
    }
    if article.links > article.words * 0.5 {
        on(17);
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use crate::signals::features_marked;

    #[test]
    fn a_teaser_is_an_article_of_few_words() {
        let p = "The ferry to the islands sails again from Monday, said the port.";
        let of = |article, links| Mark { article, links, ..Mark::default() };
        let mut lines = vec![(p, of(1, 0)); 6];
        lines.extend([("Rivals eye stadium", of(2, 255)), ("Imprint", of(0, 0))]);
        assert_eq!(features_marked("article", &lines, 1), ["page-one", "s4-prose"]);
        assert_eq!(features_marked("article", &lines, 6), ["page-one", "s0", "few-words", "card"]);
        assert_eq!(features_marked("article", &lines, 7), ["page-one", "outside"]);
    }
}
