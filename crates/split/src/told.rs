//! What markup adds to roles and clippings: pictures' captions and credits wherever they stand, bylines and dates that a class or the page's
//! own description names, and what the page says about itself for the story that it says it of.

use copydesk_model::{About, Clipping, Field, Mark, Role, Tag, Witness};

use crate::marked::{IN_PICTURE, Marked};
use crate::page::Page;
use crate::roles::same_words;
use crate::signals::{is_date, opens_credit};
use crate::states::{State, extents};
use crate::{Reason, Split};

/// Longest byline and date line, in words: longer ones are biographies and sentences.
const LINE_WORDS: f32 = 16.0;
/// How far from its story's headline or last paragraph a caption may stand outside of it, in blocks that were looked at.
const FAR: usize = 24;

/// The role that markup gives a block outside of bodies; `None` where it says nothing.
pub(crate) fn role(page: &Page<'_>, at: usize, state: State) -> Option<(Role, Reason)> {
    let marked = page.marked.as_ref()?;
    if state == State::Body || state == State::Headline {
        return None;
    }
    let (mark, line) = (&marked.marks[at], &page.lines[at]);
    let text = page.blocks[at].text.of(page.text);
    let is_linked = mark.links >= 160;
    let is_caption = mark.tag == Tag::Caption
        || mark.within & IN_CAPTION != 0
        || (mark.echoes & const { Mark::echo_bit("caption") } != 0
            && mark.echoes & const { Mark::echo_bit("description") } == 0
            && (mark.pictured || state != State::Head || mark.near & crate::marked::MEDIA != 0))
        || (marked.is_caption(page, at))
        || mark.near & const { Mark::word_bit("caption") } != 0
        || (mark.within & IN_PICTURE != 0 && line.words >= 3.0)
        || (state == State::Inset && is_under_picture(page, marked, at));
    let is_credit = mark.echoes & const { Mark::echo_bit("credit") } != 0
        || mark.near & const { Mark::word_bit("credit") } != 0
        || line.opens_credit;
    if is_credit
        && line.words <= 14.0
        && (is_caption || mark.near & const { Mark::word_bit("credit") } != 0 || state != State::Outside)
        && !is_date(page, at)
    {
        // a caption that opens with a name that pictures are sold under is a caption
        let is_alone = mark.near & const { Mark::word_bit("credit") } != 0
            || mark.echoes & const { Mark::echo_bit("caption") } == 0;
        // a label whose name stands in the next block says nothing by itself
        let is_label = text.ends_with(':');
        if is_label {
            return Some((Role::Furniture, Reason::NoPart));
        }
        if is_alone && (line.words <= 8.0 || opens_credit(text)) {
            return Some((Role::Credit, Reason::MarkedCredit));
        }
    }
    if is_caption && !is_linked && text.chars().any(char::is_alphabetic) {
        return Some((Role::Caption, Reason::MarkedCaption));
    }
    if line.words > LINE_WORDS {
        return None;
    }
    let is_head = state == State::Head;
    if is_head
        && mark.echoes & const { Mark::echo_bit("author") } == 0
        && !line.opens_byline
        && (mark.tag == Tag::Time
            || mark.echoes & const { Mark::echo_bit("date") } != 0
            || (mark.near & const { Mark::word_bit("date") } != 0 && line.numbers > 0))
    {
        return Some((Role::Date, Reason::MarkedDate));
    }
    let names_author = mark.echoes & const { Mark::echo_bit("author") } != 0;
    let is_called = mark.near & const { Mark::word_bit("byline") } != 0;
    let is_named = line.capitals > 0 || line.opening == crate::line::Opening::Caseless;
    // where a standfirst counts as body, the byline below it stands in an inset
    let is_byline = if is_head {
        names_author || line.opens_byline || (is_called && is_named && line.numbers == 0)
    } else {
        (names_author && (line.opens_byline || (is_called && line.words <= 8.0)))
            || (state == State::Inset && line.opens_byline && is_called)
            // a name with a date beside it
            || (state == State::Inset
                && names_author
                && (mark.echoes & const { Mark::echo_bit("date") } != 0 || line.year || line.clock)
                && line.ending != crate::line::Ending::Sentence)
    };
    if is_byline && !is_linked_list(mark) {
        return Some((Role::Byline, Reason::MarkedByline));
    }
    None
}

/// Buttons to share a story are no byline, also where the byline's element holds them.
fn is_linked_list(mark: &Mark) -> bool {
    mark.near & const { Mark::word_bit("share") } != 0 || mark.tag == Tag::Control
}

