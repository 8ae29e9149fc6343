use std::fmt;

use crate::Span;

/// A web page as it was fetched, before anything was read from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html {
    /// The page's bytes, with transfer and content encodings undone.
    pub bytes: Vec<u8>,
    /// The character set that the server named; empty when it named none.
    pub charset: String,
    /// Whether the server said that it is XHTML, which a browser reads by the rules of XML: there every element may close itself.
    pub is_xhtml: bool,
}

/// What a page's HTML says beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    /// One mark a block, in order.
    pub marks: Vec<Mark>,
    /// What the page says about itself.
    pub about: About,
}

/// What HTML says about one block. All of it is evidence, none of it a decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The block's innermost element of its own kind: paragraph, heading, list item.
    pub tag: Tag,
    /// The elements around it that say something, a bit each: see [`Mark::WITHIN`].
    pub within: u32,
    /// Families of words in `class`, `id`, `role` and `itemprop` of the element and its nearest containers, a bit each: see [`Mark::WORDS`].
    pub near: u64,
    /// The same of all the other elements around it.
    pub far: u64,
    /// What the page's own description of itself says about the block's text, a bit each: see [`Mark::ECHOES`].
    pub echoes: u16,
    /// Share of the text that is inside links, of 255.
    pub links: u8,
    /// Share of the text that is bold, strong or emphasised, of 255.
    pub strong: u8,
    /// How many elements deep it stands, 255 at most.
    pub depth: u8,
    /// Whether it begins after a `<br>` and not with an element of its own.
    pub broken: bool,
    /// Whether a picture or a video stands between the text of the block before and its own.
    pub pictured: bool,
    /// Whether a rule, `<hr>`, stands between the text of the block before and its own.
    pub ruled: bool,
    /// Number of the innermost `<article>` or element that says it is one; 0 outside of all.
    pub article: u16,
    /// Number of the element that holds the block and its siblings, in the order of the page.
    pub container: u32,
    /// Hash of the path of tags and classes from the root: equal for blocks that the page's template made alike.
    pub path: u32,
    /// Where it stands in the page's decoded source, in bytes.
    pub source: Span,
}

impl Mark {
    /// Names of the bits of `within`, from the lowest.
    pub const WITHIN: [&'static str; 24] = [
        "main",
        "article",
        "section",
        "header",
        "footer",
        "nav",
        "aside",
        "figure",
        "figcaption",
        "blockquote",
        "list",
        "table",
        "form",
        "button",
        "dialog",
        "details",
        "address",
        "pre",
        "noscript",
        "template",
        "hidden",
        "embedded",
        "heading",
        "link",
    ];

    /// Names of the bits of `near` and `far`, from the lowest.
    pub const WORDS: [&'static str; 34] = [
        "content",
        "paragraph",
        "headline",
        "standfirst",
        "byline",
        "date",
        "caption",
        "credit",
        "kicker",
        "quote",
        "live",
        "gallery",
        "correction",
        "related",
        "teaser",
        "list",
        "navigation",
        "menu",
        "footer",
        "sidebar",
        "widget",
        "share",
        "newsletter",
        "comment",
        "advertisement",
        "cookie",
        "paywall",
        "tags",
        "popup",
        "tool",
        "biography",
        "legal",
        "hidden",
        "print",
    ];

