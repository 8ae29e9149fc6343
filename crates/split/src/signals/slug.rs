//! The words of the page's address: most publishers put the lead's headline there.

use crate::page::Page;

pub(crate) const NAMES: &[&str] = &["half", "most", "some-prose"];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    if page.slug.len() < 3 {
        return;
    }
    let share = page.slug.iter().filter(|w| page.words_of(block).contains(w)).count() as f32 / page.slug.len() as f32;
    if page.lines[block].words > 26.0 {
        if share >= 0.4 {
            on(2);
        }
    } else if share >= 0.75 {
        on(1);
    } else if share >= 0.45 {
        on(0);
    }
}

#[cfg(test)]
mod tests {
    use crate::signals::features_with;

    #[test]
    fn the_slug_names_the_headline() {
        let url = "https://harbour-post.example/news/2024/ferry-sails-again-to-islands.html";
        let text = "Rivals eye stadium\nFerry sails again to the islands";
        assert!(features_with("slug", url, text, &[], 0).is_empty());
        assert_eq!(features_with("slug", url, text, &[], 1), ["most"]);
    }
}