/// A line that names who wrote a story and when, parted: the byline, and the date if there is one.
pub(crate) fn part<'l>(line: &'l str, about: &About) -> (&'l str, &'l str) {
    const SIGNS: [char; 10] = [' ', '|', '·', '•', ',', '-', '–', '—', '/', ':'];
    let has_digit = |text: &str| text.chars().any(char::is_numeric);
    if !has_digit(line) {
        return (line, "");
    }
    // the last name that the page gives as an author's, else the first digit
    let name = about
        .all(Field::Author)
        .filter_map(|said| line.find(said.value.as_str()).map(|at| (at, at + said.value.len())));
    let (first, last) = match name.max_by_key(|&(_, end)| end) {
        Some((at, end)) if end > at => (at, end),
        _ => return (line, ""),
    };
    let behind = line[last..].trim_matches(SIGNS);
    if has_digit(behind) {
        return (line[..last].trim_matches(SIGNS), behind);
    }
    // `3 May 2024 | By Mara Lindqvist`: the byline begins behind the last sign before the name
    let before = &line[..first];
    if has_digit(before)
        && let Some(sign) = before.rfind(['|', '·', '•', '–', '—', '/', ','])
    {
        let next = sign + before[sign..].chars().next().map_or(1, char::len_utf8);
        return (line[next..].trim_matches(SIGNS), line[..sign].trim_matches(SIGNS));
    }
    (line, "")
}

/// A line between paragraphs with a picture right above it, or one in what is called a picture, that is no heading and no invitation.
fn is_under_picture(page: &Page<'_>, marked: &Marked<'_>, at: usize) -> bool {
    let (mark, line) = (&marked.marks[at], &page.lines[at]);
    (mark.pictured || mark.near & crate::marked::MEDIA != 0)
        && !mark.tag.is_heading()
        && mark.links < 100
        && !crate::marked::is_furniture(mark)
        && line.words >= 2.0
        && line.widget_words == 0
        && !line.label
}

const IN_CAPTION: u32 = Mark::within_bit("figcaption");

/// The clipping that a caption outside of all clippings belongs to: the nearest one, in the same article where there are articles.
pub(crate) fn owners(page: &Page<'_>, states: &[State]) -> Vec<Option<u32>> {
    let Some(marked) = &page.marked else { return vec![None; page.len()] };
    let extents = extents(states);
    let distance = |at: usize, extent: &(usize, usize)| {
        if at < extent.0 { extent.0 - at } else { at.saturating_sub(extent.1) }
    };
    let article = |at: usize| marked.marks[at].article;
    (0..page.len())
        .map(|at| {
            let reach =
                if marked.marks[at].echoes & const { Mark::echo_bit("caption") } != 0 { usize::MAX } else { FAR };
            let fits = |extent: &(usize, usize)| {
                distance(at, extent) <= reach
                    && (article(extent.1) == 0 || article(at) == article(extent.1) || reach > FAR)
            };
            let nearest = extents.iter().enumerate().filter(|(_, extent)| fits(extent));
            nearest.min_by_key(|(_, extent)| distance(at, extent)).map(|(clipping, _)| clipping as u32)
        })
        .collect()
}

/// What the page says about itself goes to the story that it says it of: the one whose headline it names; where no headline is like
/// it, the one that holds most of the page's text.
pub(crate) fn about(page: &Page<'_>, split: &mut Split) {
    let Some(marked) = &page.marked else { return };
    credits(marked, &mut split.clippings);
    let Some(at) = main_clipping(marked, &split.clippings) else { return };
    find_title(page, marked, split, at);
    let clipping = &mut split.clippings[at];
    clipping.headline = headline(&clipping.headline, marked.about);
    clipping.published = marked.about.value(Field::Published).to_owned();
}

