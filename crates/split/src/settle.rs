//! What markup knows of whole stories, after the decoder: comments are none, and an `<article>` and a live blog are one.

use std::collections::BTreeMap;

use copydesk_model::{Mark, Tag};

use crate::marked::{COMMENT, Marked};
use crate::page::Page;
use crate::signals::Kind;
use crate::states::{State, extents};

const STANDFIRST: u64 = Mark::word_bit("standfirst");
/// What else may be called so, as heads are made of all of these.
const OF_HEADS: u64 = Mark::word_bit("byline")
    | Mark::word_bit("date")
    | Mark::word_bit("caption")
    | Mark::word_bit("share")
    | Mark::word_bit("kicker");
const LIVE: u64 = Mark::word_bit("live");
const ELSE: u16 =
    Mark::echo_bit("headline") | Mark::echo_bit("author") | Mark::echo_bit("date") | Mark::echo_bit("section");

/// A stretch of blocks that the decoder takes for a story.
#[derive(Clone, Copy, Debug)]
struct Story {
    first: usize,
    last: usize,
    /// Whether it has a title of its own, and not a subheading or a name.
    has_title: bool,
    is_comments: bool,
    /// The article of most of its text; 0 for none.
    article: u16,
    /// The element that holds most of its paragraphs, by its number.
    home: u32,
}

/// Settles what is a story. A page that came as text is left as it is.
pub(crate) fn settle(page: &Page<'_>, states: &mut [State]) {
    let Some(marked) = &page.marked else { return };
    drop_last_headings(page, marked, states);
    part_twins(marked, states);
    take_standfirsts(page, marked, states);
    take_titles(page, marked, states);
    let mut stories = stories(page, marked, states);
    if marked.kind == Kind::Live {
        take_times(page, marked, states);
    }
    if stories.len() > 1 {
        join(page, marked, states, &mut stories);
        drop_untitled(page, marked, states, &stories);
    }
    crate::briefs::part(page, marked, states);
    take_notes(page, marked, states);
    crate::not_text::drop_all(page, marked, states);
    take_slide_titles(page, marked, states);
    take_lists(page, marked, states);
    take_quoted(page, marked, states);
    part_bylines(page, marked, states);
    crate::quotes::settle(page, marked, states);
    if marked.kind == Kind::Live {
        take_times(page, marked, states);
    }
}

/// Footnotes and corrections right below a story are its own: where their classes say so, or where each leads back to its place in the text.
fn take_notes(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State]) {
    const NOTE: u64 = Mark::word_bit("correction");
    /// Longest heading of notes, in words.
    const HEADING: f32 = 4.0;
    const AGENCY: u64 = Mark::word_bit("credit");
    let is_note = |at: usize| {
        let mark = &marked.marks[at];
        let line = &page.lines[at];
        let text = page.blocks[at].text.of(page.text);
        let leads_back = || crate::told::without_back(text).len() < text.len();
        // `With material of the agency`, where no picture is near
        // `Additional reporting by Ada Renn.`
        let names_helpers = || says_who_helped(text) && line.words <= 24.0;
        let names_agency = || {
            mark.near & AGENCY != 0
                && mark.near & crate::marked::MEDIA == 0
                && mark.within & crate::marked::IN_PICTURE == 0
                && !mark.pictured
                && !line.opens_credit
                && (3.0..=14.0).contains(&line.words)
        };
        mark.links < 160
            && !marked.is_menu(at)
            && !crate::marked::is_furniture(mark)
            && (mark.near & NOTE != 0
                || names_agency()
                || names_helpers()
                || (matches!(mark.tag, Tag::Item | Tag::Paragraph | Tag::Definition) && leads_back()))
    };
    for (_, last) in extents(states) {
        if states[last] != State::Body {
            continue;
        }
        let mut at = last + 1;
        while at < states.len() && states[at] == State::Outside {
            let is_heading = page.lines[at].words <= HEADING
                && at + 1 < states.len()
                && is_note(at + 1)
                && marked.marks[at].links == 0;
            if !is_note(at) && !is_heading {
                break;
            }
            states[at] = State::Body;
            at += 1;
        }
    }
}

