//! Which element holds which: the standard's tree construction, as far as it decides what a node is inside of.
//!
//! Every question that the standard answers by walking up the stack of open elements is answered here by a number that is kept
//! up to date, so that nesting costs nothing: of each name, where it was opened last; where the last element stands that end
//! tags do not reach through.

mod closing;
mod formatting;
mod opening;
mod stack;

use std::collections::HashMap;
use std::rc::Rc;

use super::find::find;
use super::names::{FORMATTING, KNOWN, Name, PRE, RAW, RCDATA, TELLS, VOID};
use super::tokens::{self, is_space};
use super::{Attribute, FEED_BEFORE, FOREIGN, LITERAL, NESTED, Nested, Node, SPACE_BEFORE, Stream, TEXT, TooMuch};

use formatting::Active;
use stack::{NONE, Open};

/// Reads a source into the stream; `base` is where it stands among all sources, `holder` the element that it is nested in.
pub(super) fn read(
    stream: &mut Stream<'_>,
    source: &str,
    base: u32,
    holder: Option<u32>,
    most_nodes: usize,
    most_nested: usize,
    is_xhtml: bool,
) -> Result<(), TooMuch> {
    let mut builder = Builder {
        bytes: source.as_bytes(),
        base,
        holder,
        most_nodes,
        most_nested,
        stream,
        open: Vec::with_capacity(64),
        last: vec![NONE; KNOWN as usize],
        scopes: Vec::new(),
        specials: Vec::new(),
        walls: Vec::new(),
        formatting: Vec::new(),
        unknown: HashMap::new(),
        space: 0,
        pre: 0,
        has_form: false,
        has_begun: false,
        has_left_head: false,
        skip_line_feed: false,
        is_xhtml: is_xhtml || crate::sniff::is_xhtml(source),
    };
    builder.run()?;
    builder.close_all();
    Ok(())
}

/// What white space says about the node behind it, by its bytes; 0 for what is none.
static SPACES: [u8; 256] = {
    let mut spaces = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        spaces[byte] = match byte as u8 {
            b'\n' => SPACE_BEFORE | FEED_BEFORE,
            other if is_space(other) => SPACE_BEFORE,
            _ => 0,
        };
        byte += 1;
    }
    spaces
};

/// Behind the blanks that stand here: most white space is indentation.
#[inline]
fn behind_blanks(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let blanks = (u64::from_le_bytes(*chunk) ^ u64::from_ne_bytes([b' '; 8])).trailing_zeros() as usize / 8;
        at += blanks;
        if blanks < 8 {
            break;
        }
    }
    at
}

struct Builder<'b, 's> {
    bytes: &'b [u8],
    /// Where the source stands among all sources.
    base: u32,
    holder: Option<u32>,
    most_nodes: usize,
    most_nested: usize,
    stream: &'b mut Stream<'s>,
    open: Vec<Open>,
    /// By name: the place in the stack of the innermost.
    last: Vec<u32>,
    /// Places of elements that bound the scope of an end tag.
    scopes: Vec<u32>,
    /// Places of special elements.
    specials: Vec<u32>,
    /// Places of special elements but `address`, `div` and `p`: where the search for an open list item stops.
    walls: Vec<u32>,
    formatting: Vec<Active>,
    unknown: HashMap<u128, Name>,
    space: u8,
    pre: u32,
    has_form: bool,
    /// Whether the body has begun, by its tag or by what stands in it.
    has_begun: bool,
    has_left_head: bool,
    skip_line_feed: bool,
    /// Whether what closes itself ends there, as in XML; in HTML only what is void does.
    is_xhtml: bool,
}

impl Builder<'_, '_> {
    fn run(&mut self) -> Result<(), TooMuch> {
        let (bytes, mut at) = (self.bytes, 0);
        while at < bytes.len() {
            if bytes[at] != b'<' {
                at = self.blanks(at);
                if bytes.get(at).is_some_and(|&byte| byte != b'<') {
                    let end = find(b'<', bytes, at).unwrap_or(bytes.len());
                    self.text(at, end);
                    at = end;
                }
                continue;
            }
            at = match bytes.get(at + 1) {
                Some(b'a'..=b'z' | b'A'..=b'Z') => self.start_tag(at)?,
                Some(b'/') => self.end_tag(at),
                Some(b'!') => self.declaration(at),
                Some(b'?') => tokens::bogus_end(bytes, at),
                _ => {
                    let end = find(b'<', bytes, at + 1).unwrap_or(bytes.len());
                    self.text(at, end);
                    end
                }
            };
            if self.stream.nodes.len() > self.most_nodes {
                return Err(TooMuch { nodes: self.stream.nodes.len() });
            }
        }
        Ok(())
    }

