//! News agencies and their names, from `agencies.txt`.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// A news agency, or another house that passes on what it did not print itself.
#[derive(Debug, PartialEq, Eq)]
pub struct Agency {
    /// A short name that does not change: `ap`, `xinhua`.
    pub key: &'static str,
    /// What it calls itself.
    pub name: &'static str,
    /// What it delivers.
    pub kind: AgencyKind,
    /// Its own sites.
    pub(super) sites: Vec<&'static str>,
}

/// What an agency delivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgencyKind {
    /// Stories, and pictures too.
    Wire,
    /// Pictures only.
    Picture,
    /// What others pay for.
    Release,
}

/// The name of an agency in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    pub(super) agency: &'static Agency,
    pub(super) start: usize,
    pub(super) end: usize,
    /// The name may mean something else.
    pub(super) weak: bool,
}

/// All agencies.
pub fn agencies() -> &'static [Agency] {
    &table().agencies
}

struct Table {
    agencies: Vec<Agency>,
    /// By pattern: the agency, and whether the name may mean something else.
    names: Vec<(usize, bool)>,
    finder: AhoCorasick,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| read(include_str!("agencies.txt")).unwrap_or_else(|reason| panic!("agencies.txt: {reason}")))
}

fn read(file: &'static str) -> Result<Table, String> {
    let (mut agencies, mut names, mut patterns) = (Vec::new(), Vec::new(), Vec::new());
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let [key, name, strong, weak, sites, kind] = columns[..] else {
            return Err(format!("six columns are wanted: {line}"));
        };
        let kind = match kind {
            "wire" => AgencyKind::Wire,
            "picture" => AgencyKind::Picture,
            "release" => AgencyKind::Release,
            _ => return Err(format!("no such kind: {line}")),
        };
        for (list, is_weak) in [(strong, false), (weak, true)] {
            for form in list.split(", ").filter(|form| !form.is_empty()) {
                patterns.push(form);
                names.push((agencies.len(), is_weak));
            }
        }
        let sites = sites.split(", ").filter(|site| !site.is_empty()).collect();
        agencies.push(Agency { key, name, kind, sites });
    }
    let finder =
        AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::LeftmostLongest).build(&patterns);
    Ok(Table { agencies, names, finder: finder.map_err(|error| error.to_string())? })
}

/// The names of agencies in a text, in order, none over another.
pub(super) fn named(text: &str) -> Vec<Named> {
    let table = table();
    let whole = table.finder.find_iter(text).filter(|found| is_whole(text, found.start(), found.end()));
    whole
        .map(|found| {
            let (agency, weak) = table.names[found.pattern().as_usize()];
            Named { agency: &table.agencies[agency], start: found.start(), end: found.end(), weak }
        })
        .collect()
}

/// The agency whose site this is.
pub(super) fn of_site(site: &str) -> Option<&'static Agency> {
    let is_of = |agency: &Agency, site: &str| {
        agency.sites.iter().any(|own| site == *own || site.strip_suffix(own).is_some_and(|sub| sub.ends_with('.')))
    };
    if site.is_empty() {
        return None;
    }
    table().agencies.iter().find(|agency| agency.kind == AgencyKind::Wire && is_of(agency, site))
}

/// Whether a name is no part of a longer word. Chinese and Japanese do not part words, Korean and Arabic put others right at them.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let joins = |c: char| c.is_alphanumeric() && !is_unparted(c);
    let first = text[start..].chars().next().unwrap_or(' ');
    if is_unparted(first) {
        return true;
    }
    let arabic = |c: char| ('\u{600}'..='\u{6FF}').contains(&c);
    if arabic(first) {
        // `لرويترز`: "to Reuters". One letter more, and only one.
        let mut letters = text[..start].chars().rev();
        let prefixed = before.is_some_and(|c| matches!(c, 'و' | 'ف' | 'ل' | 'ب' | 'ك'))
            && letters.nth(1).is_none_or(|c| !c.is_alphanumeric());
        return (prefixed || !before.is_some_and(joins)) && !after.is_some_and(joins);
    }
    !before.is_some_and(joins) && !after.is_some_and(|c| joins(c) || c == '_')
}

/// Letters of scripts that put words right beside each other.
fn is_unparted(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{E00}'..='\u{E7F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = named(text).iter().map(|named| named.agency.key).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names_in_their_own_scripts() {
        check("told AFP and Reuters", &["afp", "reuters"]);
        check("Agence France-Presse", &["afp"]);
        check("وقال لرويترز", &["reuters"]);
        check("وكالة الأنباء السورية (سانا)", &["sana"]);
        check("新华社北京5月3日电", &["xinhua"]);
        check("(서울=연합뉴스)", &["yonhap"]);
        check("/ТАСС/", &["tass"]);
        check("Australian Associated Press", &["aap"]);
    }

    #[test]
    fn parts_of_words_are_no_names() {
        check("CAPTION MAPS DPAX xdpa", &[]);
        check("Reutersberg", &[]);
    }

    #[test]
    fn keys_are_unique_and_names_too() {
        let mut keys: Vec<&str> = agencies().iter().map(|agency| agency.key).collect();
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all);
    }

    #[test]
    fn sites_are_told_with_their_parts() {
        assert_eq!(of_site("in.reuters.com").map(|agency| agency.key), Some("reuters"));
        assert_eq!(of_site("notreuters.com"), None);
    }
}
