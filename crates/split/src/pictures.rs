//! What stands beside one picture: which of its lines is the caption and which says who made it, and which of them belong together.

use copydesk_model::{Caption, Mark, Role};

use crate::maker::{is_names, maker};
use crate::marked::Marked;
use crate::page::Page;
use crate::roles::{Captions, collect, credit_alone};
use crate::signals::opens_credit;
use crate::{Reason, Split};

/// Longest line that names a maker, in words.
const MAKER: f32 = 8.0;
/// Shortest caption without a maker that one may stand beside, in words.
const CAPTION: f32 = 5.0;

/// Puts right what two lines beside one picture are: each alone reads as a caption, but one of them names a maker as credits do.
pub(crate) fn tell_makers(page: &Page<'_>, marked: &Marked<'_>, split: &mut Split, reasons: &mut [Reason]) {
    let is_maker = |at: usize| {
        let text = page.blocks[at].text.of(page.text);
        page.lines[at].words <= MAKER && !text.ends_with(['.', '!', '?', '。']) && is_names(text)
    };
    let is_unnamed = |at: usize| {
        let line = &page.lines[at];
        line.words >= CAPTION
            && line.bracket_words == 0
            && maker(without_label(page.blocks[at].text.of(page.text)), "", marked.about).is_empty()
    };
    for below in 1..split.blocks.len() {
        let above = below - 1;
        if split.blocks[below].role != Role::Caption {
            continue;
        }
        let clipping = split.blocks[below].clipping;
        let (first, second) = (&marked.marks[above], &marked.marks[below]);
        let found = if split.blocks[above].role == Role::Caption && !second.pictured {
            // one picture, and below it or over it two lines
            let both = [(above, below), (below, above)];
            both.into_iter().find(|&(one, other)| is_maker(one) && is_unnamed(other)).map(|(one, _)| one)
        } else {
            // a line over the picture, which stands before it
            let is_over = split.blocks[above].clipping.is_none()
                && second.pictured
                && !first.pictured
                && first.container == second.container
                && page.blocks[above].text.of(page.text).contains(['/', '©'])
                && is_maker(above);
            is_over.then_some(above)
        };
        let Some(credit) = found else { continue };
        if split.blocks[above].clipping.is_none() || split.blocks[above].clipping == clipping {
            split.blocks[credit].role = Role::Credit;
            split.blocks[credit].clipping = clipping;
            reasons[credit] = Reason::MarkedCredit;
        }
    }
}

/// Collects captions and credits anew, in page order: some stand outside of the clippings, and some credits before their captions.
pub(crate) fn collect_all(page: &Page<'_>, marked: &Marked<'_>, split: &mut Split) {
    split.clippings.iter_mut().for_each(|clipping| clipping.captions.clear());
    let mut captions = Captions::default();
    let is_beside = |split: &Split, at: usize, role: Role, clipping: u32| {
        split.blocks.get(at).is_some_and(|block| block.role == role && block.clipping == Some(clipping))
    };
    let mut at = 0;
    while at < split.blocks.len() {
        let block = &split.blocks[at];
        if let (role @ (Role::Caption | Role::Credit), Some(clipping)) = (block.role, block.clipping) {
            let is_first = role == Role::Credit
                && is_beside(split, at + 1, Role::Caption, clipping)
                && !at.checked_sub(1).is_some_and(|before| {
                    !marked.marks[at].pictured && is_beside(split, before, Role::Caption, clipping)
                })
                && is_of_one_picture(&marked.marks[at], &marked.marks[at + 1]);
            let is_alone = role == Role::Credit
                && marked.marks[at].pictured
                && !is_first
                && !at.checked_sub(1).is_some_and(|before| is_beside(split, before, Role::Caption, clipping));
            if is_alone {
                // the picture has no caption; that of another picture is not its own
                let credit = credit_alone(&page.blocks[at].folded(page.text)).to_owned();
                split.clippings[clipping as usize].captions.push(Caption { text: String::new(), credit });
            } else if is_first {
                collect(split, &mut captions, clipping as usize, page, at + 1, Role::Caption);
                collect(split, &mut captions, clipping as usize, page, at, role);
                at += 1;
            } else {
                collect(split, &mut captions, clipping as usize, page, at, role);
            }
        }
        at += 1;
    }
}

/// Whether a line and the one below it have one picture, over or below which both stand.
fn is_of_one_picture(first: &Mark, second: &Mark) -> bool {
    first.pictured != second.pictured && (first.pictured || first.container == second.container)
}

