//! Nodes to blocks: one line of text each, with a mark that says where on the page it stood.
//!
//! A block is what a browser shows as one paragraph: text between the boundaries of block elements. Two line breaks part
//! paragraphs, one does where a line ended. A row of a table is one block, unless its cells hold more than a line each.
//! Everything visible is a block, furniture as well: what is part of a story is not decided here.

mod boxes;
mod families;
mod looks;
mod prose;
mod text;
mod within;
mod wrapped;

use copydesk_model::{Mark, Span, Tag};

use crate::limits::Limits;
use crate::lines::Lines;
use crate::scan::names::{BLOCK, CONTROL, HEADING, KNOWN, Name, PRE, UNSEEN};
use crate::scan::{FEED_BEFORE, FOREIGN, NESTED, Node, SPACE_BEFORE, Stream};
use crate::words::Memo;

use families::WAITING;
use looks::Looks;

/// The blocks of a page.
#[derive(Debug, Default)]
pub(crate) struct Laid {
    /// One line a block, an empty line between two.
    pub text: String,
    /// One a block.
    pub marks: Vec<Mark>,
    /// Each block's line in `text`, without its end.
    pub lines: Vec<Span>,
    /// Each block's element: the number of the node that it is the text of.
    pub nodes: Vec<u32>,
    /// Running text, in bytes of the source, that is shown and that is hidden.
    pub prose: [usize; 2],
}

impl Laid {
    fn with_capacity(blocks: usize) -> Laid {
        Laid {
            text: String::new(),
            marks: Vec::with_capacity(blocks),
            lines: Vec::with_capacity(blocks),
            nodes: Vec::with_capacity(blocks),
            prose: [0; 2],
        }
    }

    /// Puts the blocks of another document behind these, as if it were nested in the element of this number.
    pub(crate) fn append(&mut self, other: Laid, node: u32, source: Span) {
        if other.text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let behind = self.text.len() as u32;
        self.text.push_str(&other.text);
        self.lines.extend(other.lines.iter().map(|line| Span { start: line.start + behind, end: line.end + behind }));
        self.nodes.extend(other.nodes.iter().map(|_| node));
        self.marks.extend(other.marks.into_iter().map(|mark| Mark {
            within: mark.within | within::EMBEDDED,
            container: node.saturating_add(mark.container),
            source,
            ..mark
        }));
    }
}

/// Lays a page out. `show_hidden` also gives the blocks that the page hides.
pub(crate) fn lay<'d>(stream: &'d Stream<'_>, limits: &'d Limits, memo: &'d mut Memo, show_hidden: bool) -> Laid {
    let mut layout = Layout {
        stream,
        limits,
        show_hidden,
        lines: Lines::with_capacity(stream.len() as usize * 12),
        // two nodes in five are the texts of blocks
        laid: Laid::with_capacity((stream.len() as usize / 2).min(4096)),
        contexts: Vec::with_capacity(64),
        inlines: Vec::with_capacity(16),
        open: None,
        link_until: 0,
        strong_until: 0,
        time_until: 0,
        control_until: 0,
        large_until: 0,
        shown_until: 0,
        row_until: 0,
        last_text: (0, 0),
        breaks: 0,
        is_wrapped: false,
        wraps: Vec::new(),
        is_broken: false,
        has_picture: false,
        has_rule: false,
        articles: 0,
        resolved: 0,
        resolved_inlines: 0,
        memo,
    };
    layout.contexts.push(Context { end: u32::MAX, ..Context::default() });
    layout.run();
    layout.flush();
    layout.laid.text = layout.lines.text;
    // one line end behind the last block
    layout.laid.text.truncate(layout.laid.text.trim_end_matches('\n').len());
    if !layout.laid.text.is_empty() {
        layout.laid.text.push('\n');
    }
    layout.laid
}

