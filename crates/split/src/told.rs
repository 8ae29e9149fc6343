//! What markup adds to roles and clippings: pictures' captions and credits wherever they stand, bylines and dates that a class or the page's
//! own description names, and what the page says about itself for the story that it says it of.

use copydesk_model::{About, Clipping, Field, Mark, Role, Tag, Witness};

use crate::marked::{IN_PICTURE, Marked};
use crate::page::Page;
use crate::roles::same_words;
use crate::signals::{is_bare_credit, is_date, is_names, opens_credit};
use crate::states::{State, extents};
use crate::{Reason, Split};

/// Longest byline and date line, in words: longer ones are biographies and sentences.
const LINE_WORDS: f32 = 16.0;
/// How far from its story's headline or last paragraph a caption may stand outside of it, in blocks that were looked at.
const FAR: usize = 40;
/// How far above the article that its story stands in, in blocks.
const ABOVE: usize = 4;

/// A note without the sign that leads from it back to its place in the text; unchanged where there is none, or nothing else.
pub(crate) fn without_back(text: &str) -> &str {
    const BACK: [char; 4] = ['↩', '↑', '⤴', '⏎'];
    const LOOKS: [char; 2] = ['\u{fe0e}', '\u{fe0f}'];
    let rest = text.trim_end().trim_end_matches(LOOKS);
    match rest.trim_end_matches(BACK).trim_end() {
        bare if bare.len() < rest.len() && !bare.is_empty() => bare,
        _ => text,
    }
}