/// Whether a line below a text says who else worked on it.
fn says_who_helped(text: &str) -> bool {
    const OPENERS: [&str; 11] = [
        "additional reporting",
        "with additional reporting",
        "with reporting",
        "reporting by",
        "(reporting by",
        "con información de",
        "con informazioni di",
        "com informações de",
        "mitarbeit:",
        "unter mitarbeit",
        "met medewerking van",
    ];
    let text = text.trim_start();
    OPENERS.iter().any(|opener| {
        let mut rest = text.chars().flat_map(char::to_lowercase);
        opener.chars().all(|c| rest.next() == Some(c))
    })
}

/// A byline that is set as the first paragraph, or below a standfirst: `By: Mara Lindqvist`, or all in bold.
fn part_bylines(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State]) {
    for (first, last) in extents(states) {
        let is_signed = |at: usize| {
            let (line, mark) = (&page.lines[at], &marked.marks[at]);
            let is_set_apart = (line.label || mark.strong >= 250) && !mark.tag.is_heading();
            line.opens_byline && is_set_apart && crate::roles::says_somebody(page.blocks[at].text.of(page.text))
        };
        let mut bodies = (first..last).filter(|&at| states[at] == State::Body).take(2);
        let Some(at) = bodies.find(|&at| is_signed(at)) else { continue };
        if states[at + 1..=last].contains(&State::Body) {
            states[at] = State::Inset;
        }
    }
}

/// A list between a story's paragraphs of which no item is a link is the story's own, with its heading: what one should know, the facts in
/// figures. Buttons, and what one can vote for, are set as lists too, and are no sentences.
fn take_lists(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State]) {
    /// Shortest item and shortest list, in words, both of the whole list; longest heading.
    const ITEM: f32 = 3.0;
    const LIST: f32 = 7.0;
    const HEADING: f32 = 10.0;
    /// Paragraphs above a list that sums a story up.
    const TOP: usize = 2;
    /// Blocks behind the list in which a button makes it an offer.
    const OFFER: usize = 3;
    const HIDDEN: u64 = Mark::word_bit("hidden");
    const FORM: u32 = Mark::within_bit("form") | Mark::within_bit("button") | Mark::within_bit("dialog");
    let is_free = |states: &[State], at: usize| {
        let mark = &marked.marks[at];
        let is_taken = || crate::told::role(page, at, states[at], false).is_some();
        states[at] == State::Inset
            && (mark.links == 0 || is_sentence_with_links(page, marked, at))
            && mark.near & const { Mark::word_bit("tool") | Mark::word_bit("paywall") | Mark::word_bit("date") } == 0
            && (mark.near | mark.far) & HIDDEN == 0
            && !mark.pictured
            && !crate::marked::is_furniture(mark)
            && !marked.is_menu(at)
            && !is_taken()
    };
    let is_control = |mark: &Mark| mark.tag == Tag::Control || mark.within & FORM != 0;
    for (first, last) in extents(states) {
        let mut at = first + 1;
        // paragraphs above, counted up to here
        let (mut above, mut counted) = (0, first);
        while at < last {
            if marked.marks[at].tag != Tag::Item {
                at += 1;
                continue;
            }
            let container = marked.marks[at].container;
            let is_same = |mark: &&Mark| mark.tag == Tag::Item && mark.container == container;
            let items = at..at + marked.marks[at..].iter().take_while(is_same).count();
            at = items.end;
            let words: f32 = items.clone().map(|item| page.lines[item].words).sum();
            // further down sentences with links are offers
            above += states[counted..items.start].iter().filter(|state| **state == State::Body).count();
            counted = items.start;
            let is_list = items.len() > 1
                && items.end <= last
                && (above <= TOP || items.clone().all(|item| marked.marks[item].links == 0))
                && words >= LIST.max(ITEM * items.len() as f32)
                && items.clone().all(|item| is_free(states, item))
                && !(items.end..=last)
                    .take(OFFER)
                    .take_while(|behind| states[*behind] == State::Inset)
                    .any(|behind| is_control(&marked.marks[behind]));
            if !is_list || above == 0 {
                continue;
            }
            let heading = items.start - 1;
            let (mark, line) = (&marked.marks[heading], &page.lines[heading]);
            let heads = mark.tag.is_heading() || mark.strong >= 250 || line.ending == crate::line::Ending::Colon;
            if heads && line.words <= HEADING && is_free(states, heading) {
                states[heading] = State::Body;
            }
            states[items].fill(State::Body);
        }
    }
}

