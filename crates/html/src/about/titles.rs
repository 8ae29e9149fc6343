//! Titles of pages, cut to the title of the story.

use super::clean::letters;

/// Titles of more parts are lists of keywords.
const MOST_PARTS: usize = 24;

/// A title without the names of the site and its parts at either end.
///
/// `sites` says what the site is called, and `others` what other witnesses call the story: where one of them is a part of this title,
/// it is the story's.
pub(super) fn cut<'t>(title: &'t str, sites: &Sites, others: &[Vec<u8>]) -> &'t str {
    if others.contains(&letters(title)) {
        return title.trim();
    }
    let parts = parts(title);
    // The longest beginning or end that somebody else calls the story.
    let pieces = parts.iter().flat_map(|&(end, start)| [&title[..end], &title[start..]]);
    let known = pieces.filter(|piece| others.contains(&letters(piece))).max_by_key(|piece| piece.len());
    if let Some(known) = known.filter(|piece| piece.len() * 4 > title.len()) {
        return known.trim();
    }
    let (mut begin, mut end) = (0, title.len());
    // A section may stand before the site's name, and only there: at the other end it is the story's own kicker.
    let mut has_site = false;
    for _ in 0..4 {
        let last = parts.iter().rev().find(|&&(to, from)| to > begin && from <= end);
        let first = parts.iter().find(|&&(to, from)| to > begin && from < end);
        let (from, to) = match (last, first) {
            (Some(&(to, from)), _)
                if sites.is_name(&title[from..end]) || has_site && sites.is_section(&title[from..end]) =>
            {
                (begin, to)
            }
            (_, Some(&(to, from))) if sites.is_name(&title[begin..to]) => (from, end),
            _ => break,
        };
        if letters(&title[from..to]).len() < 6 {
            break;
        }
        has_site |= from == begin;
        (begin, end) = (from, to);
    }
    title[begin..end].trim()
}

/// Where a title can be parted, between the story's title and the site's name: the end of one part and the start of the next.
pub(super) fn parts(title: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut before = None;
    for (at, c) in title.char_indices() {
        let mut behind = title[at + c.len_utf8()..].chars();
        let (next, after) = (behind.next(), behind.next());
        let length = match (c, next, after) {
            // ` ::`, whatever follows
            (' ', Some(':'), Some(':')) => 3,
            (
                ' ',
                Some(sign @ ('|' | '-' | '–' | '—' | '·' | '•' | '»' | '«' | '›' | '<' | '*' | '/' | ':')),
                Some(' '),
            ) => 2 + sign.len_utf8(),
            ('|' | '｜' | '_' | '：', ..) => c.len_utf8(),
            (':', Some(' '), _) => 2,
            // Where both sides are in a script that puts no spaces between words, or Korean.
            ('-' | 'ㅣ' | '︱', Some(next), _) if is_other(before) && (is_other(Some(next)) || next == '-') => {
                c.len_utf8()
            }
            _ => 0,
        };
        // ` :: ` is one sign, though `: ` is one as well.
        let is_free = parts.last().is_none_or(|&(_, end): &(usize, usize)| at >= end);
        if length > 0 && is_free {
            parts.push((at, at + length));
        }
        before = Some(c);
        if parts.len() == MOST_PARTS {
            break;
        }
    }
    parts
}

fn is_other(c: Option<char>) -> bool {
    c.is_some_and(|c| !c.is_ascii_alphanumeric() && c != ' ')
}

/// What a site and its sections are called, as far as is known.
#[derive(Default)]
pub(super) struct Sites {
    names: Vec<Vec<u8>>,
    /// Labels of the host that can stand for its name: `post` of `www.harbour.post.example`.
    labels: Vec<Vec<u8>>,
    sections: Vec<Vec<u8>>,
}

impl Sites {
    /// Names that follow from a page's URL.
    pub(super) fn of(url: &str) -> Sites {
        let host = copydesk_model::site_of(url);
        let mut labels: Vec<Vec<u8>> = host.split('.').map(letters).collect();
        // The last is a country's or everybody's.
        labels.pop();
        labels.retain(|label| {
            label.len() >= 3 && !["com", "www", "net", "org", "news"].iter().any(|n| n.as_bytes() == label.as_slice())
        });
        Sites { names: vec![letters(host)], labels, sections: Vec::new() }
    }

    /// Adds what somebody calls a part of the site.
    pub(super) fn add_section(&mut self, name: &str) {
        self.sections.push(letters(name));
    }

    /// Whether a part of a title is the name of a part of the site.
    fn is_section(&self, part: &str) -> bool {
        self.sections.contains(&letters(part))
    }

    /// Adds what somebody calls the site.
    pub(super) fn add(&mut self, name: &str) {
        let name = letters(name);
        if name.len() >= 2 && !self.names.contains(&name) {
            self.names.push(name);
        }
    }

    /// Whether a name is the site's to the letter.
    pub(super) fn is_exactly(&self, name: &str) -> bool {
        let name = letters(name);
        self.names.contains(&name) || self.labels.contains(&name)
    }

    /// Whether a part of a title is the name of the site, or what a site adds to it.
    pub(super) fn is_name(&self, part: &str) -> bool {
        let part = letters(part);
        if part.is_empty() {
            return true;
        }
        self.names.iter().any(|name| *name == part || near(name, &part))
            || self.labels.iter().any(|label| {
                part == *label
                    || near(label, &part)
                    || part.len() >= 3 && label.starts_with(&part) && part.len() * 3 > label.len()
            })
    }
}

/// Whether one is most of the other: `postonline` and `post`.
fn near(one: &[u8], other: &[u8]) -> bool {
    let (long, short) = if one.len() >= other.len() { (one, other) } else { (other, one) };
    short.len() >= 4 && short.len() * 5 >= long.len() * 2 && (long.starts_with(short) || long.ends_with(short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, expected: &str) {
        let mut sites = Sites::of("https://www.harbour-post.example/a/b.html");
        sites.add("The Harbour Post");
        sites.add_section("Politics");
        assert_eq!(cut(title, &sites, &[letters("Ferry - a second life")]), expected, "{title}");
    }

    #[test]
    fn names_of_sites_are_cut_off() {
        check("Ferry sinks | The Harbour Post", "Ferry sinks");
        check("Ferry sinks - Politics - The Harbour Post", "Ferry sinks");
        check("Harbour Post: Ferry sinks", "Ferry sinks");
        check("Ferry sinks - harbour-post.example", "Ferry sinks");
        check("Ferry sinks｜Harbour Post", "Ferry sinks");
    }

    #[test]
    fn what_belongs_to_the_story_stays() {
        check("Ferry sinks - twice", "Ferry sinks - twice");
        check("Budget 3.0 | Collectors get four billion", "Budget 3.0 | Collectors get four billion");
        check("Ferry - a second life | Coast", "Ferry - a second life");
        check("The Harbour Post", "The Harbour Post");
        check("a :: b :: Harbour Post", "a :: b :: Harbour Post");
        check("Ferry 2 :: b :: : :: Harbour Post", "Ferry 2 :: b");
        check("a ::џ b", "a ::џ b");
        check("", "");
    }
}
