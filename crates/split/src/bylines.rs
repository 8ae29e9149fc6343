//! Whom a page's lines name as the writers of its stories: of the lines that may be bylines those that are, and the ones that stand where
//! no byline is looked for.

use copydesk_model::{About, Field, Mark, Role, Tag, Witness};

use crate::marked::Marked;
use crate::page::Page;
use crate::signals::is_names;
use crate::{Reason, Split};

/// How surely a line says who wrote a story, the least sure first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    /// It is made of names.
    Names,
    /// A class calls it a byline.
    Called,
    /// It begins as bylines do.
    Signed,
    /// It holds a name that the page gives to programs as an author's.
    Told,
}

/// Gives every clipping the byline that is the surest, and takes the role from lines that are none beside it.
pub(crate) fn settle(page: &Page<'_>, marked: &Marked<'_>, split: &mut Split, reasons: &mut [Reason]) {
    let authors = authors(marked.about);
    let mut places = Places::of(split);
    choose(page, marked, &authors, &mut places, split, reasons);
    find(page, marked, &authors, &places, split, reasons);
    take_above(page, marked, split, reasons);
    take_below(page, marked, split, reasons);
}

/// Where some blocks of a clipping stand.
#[derive(Clone, Debug, Default)]
struct Places {
    bylines: Vec<usize>,
    /// The second paragraph, and the last one.
    second: Option<usize>,
    last: Option<usize>,
}

impl Places {
    /// Those of every clipping.
    fn of(split: &Split) -> Vec<Places> {
        let mut all = vec![Places::default(); split.clippings.len()];
        for (at, block) in split.blocks.iter().enumerate() {
            let Some(places) = block.clipping.and_then(|clipping| all.get_mut(clipping as usize)) else { continue };
            match block.role {
                Role::Byline => places.bylines.push(at),
                Role::Body => {
                    places.second = places.second.or(places.last.map(|_| at));
                    places.last = Some(at);
                }
                _ => {}
            }
        }
        all
    }
}

/// The names that the page gives to programs as its authors', in letters, by the witness that is trusted most.
fn authors(about: &About) -> Vec<String> {
    /// More than these are not looked for.
    const MOST: usize = 16;
    let site = letters(about.value(Field::SiteName));
    let told = about.all(Field::Author).filter(|said| said.witness != Witness::Visible);
    // `post.example` is an address
    let told = told.filter(|said| said.value.contains(' ') || !said.value.contains(['.', '/']));
    let mut names = told
        .map(|said| (said.witness, letters(&said.value)))
        .filter(|(_, name)| name.len() > 3 && *name != site)
        .peekable();
    // the others may name the writers of what else is on the page
    let best = names.peek().map(|&(witness, _)| witness);
    names.filter(|&(witness, _)| Some(witness) == best).map(|(_, name)| name).take(MOST).collect()
}

fn letters(text: &str) -> String {
    crate::roles::letters(text).collect()
}

/// How sure the byline of a block is; `None` of one that names nobody.
fn sure(page: &Page<'_>, marked: &Marked<'_>, authors: &[String], at: usize) -> Option<Sure> {
    /// Longest byline that only a word for by makes one, in words.
    const WORDS: f32 = 12.0;
    let (mark, line) = (&marked.marks[at], &page.lines[at]);
    let text = page.blocks[at].folded(page.text);
    let key = letters(&text);
    if authors.iter().any(|name| key.contains(name.as_str())) {
        return Some(Sure::Told);
    }
    if marked.about.all(Field::Section).any(|said| letters(&said.value) == key) {
        return None;
    }
    // `By`, whose name stands in the next block, and `Published on`, whose day was cut off
    let (byline, _) = crate::told::part(&text, marked.about);
    let is_label =
        || copydesk_text::without_by(&format!("{byline} ")).trim().is_empty() || byline.ends_with([':', '：']);
    let names_somebody = crate::roles::says_somebody(byline) && !is_label() && !crate::told::says_when(byline);
    if (line.opens_byline || copydesk_text::is_byline(&text)) && names_somebody && line.words <= WORDS {
        return Some(Sure::Signed);
    }
    if mark.near & const { Mark::word_bit("byline") } != 0 || mark.echoes & const { Mark::echo_bit("author") } != 0 {
        return names_somebody.then_some(Sure::Called);
    }
    let is_person = is_names(line)
        && line.widget_words == 0
        && !text.ends_with([':', '?', '!'])
        && !crate::marked::is_called_furniture(mark.near);
    (is_person || !text.is_ascii()).then_some(Sure::Names)
}

