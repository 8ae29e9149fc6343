//! Which page this is, and what speaks of another one: teasers bring the markup of the stories that they lead to.

use std::collections::HashSet;

use super::address;
use super::clean::letters;

/// Pairs of letters that two headlines of one story share, of the shorter one's, at least. Chosen: headlines of different stories of one
/// site share a quarter, and what a page calls its story for readers and for engines more than two thirds.
const SHARED: f64 = 0.5;

/// The page's addresses, and what it calls itself.
pub(super) struct Own<'p> {
    addresses: [&'p str; 2],
    /// Their letters: pairs of these are needed on few pages.
    titles: Vec<Vec<u8>>,
}

impl<'p> Own<'p> {
    /// A page at an address, with the one that it calls its canonical one, and its titles: what a browser's tab, the page's metas and its
    /// largest headings say.
    pub(super) fn new(url: &'p str, canonical: &'p str, titles: impl IntoIterator<Item = String>) -> Own<'p> {
        let titles = titles.into_iter().map(|title| letters(&title)).filter(|letters| letters.len() > 1).collect();
        Own { addresses: [url, canonical], titles }
    }

    /// Whether what names these addresses and this headline speaks of another page: none of the addresses may be one of this page, and
    /// the headline must be none of its titles. What does not say both is believed.
    pub(super) fn is_foreign<'a>(&self, addresses: impl IntoIterator<Item = &'a str>, headline: &str) -> bool {
        let mut addresses = addresses.into_iter().filter(|address| slug(address).is_some()).peekable();
        let headline = letters(headline);
        addresses.peek().is_some()
            && headline.len() > 1
            && !self.titles.is_empty()
            && self.addresses.iter().any(|own| !own.is_empty())
            && !addresses.any(|address| self.addresses.iter().any(|own| is_variant(own, address)))
            && !self.titles.iter().any(|title| is_alike(title, &headline))
    }
}

/// Whether two addresses lead to one page, also where one is for telephones or has another folder.
fn is_variant(own: &str, other: &str) -> bool {
    address::is_same(own, other) || slug(own).is_some() && slug(own) == slug(other)
}

/// What names the story in an address: the last part of its path that is no `amp` and no `index`; `None` for the front of a site.
fn slug(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = rest.split(['?', '#']).next()?;
    let mut parts = path.split('/').skip(1).filter(|part| !part.is_empty()).map(|part| {
        let part = part.split_once('.').map_or(part, |(name, _)| name);
        part.to_ascii_lowercase()
    });
    parts.by_ref().filter(|part| part != "amp" && part != "index").last()
}

fn is_alike(one: &[u8], other: &[u8]) -> bool {
    let (one, other) = (pairs(one), pairs(other));
    let shared = one.intersection(&other).count();
    shared as f64 >= one.len().min(other.len()) as f64 * SHARED
}

/// The pairs of bytes of a title's letters.
fn pairs(letters: &[u8]) -> HashSet<&[u8]> {
    letters.windows(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_speaks_of_another_page() {
        #[track_caller]
        fn check(address: &str, headline: &str, expected: bool) {
            let titles = ["Ferry Opens Again After Long Repairs - The Post".to_owned()];
            let own = Own::new("https://post.example/ferry", "https://www.post.example/coast/a-ferry", titles);
            assert_eq!(own.is_foreign([address], headline), expected, "{address} {headline}");
        }
        check("https://post.example/museum", "Museum Buys Lanterns", true);
        check("https://other.example/a/museum.html", "Museum Buys Lanterns", true);
        // Its own address, its canonical one, and others of the same page.
        check("http://www.post.example/ferry/?x", "Museum Buys Lanterns", false);
        check("https://post.example/coast/a-ferry", "Museum Buys Lanterns", false);
        check("https://m.post.example/amp/ferry.amp.html", "Museum Buys Lanterns", false);
        check("https://post.example/ferry/amp", "Museum Buys Lanterns", false);
        // The front of the site is no other story, and what calls itself like the page is believed.
        check("https://post.example/#article", "Museum Buys Lanterns", false);
        check("https://post.example/museum", "Ferry opens again", false);
        check("https://post.example/museum", "", false);
        check("", "Museum Buys Lanterns", false);
    }
}
