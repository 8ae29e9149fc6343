//! States in, roles and clippings out: what stands in a head or an inset is named by its own look, and the parts of each clipping
//! are collected.

use std::collections::HashSet;

use copydesk_model::{Block, Caption, Clipping, Mark, Role, Tag};

use crate::line::Ending;
use crate::maker::is_dated_caption;
use crate::page::Page;
use crate::signals::{is_date, is_names, opens_credit};
use crate::states::State;
use crate::{Outline, Reason, Split};

/// Longest kicker, in words.
const KICKER_WORDS: f32 = 4.5;
/// Shortest caption, in words: shorter lines in a head are furniture.
const CAPTION_WORDS: f32 = 4.0;

pub(crate) fn assemble(page: &Page<'_>, states: &[State]) -> (Split, Vec<Reason>) {
    let mut split = Split::default();
    let mut reasons = Vec::with_capacity(page.len());
    let mut current: Option<u32> = None;
    let mut captions = Captions::default();
    let owners = crate::told::owners(page, states);
    let leads = crate::told::leads(page, states);
    for (at, block) in page.blocks.iter().enumerate() {
        let state = states[at];
        if state == State::Outside {
            current = None;
        } else if state == State::Headline || current.is_none() {
            current = Some(split.clippings.len() as u32);
            split.clippings.push(Clipping { ordinal: split.clippings.len() as u32, ..Clipping::default() });
            split.masked.push(Vec::new());
        }
        let headline = current.and_then(|c| split.clippings.get(c as usize)).map_or("", |c| c.headline.as_str());
        let (role, reason) = role(page, at, state, leads[at], headline);
        let is_none = page.marked.is_some()
            && matches!(role, Role::Caption | Role::Credit)
            && crate::pictures::is_no_caption(&block.folded(page.text));
        let (role, reason) = if is_none { (Role::Furniture, Reason::NoPart) } else { (role, reason) };
        reasons.push(reason);
        let mut belongs = current.filter(|_| !matches!(role, Role::Furniture | Role::Teaser));
        if state == State::Outside {
            // what stands right after the last paragraph may still say who wrote the story
            if role == Role::Byline && crate::told::is_right_below(page, states, at) {
                belongs = split.clippings.last().map(|c| c.ordinal);
            }
            // a picture above the headline or below the text is the story's
            if matches!(role, Role::Caption | Role::Credit) {
                belongs = owners[at];
                let role = if belongs.is_some() { role } else { Role::Furniture };
                split.blocks.push(Block {
                    span: block.span,
                    text: block.text,
                    hash: block.hash,
                    role,
                    clipping: belongs,
                });
                continue;
            }
        }
        if let Some(clipping) = belongs {
            collect(&mut split, &mut captions, clipping as usize, page, at, role);
        }
        split.blocks.push(Block { span: block.span, text: block.text, hash: block.hash, role, clipping: belongs });
    }
    if let Some(marked) = &page.marked {
        crate::pictures::tell_makers(page, marked, &mut split, &mut reasons);
        crate::pictures::collect_all(page, marked, &mut split);
    }
    add_kickers(&mut split, &mut reasons, page, states);
    if let Some(marked) = &page.marked {
        crate::bylines::settle(page, marked, &mut split, &mut reasons);
    }
    crate::told::about(page, &mut split);
    crate::walls::take_out(page, &mut split);
    split.outline = Outline::of(page.lines.iter().map(|known| known.is_prose()));
    split.digest = crate::seen::digest(&page.seen);
    (split, reasons)
}

/// Hashes of the captions that clippings have: what is not among them is new, whatever a clipping has of them.
pub(crate) type Captions = HashSet<u64>;