/// Of the lines of each clipping that may be its byline, the surest stay.
fn choose(
    page: &Page<'_>,
    marked: &Marked<'_>,
    authors: &[String],
    places: &mut [Places],
    split: &mut Split,
    reasons: &mut [Reason],
) {
    /// Longest second byline, in words.
    const SECOND: f32 = 8.0;
    for (places, clipping) in places.iter_mut().zip(&mut split.clippings) {
        if places.bylines.is_empty() {
            continue;
        }
        let bylines: Vec<(usize, Option<Sure>)> =
            places.bylines.iter().map(|&at| (at, sure(page, marked, authors, at))).collect();
        let body = places.second.unwrap_or(usize::MAX);
        let best = bylines.iter().filter_map(|&(_, sure)| sure).max();
        // where the page tells its authors, what is but made of names is something else
        let best = best.filter(|&best| best > Sure::Names || authors.is_empty());
        let mut said = String::new();
        let mut first: Option<usize> = None;
        for (at, sure) in bylines {
            let text = page.blocks[at].folded(page.text);
            let (byline, date) = crate::told::part(&text, marked.about);
            let byline = copydesk_text::without_buttons(byline);
            let is_like_first = |first: usize| {
                at < body
                    && match sure {
                        Some(Sure::Told) => {
                            let (key, known) = (letters(byline), letters(&said));
                            let names_another =
                                |name: &String| key.contains(name.as_str()) && !known.contains(name.as_str());
                            authors.iter().any(names_another)
                        }
                        Some(Sure::Signed) => page.lines[at].words <= SECOND,
                        Some(Sure::Called) => marked.marks[at].path == marked.marks[first].path,
                        _ => false,
                    }
            };
            let is_one = match first {
                None => sure.is_some() && sure == best,
                Some(first) => (sure >= Some(Sure::Signed) || sure == best) && is_like_first(first),
            };
            if is_one {
                first = first.or(Some(at));
                let (known, key) = (letters(&said), letters(byline));
                if known.is_empty() || !(known.contains(&key) || key.contains(&known)) {
                    if !said.is_empty() {
                        said.push_str(", ");
                    }
                    said.push_str(byline);
                }
            } else if date.is_empty() {
                let block = &mut split.blocks[at];
                // what says the name once more, below the story, is its byline all the same
                if sure < Some(Sure::Signed) {
                    (block.role, block.clipping) = (Role::Furniture, None);
                    reasons[at] = Reason::NoPart;
                }
            } else {
                split.blocks[at].role = Role::Date;
                reasons[at] = Reason::DateLine;
            }
        }
        places.bylines.retain(|&at| split.blocks[at].role == Role::Byline);
        clipping.byline = said;
    }
}

/// A story whose byline names nobody whom the page tells is signed by a line that does and was taken for something else: in its head, above its
/// headline, or below its text, where writers are introduced.
fn find(
    page: &Page<'_>,
    marked: &Marked<'_>,
    authors: &[String],
    places: &[Places],
    split: &mut Split,
    reasons: &mut [Reason],
) {
    /// How far above a headline, and below a last paragraph, in blocks.
    const ABOVE: usize = 8;
    const BELOW: usize = 12;
    /// Paragraphs of a standfirst, which may stand above the byline.
    const STANDFIRST: usize = 2;
    if authors.is_empty() {
        return;
    }
    for at in 0..split.blocks.len() {
        let (Role::Headline, Some(clipping)) = (split.blocks[at].role, split.blocks[at].clipping) else { continue };
        let known = letters(&split.clippings[clipping as usize].byline);
        if authors.iter().any(|name| known.contains(name.as_str())) {
            continue;
        }
        let ours = |b: usize| split.blocks[b].clipping.is_none_or(|of| of == clipping);
        let is_text = |b: usize| split.blocks[b].role == Role::Body && page.lines[b].is_prose();
        let mut paragraphs = 0;
        let head = (at + 1..split.blocks.len()).take_while(|&b| {
            paragraphs += usize::from(is_text(b));
            ours(b) && paragraphs <= STANDFIRST
        });
        let above = (at.saturating_sub(ABOVE)..at).rev().take_while(|&b| split.blocks[b].clipping.is_none());
        let places = &places[clipping as usize];
        let last = places.last.map_or(split.blocks.len(), |last| last + 1);
        let foot = (last..split.blocks.len().min(last + BELOW)).take_while(|&b| split.blocks[b].clipping.is_none());
        let called = |b: &usize| {
            let mark = &marked.marks[*b];
            (mark.near | mark.far) & const { Mark::word_bit("byline") } != 0
        };
        let found = head
            .map(|b| (b, true))
            .chain(above.filter(called).map(|b| (b, true)))
            .chain(foot.map(|b| (b, false)))
            .find_map(|(b, is_head)| byline_in(page, marked, authors, split, b, is_head).map(|byline| (b, byline)));
        // what a class or a word for by calls the byline, with nobody else below the text, stays
        let Some((b, byline)) = found.filter(|&(b, _)| known.is_empty() || b < last) else { continue };
        let text = page.blocks[b].folded(page.text);
        for &old in &places.bylines {
            (split.blocks[old].role, split.blocks[old].clipping) = (Role::Furniture, None);
            reasons[old] = Reason::NoPart;
        }
        let into = &mut split.clippings[clipping as usize];
        match split.blocks[b].role {
            Role::Caption => into.captions.retain(|caption| caption.text != text),
            Role::Credit => {
                let credit = crate::roles::credit_alone(&text);
                into.captions.iter_mut().filter(|caption| caption.credit == credit).for_each(|c| c.credit.clear());
                into.captions.retain(|caption| !(caption.text.is_empty() && caption.credit.is_empty()));
            }
            _ => {}
        }
        into.byline = byline;
        (split.blocks[b].role, split.blocks[b].clipping) = (Role::Byline, Some(clipping));
        reasons[b] = Reason::MarkedByline;
    }
}