/// An open element that is shown as a block.
#[derive(Clone, Copy, Debug, Default)]
struct Context {
    /// The first node behind it.
    end: u32,
    node: u32,
    tag: Tag,
    within: u32,
    is_named: bool,
    is_article: bool,
    /// Families of words of the element itself and of what is inline around it. This and what follows is known once there is a block.
    own: u64,
    /// The same of it and everything around it.
    all: u64,
    path: u32,
    article: u16,
    is_pre: bool,
    /// How many blocks there were when it opened.
    first: u32,
}

/// An open element that is shown in a line.
#[derive(Clone, Copy, Debug)]
struct Inline {
    end: u32,
    /// Its node, if it has names.
    node: Option<u32>,
    /// Families of words of it and all inline elements around, once they were asked for.
    families: u64,
    /// Whether what follows it is kept apart from it.
    is_apart: bool,
    /// Whether it ends with a quotation mark.
    is_quote: bool,
}

/// The block that is being read.
#[derive(Clone, Copy, Debug)]
struct Open {
    source: Span,
    links: usize,
    strong: usize,
    time: usize,
    control: usize,
    large: usize,
    families: u64,
    is_broken: bool,
    has_picture: bool,
    has_rule: bool,
}

/// A page on its way from nodes to blocks.
struct Layout<'d> {
    stream: &'d Stream<'d>,
    limits: &'d Limits,
    show_hidden: bool,
    lines: Lines,
    laid: Laid,
    contexts: Vec<Context>,
    inlines: Vec<Inline>,
    open: Option<Open>,
    link_until: u32,
    strong_until: u32,
    time_until: u32,
    control_until: u32,
    large_until: u32,
    /// Until here stands what the page hides, and what is shown nevertheless.
    shown_until: u32,
    /// Until here is a row of a table that is one block.
    row_until: u32,
    /// The number of the last text, and of the element that it is in.
    last_text: (u32, u32),
    /// Line breaks since the last text.
    breaks: u32,
    /// Whether the last break, in preformatted text, is one for the length of the line.
    is_wrapped: bool,
    /// Where lines of preformatted text end that go on in the next one, in the element that was opened last.
    wraps: Vec<u32>,
    /// Whether the next block begins behind a line break.
    is_broken: bool,
    /// Whether a picture, and a rule, was seen since the last text.
    has_picture: bool,
    has_rule: bool,
    articles: u16,
    /// How many of the open blocks, and of the open inline elements, have had their names read.
    resolved: usize,
    resolved_inlines: usize,
    memo: &'d mut Memo,
}

impl<'d> Layout<'d> {
    fn run(&mut self) {
        let (stream, mut at) = (self.stream, 0);
        while at < stream.len() {
            self.leave(at);
            let node = stream.node(at);
            if node.flags & SPACE_BEFORE != 0 {
                self.lines.space(node.flags & FEED_BEFORE != 0);
            }
            at = if node.is_text() {
                self.text(at, node);
                at + 1
            } else {
                self.element(at, node)
            };
        }
        self.leave(u32::MAX - 1);
    }

    /// Leaves the elements that end before this node.
    #[inline]
    fn leave(&mut self, at: u32) {
        while let Some(inline) = self.inlines.last().filter(|inline| inline.end <= at) {
            if inline.is_quote {
                self.lines.close_quote();
            }
            if inline.is_apart {
                self.lines.apart();
            }
            self.inlines.pop();
            self.resolved_inlines = self.resolved_inlines.min(self.inlines.len());
        }
        while self.context().end <= at {
            self.flush();
            self.is_broken = false;
            let left = self.context();
            self.contexts.pop();
            self.resolved = self.resolved.min(self.contexts.len());
            // a wrapper of a single block is no holder of siblings
            if self.laid.marks.len() as u32 == left.first + 1
                && let Some(mark) = self.laid.marks.last_mut()
            {
                mark.container = self.contexts.last().map_or(0, |around| around.node);
            }
        }
    }

    #[inline]
    fn context(&self) -> Context {
        *self.contexts.last().unwrap_or(&ROOT)
    }

