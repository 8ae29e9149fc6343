//! A page's source, read once from its first byte to its last into a flat list of nodes.
//!
//! No tree of boxes: a node is 24 bytes in one list, in the order of the page, and knows where its descendants end. Names,
//! attributes and text stay where they are in the source until somebody asks. What the standard's tree construction does to the
//! order and the extent of elements is done here (end tags that are left out, formatting that is closed out of order, foreign
//! content); what it moves is not: text that stands between the cells of a table stays where it is.

pub(crate) mod entities;
mod find;
pub(crate) mod names;
mod tokens;
mod tree;

use std::borrow::Cow;
use std::rc::Rc;

use copydesk_model::Span;

pub(crate) use names::{Attribute, Name};

use names::UNSEEN;

/// Too much of something: nodes, documents inside of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooMuch {
    /// How many nodes there were when it was given up.
    pub nodes: usize,
}

/// White space stands before the node.
pub(crate) const SPACE_BEFORE: u8 = 1;
/// A line ends in that white space.
pub(crate) const FEED_BEFORE: u8 = 32;
/// The node is text.
pub(crate) const TEXT: u8 = 2;
/// The node is text in which character references do not count.
pub(crate) const LITERAL: u8 = 4;
/// The element is foreign: SVG or MathML.
pub(crate) const FOREIGN: u8 = 8;
/// A nested document begins here: the children of an `iframe`.
pub(crate) const NESTED: u8 = 16;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    /// First byte of the text or of the start tag.
    pub start: u32,
    /// One past the last byte of the text or of the start tag.
    pub end: u32,
    /// Number of the first node after it that is not inside of it.
    pub next: u32,
    /// Number of the element that it is in, itself for those that are in none.
    pub parent: u32,
    /// Where its attributes begin in the list of all.
    attributes: u32,
    /// Its name; none for text.
    pub name: Name,
    /// How many of its attributes are in the list, 255 at most.
    attribute_count: u8,
    pub flags: u8,
}

impl Node {
    #[inline]
    pub(crate) fn is_text(&self) -> bool {
        self.flags & TEXT != 0
    }
}

/// An attribute with a name that is known here; its value as it stands in the source.
#[derive(Clone, Copy, Debug)]
struct Valued {
    name: Attribute,
    start: u32,
    end: u32,
}

/// Where a nested document's source begins, counted on from the page's own.
#[derive(Debug)]
struct Nested {
    base: u32,
    source: Rc<str>,
}

/// A page as a flat list of nodes.
#[derive(Debug)]
pub(crate) struct Stream<'s> {
    source: &'s str,
    nested: Vec<Nested>,
    nodes: Vec<Node>,
    attributes: Vec<Valued>,
    /// Elements that may say something about the page.
    telling: Vec<u32>,
}

impl<'s> Stream<'s> {
    /// Reads a page's source. At most `most_nodes` nodes, and documents nested `most_nested` deep; what is nested deeper is left out.
    pub(crate) fn read(source: &'s str, most_nodes: usize, most_nested: usize) -> Result<Stream<'s>, TooMuch> {
        Stream::read_as(source, most_nodes, most_nested, false)
    }

    /// The same of a page that was served as XHTML, or was not. One that says itself that it is needs no server for it.
    pub(crate) fn read_as(
        source: &'s str,
        most_nodes: usize,
        most_nested: usize,
        is_xhtml: bool,
    ) -> Result<Stream<'s>, TooMuch> {
        let mut stream = Stream {
            source,
            nested: Vec::new(),
            // a node in 200 bytes is usual, most of a page being scripts; what is not needed costs nothing
            nodes: Vec::with_capacity(source.len() / 80 + 16),
            attributes: Vec::with_capacity(source.len() / 80 + 16),
            telling: Vec::with_capacity(256),
        };
        tree::read(&mut stream, source, 0, None, most_nodes, most_nested, is_xhtml)?;
        Ok(stream)
    }

    /// The number of nodes.
    pub(crate) fn len(&self) -> u32 {
        self.nodes.len() as u32
    }

    #[inline]
    pub(crate) fn node(&self, at: u32) -> &Node {
        &self.nodes[at as usize]
    }

    /// The element with this number; `None` for text and for a number that is none.
    pub(crate) fn element(&self, at: u32) -> Option<Element<'_>> {
        self.nodes.get(at as usize).filter(|node| !node.is_text()).map(|_| Element { stream: self, at })
    }

    /// Every element, in the order of the page.
    pub(crate) fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        (0..).zip(&self.nodes).filter(|(_, node)| !node.is_text()).map(|(at, _)| Element { stream: self, at })
    }

    /// Those elements that may say something about the page, by their names or by having `itemprop` or `property`.
    pub(crate) fn telling(&self) -> impl Iterator<Item = Element<'_>> {
        self.telling.iter().map(|&at| Element { stream: self, at })
    }

    /// The source between two offsets, of the page or of a document nested in it.
    #[inline]
    pub(crate) fn slice(&self, start: u32, end: u32) -> &str {
        match self.source.get(start as usize..end as usize) {
            Some(slice) => slice,
            None => self.slice_nested(start, end),
        }
    }

    #[cold]
    fn slice_nested(&self, start: u32, end: u32) -> &str {
        let of = self.nested.partition_point(|nested| nested.base <= start);
        let Some(nested) = of.checked_sub(1).map(|of| &self.nested[of]) else { return "" };
        nested.source.get((start - nested.base) as usize..(end - nested.base) as usize).unwrap_or("")
    }

    #[inline]
    fn attributes_of(&self, node: &Node) -> &[Valued] {
        &self.attributes[node.attributes as usize..][..node.attribute_count as usize]
    }

    /// The text of a text node as it stands in the source.
    #[inline]
    pub(crate) fn text_of(&self, node: &Node) -> &str {
        self.slice(node.start, node.end)
    }
}

