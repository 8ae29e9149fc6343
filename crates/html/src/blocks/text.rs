//! Text and line breaks, on their way into a block.

use copydesk_model::Span;

use super::{Inline, Layout, Open};
use crate::scan::names::Name;
use crate::scan::{LITERAL, Node};

impl Layout<'_> {
    pub(super) fn line_break(&mut self, at: u32) {
        let tag = self.context().tag;
        if at < self.row_until || tag.is_heading() {
            self.lines.apart();
        } else {
            self.breaks += 1;
            self.is_wrapped = self.is_wrap(self.stream.node(at).start);
        }
    }

    pub(super) fn text(&mut self, at: u32, node: &Node) {
        self.laid.prose[0] += self.prose(node);
        let raw = self.stream.text_of(node);
        let is_literal = node.flags & LITERAL != 0;
        if !self.context().is_pre {
            self.add(at, node, raw, is_literal);
            return;
        }
        let mut start = node.start;
        for (number, line) in raw.split('\n').enumerate() {
            if number > 0 {
                self.breaks += 1;
                self.is_wrapped = self.is_wrap(start - 1);
            }
            if !line.trim_ascii().is_empty() {
                self.add(at, node, line, is_literal);
            }
            start += line.len() as u32 + 1;
        }
    }

    /// Whether the line of preformatted text that ends here goes on in the next one.
    fn is_wrap(&self, at: u32) -> bool {
        self.context().is_pre && self.wraps.binary_search(&at).is_ok()
    }

    /// A quotation begins, which gets marks unless it brings its own or stands between some.
    pub(super) fn quote(&mut self, at: u32, end: u32) {
        let node = self.stream.node(at + 1);
        let text = if node.is_text() { self.stream.text_of(node) } else { "" };
        let opens = |c: char| matches!(c, '"' | '“' | '„' | '«' | '»' | '”' | '‘' | '「' | '『');
        let has_marks = self.lines.last().is_some_and(opens) && !self.lines.is_apart() && self.breaks == 0;
        if has_marks || !text.trim_start().starts_with(char::is_alphanumeric) {
            return;
        }
        if self.breaks > 0 {
            self.after_break(text);
        }
        self.lines.open_quote();
        self.inlines.push(Inline { end, node: None, families: 0, is_apart: false, is_quote: true });
    }

    /// Keeps a raised number from becoming the end of the one before it: ten to the sixth is no hundred and six.
    fn raise(&mut self, node: &Node, raw: &str) {
        let starts = raw.trim_start_matches(['-', '−', '–', '+']).starts_with(|c: char| c.is_ascii_digit());
        if !starts || !self.lines.last().is_some_and(|c| c.is_ascii_digit()) || self.lines.is_apart() {
            return;
        }
        let parent = self.stream.node(node.parent);
        if parent.name == Name::SUP {
            self.lines.add("^", true);
        } else if parent.name == Name::A && self.stream.node(parent.parent).name == Name::SUP {
            // the number of a footnote
            self.lines.apart();
        }
    }

    fn add(&mut self, at: u32, node: &Node, raw: &str, is_literal: bool) {
        if self.breaks > 0 {
            self.after_break(raw);
        }
        self.raise(node, raw);
        if (at, node.parent) != (self.last_text.0 + 1, self.last_text.1) && self.is_seam(raw) {
            self.lines.apart();
        }
        self.last_text = (at, node.parent);
        let before = self.lines.text.len();
        self.lines.add(raw, is_literal);
        let bytes = self.lines.text.len() - before;
        if bytes == 0 {
            return;
        }
        let families = self.inline_families();
        let is_broken = self.is_broken;
        let has_picture = std::mem::take(&mut self.has_picture);
        let has_rule = std::mem::take(&mut self.has_rule);
        let open = self.open.get_or_insert(Open {
            source: Span { start: node.start, end: node.end },
            links: 0,
            strong: 0,
            time: 0,
            control: 0,
            large: 0,
            families,
            is_broken,
            has_picture,
            has_rule,
        });
        open.source.end = open.source.end.max(node.end);
        open.families &= families;
        for (until, share) in [
            (self.link_until, &mut open.links),
            (self.strong_until, &mut open.strong),
            (self.time_until, &mut open.time),
            (self.control_until, &mut open.control),
            (self.large_until, &mut open.large),
        ] {
            if at < until {
                *share += bytes;
            }
        }
    }

    /// Between two elements, a small letter or the end of a sentence before a capital is where two words meet that pages keep apart by looks.
    fn is_seam(&self, raw: &str) -> bool {
        let mut before = self.lines.last_two();
        let is_end = match before.next() {
            Some('.' | '!' | '?' | ':' | ')' | '”' | '»') => before.next().is_some_and(char::is_lowercase),
            Some(last) => last.is_lowercase() && before.next().is_some_and(char::is_alphabetic),
            None => false,
        };
        is_end && raw.chars().next().is_some_and(char::is_uppercase)
    }

    /// Text follows a line break: on the same line, or as a block of its own.
    #[cold]
    fn after_break(&mut self, raw: &str) {
        let breaks = std::mem::take(&mut self.breaks);
        let Some(last) = self.lines.last() else {
            self.is_broken = true;
            return;
        };
        // a line that goes on in the middle of a sentence was broken for its looks
        let goes_on = raw.chars().find(|c| !c.is_whitespace()).is_some_and(char::is_lowercase)
            && !matches!(last, '.' | '!' | '?' | ':' | ';' | '…' | '"' | '”' | '»' | '“');
        if breaks == 1 && (self.is_wrapped || (goes_on && !self.context().is_pre)) {
            self.lines.apart();
        } else {
            self.flush();
            self.is_broken = true;
        }
    }
}