/// Whether a text is a sentence behind a word for pictures, which says what it is about and not who made it: `Image: The ferry was towed
/// for six hours.`
pub(crate) fn is_labelled_sentence(text: &str) -> bool {
    without_label(text) != text
}

/// Whether a line that stands or is marked up as a caption is none: a day and its time alone, how long something takes, a row of buttons, the label of
/// an advertisement, what a player or a link says to who cannot see it.
pub(crate) fn is_no_caption(text: &str) -> bool {
    /// Longest such line, in bytes, but for rows of buttons, which have at least so many names of networks.
    const LONGEST: usize = 100;
    const BUTTONS: usize = 3;
    const LABELS: [&str; 13] = [
        "advertisement",
        "anzeige",
        "werbung",
        "publicidad",
        "publicité",
        "video loading",
        "video unavailable",
        "video player is loading.",
        "click to play",
        "tap to play",
        "play video",
        "watch now",
        "this video cannot be played",
    ];
    const WINDOW: [&str; 8] = [
        "(opens in new window)",
        "(opens in a new window)",
        "(opens in new tab)",
        "(opens in a new tab)",
        "(se abre en una ventana nueva)",
        "(ouvre dans une nouvelle fenêtre)",
        "(wird in neuem fenster geöffnet)",
        "(öffnet im neuen fenster)",
    ];
    const NETWORKS: [&str; 14] = [
        "facebook",
        "twitter",
        "whatsapp",
        "reddit",
        "linkedin",
        "telegram",
        "messenger",
        "flipboard",
        "pinterest",
        "xing",
        "vk",
        "threads",
        "bluesky",
        "email",
    ];
    let small = text.trim().to_lowercase();
    let mut named = NETWORKS.iter().filter(|network| small.split_whitespace().any(|word| word == **network));
    if named.nth(BUTTONS - 1).is_some() {
        return true;
    }
    text.len() <= LONGEST
        && (crate::told::is_day_line(text, true)
            || is_length(&small)
            || LABELS.contains(&small.as_str())
            || WINDOW.iter().any(|window| small.ends_with(window)))
}

/// `3 min`, `01:48 min`, `Listen (03:15 min)`: nothing but how long it takes to read, to see or to hear.
fn is_length(small: &str) -> bool {
    /// Words before the number.
    const BEFORE: usize = 2;
    let mut words = small.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')')).filter(|word| !word.is_empty());
    let Some(at) = words.by_ref().take(BEFORE + 1).position(|word| word.starts_with(|c: char| c.is_numeric())) else {
        return false;
    };
    let is_unit = |word: &str| matches!(word.trim_end_matches('.'), "min" | "minuten" | "minutes" | "mins" | "minutos");
    at <= BEFORE && words.next().is_some_and(is_unit) && words.count() <= 1
}

/// A caption without the word for pictures that it opens with.
pub(crate) fn without_label(text: &str) -> &str {
    /// Words in small letters: a maker's name has a few that join its parts.
    const SMALL: usize = 5;
    let Some((label, rest)) = text.split_once([':', '：']) else { return text };
    let is_small = |word: &&str| word.starts_with(char::is_lowercase);
    let words = || rest.split_whitespace().filter(is_small);
    let is_sentence = words().count() >= SMALL && words().next().is_some_and(|word| !opens_credit(word));
    if !label.contains(' ') && opens_credit(label) && is_sentence { rest.trim_start() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_caption() {
        for text in [
            "3 May 2024 17:29 (IST)",
            "9 oktober 2020 09:53",
            "Video Loading",
            "Click to print (Opens in new window)",
            "01:48 min",
            "3 Min Lesezeit",
            "Artikel anhören (03:15 min)",
            "Facebook Twitter Flipboard Send Reddit",
        ] {
            assert!(is_no_caption(text), "{text}");
        }
        for text in [
            "3 May 2024: the ferry leaves the harbour",
            "3 minutes before the ferry left the harbour",
            "The founders of Facebook and Twitter",
            "The ferry in May 2024",
            "Video: the ferry leaves",
        ] {
            assert!(!is_no_caption(text), "{text}");
        }
    }

    #[test]
    fn labels() {
        for (caption, expected) in [
            ("Image: The ferry was towed for almost six hours.", "The ferry was towed for almost six hours."),
            ("Photo: Mara Lindqvist for the Halden Post", "Photo: Mara Lindqvist for the Halden Post"),
            ("Foto: courtesy of the family of the last keeper", "Foto: courtesy of the family of the last keeper"),
            ("The ferry: it was towed for almost six hours.", "The ferry: it was towed for almost six hours."),
        ] {
            assert_eq!(without_label(caption), expected);
        }
    }
}
