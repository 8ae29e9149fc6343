//! Capitals: names and titles have many, running text few, shouted labels only.

use super::bucket;
use crate::line::Opening;
use crate::page::Page;

pub(crate) const NAMES: &[&str] = &["none", "few", "some", "half", "most", "all", "shouted", "shouted-one", "caseless"];

pub(crate) fn fire(page: &Page<'_>, block: usize, on: &mut dyn FnMut(usize)) {
    let line = &page.lines[block];
    if line.spaced_words == 0 || line.opening == Opening::Caseless {
        return on(8);
    }
    if line.all_capitals * 5 >= line.spaced_words * 4 {
        return on(if line.spaced_words > 1 { 6 } else { 7 });
    }
    let words = (line.spaced_words - line.numbers.min(line.spaced_words)).max(1);
    on(bucket(line.capitals as f32 / words as f32, &[0.001, 0.2, 0.34, 0.55, 0.85]));
}

#[cfg(test)]
mod tests {
    use crate::signals::features_of;

    #[test]
    fn names_titles_and_text() {
        assert_eq!(features_of("capitals", "Mara Lindqvist", 0), ["all"]);
        assert_eq!(features_of("capitals", "The ferry to the islands will sail again.", 0), ["few"]);
        assert_eq!(features_of("capitals", "BREAKING NEWS", 0), ["shouted"]);
    }
}