/// Of paragraphs that are quoted in one piece all are a story's, or none.
fn take_quoted(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State]) {
    /// The shortest, in words.
    const WORDS: f32 = 4.0;
    const QUOTED: u32 = Mark::within_bit("blockquote");
    for (first, last) in extents(states) {
        for at in first + 1..=last {
            let (before, mark) = (&marked.marks[at - 1], &marked.marks[at]);
            let is_one = before.within & mark.within & QUOTED != 0 && before.container == mark.container;
            let is_free = states[at] == State::Inset
                && mark.tag == Tag::Paragraph
                && mark.links < 64
                && page.lines[at].words >= WORDS
                && page.lines[at].ending == crate::line::Ending::Sentence
                && !crate::marked::is_furniture(mark);
            if is_one && is_free && states[at - 1] == State::Body {
                states[at] = State::Body;
            }
        }
    }
}

/// An item that is a sentence in which some words lead elsewhere, and no title of another story.
fn is_sentence_with_links(page: &Page<'_>, marked: &Marked<'_>, at: usize) -> bool {
    let (mark, line) = (&marked.marks[at], &page.lines[at]);
    mark.tag == Tag::Item && mark.links < 128 && line.words >= 8.0 && line.ending == crate::line::Ending::Sentence
}

/// The titles of slides go with the story that the slides illustrate, although what stands below each of them is a caption.
fn take_slide_titles(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State]) {
    /// Blocks between two slides: buttons, counters, advertisements.
    const BETWEEN: usize = 10;
    for at in 1..states.len().saturating_sub(1) {
        let mark = &marked.marks[at];
        if states[at] != State::Outside
            || !mark.tag.is_heading()
            || mark.links >= 128
            || !marked.is_slide(page, at + 1)
            || marked.marks[at + 1].container != mark.container
        {
            continue;
        }
        let near = at.saturating_sub(BETWEEN);
        let Some(last) = (near..at).rev().find(|&before| states[before] != State::Outside) else { continue };
        if states[last] == State::Body && marked.marks[last].article == mark.article {
            states[last + 1..at].fill(State::Inset);
            states[at] = State::Body;
        }
    }
}

/// Takes comments out, and puts together what is one story.
fn join(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State], stories: &mut Vec<Story>) {
    if stories.iter().any(|story| !story.is_comments) {
        for story in stories.iter().filter(|story| story.is_comments) {
            states[story.first..=story.last].fill(State::Outside);
        }
        stories.retain(|story| !story.is_comments);
    }
    let mut at = 0;
    while at + 1 < stories.len() {
        let (one, next) = (stories[at], stories[at + 1]);
        let mut is_box = false;
        let goes_on = if marked.kind == Kind::Live {
            marked.marks[next.first].tag != Tag::Heading1
        } else {
            let is_one_article = one.article > 0 && one.article == next.article;
            let is_feed = || {
                states[next.first] != State::Headline
                    && text_of(marked, states, next).is_some_and(|mark| (mark.near | mark.far) & LIVE != 0)
            };
            is_box = (!next.has_title && is_box_between(marked, states, one, next))
                || says_title_again(page, states, one, next);
            is_box || (!next.has_title && (is_one_article || is_feed()))
        };
        if !goes_on {
            at += 1;
            continue;
        }
        // the title of a box is none of the story's, nor is its own a second time
        if is_box && states[next.first] == State::Headline {
            let before = (one.first..=one.last).rev().find(|&at| states[at] == State::Body);
            let is_paragraph = before.is_some_and(|at| is_paragraph(&marked.marks[next.first], &marked.marks[at]));
            states[next.first] = if is_paragraph { State::Body } else { State::Inset };
        }
        let between = states[one.last + 1..=next.last].iter_mut().zip(&marked.marks[one.last + 1..]);
        for (state, mark) in between {
            let is_subheading = *state == State::Headline && mark.tag.is_heading();
            *state = if *state == State::Body || is_subheading { State::Body } else { State::Inset };
        }
        stories[at].last = next.last;
        stories.remove(at + 1);
    }
}