/// The role that markup gives a block outside of bodies; `None` where it says nothing.
pub(crate) fn role(page: &Page<'_>, at: usize, state: State, is_lead: bool) -> Option<(Role, Reason)> {
    let marked = page.marked.as_ref()?;
    if state == State::Body || state == State::Headline {
        return None;
    }
    let (mark, line) = (&marked.marks[at], &page.lines[at]);
    let text = page.blocks[at].text.of(page.text);
    let is_linked = mark.links >= 160;
    let is_head = state == State::Head || is_lead;
    let is_caption = mark.tag == Tag::Caption
        || mark.within & IN_CAPTION != 0
        || (mark.echoes & const { Mark::echo_bit("caption") } != 0
            && mark.echoes & const { Mark::echo_bit("description") } == 0
            && (mark.pictured || state != State::Head || mark.near & crate::marked::MEDIA != 0))
        || marked.stands_as_caption(page, at)
        || marked.reads_as_caption(page, at)
        || is_slide_of_many(page, marked, at)
        || mark.near & const { Mark::word_bit("caption") } != 0
        || (mark.within & IN_PICTURE != 0 && line.words >= 3.0 && !is_box(marked, at))
        || (state == State::Inset && is_under_picture(page, marked, at));
    // when the story came out, and the buttons of a player, whatever they are called or stand in
    let is_day = is_head && is_date(page, at) && is_day_line(text, mark.tag == Tag::Caption);
    const PLAYER: u64 = Mark::word_bit("tool") | Mark::word_bit("hidden");
    let is_caption = is_caption && !is_day && (mark.near & PLAYER != PLAYER || mark.tag == Tag::Caption);
    let is_credit = mark.echoes & const { Mark::echo_bit("credit") } != 0
        || mark.near & const { Mark::word_bit("credit") } != 0
        || line.opens_credit;
    // tags and links to sources are called so as well
    let is_list = mark.within & IN_PICTURE == 0
        && (mark.links >= 200 || mark.near & const { Mark::word_bit("tags") } != 0)
        && !line.opens_credit;
    // the line below a headline that says who wrote the story may be called a credit as well
    let is_writer = state == State::Head
        && mark.echoes & const { Mark::echo_bit("author") } != 0
        && !mark.pictured
        && mark.near & crate::marked::MEDIA == 0
        && !is_caption
        && !line.opens_credit;
    if is_credit
        && !is_list
        && !is_writer
        && line.words <= 14.0
        && (is_caption || mark.near & const { Mark::word_bit("credit") } != 0 || state != State::Outside)
        && !is_date(page, at)
    {
        // a caption that opens with a name that pictures are sold under is a caption
        let is_alone = mark.near & const { Mark::word_bit("credit") } != 0
            || mark.echoes & const { Mark::echo_bit("caption") } == 0;
        // a label whose name stands in the next block says nothing by itself
        let is_label = text.ends_with(':') || is_bare_credit(text);
        if is_label {
            return Some((Role::Furniture, Reason::NoPart));
        }
        let is_sentence = is_caption && crate::pictures::is_labelled_sentence(text);
        if is_alone && !is_sentence && (line.words <= 8.0 || opens_credit(text)) {
            return Some((Role::Credit, Reason::MarkedCredit));
        }
    }
    // a name alone below a picture's caption, in the same element
    let is_below_caption = at > 0 && {
        let above = &marked.marks[at - 1];
        above.pictured && above.container == mark.container && marked.is_caption(page, at - 1)
    };
    let is_maker = mark.near & crate::marked::MEDIA != 0 && !mark.pictured && !line.opens_byline;
    if is_below_caption && is_maker && line.words <= 4.0 && is_names(line) {
        return Some((Role::Credit, Reason::MarkedCredit));
    }
    // `View in full screen`, and how long a film is
    let is_of_player = mark.tag != Tag::Caption
        && (mark.tag == Tag::Control
            || mark.within & const { Mark::within_bit("button") } != 0
            || (line.words <= 2.0 && text.starts_with(char::is_numeric)));
    if is_caption && !is_linked && !is_of_player && text.chars().any(char::is_alphabetic) {
        return Some((Role::Caption, Reason::MarkedCaption));
    }
    if line.words > LINE_WORDS {
        return None;
    }
    if is_head
        && mark.echoes & const { Mark::echo_bit("author") } == 0
        && !(line.opens_byline || ((line.year || line.clock) && copydesk_text::is_byline(text)))
        && (mark.tag == Tag::Time
            || mark.echoes & const { Mark::echo_bit("date") } != 0
            || (mark.near & const { Mark::word_bit("date") } != 0 && line.numbers > 0 && !is_reading_time(text)))
    {
        return Some((Role::Date, Reason::MarkedDate));
    }
    let names_author = mark.echoes & const { Mark::echo_bit("author") } != 0;
    let is_called = mark.near & const { Mark::word_bit("byline") } != 0;
    let is_named = line.capitals > 0 || line.opening == crate::line::Opening::Caseless;
    // where a standfirst counts as body, the byline below it stands in an inset
    // a date in the same line may end as a sentence does: `9:14 p.m.`
    let is_dated_byline = || (line.year || line.clock) && copydesk_text::is_byline(text);
    let opens_byline = (line.opens_byline || is_dated_byline()) && crate::roles::says_somebody(text);
    let is_byline = if is_head {
        names_author || opens_byline || (is_called && is_named && line.numbers == 0)
    } else if state == State::Outside && is_called && is_named && line.words <= 8.0 && line.numbers == 0 {
        // below a story: see `is_right_below`
        true
    } else {
        (names_author && (line.opens_byline || (is_called && line.words <= 8.0)))
            || (state == State::Inset && line.opens_byline && is_called)
            // a name with a date beside it
            || (state == State::Inset
                && names_author
                && (mark.echoes & const { Mark::echo_bit("date") } != 0 || line.year || line.clock)
                && (line.ending != crate::line::Ending::Sentence || line.clock))
    };
    // a list of buttons may be called the byline's; the line with the name is none of them
    if is_byline && (names_author || !is_linked_list(mark)) && !copydesk_text::without_buttons(text).is_empty() {
        return Some((Role::Byline, Reason::MarkedByline));
    }
    None
}

/// `5 min read`
fn is_reading_time(text: &str) -> bool {
    /// Longest such line, in bytes.
    const LONGEST: usize = 32;
    const READ: [&str; 8] = ["read", "lese", "lect", "leit", "lett", "läs", "lees", "les"];
    let small = text.to_lowercase();
    let mut words = small.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    text.len() <= LONGEST
        && small.contains("min")
        && words.any(|word| READ.iter().any(|read| word.starts_with(read)))
        && copydesk_text::Stamp::seen(text, copydesk_text::Habits::default()).is_none()
}