    /// One element; the number of the node to go on with.
    fn element(&mut self, at: u32, node: &'d Node) -> u32 {
        let name = node.name;
        let bits = name.bits();
        if matches!(name, Name::IMG | Name::VIDEO) {
            self.has_picture = true;
        }
        match name {
            Name::BR => {
                self.line_break(at);
                return at + 1;
            }
            Name::HR => {
                self.flush();
                self.has_rule = true;
                return at + 1;
            }
            Name::HEAD_ => return node.next,
            _ if bits & UNSEEN != 0 && !matches!(name, Name::TEMPLATE | Name::IFRAME) => return node.next,
            Name::IFRAME if node.flags & NESTED == 0 => return node.next,
            _ => {}
        }
        if name.0 >= KNOWN && node.flags & FOREIGN == 0 && !self.has_picture {
            self.has_picture = self.stream.element(at).is_some_and(|element| is_picture(element.tag()));
        }
        if node.next == at + 1 {
            // without content: pictures, anchors, icons; an empty block still ends the line before it
            if bits & BLOCK != 0 && at >= self.row_until {
                self.flush();
            }
            return at + 1;
        }
        let Some(element) = self.stream.element(at) else { return at + 1 };
        let mut looks = Looks::of(element);
        if name == Name::TEMPLATE && !looks.is_shadow {
            return node.next;
        }
        // Beside a formula stands its source, for programs.
        if node.flags & FOREIGN != 0 && matches!(element.tag(), "annotation" | "annotation-xml") {
            return node.next;
        }
        // What is deleted is struck through by a browser, and in a text without looks it would read as what the page says: a wrong figure
        // beside the right one. What was never closed and takes most of the page with it is shown, like all that hides it.
        let is_hidden = ((looks.is_hidden && !looks.is_streamed)
            || (name == Name::DIALOG && !looks.is_open)
            || name == Name::DEL
            || (matches!(name, Name::S | Name::STRIKE) && self.is_phrase(at, node.next)))
            && !matches!(name, Name::HTML | Name::BODY);
        if is_hidden && at >= self.shown_until {
            // what waits to be opened by its reader is no part of the page; what waits for a script may be all of it
            self.resolve();
            let families = self.names(at).families | self.context().own;
            let waits = name == Name::DIALOG || families & WAITING != 0;
            let prose = if waits { 0 } else { self.prose_between(at + 1, node.next) };
            self.laid.prose[1] += prose;
            if !self.show_hidden || prose == 0 {
                return node.next;
            }
            self.shown_until = node.next;
        }
        match name {
            Name::A if looks.has_href => self.link_until = self.link_until.max(node.next),
            Name::B | Name::STRONG | Name::EM | Name::I => self.strong_until = self.strong_until.max(node.next),
            Name::FONT if looks.is_large && self.is_line(at, node.next) => {
                self.large_until = self.large_until.max(node.next);
            }
            Name::TIME => self.time_until = self.time_until.max(node.next),
            Name::LABEL => self.control_until = self.control_until.max(node.next),
            // A browser prints its marks; most pages bring their own.
            Name::Q if !is_hidden => self.quote(at, node.next),
            _ => {}
        }
        let around = self.context();
        let is_custom = name.0 >= KNOWN && node.flags & FOREIGN == 0 && element.tag().contains('-');
        looks.is_named |= is_custom;
        let is_block = bits & BLOCK != 0
            || (is_custom && self.stands_alone(node, around.tag))
            || name == Name::TEMPLATE
            || name == Name::IFRAME
            || name == Name::NOSCRIPT
            || (bits & CONTROL != 0 && !(around.tag == Tag::Paragraph || around.tag.is_heading()));
        if at < self.row_until {
            if is_block {
                self.lines.apart();
            }
            self.inline(at, node.next, looks.is_named, is_block);
        } else if is_block {
            self.block(at, node, looks, is_hidden);
        } else {
            let is_apart = self.stands_apart(at, node, looks, around.tag);
            if is_apart {
                self.lines.apart();
            }
            if is_apart || is_custom || looks.is_named {
                self.inline(at, node.next, looks.is_named, is_custom);
            }
        }
        at + 1
    }