/// Whether a page says a headline twice: above a few words of its story, on a picture at the top, and above the story.
fn says_title_again(page: &Page<'_>, states: &[State], one: Story, next: Story) -> bool {
    /// Words between the two, and the share of words that they have in common.
    const WORDS: f32 = 60.0;
    const ALIKE: f32 = 0.75;
    let text = |story: Story| page.blocks[story.first].folded(page.text);
    let words = (one.first..=one.last).filter(|&at| states[at] == State::Body).map(|at| page.lines[at].words);
    one.has_title
        && next.has_title
        && words.sum::<f32>() <= WORDS
        && crate::told::alike(&text(one), &text(next)) >= ALIKE
}

/// Whether what stands between two stretches of text is a box that is set among the paragraphs of one story. What was taken for the second one's headline
/// is a paragraph as those before it are; or in an element of its own, and the paragraphs are in one, which no headline above is; or it is called a box, and
/// the paragraphs, which stand as deep, are not.
fn is_box_between(marked: &Marked<'_>, states: &[State], one: Story, next: Story) -> bool {
    let (title, above) = (&marked.marks[next.first], &marked.marks[one.first]);
    let is_body = |at: &usize| states[*at] == State::Body;
    let before = (one.first..=one.last).rev().find(is_body);
    let behind = (next.first..=next.last).find(is_body);
    let (Some(before), Some(behind)) = (before, behind) else { return false };
    let (before, behind) = (&marked.marks[before], &marked.marks[behind]);
    let are_alike = |one: &Mark, other: &Mark| one.depth == other.depth && one.tag == other.tag;
    if one.article != next.article {
        return false;
    }
    if states[next.first] != State::Headline || is_paragraph(title, before) {
        return one.home == next.home
            || before.path == behind.path
            || (are_alike(before, behind) && before.near == behind.near && before.far == behind.far);
    }
    if one.home == next.home {
        return title.container != next.home && title.path != above.path;
    }
    crate::marked::is_called_furniture(title.near)
        && !crate::marked::is_called_furniture(behind.near | behind.far)
        && are_alike(before, behind)
}

/// Whether what was taken for a headline is a paragraph as the one before it is.
fn is_paragraph(title: &Mark, before: &Mark) -> bool {
    title.tag == Tag::Paragraph && before.tag == Tag::Paragraph && title.depth == before.depth && title.strong < 200
}

/// The first paragraph in the element that holds most of a story.
fn text_of<'m>(marked: &'m Marked<'_>, states: &[State], story: Story) -> Option<&'m Mark> {
    (story.first..=story.last)
        .filter(|&at| states[at] == State::Body)
        .map(|at| &marked.marks[at])
        .find(|mark| mark.container == story.home)
}

/// On a page that says which story it is, a text without a title is none where most of it stands in what is called a box, and that story does not, or
/// piecemeal outside of that story's article: notices, a list of teasers.
fn drop_untitled(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State], stories: &[Story]) {
    /// Words of a story at least: less is an introduction of what follows.
    const STORY: f32 = 100.0;
    let says = |story: &&Story| {
        story.has_title && marked.marks[story.first].echoes & const { Mark::echo_bit("headline") } != 0
    };
    let words_of = |states: &[State], story: &Story| -> f32 {
        (story.first..=story.last).filter(|&at| states[at] == State::Body).map(|at| page.lines[at].words).sum()
    };
    let Some(titled) = stories.iter().find(says).filter(|story| words_of(states, story) >= STORY) else { return };
    let Some(text) = text_of(marked, states, *titled) else { return };
    for story in stories {
        if states[story.first] == State::Headline {
            continue;
        }
        let body = || (story.first..=story.last).filter(|&at| states[at] == State::Body);
        let share = |fits: &dyn Fn(&Mark) -> bool| {
            let words = |at: usize| page.lines[at].words;
            let all: f32 = body().map(words).sum();
            body().filter(|&at| fits(&marked.marks[at])).map(words).sum::<f32>() / all.max(1.0)
        };
        let others = |mark: &Mark| (mark.near | mark.far) & !(text.near | text.far);
        let is_live = share(&|mark| others(mark) & LIVE != 0) > 0.5;
        let is_box = || share(&|mark| crate::marked::is_called_furniture(others(mark))) > 0.5;
        let is_apart = || {
            titled.article > 0 && story.article != titled.article && share(&|mark| mark.container == story.home) < 0.5
        };
        if !is_live && (is_box() || is_apart()) {
            states[story.first..=story.last].fill(State::Outside);
        }
    }
}

