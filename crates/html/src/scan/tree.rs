//! Which element holds which: the standard's tree construction, as far as it decides what a node is inside of.
//!
//! Every question that the standard answers by walking up the stack of open elements is answered here by a number that is kept
//! up to date, so that nesting costs nothing: of each name, where it was opened last; where the last element stands that end
//! tags do not reach through.

use std::collections::HashMap;
use std::rc::Rc;

use memchr::memchr;

use super::names::{
    BREAKOUT, ENDS_P, FORMATTING, HEAD, HEADING, IMPLIED_END, KNOWN, Name, PRE, RAW, RCDATA, SCOPE, SCOPED_END,
    SPECIAL, TABLE_PART, UNSEEN, VOID,
};
use super::tokens::{self, is_space};
use super::{Attribute, FEED_BEFORE, FOREIGN, LITERAL, NESTED, Nested, Node, SPACE_BEFORE, Stream, TEXT, TooMuch};

/// No place in the stack.
const NONE: u32 = u32::MAX;
/// Formatting that is still open is opened again in every block that follows; as browsers do, this is not done for ever.
const MOST_FORMATTING: usize = 32;
/// The same of one name: the standard's "Noah's Ark".
const MOST_ALIKE: usize = 3;

/// Reads a source into the stream; `base` is where it stands among all sources, `holder` the element that it is nested in.
pub(super) fn read(
    stream: &mut Stream<'_>,
    source: &str,
    base: u32,
    holder: Option<u32>,
    most_nodes: usize,
    most_nested: usize,
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
    };
    builder.run()?;
    builder.close_all();
    Ok(())
}

/// An open element.
struct Open {
    node: u32,
    name: Name,
    /// Place in the stack of the one of the same name before it.
    same: u32,
    is_foreign: bool,
    /// Closed out of order: its end is known already.
    is_closed: bool,
}

/// An entry of the list of active formatting elements; a marker has no name.
struct Active {
    name: Option<Name>,
    node: u32,
    /// Where it is open: its own place, or, where its own block has closed, that of the first element that it was opened around again.
    place: u32,
    /// The node in that place, if it is still open there.
    around: u32,
}

struct Builder<'b, 's> {
    bytes: &'b [u8],

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
}