pub(crate) fn collect(
    split: &mut Split,
    captions: &mut Captions,
    clipping: usize,
    page: &Page<'_>,
    at: usize,
    role: Role,
) {
    let text = page.blocks[at].folded(page.text);
    let into = &mut split.clippings[clipping];
    match role {
        Role::Headline if into.headline.is_empty() => into.headline = text.into_owned(),
        Role::Byline if into.byline.is_empty() => {
            let (byline, date) =
                page.marked.as_ref().map_or((&*text, ""), |marked| crate::told::part(&text, marked.about));
            let byline = if page.marked.is_some() { copydesk_text::without_buttons(byline) } else { byline };
            if into.date.is_empty() {
                date.clone_into(&mut into.date);
            }
            into.byline = byline.to_owned();
        }
        Role::Date if into.date.is_empty() => {
            if let (true, Some(marked)) = (into.byline.is_empty(), &page.marked) {
                crate::told::byline_behind_date(&text).clone_into(&mut into.byline);
                let is_called = marked.marks[at].near & const { Mark::word_bit("byline") } != 0;
                if let (true, true, Some((byline, date))) =
                    (is_called, into.byline.is_empty(), crate::told::byline_before_date(&text))
                {
                    (into.byline, into.date) = (byline.to_owned(), date.to_owned());
                    return;
                }
            }
            into.date = text.into_owned();
        }
        Role::Caption => {
            let text = if page.marked.is_some() { crate::pictures::without_label(&text) } else { &text };
            let hash = xxhash_rust::xxh3::xxh3_64_with_seed(text.as_bytes(), clipping as u64);
            if captions.insert(hash) || !into.captions.iter().any(|c| c.text == text) {
                into.captions.push(Caption { text: text.to_owned(), credit: credit_in(text).to_owned() });
            }
        }
        Role::Credit => {
            let credit = credit_alone(&text);
            match into.captions.last_mut() {
                Some(last) if last.credit.is_empty() => last.credit = credit.to_owned(),
                Some(last) if last.credit == credit => {}
                _ => into.captions.push(Caption { text: String::new(), credit: credit.to_owned() }),
            }
        }
        Role::Body => {
            let is_marked = page.marked.is_some();
            into.body.push(if is_marked { crate::told::without_back(&text).to_owned() } else { text.into_owned() });
            split.masked[clipping].push(page.seen(at).loose);
        }
        _ => {}
    }
}

/// `is_lead`: whether an inset stands near the top of its story, where bylines and dates do.
fn role(page: &Page<'_>, at: usize, state: State, is_lead: bool, headline: &str) -> (Role, Reason) {
    if page.marked.as_ref().is_some_and(|marked| marked.is_menu(at)) {
        return (Role::Furniture, Reason::Menu);
    }
    if let Some(told) = crate::told::role(page, at, state, is_lead) {
        // a headline that stands again in a head stays one
        if !(state == State::Head && !headline.is_empty() && same_words(page.blocks[at].text.of(page.text), headline)) {
            return told;
        }
    }
    match state {
        State::Headline => (Role::Headline, Reason::Headline),
        State::Body => (Role::Body, Reason::Body),
        State::Head => head_role(page, at, headline),
        State::Inset if is_lead && is_date(page, at) => (Role::Date, Reason::DateLine),
        State::Inset => inset_role(page, at),
        State::Outside => outside_role(page, at),
    }
}

/// Whether a line that reads as a caption may be one: of HTML, where a picture is near.
fn may_be_caption(page: &Page<'_>, at: usize) -> bool {
    const CALLED: u64 = Mark::word_bit("caption") | Mark::word_bit("credit");
    page.marked.as_ref().is_none_or(|marked| {
        let mark = &marked.marks[at];
        mark.pictured
            || mark.near & (crate::marked::MEDIA | CALLED) != 0
            || mark.within & crate::marked::IN_PICTURE != 0
            || at > 0 && marked.marks[at - 1].pictured && marked.marks[at - 1].container == mark.container
    })
}