/// A story of a page that says what it is called begins at the first-level heading that says so, also where the decoder took a heading
/// further down for its first line: that of a live blog's first entry. What lies between is its head.
fn take_titles(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State]) {
    /// Words of running text that may lie between: more of it is another story, or an index of one.
    const BETWEEN: f32 = 120.0;
    let says = |at: usize| marked.marks[at].echoes & const { Mark::echo_bit("headline") } != 0;
    let all = extents(states);
    let Some((first, _)) = all.first().copied() else { return };
    // above several stories it is the name of the site, or of its part
    let is_one = all.len() == 1 || marked.kind == Kind::Live;
    if !is_one || (says(first) && marked.marks[first].tag.is_heading()) {
        return;
    }
    let is_title = |at: &usize| marked.marks[*at].tag == Tag::Heading1 && says(*at) && marked.marks[*at].links < 128;
    let Some(title) = (0..first).rev().find(is_title) else { return };
    if page.prose_words_before[first] - page.prose_words_before[title] > BETWEEN {
        return;
    }
    if states[first] == State::Headline {
        states[first] =
            if marked.marks[first].tag.is_heading() && marked.kind == Kind::Live { State::Body } else { State::Inset };
    }
    states[title] = State::Headline;
    for (at, state) in states.iter_mut().enumerate().take(first).skip(title + 1) {
        let (mark, line) = (&marked.marks[at], &page.lines[at]);
        let is_called = mark.near & STANDFIRST != 0 && mark.near & OF_HEADS == 0;
        let tells = mark.echoes & const { Mark::echo_bit("description") } != 0 || is_called;
        let is_line = mark.links < 128 && line.words >= 4.0 && !mark.pictured && !marked.is_menu(at);
        *state = if tells && is_line && mark.echoes & ELSE == 0 { State::Body } else { State::Inset };
    }
}

/// A heading with nothing below it is none of the story's: it heads what follows.
fn drop_last_headings(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State]) {
    for end in (1..states.len()).rev() {
        let ends =
            |states: &[State]| states.get(end + 1).is_none_or(|next| matches!(next, State::Outside | State::Headline));
        let is_heading = marked.marks[end].tag.is_heading() && !page.lines[end].is_prose();
        if states[end] == State::Body && is_heading && ends(states) {
            let has_text = states[..end]
                .iter()
                .rev()
                .take_while(|s| matches!(s, State::Body | State::Inset))
                .any(|s| *s == State::Body);
            if has_text {
                states[end] = State::Outside;
                for state in states[..end].iter_mut().rev().take_while(|state| **state == State::Inset) {
                    *state = State::Outside;
                }
            }
        }
    }
}

/// Elements of text that each begin with a heading of the same kind, without a title above them and on a page that does not say it is an
/// article, are stories and not sections of one.
fn part_twins(marked: &Marked<'_>, states: &mut [State]) {
    if matches!(marked.kind, Kind::Article | Kind::Live) {
        return;
    }
    for at in 1..states.len() {
        if states[at] != State::Body || !marked.is_twin(at) || marked.is_titled(at) {
            continue;
        }
        states[at] = State::Headline;
        for state in states[..at].iter_mut().rev().take_while(|state| **state == State::Inset) {
            *state = State::Outside;
        }
        for state in states[at + 1..].iter_mut().take_while(|state| **state == State::Inset) {
            *state = State::Head;
        }
    }
}