impl Builder<'_, '_> {
    fn run(&mut self) -> Result<(), TooMuch> {
        let (bytes, mut at) = (self.bytes, 0);
        while at < bytes.len() {
            if bytes[at] != b'<' {
                let end = memchr(b'<', &bytes[at..]).map_or(bytes.len(), |found| at + found);
                self.text(at, end);
                at = end;
                continue;
            }
            at = match bytes.get(at + 1) {
                Some(b'a'..=b'z' | b'A'..=b'Z') => self.start_tag(at)?,
                Some(b'/') => self.end_tag(at),
                Some(b'!') => self.declaration(at),
                Some(b'?') => tokens::bogus_end(bytes, at),
                _ => {
                    let end = memchr(b'<', &bytes[at + 1..]).map_or(bytes.len(), |found| at + 1 + found);
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
        if rest.starts_with(b"<![CDATA[") && self.open.last().is_some_and(|top| top.is_foreign) {
            let start = at + 9;
            let (end, next) = tokens::cdata_end(self.bytes, start);
            if start < end {
                self.push_text(start, end, LITERAL);
            }
            return next;
        }
        tokens::bogus_end(self.bytes, at)
    }

    fn text(&mut self, mut start: usize, end: usize) {
        let bytes = self.bytes;
        if std::mem::take(&mut self.skip_line_feed) {
            // the first line feed of `pre` is no text
            start += usize::from(bytes[start] == b'\r');
            start += usize::from(bytes.get(start) == Some(&b'\n') && start < end);
        }
        if self.pre == 0 {
            while start < end && is_space(bytes[start]) {
                self.space |= if bytes[start] == b'\n' { SPACE_BEFORE | FEED_BEFORE } else { SPACE_BEFORE };
                start += 1;
            }
        }
        if start >= end {
            return;
        }
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
        if is_foreign {
            if !tag.is_self_closing {
                self.push(node, name, true);
            }
            return Ok(tag.end);
        }
        let bits = name.bits();
        if bits & VOID != 0 {
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
        read(self.stream, &source, all as u32, Some(node), self.most_nodes, self.most_nested - 1)
    }

    fn push(&mut self, node: u32, name: Name, is_foreign: bool) {
        let place = self.open.len() as u32;
        let same = std::mem::replace(&mut self.last[name.0 as usize], place);
        self.open.push(Open { node, name, same, is_foreign, is_closed: false });
        if is_foreign {
            if is_integration_point(name) {
                self.specials.push(place);
                self.walls.push(place);
                self.scopes.push(place);
            }
            return;
        }
        let bits = name.bits();
        let is_ruby = matches!(name, Name::RB | Name::RP | Name::RT | Name::RTC);
        if bits & (SPECIAL | ENDS_P) == 0 && !is_ruby || matches!(name, Name::BUTTON | Name::OBJECT) {
            self.open_again(node, place);
        }
        if bits & SPECIAL != 0 {
            self.specials.push(place);
            if !matches!(name, Name::ADDRESS | Name::DIV | Name::P) {
                self.walls.push(place);
            }
            if bits & SCOPE != 0 {
                self.scopes.push(place);
                if is_marker(name) {
                    self.formatting.push(Active { name: None, node, place, around: node });
                }
            }
        }
        self.pre += u32::from(bits & PRE != 0);
    }

    fn pop(&mut self) {
        let Some(top) = self.open.pop() else { return };
        self.last[top.name.0 as usize] = top.same;
        let now = self.stream.nodes.len() as u32;
        if top.name.is(UNSEEN) {
            // white space that nobody sees
            self.space = 0;
        }
        let bits = if top.is_foreign { 0 } else { top.name.bits() };
        // formatting goes on in the next block, unless it was closed
        if !top.is_closed && (bits & FORMATTING == 0 || !self.is_active(top.node)) {
            let next = &mut self.stream.nodes[top.node as usize].next;
            if bits & FORMATTING == 0 || *next == top.node + 1 {
                *next = now;
            }
        }
        if top.is_foreign {
            if is_integration_point(top.name) {
                self.specials.pop();
                self.walls.pop();
                self.scopes.pop();
            }
            return;
        }
        if bits & SPECIAL != 0 {
            self.specials.pop();
            if !matches!(top.name, Name::ADDRESS | Name::DIV | Name::P) {
                self.walls.pop();
            }
            if bits & SCOPE != 0 {
                self.scopes.pop();
                if is_marker(top.name) {
                    while let Some(Active { name: Some(_), node, .. }) = self.formatting.pop() {
                        self.stream.nodes[node as usize].next = now;
                    }
                }
            }
        }
        self.pre -= u32::from(bits & PRE != 0);
        if top.name == Name::FORM {
            self.has_form = false;
        }
    }

    fn pop_through(&mut self, place: u32) {
        while self.open.len() > place as usize {
            self.pop();
        }
    }

    fn close_all(&mut self) {
        self.pop_through(0);
        let now = self.stream.nodes.len() as u32;
        for active in self.formatting.drain(..).filter(|active| active.name.is_some()) {
            self.stream.nodes[active.node as usize].next = now;
        }
    }

    fn last(&self, name: Name) -> Option<u32> {
        Some(self.last[name.0 as usize]).filter(|&place| place != NONE)
    }

    /// The place of the innermost of this name, if no boundary stands above it.
    fn in_scope(&self, name: Name) -> Option<u32> {
        let boundary = self.scopes.last().copied();
        self.last(name).filter(|&place| boundary.is_none_or(|boundary| place >= boundary))
    }

    fn in_button_scope(&self, name: Name) -> Option<u32> {
        self.in_scope(name).filter(|&place| self.last(Name::BUTTON).is_none_or(|button| place > button))
    }

    fn in_list_scope(&self, name: Name) -> Option<u32> {
        let list = self.last(Name::UL).max(self.last(Name::OL));
        self.in_scope(name).filter(|&place| list.is_none_or(|list| place > list))
    }

    /// The same for the parts of tables, which only tables and templates bound.
    fn in_table_scope(&self, name: Name) -> Option<u32> {
        let boundary = match name {
            Name::TABLE => self.last(Name::TEMPLATE),
            _ => self.last(Name::TABLE).max(self.last(Name::TEMPLATE)),
        };
        self.last(name).filter(|&place| boundary.is_none_or(|boundary| place > boundary))
    }

    fn close_p(&mut self) {
        if let Some(place) = self.in_button_scope(Name::P) {
            self.pop_through(place);
        }
    }

    /// Closes what a start tag closes. `None` where the tag counts for nothing, otherwise the element's name and whether it is foreign.
    fn place(&mut self, name: Name) -> Option<(Name, bool)> {
        let bits = name.bits();
        if let Some(top) = self.open.last()
            && top.is_foreign
            && !is_integration_point(top.name)
        {
            if bits & BREAKOUT == 0 {
                return Some((name, true));
            }
            self.leave_foreign();
        }
        if matches!(name, Name::HTML | Name::HEAD_ | Name::BODY) {
            if self.has_begun
                || self.last(name).is_some()
                || self.last(Name::TEMPLATE).is_some()
                || (name == Name::HTML && !self.open.is_empty())
                || (name == Name::HEAD_ && (self.has_left_head || self.is_top(Name::NOSCRIPT)))
            {
                return None;
            }
            if name == Name::BODY {
                self.leave_head();
            }
            return Some((name, false));
        }
        if !self.has_begun && self.last(Name::TEMPLATE).is_none() {
            if bits & HEAD == 0 || (name == Name::NOSCRIPT && self.has_left_head) {
                self.leave_head();
            } else if self.is_top(Name::NOSCRIPT) {
                match name {
                    Name::NOSCRIPT => return None,
                    Name::SCRIPT | Name::TITLE | Name::TEMPLATE | Name::BASE => self.pop(),
                    _ => {}
                }
            }
        }
        if matches!(name, Name::SVG | Name::MATH) {
            return Some((name, true));
        }
        if name == Name::FORM && self.has_form && self.last(Name::TEMPLATE).is_none() {
            return None;
        }
        if bits & ENDS_P != 0 {
            self.close_p();
        }
        match name {
            Name::LI => self.close_item(Name::LI),
            Name::DD | Name::DT => {
                self.close_item(Name::DD);
                self.close_item(Name::DT);
            }
            Name::A => {
                if let Some(at) = self.active(Name::A) {
                    self.deactivate(at);
                }
            }
            Name::NOBR => {
                if let Some(at) = self.active(Name::NOBR) {
                    self.deactivate(at);
                }
            }
            Name::BUTTON => {
                if let Some(place) = self.in_scope(Name::BUTTON) {
                    self.pop_through(place);
                }
            }
            Name::OPTION | Name::OPTGROUP => {
                if self.open.last().is_some_and(|top| top.name == Name::OPTION) {
                    self.pop();
                }
                if name == Name::OPTGROUP && self.open.last().is_some_and(|top| top.name == Name::OPTGROUP) {
                    self.pop();
                }
            }
            Name::SELECT => {
                if let Some(place) = self.in_scope(Name::SELECT) {
                    self.pop_through(place);
                    return None;
                }
            }
            Name::RB | Name::RT | Name::RTC | Name::RP => {
                let keeps = |top: Name| top == Name::RTC && matches!(name, Name::RT | Name::RP);
                if self.in_scope(Name::RUBY).is_some() {
                    while self
                        .open
                        .last()
                        .is_some_and(|top| top.name.is(IMPLIED_END) && !top.is_foreign && !keeps(top.name))
                    {
                        self.pop();
                    }
                }
            }
            _ if bits & HEADING != 0 && self.open.last().is_some_and(|top| top.name.is(HEADING)) => self.pop(),
            Name::TABLE => {
                if self.open.last().is_some_and(|top| {
                    matches!(top.name, Name::TABLE | Name::TBODY | Name::THEAD | Name::TFOOT | Name::TR)
                }) && let Some(place) = self.in_table_scope(Name::TABLE)
                {
                    self.pop_through(place);
                }
            }
            _ if bits & TABLE_PART != 0 => return self.place_table_part(name).then_some((name, false)),
            _ => {}
        }
        Some((name, false))
    }

    /// Closes foreign elements up to one whose content is HTML.
    fn leave_foreign(&mut self) {
        while self.open.last().is_some_and(|top| top.is_foreign && !is_integration_point(top.name)) {
            self.pop();
        }
    }

    fn close_item(&mut self, name: Name) {
        if let Some(place) = self.last(name)
            && self.walls.last().is_none_or(|&wall| place >= wall)
        {
            self.pop_through(place);
        }
    }

    /// Closes what stands between the table and its new part; false where no table is open.
    fn place_table_part(&mut self, name: Name) -> bool {
        let table = self.last(Name::TABLE);
        let template = self.last(Name::TEMPLATE);
        let Some(holder) = table.max(template) else { return false };
        let is_group = |name| matches!(name, Name::TBODY | Name::THEAD | Name::TFOOT);
        // the outermost part of this table that the new one cannot stand in, and all inside of it
        let mut keep = holder + 1;
        while let Some(open) = self.open.get(keep as usize) {
            let stays = match name {
                Name::TD | Name::TH => is_group(open.name) || open.name == Name::TR,
                Name::TR => is_group(open.name),
                Name::COL => open.name == Name::COLGROUP,
                _ => false,
            };
            if !stays {
                break;
            }
            keep += 1;
        }
        self.pop_through(keep);
        true
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

    fn close(&mut self, name: Name) {
        if self.open.last().is_some_and(|top| top.is_foreign) {
            if matches!(name, Name::P | Name::BR) {
                self.leave_foreign();
            } else if let Some(place) = self.last(name)
                && self.open[place as usize].is_foreign
            {
                return self.pop_through(place);
            }
        }
        if !self.has_begun && self.last(Name::TEMPLATE).is_none() {
            match name {
                Name::NOSCRIPT if self.is_top(Name::NOSCRIPT) => return self.pop(),
                Name::HEAD_ if !self.is_top(Name::NOSCRIPT) => {
                    self.has_left_head = true;
                    return self.close_at(self.last(Name::HEAD_));
                }
                Name::BR => self.leave_head(),
                Name::BODY | Name::HTML if !self.is_top(Name::NOSCRIPT) => self.leave_head(),
                _ => return,
            }
        }
        let bits = name.bits();
        match name {
            Name::HTML | Name::BODY | Name::HEAD_ => {}
            Name::P => match self.in_button_scope(Name::P) {
                Some(place) => self.pop_through(place),
                None => self.push_empty(Name::P),
            },
            Name::BR => self.push_empty(Name::BR),
            Name::LI => self.close_at(self.in_list_scope(Name::LI)),
            Name::DD | Name::DT => self.close_at(self.in_scope(name)),
            Name::FORM => self.close_form(),
            Name::TEMPLATE => self.close_at(self.last(Name::TEMPLATE)),
            Name::OBJECT | Name::APPLET | Name::MARQUEE | Name::SELECT => self.close_at(self.in_scope(name)),
            Name::TABLE => self.close_at(self.in_table_scope(Name::TABLE)),
            _ if bits & TABLE_PART != 0 => self.close_at(self.in_table_scope(name)),
            _ if bits & HEADING != 0 => {
                let open = [Name::H1, Name::H2, Name::H3, Name::H4, Name::H5, Name::H6];
                self.close_at(open.into_iter().filter_map(|name| self.in_scope(name)).max());
            }
            _ if bits & SCOPED_END != 0 => self.close_at(self.in_scope(name)),
            _ if bits & FORMATTING != 0 && self.active(name).is_some() => {
                if let Some(at) = self.active(name) {
                    self.deactivate(at);
                }
            }
            _ => {
                // any other: through what is no special element
                if let Some(place) = self.last(name)
                    && self.specials.last().is_none_or(|&special| place >= special)
                    && !self.open[place as usize].is_foreign
                {
                    self.pop_through(place);
                }
            }
        }
    }

    fn close_at(&mut self, place: Option<u32>) {
        if let Some(place) = place {
            self.pop_through(place);
        }
    }

    /// `</form>` closes the form alone: what was opened in it stays open.
    fn close_form(&mut self) {
        let Some(place) = self.in_scope(Name::FORM).filter(|_| self.has_form) else { return };
        self.has_form = false;
        while self.open.last().is_some_and(|top| !top.is_foreign && top.name.is(IMPLIED_END)) {
            self.pop();
        }
        if self.open.len() == place as usize + 1 {
            self.pop();
        }
    }

    /// `</p>` and `</br>` without their start tags.
    fn push_empty(&mut self, name: Name) {
        let node = self.stream.nodes.len() as u32;
        let flags = self.take_space();
        self.stream.nodes.push(Node {
            start: self.base,
            end: self.base,
            next: node + 1,
            parent: self.parent().unwrap_or(node),
            attributes: self.stream.attributes.len() as u32,
            name,
            attribute_count: 0,
            flags,
        });
    }

    /// The innermost active formatting element of this name.
    fn active(&self, name: Name) -> Option<usize> {
        let since = self.formatting.iter().rev().take_while(|active| active.name.is_some());
        let back = since.enumerate().find(|(_, active)| active.name == Some(name)).map(|(back, _)| back)?;
        Some(self.formatting.len() - 1 - back)
    }

    /// Formatting whose block has closed goes on around what is inline after it.
    #[inline]
    fn open_again(&mut self, node: u32, place: u32) {
        for active in self.formatting.iter_mut().rev().take_while(|active| active.name.is_some()) {
            if self.open.get(active.place as usize).is_none_or(|open| open.node != active.around) {
                (active.place, active.around) = (place, node);
            }
        }
    }

    fn is_active(&self, node: u32) -> bool {
        self.formatting.iter().rev().take_while(|active| active.name.is_some()).any(|active| active.node == node)
    }

    fn activate(&mut self, name: Name, node: u32) {
        let since = self.formatting.iter().rposition(|active| active.name.is_none()).map_or(0, |marker| marker + 1);
        let alike = self.formatting[since..].iter().filter(|active| active.name == Some(name)).count();
        let dropped = if alike >= MOST_ALIKE {
            self.formatting[since..].iter().position(|active| active.name == Some(name)).map(|first| since + first)
        } else {
            (self.formatting.len() - since >= MOST_FORMATTING).then_some(since)
        };
        if let Some(dropped) = dropped {
            let dropped = self.formatting.remove(dropped);
            self.stream.nodes[dropped.node as usize].next = node;
        }
        let place = self.open.len() as u32 - 1;
        self.formatting.push(Active { name: Some(name), node, place, around: node });
    }

    /// Closes formatting: the element ends here. Blocks that were opened in it stay open.
    fn deactivate(&mut self, at: usize) {
        let active = self.formatting.remove(at);
        self.stream.nodes[active.node as usize].next = self.stream.nodes.len() as u32;
        let place = active.place;
        match self.open.get_mut(place as usize) {
            Some(open) if open.node == active.around => open.is_closed |= open.node == active.node,
            _ => return,
        }
        // Blocks in it move out of what is inline around them, with all that is in them; what is inline in the last one ends.
        let blocks = self.specials.partition_point(|&special| special < place);
        let mut at = place as usize + 1;
        if active.around != active.node {
            at -= 1;
        }
        for block in blocks..self.specials.len() {
            let block = self.specials[block] as usize;
            let outside = self.open[block].node;
            for open in &mut self.open[at..block] {
                if !open.name.is(FORMATTING) && !open.is_closed {
                    self.stream.nodes[open.node as usize].next = outside;
                    open.is_closed = true;
                    if open.name.is(UNSEEN) {
                        self.space = 0;
                    }
                }
            }
            at = block + 1;
        }
        self.pop_through(if blocks == self.specials.len() { place } else { at as u32 });
    }
}

/// Elements that formatting does not go on in.
fn is_marker(name: Name) -> bool {
    matches!(name, Name::TD | Name::TH | Name::CAPTION | Name::OBJECT | Name::APPLET | Name::MARQUEE | Name::TEMPLATE)
}

/// Foreign elements whose content is HTML.
fn is_integration_point(name: Name) -> bool {
    matches!(name, Name::FOREIGN_OBJECT | Name::DESC | Name::TITLE)
}