    /// Names of the bits of `echoes`, from the lowest.
    pub const ECHOES: [&'static str; 8] =
        ["headline", "description", "body", "author", "date", "caption", "credit", "section"];

    /// The bit of `within` with this name.
    ///
    /// # Panics
    /// Of a name that is not in [`Mark::WITHIN`]: in a constant, it fails the build.
    pub const fn within_bit(name: &str) -> u32 {
        1 << place(&Mark::WITHIN, name)
    }

    /// The bit of `near` and `far` with this name.
    ///
    /// # Panics
    /// Of a name that is not in [`Mark::WORDS`]: in a constant, it fails the build.
    pub const fn word_bit(name: &str) -> u64 {
        1 << place(&Mark::WORDS, name)
    }

    /// The bit of `echoes` with this name.
    ///
    /// # Panics
    /// Of a name that is not in [`Mark::ECHOES`]: in a constant, it fails the build.
    pub const fn echo_bit(name: &str) -> u16 {
        1 << place(&Mark::ECHOES, name)
    }

    /// Whether the bit of this name is set in `within`.
    pub fn is_within(&self, name: &str) -> bool {
        Mark::WITHIN.iter().position(|&n| n == name).is_some_and(|bit| self.within >> bit & 1 == 1)
    }
}

const fn place(names: &[&str], name: &str) -> u32 {
    let mut at = 0;
    while at < names.len() {
        if is_same(names[at].as_bytes(), name.as_bytes()) {
            return at as u32;
        }
        at += 1;
    }
    panic!("no bit has this name")
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// Kinds of elements that a block can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Tag {
    /// Text in an element that says nothing: `div`, `span`, `body`.
    #[default]
    Plain,
    /// `p`
    Paragraph,
    /// `h1`
    Heading1,
    /// `h2`
    Heading2,
    /// `h3`
    Heading3,
    /// `h4`, `h5`, `h6`
    Heading4,
    /// `li`
    Item,
    /// `dt`, `dd`
    Definition,
    /// `td`, `th`, `caption`: a row of a table is one block, or a cell is where cells hold blocks
    Cell,
    /// `figcaption`
    Caption,
    /// `blockquote`, `q`
    Quote,
    /// `pre`, `code`
    Preformatted,
    /// `time`
    Time,
    /// `a` that is a block of its own
    Link,
    /// `button`, `label`, `option`, `legend`, `summary`
    Control,
    /// `address`
    Address,
}

impl Tag {
    /// Every tag, in the order of the enum.
    pub const ALL: [Tag; 16] = [
        Tag::Plain,
        Tag::Paragraph,
        Tag::Heading1,
        Tag::Heading2,
        Tag::Heading3,
        Tag::Heading4,
        Tag::Item,
        Tag::Definition,
        Tag::Cell,
        Tag::Caption,
        Tag::Quote,
        Tag::Preformatted,
        Tag::Time,
        Tag::Link,
        Tag::Control,
        Tag::Address,
    ];

    /// Whether it is a heading of any level.
    #[inline]
    pub fn is_heading(self) -> bool {
        matches!(self, Tag::Heading1 | Tag::Heading2 | Tag::Heading3 | Tag::Heading4)
    }

    /// The tag's name on screens.
    pub fn name(self) -> &'static str {
        match self {
            Tag::Plain => "plain",
            Tag::Paragraph => "p",
            Tag::Heading1 => "h1",
            Tag::Heading2 => "h2",
            Tag::Heading3 => "h3",
            Tag::Heading4 => "h4",
            Tag::Item => "li",
            Tag::Definition => "dd",
            Tag::Cell => "td",
            Tag::Caption => "figcaption",
            Tag::Quote => "blockquote",
            Tag::Preformatted => "pre",
            Tag::Time => "time",
            Tag::Link => "a",
            Tag::Control => "button",
            Tag::Address => "address",
        }
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What a page says about itself, each value with its witness. Values that contradict each other are all here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// What is said, of each field the most trusted value first.
    pub said: Vec<Said>,
}

impl About {
    /// The most trusted value of a field.
    pub fn best(&self, field: Field) -> Option<&Said> {
        self.said.iter().find(|said| said.field == field)
    }

    /// The most trusted value of a field as text; empty when nobody says anything.
    pub fn value(&self, field: Field) -> &str {
        self.best(field).map_or("", |said| &said.value)
    }

    /// What the most trusted witness of a field says: the authors of one byline together, and not those that another one names.
    pub fn trusted(&self, field: Field) -> impl Iterator<Item = &Said> {
        let witness = self.best(field).map(|said| said.witness);
        self.all(field).take_while(move |said| Some(said.witness) == witness)
    }