    fn declaration(&mut self, at: usize) -> usize {
        let rest = &self.bytes[at..];
        if rest.starts_with(b"<!--") {
            return tokens::comment_end(self.bytes, at);
        }
        if rest.starts_with(b"<![CDATA[") && (self.is_xhtml || self.open.last().is_some_and(|top| top.is_foreign)) {
            let start = at + 9;
            let (end, next) = tokens::cdata_end(self.bytes, start);
            if start < end {
                self.push_text(start, end, LITERAL);
            }
            return next;
        }
        tokens::bogus_end(self.bytes, at)
    }

    /// Behind the white space before a text, which is all of it between most tags.
    fn blanks(&mut self, mut at: usize) -> usize {
        let bytes = self.bytes;
        if std::mem::take(&mut self.skip_line_feed) {
            // the first line feed of `pre` is no text
            at += usize::from(bytes[at] == b'\r');
            at += usize::from(bytes.get(at) == Some(&b'\n'));
        }
        if self.pre == 0 {
            while let Some(&byte) = bytes.get(at)
                && let space = SPACES[usize::from(byte)]
                && space != 0
            {
                self.space |= space;
                at = behind_blanks(bytes, at + 1);
            }
        }
        at
    }

    fn text(&mut self, start: usize, end: usize) {
        self.skip_line_feed = false;
        self.leave_head();
        self.push_text(start, end, 0);
    }

    /// What does not belong in `head` ends it, whether its tags are there or not.
    fn leave_head(&mut self) {
        if self.has_begun || self.last(Name::TEMPLATE).is_some() {
            return;
        }
        self.has_begun = true;
        for name in [Name::NOSCRIPT, Name::HEAD_] {
            if self.is_top(name) {
                self.pop();
            }
        }
    }

    fn is_top(&self, name: Name) -> bool {
        self.open.last().is_some_and(|top| top.name == name && !top.is_foreign)
    }

    fn parent(&self) -> Option<u32> {
        self.open.last().map(|top| top.node).or(self.holder)
    }

    fn push_text(&mut self, start: usize, end: usize, flags: u8) {
        let at = self.stream.nodes.len() as u32;
        let space = self.take_space();
        // a text goes on behind a `<` that is no tag
        if let Some(last) = self.stream.nodes.last_mut()
            && last.flags & !(SPACE_BEFORE | FEED_BEFORE) == TEXT | flags
            && last.end == self.base + start as u32
            && space == 0
        {
            last.end = self.base + end as u32;
            return;
        }
        self.stream.nodes.push(Node {
            start: self.base + start as u32,
            end: self.base + end as u32,
            next: at + 1,
            parent: self.parent().unwrap_or(at),
            attributes: self.stream.attributes.len() as u32,
            name: Name(u16::MAX),
            attribute_count: 0,
            flags: TEXT | flags | space,
        });
    }

    fn take_space(&mut self) -> u8 {
        std::mem::take(&mut self.space)
    }