    fn inline(&mut self, at: u32, end: u32, is_named: bool, is_apart: bool) {
        self.inlines.push(Inline { end, node: is_named.then_some(at), families: 0, is_apart, is_quote: false });
    }

    fn block(&mut self, at: u32, node: &Node, looks: Looks, is_hidden: bool) {
        self.flush();
        self.is_broken = false;
        let around = self.context();
        let name = node.name;
        let mut within = around.within | looks.within | within::of(name);
        let tag = match looks.heading.filter(|_| within & within::HEADING != 0 && !name.is(HEADING)) {
            Some(1) => Tag::Heading1,
            Some(2) => Tag::Heading2,
            Some(3) => Tag::Heading3,
            Some(_) => Tag::Heading4,
            // what opens a paragraph is a heading; what opens a menu is a button
            None if name == Name::SUMMARY && self.opens_prose(node) => Tag::Heading4,
            None => tag_of(name, around.tag),
        };
        if is_hidden {
            within |= within::HIDDEN;
        }
        if name == Name::IFRAME {
            within |= within::EMBEDDED;
        }
        // what is inline around a block is a container of it like any other
        let own = self.inline_families();
        if name.is(PRE) && !around.is_pre {
            self.wraps = wrapped::wrapped(self.stream, at, node.next);
        }
        self.contexts.push(Context {
            end: node.next,
            node: at,
            tag,
            within,
            is_named: looks.is_named,
            is_article: name == Name::ARTICLE || looks.is_article,
            own,
            all: 0,
            path: 0,
            article: 0,
            is_pre: around.is_pre || name.is(PRE),
            first: self.laid.marks.len() as u32,
        });
        if name == Name::TR && self.is_row(at, node.next) {
            self.row_until = node.next;
        }
    }

    /// Ends the open block.
    fn flush(&mut self) {
        self.breaks = 0;
        let Some(line) = self.lines.end() else {
            self.open = None;
            return;
        };
        let Some(open) = self.open.take() else { return };
        self.resolve();
        let depth = self.contexts.len();
        let context = self.context();
        let around =
            |back: usize| depth.checked_sub(back).and_then(|at| self.contexts.get(at)).copied().unwrap_or_default();
        let bytes = line.len().max(1);
        let share = |part: usize| (part.min(bytes) * 255 / bytes) as u8;
        // spaces between two links belong to none
        let is_all = |part: usize| part > 0 && part + part / 16 >= bytes;
        let tag = match context.tag {
            Tag::Plain | Tag::Cell | Tag::Paragraph if is_all(open.large) => Tag::Heading3,
            Tag::Plain if is_all(open.time) => Tag::Time,
            Tag::Plain if is_all(open.control) => Tag::Control,
            Tag::Plain if is_all(open.links) => Tag::Link,
            tag => tag,
        };
        let links = share(open.links);
        self.laid.marks.push(Mark {
            tag,
            within: context.within | if links == 255 { within::LINK } else { 0 },
            near: context.own | open.families | around(2).own | around(3).own,
            far: around(4).all,
            echoes: 0,
            links,
            strong: share(open.strong),
            depth: depth.min(255) as u8,
            broken: open.is_broken,
            pictured: open.has_picture,
            ruled: open.has_rule,
            article: context.article,
            container: context.node,
            path: context.path,
            source: open.source,
        });
        self.laid.lines.push(Span::new(line.start, line.end));
        self.laid.nodes.push(context.node);
        self.is_broken = false;
    }
}

const ROOT: Context = Context {
    end: u32::MAX,
    node: 0,
    tag: Tag::Plain,
    within: 0,
    is_named: false,
    is_article: false,
    own: 0,
    all: 0,
    path: 0,
    article: 0,
    is_pre: false,
    first: 0,
};

