//! How much of the article, and of the text that the page's template makes alike, lies before an edge and behind it; as [`super::rest`] has it
//! for one element, for stories that are cut into several.

use super::bucket;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &[
    "article-before-none",
    "article-before-some",
    "article-before-most",
    "article-after-none",
    "article-after-some",
    "article-after-most",
    "template-before-none",
    "template-before-some",
    "template-before-most",
    "template-after-none",
    "template-after-some",
    "template-after-most",
    "told-before-none",
    "told-before-some",
    "told-before-most",
    "told-after-none",
    "told-after-some",
    "told-after-most",
];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let Some(marked) = &page.marked else { return };
    for (k, span) in [marked.article_of(block), marked.template, marked.told].into_iter().enumerate() {
        let Some((first, last)) = span else { continue };
        let words =
            |from: usize, to: usize| if from < to { marked.words_before[to] - marked.words_before[from] } else { 0.0 };
        let all = words(first, last + 1).max(1.0);
        on(k * 6 + bucket(words(first, block.min(last + 1)) / all, &[0.02, 0.4]));
        on(k * 6 + 3 + bucket(words(block.max(first), last + 1) / all, &[0.02, 0.4]));
    }
}

#[cfg(test)]
mod tests {
    use copydesk_model::Mark;

    use crate::signals::features_marked;

    #[test]
    fn between_two_articles() {
        let p = "The ferry to the islands sails again from Monday, said the port, after three weeks of repairs that had cost the company a summer.";
        let of = |article| Mark { article, path: 3, ..Mark::default() };
        let lines = [(p, of(1)), (p, of(1)), (p, of(2)), (p, of(2)), (p, of(2))];
        let template = ["template-before-most", "template-after-most"];
        assert_eq!(features_marked("rest_of", &lines, 1)[..2], ["article-before-most", "article-after-most"]);
        assert_eq!(features_marked("rest_of", &lines, 2)[..2], ["article-before-none", "article-after-most"]);
        assert_eq!(features_marked("rest_of", &lines, 2)[2..], template);
    }
}