/// Whether a line begins with a day and the time of it, or with who wrote the story before them, as no caption does. What is marked up as a caption may:
/// there the day, its time and how long reading takes are all of it.
pub(crate) fn is_day_line(text: &str, is_caption: bool) -> bool {
    /// Letters before a day that a word for when takes, and behind it: minutes of reading.
    const BEFORE: usize = 16;
    const BEHIND: usize = 40;
    let Some((stamp, span)) = copydesk_text::Stamp::seen(text, copydesk_text::Habits::default()) else { return false };
    let is_begun = span.start <= BEFORE || copydesk_text::is_byline(text);
    let behind = text[span.end..].trim_matches(|c: char| !c.is_alphanumeric());
    // `Uhr`, `Uhr • Lesezeit: 3 Minuten`
    let is_all = || behind.chars().filter(|c| c.is_alphabetic()).count() <= 4 || is_reading_time(behind);
    !stamp.is_month() && is_begun && behind.len() <= BEHIND && (!is_caption || is_all())
}

/// Which insets stand near the top of a story: behind its headline, and its standfirst where that is body.
pub(crate) fn leads(page: &Page<'_>, states: &[State]) -> Vec<bool> {
    /// Paragraphs of a standfirst, and words of them.
    const PARAGRAPHS: usize = 2;
    const WORDS: f32 = 70.0;
    let mut leads = vec![false; states.len()];
    if page.marked.is_none() {
        return leads;
    }
    let (mut paragraphs, mut words) = (usize::MAX, 0.0);
    for (at, state) in states.iter().enumerate() {
        match state {
            State::Headline => (paragraphs, words) = (0, 0.0),
            State::Outside => paragraphs = usize::MAX,
            State::Body => {
                paragraphs = paragraphs.saturating_add(1);
                words += page.lines[at].words;
            }
            State::Inset => leads[at] = paragraphs <= PARAGRAPHS && words <= WORDS,
            State::Head => {}
        }
    }
    leads
}

/// Whether a line stands right below a story's last paragraph, where some are signed.
pub(crate) fn is_right_below(page: &Page<'_>, states: &[State], at: usize) -> bool {
    let Some(above) = at.checked_sub(1) else { return false };
    let is_beside = |marked: &Marked<'_>| {
        let (mark, before) = (&marked.marks[at], &marked.marks[above]);
        mark.article == before.article && mark.depth.abs_diff(before.depth) <= 3
    };
    states[above] == State::Body && page.marked.as_ref().is_none_or(is_beside)
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
        _ => return part_at_date(line),
    };
    let behind = line[last..].trim_matches(SIGNS);
    if has_digit(behind) && !has_digit(&line[..first]) {
        return (line[..last].trim_matches(SIGNS), behind);
    }
    // `Posted on 3 May 2024 by Mara Lindqvist 4 replies`
    let line = if has_digit(behind) { &line[..last] } else { line };
    // `3 May 2024 | By Mara Lindqvist`, `3 May 2024 3,418 views Mara Lindqvist`: the byline begins behind the last sign before the name, or with it
    let before = &line[..first];
    if let Some(digit) = before.rfind(char::is_numeric) {
        // `3 mai 2024, par Bo Tveit, Ada Renn`: of several names the word for by stands before the first
        let words = before.char_indices().filter(|&(at, c)| {
            at > digit
                && !c.is_whitespace()
                && before[..at].ends_with(|c: char| c.is_whitespace() || SIGNS.contains(&c))
        });
        if let Some(at) = words.map(|(at, _)| at).find(|&at| copydesk_text::is_byline(&line[at..])) {
            return (line[at..].trim_matches(SIGNS), line[..at].trim_matches(SIGNS));
        }
        let signs = ["|", "·", "•", "–", "—", "/", ", "];
        let sign = signs.iter().filter_map(|sign| before.rfind(sign).map(|at| (at, at + sign.len()))).max();
        let (end, start) = sign.unwrap_or((first, first));
        return (line[start..].trim_matches(SIGNS), line[..end].trim_matches(SIGNS));
    }
    (line, "")
}

/// `Posted on 3 May 2024 at 10:15 by Mara Lindqvist`: the byline behind a date; empty where there is none.
pub(crate) fn byline_behind_date(line: &str) -> &str {
    /// Words between the date and the word for by, and words of the byline.
    const BETWEEN: usize = 4;
    const WORDS: usize = 7;
    let Some((_, date)) = copydesk_text::Stamp::seen(line, copydesk_text::Habits::default()) else { return "" };
    let behind = &line[date.end..];
    let mut starts =
        behind.char_indices().filter(|&(at, c)| !c.is_whitespace() && behind[..at].ends_with([' ', '|', '·']));
    let by = starts.by_ref().take(BETWEEN).map(|(at, _)| &behind[at..]).find(|rest| copydesk_text::is_byline(rest));
    let byline = by.map_or("", copydesk_text::without_buttons);
    let is_name = byline.split_whitespace().count() <= WORDS && !byline.contains(|c: char| c.is_numeric());
    if is_name
        && crate::roles::says_somebody(byline)
        && copydesk_text::without_by(byline).starts_with(char::is_uppercase)
    {
        byline
    } else {
        ""
    }
}