fn head_role(page: &Page<'_>, at: usize, headline: &str) -> (Role, Reason) {
    let line = &page.lines[at];
    let text = page.blocks[at].text.of(page.text);
    let again = |distance: u32| (1..=14).contains(&distance);
    let repeated = again(page.same_before[at]) || again(page.same_after[at]);
    if !headline.is_empty() && same_words(text, headline) {
        return (Role::Headline, Reason::HeadlineAgain);
    }
    if page.marked.is_some() && line.opens_byline && says_somebody(text) && !is_date(page, at) {
        return (Role::Byline, Reason::Byline);
    }
    if line.bracket_words > 0 && line.bracket_words <= 9 && line.words >= CAPTION_WORDS && may_be_caption(page, at) {
        return (Role::Caption, Reason::BracketCredit);
    }
    if is_date(page, at) {
        let pictured = line.words >= CAPTION_WORDS && !line.clock && is_dated_caption(text);
        return if pictured { (Role::Caption, Reason::TrailingCredit) } else { (Role::Date, Reason::DateLine) };
    }
    if page.lines[at].opens_byline && says_somebody(text) {
        return (Role::Byline, Reason::Byline);
    }
    if line.trails_credit && line.words >= CAPTION_WORDS {
        return (Role::Caption, Reason::TrailingCredit);
    }
    if line.words <= 12.0 && line.opens_credit {
        return (Role::Credit, Reason::CreditLine);
    }
    let loose = page.seen(at).loose;
    if repeated && line.words >= CAPTION_WORDS && !loose {
        // what HTML repeats far from any picture is a button
        return if may_be_caption(page, at) {
            (Role::Caption, Reason::RepeatedInHead)
        } else {
            (Role::Furniture, Reason::RepeatedInHead)
        };
    }
    // of HTML a line of links, and one of many words, is a row of buttons
    let is_row = page.marked.as_ref().is_some_and(|marked| {
        let is_letter =
            |word: &str| word.chars().count() < 3 && !word.ends_with('.') && !word.contains(char::is_lowercase);
        marked.marks[at].links >= 128
            || marked.marks[at].tag == Tag::Control
            || line.words > 6.0
            || text.split_whitespace().any(is_letter)
    });
    if is_names(line) && !loose && !is_row && !copydesk_text::without_buttons(text).is_empty() {
        return (Role::Byline, Reason::Names);
    }
    if line.words >= 7.0 && !loose && !line.bar && line.opening != crate::line::Opening::Bullet {
        return match page.marked.as_ref().map(|marked| &marked.marks[at]) {
            // what a list or a heading says between headline and text is the story in short
            Some(mark) if (mark.tag == Tag::Item || mark.tag.is_heading()) && mark.links < 64 => {
                (Role::Body, Reason::Body)
            }
            // and what ends like no sentence, with no picture near, a row of buttons
            Some(mark)
                if mark.tag != Tag::Caption
                    && line.ending == Ending::Plain
                    && !mark.pictured
                    && mark.near & crate::marked::MEDIA == 0 =>
            {
                (Role::Furniture, Reason::NoPart)
            }
            _ => (Role::Caption, Reason::LineInHead),
        };
    }
    (Role::Furniture, Reason::NoPart)
}

fn inset_role(page: &Page<'_>, at: usize) -> (Role, Reason) {
    let line = &page.lines[at];
    let loose = page.seen(at).loose;
    if loose {
        return (if line.words >= 5.0 && line.label { Role::Teaser } else { Role::Furniture }, Reason::Loose);
    }
    if line.bracket_words > 0 && line.bracket_words <= 9 && line.words >= CAPTION_WORDS && may_be_caption(page, at) {
        return (Role::Caption, Reason::BracketCredit);
    }
    if line.words <= 12.0 && line.opens_credit && !is_date(page, at) {
        return (Role::Credit, Reason::CreditLine);
    }
    if line.trails_credit {
        return (Role::Caption, Reason::TrailingCredit);
    }
    if line.words >= 6.0 && page.lines.get(at + 1).is_some_and(|next| next.opens_credit) {
        return (Role::Caption, Reason::BeforeCredit);
    }
    if line.words >= 5.0 && !line.clock {
        return (Role::Teaser, Reason::Inset);
    }
    (Role::Furniture, Reason::NoPart)
}

fn outside_role(page: &Page<'_>, at: usize) -> (Role, Reason) {
    let line = &page.lines[at];
    if page.seen(at).loose {
        return (Role::Furniture, Reason::Loose);
    }
    if page.lines[at].opens_byline && at > 0 && page.lines[at - 1].is_prose() {
        return (Role::Byline, Reason::Byline);
    }
    if (5.0..40.0).contains(&line.words) && !line.copyright && !line.bar && !line.braces && line.ending != Ending::Colon
    {
        return (Role::Teaser, Reason::Outside);
    }
    (Role::Furniture, Reason::NoPart)
}

/// A row of links that nobody calls a kicker: a menu of few words, or the way to the page.
fn is_row(mark: &Mark, line: &crate::line::Line) -> bool {
    mark.links >= 200 && line.words > 3.0 && mark.near & const { Mark::word_bit("kicker") } == 0
}