/// An element of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'d> {
    stream: &'d Stream<'d>,
    at: u32,
}

impl<'d> Element<'d> {
    #[inline]
    fn node(&self) -> &'d Node {
        self.stream.node(self.at)
    }

    /// Its number in the order of the page.
    pub(crate) fn at(&self) -> u32 {
        self.at
    }

    /// The number of the first node after its last descendant.
    #[allow(clippy::misnamed_getters, reason = "a node's `end` is that of its tag in the source")]
    pub(crate) fn end(&self) -> u32 {
        self.node().next
    }

    /// Its name.
    pub(crate) fn name(&self) -> Name {
        self.node().name
    }

    /// Its name as written.
    pub(crate) fn tag(&self) -> &'d str {
        let tag = self.stream.slice(self.node().start, self.node().end).trim_start_matches('<');
        tag.split(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').next().unwrap_or("")
    }

    /// Where its start tag stands in the source.
    pub(crate) fn source(&self) -> Span {
        Span { start: self.node().start, end: self.node().end }
    }

    /// An attribute's value as it stands in the source; empty for an attribute without one.
    #[inline]
    pub(crate) fn raw(&self, name: Attribute) -> Option<&'d str> {
        let valued = self.stream.attributes_of(self.node()).iter().find(|valued| valued.name == name)?;
        Some(self.stream.slice(valued.start, valued.end))
    }

    /// The first of two attributes that it has, by the order in which they are given here, with its value as it stands in the source.
    #[inline]
    pub(crate) fn raw_first(&self, one: Attribute, other: Attribute) -> Option<(Attribute, &'d str)> {
        let mut found: Option<&Valued> = None;
        for valued in self.stream.attributes_of(self.node()) {
            if valued.name == one {
                found = Some(valued);
                break;
            }
            if valued.name == other {
                found = Some(valued);
            }
        }
        found.map(|valued| (valued.name, self.stream.slice(valued.start, valued.end)))
    }

    /// Every listed attribute with its value as it stands in the source; where one is given twice, the first counts.
    #[inline]
    pub(crate) fn raw_attributes(&self) -> impl Iterator<Item = (Attribute, &'d str)> {
        let stream = self.stream;
        stream.attributes_of(self.node()).iter().map(|valued| (valued.name, stream.slice(valued.start, valued.end)))
    }

    /// An attribute's value with its character references resolved.
    pub(crate) fn attribute(&self, name: Attribute) -> Option<Cow<'d, str>> {
        self.raw(name).map(entities::decode_attribute)
    }

    /// Whether it has the attribute.
    pub(crate) fn has(&self, name: Attribute) -> bool {
        self.stream.attributes_of(self.node()).iter().any(|valued| valued.name == name)
    }

    /// The element that it is in.
    pub(crate) fn parent(&self) -> Option<Element<'d>> {
        let parent = self.node().parent;
        (parent != self.at).then_some(Element { stream: self.stream, at: parent })
    }

    /// The elements that it is in, nearest first.
    pub(crate) fn ancestors(&self) -> impl Iterator<Item = Element<'d>> {
        std::iter::successors(self.parent(), Element::parent)
    }

    /// The elements in it, in the order of the page.
    pub(crate) fn descendants(&self) -> impl Iterator<Item = Element<'d>> {
        let stream = self.stream;
        (self.at + 1..self.end()).filter_map(move |at| stream.element(at))
    }

    /// Its text, white space folded, without scripts, styles and templates.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        let (mut at, mut space) = (self.at + 1, false);
        while at < self.end() {
            let node = self.stream.node(at);
            space |= node.flags & SPACE_BEFORE != 0;
            at += 1;
            if !node.is_text() {
                if node.name.is(UNSEEN) {
                    at = node.next;
                } else {
                    space |= node.name.is(names::BLOCK) || node.name == Name::BR;
                }
                continue;
            }
            let raw = self.stream.text_of(node);
            let text = if node.flags & LITERAL == 0 { entities::decode(raw) } else { raw.into() };
            for c in text.chars() {
                if c.is_whitespace() {
                    space = true;
                } else if c != '\0' {
                    if space && !out.is_empty() {
                        out.push(' ');
                    }
                    space = false;
                    out.push(c);
                }
            }
        }
        out
    }

    /// The characters between the tags of `script`, `style`, `title`, `textarea` as they stand in the source; elsewhere empty.
    pub(crate) fn contents(&self) -> &'d str {
        if !self.name().is(names::RAW | names::RCDATA) {
            return "";
        }
        match self.stream.nodes.get(self.at as usize + 1) {
            Some(node) if node.is_text() && node.parent == self.at => self.stream.text_of(node),
            _ => "",
        }
    }
}
