//! News agencies and their names, from `agencies.txt`.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};

use crate::dates::{Place, is_letter};

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
pub(crate) struct Named {
    pub(super) agency: &'static Agency,
    pub(super) start: usize,
    pub(super) end: usize,
    /// The name may mean something else.
    pub(super) weak: bool,
}

impl Named {
    /// The same name in a text in which this one begins at a byte.
    pub(crate) fn behind(self, at: usize) -> Self {
        Self { start: self.start + at, end: self.end + at, ..self }
    }
}

/// All agencies.
pub fn agencies() -> &'static [Agency] {
    &table().agencies
}

pub(crate) struct Table {
    agencies: Vec<Agency>,
    /// The sites of those that deliver stories, in order, with their agencies' places.
    sites: Vec<(&'static str, usize)>,
    /// By pattern: the agency, and whether the name may mean something else.
    names: Vec<(usize, bool)>,
    /// Finds the longest name that begins at a place.
    finder: AhoCorasick,
    /// A bit for each two bytes that a name begins with.
    pairs: Box<[u64; 1024]>,
    /// A bit for each hash of the first three bytes of a name.
    seen: Box<[u64; 1024]>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| read(include_str!("agencies.txt")).unwrap_or_else(|reason| panic!("agencies.txt: {reason}")))
}

fn read(file: &'static str) -> Result<Table, String> {
    let (mut agencies, mut names, mut patterns): (Vec<Agency>, _, _) = (Vec::new(), Vec::new(), Vec::new());
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
                if !form.starts_with(is_letter) {
                    return Err(format!("a name begins with a letter: {form}"));
                }
                patterns.push(form);
                names.push((agencies.len(), is_weak));
            }
        }
        let sites = sites.split(", ").filter(|site| !site.is_empty()).collect();
        agencies.push(Agency { key, name, kind, sites });
    }
    let finder = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .match_kind(MatchKind::LeftmostLongest)
        .start_kind(StartKind::Anchored)
        .build(&patterns);
    let (mut pairs, mut seen) = (Box::new([0u64; 1024]), Box::new([0u64; 1024]));
    for pattern in &patterns {
        let mut see = |first: u8, second: u8, third: u8| {
            let hash = hash_of(first, second, third);
            seen[hash >> 6] |= 1 << (hash & 63);
            let pair = pair_of([first, second]);
            pairs[pair >> 6] |= 1 << (pair & 63);
        };
        match *pattern.as_bytes() {
            [] | [_] => return Err("a name of less than two bytes".into()),
            [first, second] => (0..=255).for_each(|third| see(first, second, third)),
            [first, second, third, ..] => see(first, second, third),
        }
    }
    let wires = agencies.iter().enumerate().filter(|(_, agency)| agency.kind == AgencyKind::Wire);
    let mut sites: Vec<(&str, usize)> =
        wires.flat_map(|(at, agency)| agency.sites.iter().map(move |site| (*site, at))).collect();
    sites.sort_unstable();
    Ok(Table { agencies, sites, names, finder: finder.map_err(|error| error.to_string())?, pairs, seen })
}

#[inline]
fn pair_of(bytes: [u8; 2]) -> usize {
    usize::from(u16::from_le_bytes(bytes))
}

#[inline]
fn hash_of(first: u8, second: u8, third: u8) -> usize {
    let bytes = u32::from(first) | u32::from(second) << 8 | u32::from(third) << 16;
    (bytes.wrapping_mul(0x9E37_79B1) >> 16) as usize
}

impl Table {
    /// Where the first two bytes stand that a name begins with.
    #[inline]
    fn next_pair(&self, bytes: &[u8]) -> Option<usize> {
        let begins = |pair: [u8; 2]| {
            let pair = pair_of(pair);
            self.pairs[pair >> 6] >> (pair & 63) & 1
        };
        let mut at = 0;
        // Eight places at a time, without a question for each.
        while let Some(nine) = bytes.get(at..).and_then(|rest| rest.first_chunk::<9>()) {
            let found = (0..8).fold(0, |found, k| found | begins([nine[k], nine[k + 1]]) << k);
            if found != 0 {
                return Some(at + found.trailing_zeros() as usize);
            }
            at += 8;
        }
        let rest = bytes[at..].array_windows().position(|&pair| begins(pair) != 0)?;
        Some(at + rest)
    }

    /// Calls `each` with the names in a text, from left to right, none over another, the longest where several begin, whole or not: the name's
    /// number, its start and its end.
    #[inline]
    fn each(&self, text: &str, mut each: impl FnMut(usize, usize, usize)) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(found) = bytes.get(at..).and_then(|rest| self.next_pair(rest)) {
            at += found;
            match self.at(text, at) {
                Some((pattern, end)) => {
                    each(pattern, at, end);
                    at = end;
                }
                None => at += 1,
            }
        }
    }

    /// The longest name that begins at a byte, whole or not: its number and its end. At least two bytes follow.
    #[inline]
    fn at(&self, text: &str, at: usize) -> Option<(usize, usize)> {
        let bytes = text.as_bytes();
        // A name of two letters may end the text: a zero follows it.
        let hash = hash_of(bytes[at], bytes[at + 1], bytes.get(at + 2).copied().unwrap_or(0));
        if self.seen[hash >> 6] & 1 << (hash & 63) == 0 {
            return None;
        }
        let found = self.finder.find(Input::new(text).range(at..).anchored(Anchored::Yes))?;
        Some((found.pattern().as_usize(), found.end()))
    }

    /// A name, unless it is a part of a longer word.
    fn whole(&self, text: &str, pattern: usize, start: usize, end: usize) -> Option<Named> {
        let (agency, weak) = self.names[pattern];
        is_whole(text, start, end).then(|| Named { agency: &table().agencies[agency], start, end, weak })
    }
}