/// `Mara Lindqvist and Tom Oyelaran 3/5/2024`: the names before a date, and the date, in a line that is called a byline; nothing where what stands there
/// says of what it is the date.
pub(crate) fn byline_before_date(line: &str) -> Option<(&str, &str)> {
    let (byline, date) = part_at_date(line);
    let is_named = byline.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count() > 1;
    (!date.is_empty() && is_named && !says_when(byline)).then_some((byline, date))
}

/// Whether a line begins with what its date is the date of: `Published on`.
pub(crate) fn says_when(line: &str) -> bool {
    const OF_WHAT: [&str; 13] = [
        "published",
        "submitted",
        "posted",
        "created",
        "first",
        "online",
        "publicado",
        "publié",
        "pubblicato",
        "veröffentlicht",
        "erstellt",
        "gepubliceerd",
        "yayınlanma",
    ];
    let says = line.split([' ', ':']).next().unwrap_or_default();
    copydesk_text::says_changed(line) || OF_WHAT.contains(&says.to_lowercase().as_str())
}

/// `By Mara Lindqvist May 8, 2024 9:14 p.m.`: the date ends the byline, and a word before it that says what it is a date of.
fn part_at_date(line: &str) -> (&str, &str) {
    const SIGNS: [char; 9] = [' ', '|', '·', '•', ',', '-', '–', '—', '/'];
    let Some((_, date)) = copydesk_text::Stamp::seen(line, copydesk_text::Habits::default()) else { return (line, "") };
    let mut end = date.start;
    if let Some(sign) = line[..end].rfind(['|', '·', '•', '–', ','])
        && line[sign..end].split_whitespace().count() <= 3
        && sign > 0
    {
        end = sign;
    }
    let mut byline = line[..end].trim_matches(SIGNS);
    // `Mara Lindqvist. Updated`
    if let Some((name, label)) = byline.rsplit_once(' ')
        && says_when(label)
    {
        end = line[..end].rfind(label).unwrap_or(end);
        byline = name.trim_end_matches(['.', ' ']);
    }
    if byline.chars().any(char::is_alphabetic) && !byline.chars().any(char::is_numeric) {
        (byline, line[end..].trim_matches(SIGNS))
    } else {
        (line, "")
    }
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

/// Whether a figure has no picture but a heading: an invitation that is set among the text as pictures are.
fn is_box(marked: &Marked<'_>, at: usize) -> bool {
    /// Blocks of such a box.
    const BLOCKS: usize = 8;
    let is_inside = |other: &&Mark| other.within & IN_PICTURE != 0 && other.within & IN_CAPTION == 0;
    let before = marked.marks[..at].iter().rev().take(BLOCKS).take_while(is_inside);
    let behind = marked.marks[at..].iter().take(BLOCKS).take_while(is_inside);
    before.chain(behind).any(|other| other.tag.is_heading() && !other.pictured)
}

/// A line below a picture of its own, as others near it are that the page's template made alike: the slides of a gallery, whatever it is called.
fn is_slide_of_many(page: &Page<'_>, marked: &Marked<'_>, at: usize) -> bool {
    /// How far from each other slides stand, in blocks, and how many make a gallery.
    const NEAR: usize = 24;
    const MANY: usize = 3;
    let (mark, line) = (&marked.marks[at], &page.lines[at]);
    if !mark.pictured
        || !matches!(mark.tag, Tag::Paragraph | Tag::Plain | Tag::Item)
        || mark.links >= 60
        || !(3.0..=60.0).contains(&line.words)
        || crate::marked::is_furniture(mark)
        || (marked.path[at].blocks as usize) < MANY
    {
        return false;
    }
    let near = &marked.marks[at.saturating_sub(NEAR)..marked.marks.len().min(at + NEAR)];
    let (pictured, others): (Vec<&Mark>, Vec<&Mark>) =
        near.iter().filter(|other| other.path == mark.path).partition(|other| other.pictured && other.links < 60);
    pictured.len() >= MANY && others.is_empty()
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
                // the first picture may stand above the element of the story: it is known by its maker
                let is_above = article(at) == 0
                    && at < extent.0
                    && extent.0 - at <= ABOVE
                    && extents.len() == 1
                    && !crate::maker::maker(page.blocks[at].text.of(page.text), "", marked.about).is_empty();
                distance(at, extent) <= reach
                    && (article(extent.1) == 0 || article(at) == article(extent.1) || reach > FAR || is_above)
            };
            // extents stand in order: on either side the first that fits is the nearest, and none beyond its reach can be
            let right = extents.partition_point(|extent| extent.1 < at);
            let within = |&clipping: &usize| distance(at, &extents[clipping]) <= reach;
            let of = |clipping: usize| fits(&extents[clipping]).then_some(clipping);
            let before = (0..right).rev().take_while(within).find_map(of);
            let behind = (right..extents.len()).take_while(within).find_map(of);
            let nearest = before.into_iter().chain(behind).min_by_key(|&clipping| distance(at, &extents[clipping]));
            nearest.map(|clipping| clipping as u32)
        })
        .collect()
}