/// The time of a live blog's entry belongs to the entry.
fn take_times(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State]) {
    for at in 0..states.len().saturating_sub(1) {
        let line = &page.lines[at];
        let is_time = line.words <= 6.0 && line.numbers > 0 && (marked.marks[at].tag == Tag::Time || line.clock);
        // the time of an entry is often the link to it
        let is_of_entry = marked.marks[at].links < 200 || (marked.marks[at].tag == Tag::Time && !marked.is_menu(at));
        if states[at] == State::Inset && is_time && is_of_entry {
            states[at] = State::Body;
        }
    }
}

/// A standfirst is body: a line of a head that says what the page says of its story.
fn take_standfirsts(page: &Page<'_>, marked: &Marked<'_>, states: &mut [State]) {
    let (mut is_taken, mut before) = (false, State::Outside);
    for (at, state) in states.iter_mut().enumerate() {
        let state_before = std::mem::replace(&mut before, *state);
        if *state != State::Head {
            is_taken = false;
            continue;
        }
        let (mark, line) = (&marked.marks[at], &page.lines[at]);
        let is_called = mark.near & STANDFIRST != 0 && mark.near & OF_HEADS == 0;
        // a smaller heading right below the headline says more of the story
        let is_below = state_before == State::Headline;
        let is_second = is_below
            && mark.tag.is_heading()
            && line.words >= 6.0
            && !line.opens_byline
            && line.numbers * 4 < line.spaced_words;
        let tells = (mark.echoes & const { Mark::echo_bit("description") } != 0 || is_called || is_second)
            && mark.echoes & ELSE == 0;
        let is_line = mark.links < 128 && line.words >= 4.0 && line.bracket_words == 0 && !mark.pictured;
        if tells && is_line && !marked.is_menu(at) && !marked.is_caption(page, at) {
            *state = State::Body;
            is_taken = true;
        } else if is_taken {
            *state = State::Inset;
        }
    }
}

fn stories(page: &Page<'_>, marked: &Marked<'_>, states: &[State]) -> Vec<Story> {
    extents(states).into_iter().map(|(first, last)| story(page, marked, states, first, last)).collect()
}

fn story(page: &Page<'_>, marked: &Marked<'_>, states: &[State], first: usize, last: usize) -> Story {
    let (mut words, mut comments) = (0.0, 0.0);
    let (mut articles, mut homes) = (BTreeMap::<u32, f32>::new(), BTreeMap::<u32, f32>::new());
    for block in (first..=last).filter(|&block| states[block] == State::Body) {
        let (mark, length) = (&marked.marks[block], page.lines[block].words);
        words += length;
        if (mark.near | mark.far) & COMMENT != 0 {
            comments += length;
        }
        *articles.entry(u32::from(mark.article)).or_default() += length;
        *homes.entry(mark.container).or_default() += length;
    }
    let title = &marked.marks[first];
    let has_title = states[first] == State::Headline
        && (title.tag == Tag::Heading1
            || (title.tag.is_heading() && title.echoes & const { Mark::echo_bit("headline") } != 0));
    // of equals the first
    let most = |words: &BTreeMap<u32, f32>| {
        words.iter().rev().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(number, _)| *number)
    };
    let (article, home) = (most(&articles) as u16, most(&homes));
    let is_comments = comments > words * 0.6 && !is_signed_comment(page, marked, states, (first, last), words);
    Story { first, last, has_title, is_comments, article, home }
}

/// Whether what is called a comment is a newspaper's own, and not its readers': a piece under a title, signed by one person.
fn is_signed_comment(
    page: &Page<'_>,
    marked: &Marked<'_>,
    states: &[State],
    (first, last): (usize, usize),
    words: f32,
) -> bool {
    /// The shortest, in words.
    const WORDS: f32 = 80.0;
    let title = &page.lines[first];
    let is_title = states[first] == State::Headline
        && matches!(marked.marks[first].tag, Tag::Heading1 | Tag::Heading2 | Tag::Heading3)
        && title.words >= 2.0
        && title.numbers == 0
        && title.widget_words == 0;
    let is_signature =
        |&at: &usize| page.lines[at].opens_byline && crate::roles::says_somebody(page.blocks[at].text.of(page.text));
    let mut signatures = (first + 1..=last).filter(is_signature);
    is_title
        && words >= WORDS
        && signatures.next().is_some_and(|at| states[at] == State::Head)
        && signatures.next().is_none()
}