/// The byline that a block is which was taken for something else, as it names an author whom the page tells.
fn byline_in(
    page: &Page<'_>,
    marked: &Marked<'_>,
    authors: &[String],
    split: &Split,
    at: usize,
    is_head: bool,
) -> Option<String> {
    /// Longest such line, in words, and the longest one that opens as bylines do.
    const WORDS: f32 = 20.0;
    const SIGNED: f32 = 40.0;
    const SIGNS: [char; 6] = ['·', '|', '•', ',', '–', '—'];
    let (mark, line, role) = (&marked.marks[at], &page.lines[at], split.blocks[at].role);
    let is_menu =
        mark.tag == Tag::Control || mark.within & const { Mark::within_bit("button") } != 0 || marked.is_menu(at);
    let is_nav = mark.within & const { Mark::within_bit("nav") } != 0;
    if is_menu || matches!(role, Role::Headline | Role::Body | Role::Kicker) {
        return None;
    }
    let text = page.blocks[at].folded(page.text);
    let key = letters(&text);
    let author = authors.iter().find(|name| key.contains(name.as_str()))?;
    let is_signed = (line.opens_byline || copydesk_text::is_byline(&text)) && !copydesk_text::is_picture(&text);
    // a name, with what follows names in bylines
    let begins = || {
        let mut values = marked.about.all(Field::Author).filter_map(|said| text.strip_prefix(said.value.as_str()));
        values.any(|rest| rest.trim_start().starts_with(SIGNS))
    };
    let is_name = key == *author || authors.concat() == key;
    let fits = match role {
        _ if !is_head => is_name || (is_signed && line.words <= WORDS),
        Role::Caption | Role::Credit => {
            is_name || (is_signed && line.words <= WORDS) || (begins() && copydesk_text::Stamp::may_be_seen(&text))
        }
        _ => line.words <= if is_signed || begins() { SIGNED } else { WORDS },
    };
    if fits && !is_nav {
        return Some(byline_of(&text, marked.about));
    }
    // `Home Edited by Ada Renn (with inputs from agencies) Updated: 3 May`
    let is_line = is_head && line.words <= SIGNED && !matches!(role, Role::Caption | Role::Credit);
    is_line.then(|| said_within(&text, marked.about)).flatten()
}

/// An author's name in a line, with the word for by before it.
fn said_within(text: &str, about: &About) -> Option<String> {
    about.all(Field::Author).filter(|said| said.witness != Witness::Visible).find_map(|said| {
        let at = text.find(said.value.as_str())?;
        let before = text[..at].trim_end();
        let start = before.rfind(char::is_whitespace).map_or(0, |space| space + 1);
        let byline = &text[start..at + said.value.len()];
        (start < at && copydesk_text::is_byline(byline)).then(|| byline.to_owned())
    })
}

/// The byline that a line begins with: what is said of the writer behind the last name is cut off.
fn byline_of(line: &str, about: &About) -> String {
    let (byline, _) = crate::told::part(line, about);
    let ends = about.all(Field::Author).filter_map(|said| byline.find(&said.value).map(|at| at + said.value.len()));
    let end = ends.max().filter(|&end| byline[end..].starts_with(", ")).unwrap_or(byline.len());
    copydesk_text::without_buttons(&byline[..end]).to_owned()
}