/// What the page says about itself goes to the story that it says it of: the one whose headline it names; where no headline is like
/// it, the one that holds most of the page's text.
pub(crate) fn about(page: &Page<'_>, split: &mut Split) {
    let Some(marked) = &page.marked else { return };
    credits(marked, &mut split.clippings);
    let published = marked.about.value(Field::Published).to_owned();
    if are_alike(marked, split) {
        // stories that one page holds in one element: its day is that of all of them
        split.clippings.iter_mut().for_each(|clipping| clipping.published.clone_from(&published));
    } else if let Some(at) = main_clipping(marked, &split.clippings) {
        find_title(page, marked, split, at);
        let clipping = &mut split.clippings[at];
        clipping.headline = headline(&clipping.headline, marked.about);
        clipping.published = published;
    }
    dates(marked, split);
}

/// Whether all stories begin with headings of the same kind in the same article, or in the same element, and none with a title.
fn are_alike(marked: &Marked<'_>, split: &Split) -> bool {
    let mut heads = split
        .blocks
        .iter()
        .zip(&marked.marks)
        .filter(|(block, _)| block.role == Role::Headline && block.clipping.is_some())
        .map(|(_, mark)| mark);
    let Some(first) = heads.next() else { return false };
    let mut count = 1;
    let is_alike = |mark: &Mark| {
        count += 1;
        mark.path == first.path
            && mark.tag != Tag::Heading1
            && (mark.container == first.container || (mark.article > 0 && mark.article == first.article))
    };
    heads.all(is_alike) && count == split.clippings.len() && count > 1
}

/// When the stories of a page of several were published: by the `<time>` of each, else by its date line.
fn dates(marked: &Marked<'_>, split: &mut Split) {
    if split.clippings.len() < 2 {
        return;
    }
    /// How far above its headline or below its last paragraph a story's time may stand, in bytes of the source.
    const FAR: u32 = 800;
    let times: Vec<(u32, &str)> = marked
        .about
        .all(Field::Dated)
        .filter_map(|said| said.value.split_once(' '))
        .filter_map(|(place, stamp)| Some((place.parse().ok()?, stamp)))
        .collect();
    // the first block of each story, its first paragraph and its last one, by their places in the source
    let mut places: Vec<Option<(u32, u32, u32)>> = vec![None; split.clippings.len()];
    for (block, mark) in split.blocks.iter().zip(&marked.marks) {
        let (Some(clipping), Role::Headline | Role::Body) = (block.clipping, block.role) else { continue };
        let place = &mut places[clipping as usize];
        let (start, end) = (mark.source.start, mark.source.end);
        let (first, paragraph, last) = place.get_or_insert((start, u32::MAX, end));
        if block.role == Role::Body {
            *paragraph = (*paragraph).min(start);
            *last = (*last).max(end);
        } else {
            *first = (*first).min(start);
        }
    }
    let language = marked.about.value(Field::Language);
    let habits = copydesk_text::Habits::of(language);
    let mut above = 0;
    for at in 0..places.len() {
        let Some((first, paragraph, last)) = places[at] else { continue };
        let next = places[at + 1..].iter().flatten().next().map_or(u32::MAX, |next| next.0);
        let clipping = &mut split.clippings[at];
        if clipping.published.is_empty() {
            let within = |from: u32, to: u32| times.iter().filter(move |time| (from..to).contains(&time.0));
            let found = within(first, paragraph)
                .next()
                .or_else(|| within(above.max(first.saturating_sub(FAR)), first).next_back())
                .or_else(|| within(paragraph, last).next())
                .or_else(|| within(last, next.min(last.saturating_add(FAR))).next());
            clipping.published = match found {
                Some((_, stamp)) => (*stamp).to_owned(),
                None => copydesk_text::Stamp::seen(&clipping.date, habits)
                    .filter(|(stamp, _)| !stamp.is_month())
                    .map_or(String::new(), |(stamp, _)| stamp.to_string()),
            };
        }
        above = last;
    }
}