/// Where the decoder took another line for the headline, or none, and a heading above the body says what the page calls its story: that one.
fn find_title(page: &Page<'_>, marked: &Marked<'_>, split: &mut Split, clipping: usize) {
    let ours = |block: &copydesk_model::Block| block.clipping == Some(clipping as u32);
    let Some(body) = split.blocks.iter().position(|b| ours(b) && b.role == Role::Body) else { return };
    let start = split.blocks[..body].iter().rposition(|b| b.role == Role::Body).map_or(0, |last| last + 1);
    let old = split.blocks[start..body].iter().position(|b| ours(b) && b.role == Role::Headline).map(|at| start + at);
    let says = |at: usize| marked.marks[at].echoes & const { Mark::echo_bit("headline") } != 0;
    if old.is_some_and(says) {
        return;
    }
    let rank = |at: usize| match marked.marks[at].tag {
        Tag::Heading1 => 2,
        Tag::Heading2 => 1,
        _ => 0,
    };
    let Some(new) = (start..body)
        .filter(|&at| says(at) && rank(at) > 0 && marked.marks[at].links < 200)
        .max_by_key(|&at| (rank(at), at))
    else {
        return;
    };
    if let Some(old) = old.filter(|&old| rank(old) < rank(new) || old < new) {
        split.blocks[old].role = Role::Furniture;
        split.blocks[old].clipping = None;
    }
    split.blocks[new].role = Role::Headline;
    split.blocks[new].clipping = Some(clipping as u32);
    split.clippings[clipping].headline = page.blocks[new].folded(page.text).into_owned();
}

/// The headline: as printed, unless the page's data for machines agrees on another one. Where these differ among each other the printed
/// one is right as often as either.
fn headline(printed: &str, about: &About) -> String {
    let first = |witness: Witness| {
        about.all(Field::Headline).find(|said| said.witness == witness).map(|said| said.value.as_str())
    };
    match (first(Witness::OpenGraph), first(Witness::JsonLd)) {
        (Some(a), Some(b)) if same_words(a, b) => a.to_owned(),
        _ if printed.is_empty() => about.value(Field::Headline).to_owned(),
        _ => printed.to_owned(),
    }
}

fn main_clipping(marked: &Marked<'_>, clippings: &[Clipping]) -> Option<usize> {
    if clippings.len() < 2 {
        return (!clippings.is_empty()).then_some(0);
    }
    let words = |c: &Clipping| c.body.iter().map(String::len).sum::<usize>();
    let titles: Vec<&str> = marked.about.all(Field::Headline).map(|said| said.value.as_str()).collect();
    let likeness = |c: &Clipping| titles.iter().map(|title| alike(&c.headline, title)).fold(0.0, f32::max);
    let named = (0..clippings.len())
        .map(|at| (likeness(&clippings[at]), at))
        .filter(|&(likeness, _)| likeness >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    if let Some((_, at)) = named {
        return Some(at);
    }
    let all: usize = clippings.iter().map(words).sum();
    let longest = (0..clippings.len()).max_by_key(|&at| (words(&clippings[at]), std::cmp::Reverse(at)))?;
    (words(&clippings[longest]) * 2 >= all).then_some(longest)
}

/// The share of words that two titles have in common.
fn alike(a: &str, b: &str) -> f32 {
    let (a, b) = (copydesk_text::words(a), copydesk_text::words(b));
    let common = a.iter().filter(|word| b.iter().any(|other| other.key == word.key)).count();
    common as f32 / a.len().max(b.len()).max(1) as f32
}

/// Who made the pictures.
fn credits(marked: &Marked<'_>, clippings: &mut [Clipping]) {
    for caption in clippings.iter_mut().flat_map(|c| &mut c.captions) {
        if caption.text.is_empty() {
            continue;
        }
        // what stood on a line of its own is the maker as it is
        let known = std::mem::take(&mut caption.credit);
        let is_inside = known.is_empty() || caption.text.contains(&known);
        caption.credit =
            if is_inside { crate::maker::maker(&caption.text, &known, marked.about).to_owned() } else { known };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byline_and_date_in_one_line() {
        let said = |value: &str| copydesk_model::Said {
            field: Field::Author,
            value: value.to_owned(),
            witness: Witness::Meta,
        };
        let about = About { said: vec![said("Ada Renn"), said("Bo Tveit")] };
        assert_eq!(part("By Ada Renn 3 May 2024, 15:47", &about), ("By Ada Renn", "3 May 2024, 15:47"));
        assert_eq!(part("By Ada Renn and Bo Tveit | 3 May", &about), ("By Ada Renn and Bo Tveit", "3 May"));
        assert_eq!(part("3 May 2024 | By Ada Renn", &about), ("By Ada Renn", "3 May 2024"));
        assert_eq!(part("By Ada Renn", &about), ("By Ada Renn", ""));
        assert_eq!(part("By Somebody, 3 May", &about), ("By Somebody, 3 May", ""));
    }

    #[test]
    fn titles_with_the_name_of_the_site_are_alike() {
        assert!(alike("Ferry sails again", "Ferry sails again | Post") >= 0.6);
        assert!(alike("Ferry sails again", "Rivals eye stadium") < 0.1);
        assert!(alike("港は閉鎖された", "港は閉鎖") >= 0.5);
    }
}