#[cfg(test)]
pub(crate) mod tests {
    use copydesk_model::Markup;

    use super::*;

    pub(crate) const P: &str = "The ferry to the islands will sail again from Monday, the port of Halden said.";

    /// Settles lines with their marks, and compares.
    pub(crate) fn check(lines: &[(&str, Mark)], states: &[State], expected: &[State]) {
        let text = lines.iter().map(|(line, _)| *line).collect::<Vec<_>>().join("\n\n");
        let markup = Markup { marks: lines.iter().map(|(_, mark)| *mark).collect(), ..Markup::default() };
        let blocks = crate::blocks(&text);
        let page = Page::with_markup("", &text, &blocks, &[], &markup, &mut crate::memo::Memo::default());
        let mut settled = states.to_vec();
        settle(&page, &mut settled);
        assert_eq!(settled, expected);
    }

    #[test]
    fn comments_below_a_story() {
        use State::*;
        let comment = Mark { near: COMMENT, container: 2, ..Mark::default() };
        let story = Mark { container: 1, ..Mark::default() };
        let lines = [("Ferry sails again", story), (P, story), (P, story), ("Anna", comment), (P, comment)];
        check(&lines, &[Headline, Body, Body, Headline, Body], &[Headline, Body, Body, Outside, Outside]);
    }

    #[test]
    fn a_comment_of_the_paper_is_a_story() {
        use State::*;
        let of = |near, tag, container| Mark { near, tag, container, ..Mark::default() };
        let (p, comment) = (of(0, Tag::Paragraph, 1), of(COMMENT, Tag::Paragraph, 2));
        let lines = |title, signature| {
            let mut lines = vec![("Ferry sails again", of(0, Tag::Heading1, 1))];
            lines.extend([(P, p); 12]);
            lines.extend([(title, of(COMMENT, Tag::Heading2, 2)), (signature, of(COMMENT, Tag::Plain, 2))]);
            lines.extend([(P, comment); 6]);
            lines
        };
        // most of the page's text is the story's: else the class says nothing
        let mut states = [Body; 21];
        (states[0], states[13], states[14]) = (Headline, Headline, Head);
        check(&lines("A ferry without a timetable", "By Mara Lindqvist"), &states, &states);
        let mut dropped = states;
        dropped[13..].fill(Outside);
        check(&lines("12 comments", "By Mara Lindqvist"), &states, &dropped);
        check(&lines("A ferry without a timetable", "Mara Lindqvist, 3 hours ago"), &states, &dropped);
    }

    #[test]
    fn notes_that_lead_back_are_the_storys() {
        use State::*;
        let of = |tag| Mark { tag, ..Mark::default() };
        let noted = Mark { near: Mark::word_bit("correction"), tag: Tag::Paragraph, ..Mark::default() };
        let lines = [
            (P, of(Tag::Paragraph)),
            ("Notes", of(Tag::Heading4)),
            ("Prices of 1831, in Port Alder. ↩", of(Tag::Item)),
            ("The first version gave another year.", noted),
            ("Imprint", of(Tag::Plain)),
        ];
        check(&lines, &[Body, Outside, Outside, Outside, Outside], &[Body, Body, Body, Body, Outside]);
    }

    #[test]
    fn a_byline_that_is_the_first_paragraph() {
        use State::*;
        let of = |strong| Mark { tag: Tag::Paragraph, strong, ..Mark::default() };
        let page = |line, strong| {
            [("Ferry sails again", Mark { tag: Tag::Heading1, ..of(0) }), (line, of(strong)), (P, of(0))]
        };
        let states = [Headline, Body, Body];
        check(&page("By Mara Lindqvist in Halden", 255), &states, &[Headline, Inset, Body]);
        check(&page("بقلم: مارا ليند", 0), &states, &[Headline, Inset, Body]);
        check(&page("By Mara Lindqvist’s door the ferry waits", 0), &states, &states);
    }