    /// Every value of a field, the most trusted first.
    pub fn all(&self, field: Field) -> impl Iterator<Item = &Said> {
        self.said.iter().filter(move |said| said.field == field)
    }
}

/// One value that a page states about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What it is a value of.
    pub field: Field,
    /// The value: text with white space folded; a time as RFC 3339 with the zone it was given in, as exact as it was given
    /// (`2024-05-03`, `2024-05-03T15:47:42+02:00`).
    pub value: String,
    /// Who says so.
    pub witness: Witness,
}

/// What a page can say about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The story's title.
    Headline,
    /// A name; one value an author.
    Author,
    /// When it was published first.
    Published,
    /// When it was changed last.
    Modified,
    /// The part of the site.
    Section,
    /// BCP 47.
    Language,
    /// The site's name.
    SiteName,
    /// The page's canonical URL.
    Canonical,
    /// The story in a sentence or two.
    Description,
    /// Text under a picture.
    Caption,
    /// Who made a picture.
    Credit,
    /// `true` or `false`: whether readers must pay.
    Paywall,
    /// The kind of page: `NewsArticle`, `LiveBlogPosting`, `article`.
    Kind,
    /// When a part of the page was published, for pages of several stories: where the `<time>` that says so stands in the source, in
    /// bytes, and what it says (`4711 2024-05-03T15:47:42+02:00`).
    Dated,
}

impl Field {
    /// Every field, in the order of the enum.
    pub const ALL: [Field; 14] = [
        Field::Headline,
        Field::Author,
        Field::Published,
        Field::Modified,
        Field::Section,
        Field::Language,
        Field::SiteName,
        Field::Canonical,
        Field::Description,
        Field::Caption,
        Field::Credit,
        Field::Paywall,
        Field::Kind,
        Field::Dated,
    ];

    /// The field's name in tables and on screens.
    pub fn name(self) -> &'static str {
        match self {
            Field::Headline => "headline",
            Field::Author => "author",
            Field::Published => "published",
            Field::Modified => "modified",
            Field::Section => "section",
            Field::Language => "language",
            Field::SiteName => "site_name",
            Field::Canonical => "canonical",
            Field::Description => "description",
            Field::Caption => "caption",
            Field::Credit => "credit",
            Field::Paywall => "paywall",
            Field::Kind => "kind",
            Field::Dated => "dated",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Where on a page a value was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Witness {
    /// `<script type="application/ld+json">`, schema.org.
    JsonLd,
    /// `<meta property="og:...">`, `article:...`.
    OpenGraph,
    /// `<meta name="...">`: twitter, dublin core, parsely, sailthru and the like.
    Meta,
    /// `itemprop` on elements of the page.
    Microdata,
    /// `<time datetime>`.
    Time,
    /// `<link rel>`.
    Link,
    /// `<title>`.
    Title,
    /// An attribute of `<html>` or another element: `lang`.
    Attribute,
    /// What a reader sees: a heading, a byline, a date line.
    Visible,
    /// The page's URL.
    Url,
}

impl Witness {
    /// Every witness, in the order of the enum.
    pub const ALL: [Witness; 10] = [
        Witness::JsonLd,
        Witness::OpenGraph,
        Witness::Meta,
        Witness::Microdata,
        Witness::Time,
        Witness::Link,
        Witness::Title,
        Witness::Attribute,
        Witness::Visible,
        Witness::Url,
    ];

    /// The witness's name in tables and on screens.
    pub fn name(self) -> &'static str {
        match self {
            Witness::JsonLd => "json-ld",
            Witness::OpenGraph => "opengraph",
            Witness::Meta => "meta",
            Witness::Microdata => "microdata",
            Witness::Time => "time",
            Witness::Link => "link",
            Witness::Title => "title",
            Witness::Attribute => "attribute",
            Witness::Visible => "visible",
            Witness::Url => "url",
        }
    }
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