/// Whether an element that pages define themselves is a picture: `amp-img`.
fn is_picture(tag: &str) -> bool {
    ["-img", "-image", "-picture", "-video"].iter().any(|end| tag.ends_with(end))
}

/// The kind of block that text directly in this element is.
fn tag_of(name: Name, around: Tag) -> Tag {
    match name {
        Name::P => Tag::Paragraph,
        Name::H1 => Tag::Heading1,
        Name::H2 => Tag::Heading2,
        Name::H3 => Tag::Heading3,
        Name::H4 | Name::H5 | Name::H6 => Tag::Heading4,
        Name::LI => Tag::Item,
        Name::DT | Name::DD => Tag::Definition,
        Name::TD | Name::TH | Name::CAPTION | Name::TR => Tag::Cell,
        Name::FIGCAPTION => Tag::Caption,
        Name::BLOCKQUOTE => Tag::Quote,
        Name::BUTTON | Name::OPTION | Name::OPTGROUP | Name::LEGEND | Name::SUMMARY | Name::TEXTAREA => Tag::Control,
        Name::ADDRESS => Tag::Address,
        _ if name.is(PRE) => Tag::Preformatted,
        // what says nothing itself is as what it stands in
        Name::DIV | Name::CENTER => around,
        _ => Tag::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(source: &str) -> Laid {
        let limits = Limits::default();
        let stream = Stream::read(source, limits.nodes, limits.nested).unwrap();
        let mut memo = Memo::default();
        let laid = lay(&stream, &limits, &mut memo, false);
        if laid.prose[1] > laid.prose[0] { lay(&stream, &limits, &mut memo, true) } else { laid }
    }

    /// Blocks as `tag text`.
    fn check(source: &str, expected: &[&str]) {
        let laid = laid(source);
        let lines = laid.lines.iter().map(|line| line.of(&laid.text));
        let blocks: Vec<String> =
            laid.marks.iter().zip(lines).map(|(mark, line)| format!("{} {line}", mark.tag)).collect();
        assert_eq!(blocks, expected, "blocks of {source}");
    }

    /// The names of a block's bits: within, near, far.
    fn check_mark(source: &str, block: usize, within: &[&str], near: &[&str], far: &[&str]) {
        let mark = laid(source).marks[block];
        let names = |bits: u64, names: &[&'static str]| -> Vec<&str> {
            names.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, name)| *name).collect()
        };
        assert_eq!(names(u64::from(mark.within), &Mark::WITHIN), within, "within of {source}");
        assert_eq!(names(mark.near, &Mark::WORDS), near, "near of {source}");
        assert_eq!(names(mark.far, &Mark::WORDS), far, "far of {source}");
    }

    #[test]
    fn elements_of_a_pages_own_are_named_as_classes_are() {
        check_mark("<x-writer>Ada Renn</x-writer>", 0, &[], &["byline"], &[]);
        check_mark("<x-caption>The ferry</x-caption>", 0, &[], &["caption"], &[]);
        check_mark("<x-thing>The ferry</x-thing>", 0, &[], &[], &[]);
    }

    #[test]
    fn pictures_and_rules_are_noted_on_what_follows() {
        let follows =
            |source: &str| laid(source).marks.iter().map(|mark| (mark.pictured, mark.ruled)).collect::<Vec<_>>();
        assert_eq!(follows("<p>One<hr><p>Two<p>Three"), [(false, false), (false, true), (false, false)]);
        assert_eq!(follows("<p>One<amp-img></amp-img><p>Two"), [(false, false), (true, false)]);
        assert_eq!(follows("<p>One<img><hr><p>Two"), [(false, false), (true, true)]);
    }

    #[test]
    fn a_document_that_shows_nothing_adds_nothing() {
        let mut page = laid("<p>The ferry<p>sails");
        let text = page.text.clone();
        page.append(laid("<p><!-- nothing -->"), 0, Span { start: 0, end: 1 });
        assert_eq!((&page.text, page.lines.len()), (&text, 2));
        page.append(laid("<p>again"), 0, Span { start: 0, end: 1 });
        assert_eq!(page.text, "The ferry\n\nsails\n\nagain\n");
    }

    #[test]
    fn blocks_are_what_stands_between_block_elements() {
        check(
            "<h1>Ferry<br>sails</h1><p>It is <b>back</b>.<div>Plain<p>again",
            &["h1 Ferry sails", "p It is back.", "plain Plain", "p again"],
        );
        check("<ul><li>one<li><p>two</p>three</ul><dl><dt>a<dd>b", &["li one", "p two", "li three", "dd a", "dd b"]);
        check("<figure><img><figcaption><div>A ferry</div></figcaption></figure>", &["figcaption A ferry"]);
        check(
            "<blockquote><div>Quoted</div></blockquote><address>Quay 1</address>",
            &["blockquote Quoted", "address Quay 1"],
        );
        check(
            "<a href=x>All news</a><hr><time>3 May</time><hr><button>Share</button>",
            &["a All news", "time 3 May", "button Share"],
        );
        check("<p>The <button>tide</button> is in.", &["p The tide is in."]);
        check("<div> &nbsp; </div><p>\u{200b}</p>", &[]);
    }

    #[test]
    fn two_line_breaks_part_paragraphs_and_one_does_where_a_line_ended() {
        check("<div>One.<br><br>two<br />\n<br>Three", &["plain One.", "plain two", "plain Three"]);
        check("<p>A ferry sails.<br>Another does not.", &["p A ferry sails.", "p Another does not."]);
        check("<p>A ferry that<br>goes on", &["p A ferry that goes on"]);
        check("<p>港<br>口", &["p 港", "p 口"]);
        let broken: Vec<bool> =
            laid("<div>One.<br><br>Two<p>Three</p>Four").marks.iter().map(|mark| mark.broken).collect();
        assert_eq!(broken, [false, true, false, false]);
    }

    #[test]
    fn preformatted_lines_are_blocks_unless_they_were_wrapped() {
        check("<pre>\none\ntwo\n\nThree</pre>", &["pre one", "pre two", "pre Three"]);
        check("<pre>one<br>two<b>\nthree</b></pre>", &["pre one", "pre two", "pre three"]);
        let wrapped = "<pre>The ferry to the islands sails again from Monday, the\nPort said on its website after weeks of repairs.\n\nNext.</pre>";
        check(
            wrapped,
            &[
                "pre The ferry to the islands sails again from Monday, the Port said on its website after weeks of repairs.",
                "pre Next.",
            ],
        );
    }

    #[test]
    fn a_row_is_a_block_unless_its_cells_hold_more() {
        check("<table><tr><th>Team<th>P<tr><td>Harbour</td><td><p>3</p></table>", &["td Team P", "td Harbour 3"]);
        check("<table><tr><td><p>One.</p><p>Two.</p><td>Side</table>", &["p One.", "p Two.", "td Side"]);
        let long = "The ferry sails again, and again, and again. ".repeat(10);
        check(&format!("<table><tr><td>Side<td>{long}</table>"), &["td Side", &format!("td {}", long.trim())]);
    }

    #[test]
    fn what_is_kept_apart_by_looks_is_kept_apart() {
        check("<div><a href=a>Home</a><a href=b>news</a></div>", &["a Home news"]);
        check(
            "<h2><span class=a>port</span><span class=b>ferry</span></h2>",
            &["h1 port ferry"].map(|_| "h2 port ferry"),
        );
        check("<p><strong>Source:</strong>Nordfoto <i>a</i>b", &["p Source: Nordfoto ab"]);
        check("<p>Hello, <!-- -->World<!-- -->Wide", &["p Hello, WorldWide"]);
    }

    #[test]
    fn elements_of_a_pages_own_are_blocks_where_they_stand_alone() {
        check("<x-head>Ferry</x-head><x-text>sails</x-text>", &["plain Ferry", "plain sails"]);
        check(
            "<div>The <x-tip>tide</x-tip> is in</div><div><x-tip>Tide</x-tip> is in</div>",
            &["plain The tide is in", "plain Tide is in"],
        );
        check("<p><x-tip>Tide</x-tip><x-tip>tables</x-tip>", &["p Tide tables"]);
    }

    #[test]
    fn what_is_hidden_is_not_shown_unless_it_is_the_page() {
        check("<p>Shown<p hidden>no<p style='color:red; DISPLAY : none'>no<dialog>no</dialog>", &["p Shown"]);
        let story =
            "The ferry to the islands sails again from Monday, the port said on its website, after weeks of repairs.";
        check(
            &format!("<nav>Menu</nav><div style='display:none'><p>{story}</div>"),
            &["plain Menu", &format!("p {story}")],
        );
        check(&format!("<p>Menu<div hidden class=cookie-banner><p>{story}</div>"), &["p Menu"]);
        check(&format!("<p>Menu<div hidden id=S:1a><p>{story}</div>"), &["p Menu", &format!("p {story}")]);
    }

    #[test]
    fn what_is_deleted_is_not_shown() {
        check("<p>The toll is <del>500</del><ins>700</ins> crowns.", &["p The toll is 700 crowns."]);
        check("<p>The toll is <del>500 </del>crowns.", &["p The toll is crowns."]);
        check("<p>The toll is <s>500</s>700 <strike>marks</strike>crowns.", &["p The toll is 700 crowns."]);
        check("<p><s>The toll falls.</s><p>The toll rises.", &["p The toll rises."]);
        check("<p>Next<s>.<p>The toll <b>rises.<p>It rose.", &["p Next.", "p The toll rises.", "p It rose."]);
        check(
            "Next <s>week<br>The toll rises.<br>It rose.",
            &["plain Next week", "plain The toll rises.", "plain It rose."],
        );
        // Never closed, it takes the page with it: then it is no deletion.
        let story =
            "The ferry to the islands sails again from Monday, the port said on its website, after weeks of repairs.";
        check(&format!("<del><p>{story}<p>{story}"), &[&format!("p {story}"), &format!("p {story}")]);
    }

    #[test]
    fn raised_numbers_are_no_part_of_the_one_before() {
        check("<p>It moves 10<sup>6</sup> lorries, or 10<sup>-6</sup>.", &["p It moves 10^6 lorries, or 10^-6."]);
        check("<p>In 2019<sup><a href=#n>1</a></sup> it rose.", &["p In 2019 1 it rose."]);
        check("<p>On the 3<sup>rd</sup> it had 40 m<sup>2</sup> left.", &["p On the 3rd it had 40 m2 left."]);
    }

    #[test]
    fn quotations_have_their_marks() {
        check(
            "<p>He said <q>nobody will pay</q>, and <q>left</q> it.",
            &["p He said “nobody will pay”, and “left” it."],
        );
        check("<p>He said <q>“no”</q>, “<q>never</q>”, <q></q>.", &["p He said “no”, “never”, ."]);
        check("<p>He said:<br><q>No.</q><p><q>Yes.</q>", &["p He said:", "p “No.”", "p “Yes.”"]);
    }

    #[test]
    fn the_source_of_a_formula_is_no_text() {
        check(
            "<p>By <math><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi></mrow><annotation encoding=tex>\\frac{m}{1}</annotation></semantics></math> on Monday.",
            &["p By E=m on Monday."],
        );
    }

    #[test]
    fn what_closes_itself_ends_in_xhtml() {
        let page = "<head><script src='a.js'/><title>Ferry</title></head><body><div/><p>One.</p></body></html>";
        let root = "<html xmlns=\"http://www.w3.org/1999/xhtml\">";
        check(&format!("<?xml version='1.0'?>{root}{page}"), &["p One."]);
        check(&format!("{root}{page}"), &[]);
        let served = Stream::read_as(page, 100, 0, true).unwrap();
        assert_eq!(lay(&served, &Limits::default(), &mut Memo::default(), false).text, "One.\n");
        let literal = Stream::read_as("<p><![CDATA[Tide <in> & out]]> again</p>", 100, 0, true).unwrap();
        assert_eq!(lay(&literal, &Limits::default(), &mut Memo::default(), false).text, "Tide <in> & out again\n");
    }

    #[test]
    fn headings_are_those_that_look_like_one() {
        check(
            "<td><font size=5><b>Ferry sails</b></font><br><br>It is <font size=+3>back</font>.",
            &["h3 Ferry sails", "plain It is back."],
        );
        check("<font size=4>Ferry sails</font><p><font size='+2'>Again</font>", &["plain Ferry sails", "h3 Again"]);
        let long = "The ferry sails again, and again, and again. ".repeat(6);
        check(&format!("<font size=7><p>{long}<p>It is.</font>"), &[&format!("p {}", long.trim()), "p It is."]);
        check(
            "<div role=heading aria-level=1>Ferry</div><div role=heading>sails</div><h1 role=heading>again</h1><li role=treeitem aria-level=1>x",
            &["h1 Ferry", "h2 sails", "h1 again", "li x"],
        );
        let story =
            "The ferry to the islands sails again from Monday, the port said on its website, after weeks of repairs.";
        check(
            &format!(
                "<details><summary>Why?</summary><p>{story}</details><details><summary>Menu</summary><p>Home</details>"
            ),
            &["h4 Why?", &format!("p {story}"), "button Menu", "p Home"],
        );
    }

    #[test]
    fn nested_documents_stand_where_they_are_framed() {
        check("<p>a<iframe srcdoc='<p>b &amp;amp; c'>no</iframe><p>d", &["p a", "p b & c", "p d"]);
    }

    #[test]
    fn marks_say_what_is_around() {
        let page = "<body class=home><main><article class='c-story hentry'><div class=story-body><div class=wrap><p class=lead>One<p>Two</div></div></article></main>";
        check_mark(page, 0, &["main", "article"], &["content", "standfirst"], &["content"]);
        check_mark(page, 1, &["main", "article"], &["content"], &["content"]);
        let page = "<nav><a href=x><ul role=menu><li class=navItem>One</ul></a></nav>";
        check_mark(page, 0, &["nav", "list", "link"], &["list", "navigation", "menu"], &[]);
        check_mark("<div class=x><span class=byline>Mara</span></div>", 0, &[], &["byline"], &[]);
        check_mark("<div><span class=byline>Mara</span> Lindqvist</div>", 0, &[], &[], &[]);
    }

    #[test]
    fn siblings_share_a_container_and_a_path() {
        let marks = laid("<div id=a><div><p>1</p></div><div><p>2</p></div></div><article><p>3<p class=x>4</article><article><p>5</article>").marks;
        let containers: Vec<u32> = marks.iter().map(|mark| mark.container).collect();
        assert_eq!(containers[0], containers[1]);
        assert!(containers[0] < containers[2] && containers[2] == containers[3]);
        assert_eq!(marks.iter().map(|mark| mark.article).collect::<Vec<_>>(), [0, 0, 1, 1, 2]);
        assert!(marks[0].path == marks[1].path && marks[2].path == marks[4].path && marks[2].path != marks[3].path);
    }

    #[test]
    fn shares_and_sources_are_of_the_block() {
        let source = "<p>One <a href=x>two</a> <b>3</b></p>";
        let mark = laid(source).marks[0];
        // a space counts with the word behind it
        assert_eq!((mark.links, mark.strong), ((4 * 255 / 9) as u8, (2 * 255 / 9) as u8));
        assert_eq!(mark.source.of(source), "One <a href=x>two</a> <b>3");
    }
}