    #[test]
    fn lists_without_links_are_the_storys() {
        use State::*;
        let of = |tag, container, links| Mark { tag, container, links, ..Mark::default() };
        let lines = |links, last: &'static str| {
            let item = of(Tag::Item, 3, links);
            let p = of(Tag::Paragraph, 1, 0);
            [
                (P, p),
                ("The ferry in figures", of(Tag::Heading3, 2, 0)),
                ("Built in 1961 at Alder", item),
                (last, item),
                (P, p),
            ]
        };
        let inset = [Body, Inset, Inset, Inset, Body];
        check(&lines(0, "Four decks and two funnels"), &inset, &[Body; 5]);
        check(&lines(255, "Four decks and two funnels"), &inset, &inset);
        // nor are they what one can vote for
        let mut poll = lines(0, "No");
        poll[2].0 = "Yes";
        check(&poll, &inset, &inset);
    }

    #[test]
    fn a_transcript_has_no_clock() {
        use State::*;
        let p = Mark { tag: Tag::Paragraph, ..Mark::default() };
        let lines = [("00:00", p), (P, p), ("01:34", p), (P, p)];
        check(&lines, &[Body; 4], &[Inset, Body, Inset, Body]);
        check(&[("14:05", p), (P, p), ("15:34", p), (P, p)], &[Body; 4], &[Body; 4]);
    }

    #[test]
    fn titles_of_slides_go_with_the_story() {
        use State::*;
        let of = |tag, container, pictured| Mark { tag, container, pictured, ..Mark::default() };
        let lines = [
            (P, of(Tag::Paragraph, 3, false)),
            ("1 of 2", of(Tag::Plain, 7, true)),
            ("Doors open at nine", of(Tag::Heading2, 8, false)),
            ("The ferry before it sails, with all its lamps.", of(Tag::Paragraph, 8, false)),
            ("Photo: Mara Lindqvist", of(Tag::Paragraph, 8, false)),
        ];
        check(&lines, &[Body, Outside, Outside, Outside, Outside], &[Body, Inset, Body, Outside, Outside]);
    }

    #[test]
    fn a_heading_at_the_end_heads_what_follows() {
        use State::*;
        let of = |tag| Mark { tag, ..Mark::default() };
        let lines = [
            (P, of(Tag::Paragraph)),
            ("Comments", of(Tag::Plain)),
            ("More on ferries", of(Tag::Heading3)),
            ("Imprint", of(Tag::Plain)),
        ];
        check(&lines, &[Body, Inset, Body, Outside], &[Body, Outside, Outside, Outside]);
    }

    #[test]
    fn columns_of_one_kind_are_stories() {
        use State::*;
        let long = format!("{P} {P} {P} {P}");
        let of = |container, tag, path| Mark { container, tag, path, ..Mark::default() };
        let lines = [
            ("Ferry sails again", of(1, Tag::Heading2, 7)),
            (&*long, of(1, Tag::Paragraph, 8)),
            ("Comment", of(1, Tag::Plain, 9)),
            ("Rivals eye stadium", of(2, Tag::Heading2, 7)),
            ("By Tom Oyelaran", of(2, Tag::Plain, 9)),
            (&*long, of(2, Tag::Paragraph, 8)),
        ];
        check(&lines, &[Headline, Body, Inset, Body, Inset, Body], &[Headline, Body, Outside, Headline, Head, Body]);
    }

    #[test]
    fn an_article_is_one_story_and_two_are_two() {
        use State::*;
        let of = |article, tag| Mark { article, tag, ..Mark::default() };
        let p = of(1, Tag::Paragraph);
        let lines = [
            ("Ferry sails again", of(1, Tag::Heading1)),
            (P, p),
            ("Advertisement", of(1, Tag::Plain)),
            ("Long repairs", of(1, Tag::Heading2)),
            (P, p),
            ("Rivals eye stadium", of(2, Tag::Heading1)),
            (P, of(2, Tag::Paragraph)),
        ];
        check(
            &lines,
            &[Headline, Body, Outside, Headline, Body, Headline, Body],
            &[Headline, Body, Inset, Body, Body, Headline, Body],
        );
    }
}