/// A few words right above a headline, no part of a menu, name the section or the series.
fn add_kickers(split: &mut Split, reasons: &mut [Reason], page: &Page<'_>, states: &[State]) {
    for at in 1..page.len() {
        let above = at - 1;
        let line = &page.lines[above];
        if states[at] != State::Headline
            || states[above] != State::Outside
            || line.words > KICKER_WORDS
            || line.numbers > 0
            || matches!(line.ending, Ending::Sentence | Ending::Ellipsis)
            || page.run[above] > 4
            || page.seen(above).often >= 4
            || page.marked.as_ref().is_some_and(|marked| {
                let mark = &marked.marks[above];
                // `Photo: M. Lindqvist` above a headline, `Search for:`, `Next`
                let is_label = line.opens_credit || line.ending == Ending::Colon || mark.tag == Tag::Control;
                in_menu(mark) || is_row(mark, line) || is_label
            })
        {
            continue;
        }
        let Some(clipping) = split.blocks[at].clipping else { continue };
        split.blocks[above].role = Role::Kicker;
        split.blocks[above].clipping = Some(clipping);
        reasons[above] = Reason::AboveHeadline;
        split.clippings[clipping as usize].kicker = page.blocks[above].folded(page.text).into_owned();
    }
}

/// Whether a block is an item of a menu: those are no kickers, however near the headline.
fn in_menu(mark: &Mark) -> bool {
    mark.is_within("nav") || (mark.tag == Tag::Item && mark.links >= 128)
}

/// Whether a line that opens as bylines do goes on with a name: `by e-mail, on Monday` does not.
pub(crate) fn says_somebody(line: &str) -> bool {
    let name = copydesk_text::without_buttons(copydesk_text::without_by(line));
    name.chars().find(|c| c.is_alphabetic()).is_some_and(|first| !first.is_lowercase())
        || name.split_whitespace().take(3).any(|word| word.starts_with(char::is_uppercase))
}

/// Whether two texts have the same letters and digits, case aside.
pub(crate) fn same_words(a: &str, b: &str) -> bool {
    a == b || (a.len().abs_diff(b.len()) <= 12 && letters(a).eq(letters(b)))
}

/// A text's letters and digits, in small letters.
pub(crate) fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// The credit that a caption ends with: in the last brackets, or after the word for photo or the copyright sign.
fn credit_in(text: &str) -> &str {
    let trimmed = text.trim_end_matches(['.', ' ']);
    if let Some(inner) = trimmed.strip_suffix([')', '）', ']'])
        && let Some(open) = inner.rfind(['(', '（', '['])
    {
        let skip = inner[open..].chars().next().map_or(1, char::len_utf8);
        return inner[open + skip..].trim();
    }
    if let Some(at) = text.rfind('©') {
        return text[at + '©'.len_utf8()..].trim();
    }
    // `Photo: M. Lindqvist` and `Nordfoto/M. Lindqvist`: from the word that a credit opens with
    if let Some(at) = text.rfind([':', '/']) {
        let start = text[..at].rfind(|c: char| c.is_whitespace() || ".(|".contains(c)).map_or(0, |s| s + 1);
        if opens_credit(&text[start..at]) {
            return if text[at..].starts_with(':') { credit_alone(&text[start..]) } else { text[start..].trim() };
        }
    }
    ""
}

/// A credit line without the word that opens it: `Photo: M. Lindqvist` says `M. Lindqvist`.
pub(crate) fn credit_alone(text: &str) -> &str {
    let text = text.trim_start_matches('©').trim();
    match text.split_once(':') {
        Some((label, name)) if label.len() <= 24 && opens_credit(label) && !name.trim().is_empty() => name.trim(),
        _ => text.trim_matches(['(', ')']),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits() {
        assert_eq!(credit_in("The ferry (left) at sea (File/Nordfoto)"), "File/Nordfoto");
        assert_eq!(credit_in("The ferry at sea. Photo: Mara Lindqvist"), "Mara Lindqvist");
        assert_eq!(credit_in("The ferry at sea © Nordfoto"), "Nordfoto");
        assert_eq!(credit_in("The ferry at sea"), "");
        assert_eq!(credit_alone("Foto: Mara Lindqvist"), "Mara Lindqvist");
        assert_eq!(credit_alone("© Nordfoto"), "Nordfoto");
        assert_eq!(credit_alone("Halden Post: Mara Lindqvist"), "Halden Post: Mara Lindqvist");
    }
}