/// Where the decoder took another line for the headline, or none, and a heading above the body says what the page calls its story: that one.
fn find_title(page: &Page<'_>, marked: &Marked<'_>, split: &mut Split, clipping: usize) {
    let ours = |block: &copydesk_model::Block| block.clipping == Some(clipping as u32);
    let says = |at: usize| marked.marks[at].echoes & const { Mark::echo_bit("headline") } != 0;
    // below the name of the site the headline may be taken for the first line of the body
    let is_title = |at: usize| marked.marks[at].tag == Tag::Heading1 && says(at);
    let Some(first) = split.blocks.iter().position(|b| ours(b) && b.role == Role::Body) else { return };
    let body = if is_title(first) { first + 1 } else { first };
    let start = split.blocks[..first].iter().rposition(|b| b.role == Role::Body).map_or(0, |last| last + 1);
    let old = split.blocks[start..body].iter().position(|b| ours(b) && b.role == Role::Headline).map(|at| start + at);
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
    if split.blocks[new].role == Role::Body {
        split.clippings[clipping].body.remove(0);
        split.masked[clipping].remove(0);
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
pub(crate) fn alike(a: &str, b: &str) -> f32 {
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
        assert_eq!(part("3 May 2024 3,418 views Ada Renn", &about), ("Ada Renn", "3 May 2024 3,418 views"));
        assert_eq!(
            part("By Somebody and Another May 8, 2024 9:14 p.m.", &about),
            ("By Somebody and Another", "May 8, 2024 9:14 p.m.")
        );
        assert_eq!(part("Publié le 3 mai 2024 par Ada Renn", &about), ("par Ada Renn", "Publié le 3 mai 2024"));
        assert_eq!(part("3 mai 2024, par Bo Tveit, Ada Renn", &about), ("par Bo Tveit, Ada Renn", "3 mai 2024"));
        assert_eq!(part("Posted on 3 May 2024 by Ada Renn 4 Replies", &about), ("by Ada Renn", "Posted on 3 May 2024"));
        assert_eq!(part("Somebody Else. Updated 3 May 2024", &about), ("Somebody Else", "Updated 3 May 2024"));
        assert_eq!(part("By Somebody | Updated 3 May 2024", &about), ("By Somebody", "Updated 3 May 2024"));
    }

    #[test]
    fn bylines_before_dates() {
        let found = byline_before_date("Ada Renn and Bo Lind 03/05/2024 19:30");
        assert_eq!(found, Some(("Ada Renn and Bo Lind", "03/05/2024 19:30")));
        let found = byline_before_date("Ada Renn | Reporter 03/05/2024");
        assert_eq!(found, Some(("Ada Renn", "Reporter 03/05/2024")));
        for line in
            ["Published On 3 May 2024", "Last Updated On 3 May 2024", "Friday, 3 May 2024", "Ada Renn and Bo Lind"]
        {
            assert_eq!(byline_before_date(line), None, "{line}");
        }
    }

    #[test]
    fn bylines_behind_dates() {
        assert_eq!(byline_behind_date("Posted on May 3, 2024 by Ada Renn"), "by Ada Renn");
        assert_eq!(byline_behind_date("3 May 2024, 10:15 | By Ada Renn and Bo Lind"), "By Ada Renn and Bo Lind");
        for line in ["3 May 2024", "3 May 2024 by e-mail", "Posted on 3 May 2024 in News", "Ada Renn"] {
            assert_eq!(byline_behind_date(line), "", "{line}");
        }
    }

    #[test]
    fn titles_with_the_name_of_the_site_are_alike() {
        assert!(alike("Ferry sails again", "Ferry sails again | Post") >= 0.6);
        assert!(alike("Ferry sails again", "Rivals eye stadium") < 0.1);
        assert!(alike("港は閉鎖された", "港は閉鎖") >= 0.5);
    }
}