/// A bit for each hash of three bytes that something may begin with.
pub(crate) struct Beginnings(Box<[u64; 1024]>);

impl Beginnings {
    /// How the names of agencies begin.
    pub(crate) fn of_names() -> Self {
        Self(table().seen.clone())
    }

    /// Adds one more.
    pub(crate) fn add(&mut self, [first, second, third]: [u8; 3]) {
        let hash = hash_of(first, second, third);
        self.0[hash >> 6] |= 1 << (hash & 63);
    }

    /// Whether a word may be one of them that begins with eight bytes.
    #[inline(always)]
    pub(crate) fn may_be(&self, first: u64) -> bool {
        let [first, second, third, ..] = first.to_le_bytes();
        let hash = hash_of(first, second, third);
        self.0[hash >> 6] >> (hash & 63) & 1 != 0
    }
}

/// Finds the names of agencies in a text whose words somebody else finds.
pub(crate) struct Watch<'t> {
    text: &'t str,
    table: &'static Table,
    /// Where the last name ends.
    past: usize,
    found: Vec<Named>,
}

impl<'t> Watch<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, table: table(), past: 0, found: Vec::new() }
    }

    /// Looks at the next word. Every name begins with a letter, and inside of a word in ASCII none does.
    #[inline]
    pub(crate) fn word(&mut self, word: Place) {
        let end = if word.is_ascii { word.start + 1 } else { word.end };
        let bytes = self.text.as_bytes();
        let pairs = bytes[word.start..bytes.len().min(end + 1)].array_windows();
        for (at, &pair) in (word.start..).zip(pairs) {
            let pair = pair_of(pair);
            if self.table.pairs[pair >> 6] >> (pair & 63) & 1 != 0 {
                self.look(at);
            }
        }
    }

    fn look(&mut self, at: usize) {
        if at < self.past {
            return;
        }
        if let Some((pattern, end)) = self.table.at(self.text, at) {
            self.past = end;
            self.found.extend(self.table.whole(self.text, pattern, at, end));
        }
    }

    /// The names, in order, none over another.
    pub(crate) fn names(self) -> Vec<Named> {
        self.found
    }
}

/// The names of agencies in a text, in order, none over another.
pub(super) fn named(text: &str) -> Vec<Named> {
    let (table, mut found) = (table(), Vec::new());
    table.each(text, |pattern, start, end| found.extend(table.whole(text, pattern, start, end)));
    found
}

/// The agency whose site this is: the first of the table that has it, or a site that it is a part of.
pub(super) fn of_site(site: &str) -> Option<&'static Agency> {
    let table = table();
    let at = |site: &str| {
        let first = table.sites.partition_point(|(own, _)| *own < site);
        table.sites.get(first).filter(|(own, _)| *own == site).map(|(_, at)| *at)
    };
    let parts = site.match_indices('.').map(|(dot, _)| &site[dot + 1..]);
    parts.chain([site]).filter_map(at).min().map(|at| &table.agencies[at])
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
    use crate::dates::each_word;

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

    /// The names of all agencies, as the table has them.
    fn forms() -> Vec<&'static str> {
        let lines = include_str!("agencies.txt").lines().filter(|line| !line.starts_with('#'));
        let lists = lines.flat_map(|line| line.split('|').skip(2).take(2));
        lists.flat_map(|list| list.trim().split(", ")).filter(|form| !form.is_empty()).collect()
    }

    /// What is found place by place is what one search for all of them finds.
    #[test]
    fn no_name_is_passed_over() {
        let table = table();
        let forms = forms();
        assert!(forms.len() > 300);
        let all = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&forms).unwrap();
        for (k, form) in forms.iter().enumerate() {
            let next = forms[(k * 7 + 3) % forms.len()];
            for text in
                [format!("{form} {next}"), format!("{form}{next}"), format!("xA{form}s {next}"), format!("A{next}")]
            {
                let expected: Vec<(usize, usize)> =
                    all.find_iter(&text).map(|found| (found.start(), found.end())).collect();
                let mut found = Vec::new();
                table.each(&text, |_, start, end| found.push((start, end)));
                assert_eq!(found, expected, "{text}");
            }
        }
    }

    /// Words are all that is looked at, and they are enough.
    #[test]
    fn names_begin_with_words() {
        let forms = forms();
        for (k, form) in forms.iter().enumerate() {
            let next = forms[(k * 7 + 3) % forms.len()];
            for text in [
                form.to_string(),
                format!("{form}, {next}"),
                format!("xA{form}s {next}"),
                format!("1{form} _{next}"),
                format!("é{form}é({next})"),
                format!("و{form} 港{next}港 e\u{301}{next}"),
            ] {
                let mut watch = Watch::new(&text);
                each_word(&text, |word| watch.word(word));
                let found: Vec<_> = watch.names().iter().map(|name| (name.agency.key, name.start, name.end)).collect();
                let all: Vec<_> = named(&text).iter().map(|name| (name.agency.key, name.start, name.end)).collect();
                assert_eq!(found, all, "{text}");
            }
        }
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
