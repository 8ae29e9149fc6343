//! Takes the text out of a web page: bytes in, one line a block out, with what the HTML says about each.
//!
//! In: [`copydesk_model::Html`], the bytes as they were fetched. Out: a [`Page`]: its visible text as a browser's reader would see it, one block
//! a line, one [`copydesk_model::Mark`] a block, and what the page says [about](copydesk_model::About) itself; or a [`Refusal`] with
//! a name. Nothing visible is left out: which blocks are a story's is decided where text captures are decided as well, in `copydesk-split`.
//!
//! ```
//! use copydesk_model::{Html, Tag};
//! let html = Html { bytes: b"<nav><a href=/>Home</a></nav><h1>Ferry sails &amp; sails</h1><p>It is <b>back</b>".to_vec(), charset: String::new(), ..Html::default() };
//! let page = copydesk_html::read(&html, "", &copydesk_html::Limits::default()).unwrap();
//! assert_eq!(page.text, "Home\n\nFerry sails & sails\n\nIt is back\n");
//! assert_eq!(page.markup.marks.iter().map(|mark| mark.tag).collect::<Vec<_>>(), [Tag::Link, Tag::Heading1, Tag::Paragraph]);
//! assert!(page.markup.marks[0].is_within("nav"));
//! ```
#![forbid(unsafe_code)]

mod about;
#[cfg(test)]
mod against;
mod blocks;
mod charset;
mod limits;
mod lines;
mod scan;
mod sniff;
mod state;
mod stubs;
mod words;

use std::fmt;

use copydesk_model::{Html, Markup, Outcome};

pub use limits::Limits;

use scan::Stream;

/// A web page as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The visible text: one line a block, an empty line between two.
    pub text: String,
    /// One mark a block, and what the page says about itself.
    pub markup: Markup,
    /// Name of the encoding that the bytes were read in.
    pub charset: &'static str,
    /// What was strange.
    pub notes: Notes,
}

/// What was strange about a page that was read nevertheless.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// Bytes that are no character in the page's encoding stand as U+FFFD.
    pub has_bad_bytes: bool,
    /// The page hides most of its running text until a script runs; it was read as if shown.
    pub was_hidden: bool,
    /// The page shows next to nothing; its text was found in the data of a script.
    pub was_scripted: bool,
}

/// A page that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The name it is counted under.
    pub outcome: Outcome,
    /// What it is instead of a page, and what to do.
    pub message: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

fn refuse(outcome: Outcome, message: impl Into<String>) -> Refusal {
    Refusal { outcome, message: message.into() }
}

/// Reads pages one after the other, and remembers what the names of classes say: the faster the more pages of a site it reads.
///
/// What it remembers cannot be seen in a result. One a thread; a megabyte at most.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    memo: words::Memo,
}

impl Reader {
    /// A reader that remembers nothing yet.
    pub fn new() -> Reader {
        Reader::default()
    }

    /// Reads a page. `url` is where it was fetched from, or empty; it is only needed for what the page says about itself.
    pub fn read(&mut self, html: &Html, url: &str, limits: &Limits) -> Result<Page, Refusal> {
        read_with(html, url, limits, &mut self.memo)
    }
}

/// Reads one page: see [`Reader::read`].
pub fn read(html: &Html, url: &str, limits: &Limits) -> Result<Page, Refusal> {
    Reader::new().read(html, url, limits)
}

fn read_with(html: &Html, url: &str, limits: &Limits, memo: &mut words::Memo) -> Result<Page, Refusal> {
    if html.bytes.len() > limits.bytes.min(u32::MAX as usize / 4) {
        return Err(refuse(
            Outcome::TooLarge,
            format!("the page has {} bytes, {} are the limit", html.bytes.len(), limits.bytes),
        ));
    }
    if html.bytes.trim_ascii().is_empty() {
        return Err(refuse(Outcome::Empty, "the page has no bytes but white space"));
    }
    if let Some(what) = sniff::binary(&html.bytes) {
        return Err(refuse(Outcome::NotText, format!("{what} and no HTML: leave it out, or convert it first")));
    }
    let source = charset::decode(&html.bytes, &html.charset);
    if let Some(what) = sniff::other_text(&source.text) {
        return Err(refuse(Outcome::NotHtml, format!("{what} and no HTML: leave it out")));
    }
    let read_as = |is_xhtml| {
        Stream::read_as(&source.text, limits.nodes, limits.nested, is_xhtml).map_err(|much| {
            refuse(
                Outcome::TooCostly,
                format!(
                    "given up after {} elements and texts, {} are the limit for one page",
                    much.nodes, limits.nodes
                ),
            )
        })
    };
    let mut stream = read_as(html.is_xhtml)?;
    let mut notes = Notes { has_bad_bytes: source.has_errors, was_hidden: false, was_scripted: false };
    let mut laid = blocks::lay(&stream, limits, memo, false);
    // XHTML whose server's word was lost: read as HTML, a script that closes itself takes the page with it.
    if laid.prose[0] == 0 && !html.is_xhtml && sniff::has_xhtml_root(&source.text) {
        let other = read_as(true)?;
        let as_xhtml = blocks::lay(&other, limits, memo, false);
        if as_xhtml.prose[0] > 0 || (laid.marks.is_empty() && !as_xhtml.marks.is_empty()) {
            (stream, laid) = (other, as_xhtml);
        }
    }
    // Pages that show themselves by a script only: a browser's reader would see them all.
    let [shown, hidden] = laid.prose;
    if hidden > shown {
        laid = blocks::lay(&stream, limits, memo, true);
        notes.was_hidden = true;
    }
    // Pages that a script fills from data in the page.
    if laid.prose[0] < limits.prose * 4
        && let Some(state) = state::read(&stream, limits)
        && let Ok(inner) = Stream::read(&state.source, limits.nodes, 0)
    {
        let script = stream.element(state.node).map(|script| script.source()).unwrap_or_default();
        laid.append(blocks::lay(&inner, limits, memo, false), state.node, script);
        notes.was_scripted = true;
    }
    if !notes.was_scripted
        && let Some(message) = stubs::read(&stream, &laid)
    {
        return Err(refuse(Outcome::NotHtml, message));
    }
    if laid.marks.is_empty() {
        return Err(refuse(Outcome::NotHtml, "HTML without anything to read: a shell that scripts fill, or no page"));
    }
    let about = about::read(&stream, url, &mut laid, memo);
    Ok(Page { text: laid.text, markup: Markup { marks: laid.marks, about }, charset: source.encoding.name(), notes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xhtml_whose_servers_word_was_lost_is_read_where_html_shows_nothing() {
        let page = "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><script src=\"a.js\"/><title>Ferry</title></head><body><p>It sails.</p></body></html>";
        let read_page = |page: &str| {
            let html = Html { bytes: page.as_bytes().to_vec(), ..Html::default() };
            read(&html, "", &Limits::default()).map(|page| page.text).map_err(|refusal| refusal.outcome)
        };
        assert_eq!(read_page(page), Ok("It sails.\n".to_owned()));
        assert_eq!(read_page(&page.replace("1999/xhtml", "1999/html")), Err(Outcome::NotHtml));
    }
}