    fn start_tag(&mut self, at: usize) -> Result<usize, TooMuch> {
        let (name_end, name) = tokens::name(self.bytes, at + 1);
        let first = self.stream.attributes.len();
        let Some(tag) = tokens::attributes(self.bytes, name_end, self.base, &mut self.stream.attributes) else {
            self.stream.attributes.truncate(first);
            return Ok(self.bytes.len());
        };
        self.skip_line_feed = false;
        let name = self.number(name);
        let is_foreign = self.place(name);
        let Some((name, is_foreign)) = is_foreign else {
            self.stream.attributes.truncate(first);
            return Ok(tag.end);
        };
        let node = self.stream.nodes.len() as u32;
        let space = self.take_space();
        self.stream.nodes.push(Node {
            start: self.base + at as u32,
            end: self.base + tag.end as u32,
            next: node + 1,
            parent: self.parent().unwrap_or(node),
            attributes: first as u32,
            name,
            attribute_count: (self.stream.attributes.len() - first) as u8,
            flags: if is_foreign { FOREIGN | space } else { space },
        });
        let bits = name.bits();
        if bits & TELLS != 0 || tag.has & Attribute::TELLING != 0 {
            self.stream.telling.push(node);
        }
        if is_foreign {
            if !tag.is_self_closing {
                self.push(node, name, true);
            }
            return Ok(tag.end);
        }
        if bits & VOID != 0 || (self.is_xhtml && tag.is_self_closing) {
            return Ok(tag.end);
        }
        if bits & (RAW | RCDATA) != 0 || name == Name::PLAINTEXT {
            return self.raw(node, name, tag.end);
        }
        self.push(node, name, false);
        if bits & FORMATTING != 0 {
            self.activate(name, node);
        } else if bits & PRE != 0 {
            self.skip_line_feed = true;
        } else if name == Name::FORM {
            self.has_form = true;
        }
        Ok(tag.end)
    }

    fn number(&mut self, name: Result<Name, u128>) -> Name {
        match name {
            Ok(name) => name,
            Err(key) => {
                let next = Name(self.last.len() as u16);
                // the last number stands for all names beyond the first 65,000
                let found = *self.unknown.entry(key).or_insert(next);
                if found == next && self.last.len() < usize::from(u16::MAX) {
                    self.last.push(NONE);
                }
                Name(found.0.min(self.last.len() as u16 - 1))
            }
        }
    }

    /// Raw text: the element, its text, and what is nested in it.
    fn raw(&mut self, node: u32, name: Name, start: usize) -> Result<usize, TooMuch> {
        let end = tokens::raw_end(self.bytes, start, name);
        let mut from = start;
        if name.is(PRE) {
            from += usize::from(self.bytes[from..end].starts_with(b"\r"));
            from += usize::from(self.bytes[from..end].starts_with(b"\n"));
        }
        if from < end && name != Name::IFRAME {
            let at = self.stream.nodes.len() as u32;
            self.push_text(from, end, if name.is(RCDATA) { 0 } else { LITERAL });
            self.stream.nodes[at as usize].parent = node;
        }
        if name == Name::IFRAME {
            self.nested(node)?;
        }
        self.stream.nodes[node as usize].next = self.stream.nodes.len() as u32;
        Ok(match self.bytes.get(end) {
            Some(_) => tokens::end_tag(self.bytes, tokens::name(self.bytes, end + 2).0).unwrap_or(self.bytes.len()),
            None => end,
        })
    }

    /// A document inside of an attribute: read like the page, behind it.
    fn nested(&mut self, node: u32) -> Result<(), TooMuch> {
        let Some(element) = self.stream.element(node) else { return Ok(()) };
        let Some(source) = element.attribute(Attribute::SRCDOC).filter(|_| self.most_nested > 0) else { return Ok(()) };
        let source: Rc<str> = source.into();
        let all = match self.stream.nested.last() {
            Some(last) => last.base as usize + last.source.len(),
            None => self.stream.source.len(),
        };
        if u32::try_from(all + source.len()).is_err() {
            return Ok(());
        }
        self.stream.nested.push(Nested { base: all as u32, source: Rc::clone(&source) });
        self.stream.nodes[node as usize].flags |= NESTED;
        read(self.stream, &source, all as u32, Some(node), self.most_nodes, self.most_nested - 1, false)
    }

    fn end_tag(&mut self, at: usize) -> usize {
        match self.bytes.get(at + 2) {
            Some(b'a'..=b'z' | b'A'..=b'Z') => {}
            Some(b'>') => return at + 3,
            Some(_) => return tokens::bogus_end(self.bytes, at),
            None => {
                self.text(at, at + 2);
                return at + 2;
            }
        }
        let (name_end, name) = tokens::name(self.bytes, at + 2);
        let Some(end) = tokens::end_tag(self.bytes, name_end) else { return self.bytes.len() };
        self.skip_line_feed = false;
        let name = match name {
            Ok(name) => name,
            Err(key) => match self.unknown.get(&key) {
                Some(&name) => Name(name.0.min(self.last.len() as u16 - 1)),
                None => return end,
            },
        };
        self.close(name);
        end
    }
}