/// A story that is signed nowhere else is signed above its headline, where a column shows who writes it.
fn take_above(page: &Page<'_>, marked: &Marked<'_>, split: &mut Split, reasons: &mut [Reason]) {
    /// Blocks above a headline.
    const FAR: usize = 8;
    for at in 0..split.blocks.len() {
        let block = &split.blocks[at];
        let (Role::Headline, Some(clipping)) = (block.role, block.clipping) else { continue };
        if !split.clippings[clipping as usize].byline.is_empty() {
            continue;
        }
        let above = (at.saturating_sub(FAR)..at).rev().take_while(|&b| split.blocks[b].clipping.is_none());
        let signs = |&b: &usize| {
            let mark = &marked.marks[b];
            mark.echoes & const { Mark::echo_bit("author") } != 0
                && (mark.near | mark.far) & const { Mark::word_bit("byline") } != 0
                && page.lines[b].words <= 12.0
                && mark.tag != Tag::Control
                && mark.within & const { Mark::within_bit("nav") | Mark::within_bit("button") } == 0
                && !marked.is_menu(b)
        };
        let Some(found) = above.into_iter().find(signs) else { continue };
        let text = page.blocks[found].folded(page.text);
        let (byline, _) = crate::told::part(&text, marked.about);
        split.clippings[clipping as usize].byline = copydesk_text::without_buttons(byline).to_owned();
        split.blocks[found].role = Role::Byline;
        split.blocks[found].clipping = Some(clipping);
        reasons[found] = Reason::MarkedByline;
    }
}

/// A story that is signed nowhere else is signed below its last paragraph, in the same element and in letters of another kind.
fn take_below(page: &Page<'_>, marked: &Marked<'_>, split: &mut Split, reasons: &mut [Reason]) {
    /// Longest such line, in words.
    const WORDS: f32 = 9.0;
    for (at, reason) in reasons.iter_mut().enumerate().skip(1) {
        let (before, block) = (&split.blocks[at - 1], &split.blocks[at]);
        let (Role::Body, Some(clipping), None) = (before.role, before.clipping, block.clipping) else { continue };
        let (above, mark, line) = (&marked.marks[at - 1], &marked.marks[at], &page.lines[at]);
        let is_beside = above.container == mark.container && above.depth.abs_diff(mark.depth) <= 1;
        if !split.clippings[clipping as usize].byline.is_empty()
            || !is_beside
            || above.strong >= 128
            || mark.strong < 200
            || mark.links > 0
            || mark.tag.is_heading()
            || mark.tag == Tag::Control
            || line.words > WORDS
            || line.numbers > 0
        {
            continue;
        }
        let text = page.blocks[at].folded(page.text);
        // who edited it, or took the pictures
        if text.contains([':', '：']) {
            continue;
        }
        // `Mara Lindqvist, for the Post`
        let name = text.split([',', '(', '–', '—', '|']).next().unwrap_or_default();
        let name = name.trim().strip_suffix(" -").unwrap_or(name.trim());
        let is_name = |word: &&str| word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
        // `and`, `de`, `van`
        let (names, others): (Vec<&str>, Vec<&str>) =
            name.split([' ', '-']).filter(|word| !word.is_empty()).partition(is_name);
        let are_joined = others.iter().all(|word| word.chars().count() <= 3 && !word.contains(char::is_uppercase));
        if (2..=6).contains(&names.len()) && are_joined && !text.ends_with(['.', '!', '?']) {
            split.clippings[clipping as usize].byline = text.into_owned();
            split.blocks[at].role = Role::Byline;
            split.blocks[at].clipping = Some(clipping);
            *reason = Reason::Names;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(said: &[(Witness, &str)]) -> About {
        let said = said.iter().map(|&(witness, value)| copydesk_model::Said {
            field: Field::Author,
            value: value.to_owned(),
            witness,
        });
        About { said: said.collect() }
    }

    #[test]
    fn authors_are_those_of_the_first_witness_that_names_people() {
        let told = [
            (Witness::Meta, "post.example"),
            (Witness::JsonLd, "Ada Renn"),
            (Witness::JsonLd, "Bo Lind"),
            (Witness::Microdata, "Who Else"),
            (Witness::Visible, "Local News"),
        ];
        assert_eq!(authors(&about(&told)), ["adarenn", "bolind"]);
        assert!(authors(&about(&[(Witness::Visible, "Ada Renn")])).is_empty());
    }

    #[test]
    fn a_byline_among_other_things() {
        let about = about(&[(Witness::JsonLd, "Ada Renn")]);
        let line = "Home Edited by Ada Renn (with inputs from agencies) Updated: 3 May 2024";
        assert_eq!(said_within(line, &about).as_deref(), Some("by Ada Renn"));
        assert_eq!(said_within("A film about Ada Renn", &about), None);
    }

    #[test]
    fn what_is_said_of_a_writer_is_no_part_of_the_byline() {
        let about = about(&[(Witness::JsonLd, "Ada Renn")]);
        assert_eq!(byline_of("By Ada Renn, a deputy editor who writes about boats", &about), "By Ada Renn");
        assert_eq!(byline_of("Ada Renn · Harbour News · Posted: 3 May 2024", &about), "Ada Renn");
        assert_eq!(byline_of("By Ada Renn and Bo Lind", &about), "By Ada Renn and Bo Lind");
    }
}
