//! Names of elements and attributes as small numbers, and what HTML says about each element.

/// An element's name as a number; names that are not listed here get numbers of their own on each page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Name(pub u16);

/// An attribute's name, for those that anything here asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Attribute(pub u8);

/// Has no content and no end tag.
pub(crate) const VOID: u32 = 1;
/// "Special" of the standard: end tags of inline elements do not reach through it.
pub(crate) const SPECIAL: u32 = 1 << 1;
/// No end tag but its own reaches through it.
pub(crate) const SCOPE: u32 = 1 << 2;
/// Formatting element: outlives the block that it was opened in.
pub(crate) const FORMATTING: u32 = 1 << 3;
/// Shown as a block of its own.
pub(crate) const BLOCK: u32 = 1 << 4;
/// Its start tag ends a paragraph.
pub(crate) const ENDS_P: u32 = 1 << 5;
/// Its content is characters up to its end tag.
pub(crate) const RAW: u32 = 1 << 6;
/// The same, but character references count.
pub(crate) const RCDATA: u32 = 1 << 7;
/// Never shown, or beside the text: how it is read, above its characters.
pub(crate) const UNSEEN: u32 = 1 << 8;
/// Ends foreign content (SVG, MathML) where it opens inside of it.
pub(crate) const BREAKOUT: u32 = 1 << 9;
/// May stand in `head`.
pub(crate) const HEAD: u32 = 1 << 10;
/// Its end tag closes it wherever it is in scope.
pub(crate) const SCOPED_END: u32 = 1 << 11;
/// `h1` to `h6`
pub(crate) const HEADING: u32 = 1 << 12;
/// Shown as a box in a line: block by itself, inline inside of text.
pub(crate) const CONTROL: u32 = 1 << 13;
/// White space counts.
pub(crate) const PRE: u32 = 1 << 14;
/// Part of a table.
pub(crate) const TABLE_PART: u32 = 1 << 15;
/// Ends where the next of its kind begins.
pub(crate) const IMPLIED_END: u32 = 1 << 16;

/// May say something about the page, whatever its attributes are.
pub(crate) const TELLS: u32 = 1 << 17;

/// Up to sixteen lower-case bytes as one number, little end first, which is quicker to compare and to hash than a slice.
pub(crate) const fn pack(name: &[u8]) -> u128 {
    let (mut packed, mut at) = (0u128, 0);
    while at < name.len() {
        packed |= (name[at] as u128) << (8 * at);
        at += 1;
    }
    packed
}

const SLOTS: usize = 2048;
/// By this factor no two names of a list share a slot: found by trying, and held to it by the compiler.
const FACTOR: u64 = 0xD8CE_F4D6_9465_7A23;

const fn slot(packed: u128) -> usize {
    let folded = packed as u64 ^ ((packed >> 64) as u64).rotate_left(29);
    (folded.wrapping_mul(FACTOR) >> (u64::BITS - SLOTS.trailing_zeros())) as usize
}

/// By slot, the number of the one name that may be there. Filled by the compiler.
struct Table {
    slots: [u8; SLOTS],
}

impl Table {
    const fn new(keys: &[u128]) -> Table {
        let mut slots = [0; SLOTS];
        // the first name is what empty slots hold, too
        let mut at = 1;
        while at < keys.len() {
            let slot = slot(keys[at]);
            assert!(slots[slot] == 0 && slot != self::slot(keys[0]), "two names share a slot: try other factors");
            slots[slot] = at as u8;
            at += 1;
        }
        Table { slots }
    }

    #[inline]
    fn find(&self, keys: &[u128], packed: u128) -> Option<u8> {
        let at = self.slots[slot(packed)];
        (keys[at as usize] == packed).then_some(at)
    }
}

macro_rules! elements {
    ($($constant:ident $text:literal $bits:expr;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "numbers of the constants below")]
        #[repr(u16)]
        enum Number { $($constant,)* }

        #[allow(dead_code, reason = "a list is whole or it is wrong")]
        impl Name {
            $(pub(crate) const $constant: Name = Name(Number::$constant as u16);)*
        }

        const KEYS: &[u128] = &[$(pack($text.as_bytes()),)*];
        const BITS: &[u32] = &[$($bits,)*];
        /// Names of the known elements.
        pub(crate) const ELEMENTS: &[&str] = &[$($text,)*];
    };
}

/// A block whose start tag ends a paragraph and whose end tag closes it.
const PLAIN: u32 = SPECIAL | BLOCK | ENDS_P | SCOPED_END;
/// Void and inline.
const EMPTY: u32 = SPECIAL | VOID;

elements! {
    A "a" FORMATTING;
    ABBR "abbr" 0;
    ADDRESS "address" PLAIN;
    APPLET "applet" SPECIAL | SCOPE;
    AREA "area" EMPTY;
    ARTICLE "article" PLAIN;
    ASIDE "aside" PLAIN;
    AUDIO "audio" UNSEEN;
    B "b" FORMATTING | BREAKOUT;
    BASE "base" EMPTY | HEAD;
    BASEFONT "basefont" EMPTY | HEAD;
    BDI "bdi" 0;
    BDO "bdo" 0;
    BGSOUND "bgsound" EMPTY | HEAD;
    BIG "big" FORMATTING | BREAKOUT;
    BLOCKQUOTE "blockquote" PLAIN | BREAKOUT;
    BODY "body" SPECIAL | TELLS | BLOCK | BREAKOUT;
    BR "br" EMPTY | BREAKOUT;
    BUTTON "button" SPECIAL | CONTROL | SCOPED_END;
    CANVAS "canvas" UNSEEN;
    CAPTION "caption" SPECIAL | SCOPE | BLOCK | TABLE_PART;
    CENTER "center" PLAIN | BREAKOUT;
    CIRCLE "circle" 0;
    CITE "cite" 0;
    CODE "code" FORMATTING | BREAKOUT;
    COL "col" EMPTY | TABLE_PART;
    COLGROUP "colgroup" SPECIAL | TABLE_PART;
    DATA "data" 0;
    DATALIST "datalist" UNSEEN;
    DD "dd" SPECIAL | BLOCK | ENDS_P | BREAKOUT | IMPLIED_END;
    DEFS "defs" UNSEEN;
    DEL "del" 0;
    DESC "desc" UNSEEN;
    DETAILS "details" PLAIN;
    DFN "dfn" 0;
    DIALOG "dialog" BLOCK | ENDS_P | SCOPED_END;
    DIR "dir" PLAIN;
    DIV "div" PLAIN | BREAKOUT;
    DL "dl" PLAIN | BREAKOUT;
    DT "dt" SPECIAL | BLOCK | ENDS_P | BREAKOUT | IMPLIED_END;
    EM "em" FORMATTING | BREAKOUT;
    EMBED "embed" EMPTY | BREAKOUT;
    FIELDSET "fieldset" PLAIN;
    FIGCAPTION "figcaption" PLAIN;
    FIGURE "figure" PLAIN;
    FONT "font" FORMATTING;
    FOOTER "footer" PLAIN;
    FOREIGN_OBJECT "foreignobject" BLOCK;
    FORM "form" SPECIAL | BLOCK | ENDS_P;
    FRAME "frame" EMPTY;
    FRAMESET "frameset" SPECIAL | BLOCK;
    G "g" 0;
    H1 "h1" SPECIAL | BLOCK | ENDS_P | BREAKOUT | HEADING;
    H2 "h2" SPECIAL | BLOCK | ENDS_P | BREAKOUT | HEADING;
    H3 "h3" SPECIAL | BLOCK | ENDS_P | BREAKOUT | HEADING;
    H4 "h4" SPECIAL | BLOCK | ENDS_P | BREAKOUT | HEADING;
    H5 "h5" SPECIAL | BLOCK | ENDS_P | BREAKOUT | HEADING;
    H6 "h6" SPECIAL | BLOCK | ENDS_P | BREAKOUT | HEADING;
    HEAD_ "head" SPECIAL | BREAKOUT;
    HEADER "header" PLAIN;
    HGROUP "hgroup" PLAIN;
    HR "hr" EMPTY | BLOCK | ENDS_P | BREAKOUT;
    HTML "html" SPECIAL | TELLS | SCOPE | BLOCK;
    I "i" FORMATTING | BREAKOUT;
    IFRAME "iframe" SPECIAL | RAW | UNSEEN;
    IMG "img" EMPTY | BREAKOUT;
    INPUT "input" EMPTY;
    INS "ins" 0;
    KBD "kbd" 0;
    KEYGEN "keygen" EMPTY;
    LABEL "label" 0;
    LEGEND "legend" BLOCK;
    LI "li" SPECIAL | BLOCK | ENDS_P | BREAKOUT | IMPLIED_END;
    LINK "link" EMPTY | TELLS | HEAD;
    LISTING "listing" PLAIN | BREAKOUT | PRE;
    MAIN "main" PLAIN;
    MAP "map" 0;
    MARK "mark" 0;
    MARQUEE "marquee" SPECIAL | SCOPE | BLOCK;
    MATH "math" 0;
    MENU "menu" PLAIN | BREAKOUT;
    META "meta" EMPTY | TELLS | HEAD | BREAKOUT;
    METER "meter" 0;
    NAV "nav" PLAIN;
    NOBR "nobr" FORMATTING | BREAKOUT;
    NOEMBED "noembed" SPECIAL | RAW | UNSEEN;
    NOFRAMES "noframes" SPECIAL | RAW | UNSEEN | HEAD;
    NOSCRIPT "noscript" SPECIAL | HEAD;
    OBJECT "object" SPECIAL | SCOPE;
    OL "ol" PLAIN | BREAKOUT;
    OPTGROUP "optgroup" BLOCK | IMPLIED_END;
    OPTION "option" BLOCK | IMPLIED_END;
    OUTPUT "output" 0;
    P "p" SPECIAL | BLOCK | ENDS_P | BREAKOUT | IMPLIED_END;
    PARAM "param" EMPTY;
    PATH "path" 0;
    PICTURE "picture" 0;
    PLAINTEXT "plaintext" SPECIAL | BLOCK | ENDS_P | PRE;
    PRE_ "pre" PLAIN | BREAKOUT | PRE;
    PROGRESS "progress" 0;
    Q "q" 0;
    RB "rb" IMPLIED_END;
    RP "rp" IMPLIED_END | UNSEEN;
    RT "rt" IMPLIED_END | UNSEEN;
    RTC "rtc" IMPLIED_END | UNSEEN;
    RUBY "ruby" BREAKOUT;
    S "s" FORMATTING | BREAKOUT;
    SAMP "samp" 0;
    SCRIPT "script" SPECIAL | TELLS | RAW | UNSEEN | HEAD;
    SEARCH "search" PLAIN;
    SECTION "section" PLAIN;
    SELECT "select" SPECIAL | BLOCK;
    SLOT "slot" 0;
    SMALL "small" FORMATTING | BREAKOUT;
    SOURCE "source" EMPTY;
    SPAN "span" BREAKOUT;
    STRIKE "strike" FORMATTING | BREAKOUT;
    STRONG "strong" FORMATTING | BREAKOUT;
    STYLE "style" SPECIAL | RAW | UNSEEN | HEAD;
    SUB "sub" BREAKOUT;
    SUMMARY "summary" PLAIN;
    SUP "sup" BREAKOUT;
    SVG "svg" 0;
    SYMBOL "symbol" UNSEEN;
    TABLE "table" SPECIAL | SCOPE | BLOCK | ENDS_P | BREAKOUT;
    TBODY "tbody" SPECIAL | BLOCK | TABLE_PART;
    TD "td" SPECIAL | SCOPE | BLOCK | TABLE_PART;
    TEMPLATE "template" SPECIAL | SCOPE | UNSEEN | HEAD;
    TEXTAREA "textarea" SPECIAL | RCDATA | BLOCK | PRE;
    TFOOT "tfoot" SPECIAL | BLOCK | TABLE_PART;
    TH "th" SPECIAL | SCOPE | BLOCK | TABLE_PART;
    THEAD "thead" SPECIAL | BLOCK | TABLE_PART;
    TIME "time" TELLS;
    TITLE "title" SPECIAL | TELLS | RCDATA | UNSEEN | HEAD;
    TR "tr" SPECIAL | BLOCK | TABLE_PART;
    TRACK "track" EMPTY;
    TT "tt" FORMATTING | BREAKOUT;
    U "u" FORMATTING | BREAKOUT;
    UL "ul" PLAIN | BREAKOUT;
    USE "use" 0;
    VAR "var" BREAKOUT;
    VIDEO "video" UNSEEN;
    WBR "wbr" EMPTY;
    XMP "xmp" SPECIAL | RAW | BLOCK | ENDS_P | PRE;
}

/// Where numbers of unknown names begin.
pub(crate) const KNOWN: u16 = KEYS.len() as u16;

static NAMES: Table = Table::new(KEYS);

impl Name {
    #[inline]
    pub(crate) fn find(packed: u128) -> Option<Name> {
        NAMES.find(KEYS, packed).map(|at| Name(u16::from(at)))
    }

    /// What HTML says about the element.
    #[inline]
    pub(crate) fn bits(self) -> u32 {
        BITS.get(self.0 as usize).copied().unwrap_or(0)
    }

    #[inline]
    pub(crate) fn is(self, bits: u32) -> bool {
        self.bits() & bits != 0
    }
}

macro_rules! attributes {
    ($($constant:ident $text:literal;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "numbers of the constants below")]
        #[repr(u8)]
        enum AttributeNumber { $($constant,)* }

        #[allow(dead_code, reason = "a list is whole or it is wrong")]
        impl Attribute {
            $(pub(crate) const $constant: Attribute = Attribute(AttributeNumber::$constant as u8);)*
        }

        const ATTRIBUTE_KEYS: &[u128] = &[$(pack($text.as_bytes()),)*];
    };
}

attributes! {
    ALT "alt";
    ARIA_HIDDEN "aria-hidden";
    ARIA_LABEL "aria-label";
    ARIA_LEVEL "aria-level";
    CHARSET "charset";
    CITE "cite";
    CLASS "class";
    CONTENT "content";
    DATATYPE "datatype";
    DATETIME "datetime";
    DIR "dir";
    HIDDEN "hidden";
    HREF "href";
    HREFLANG "hreflang";
    HTTP_EQUIV "http-equiv";
    ID "id";
    ITEMID "itemid";
    ITEMPROP "itemprop";
    ITEMREF "itemref";
    ITEMSCOPE "itemscope";
    ITEMTYPE "itemtype";
    LANG "lang";
    MEDIA "media";
    NAME "name";
    OPEN "open";
    PROPERTY "property";
    PUBDATE "pubdate";
    REL "rel";
    ROLE "role";
    SHADOWROOTMODE "shadowrootmode";
    SIZE "size";
    SRC "src";
    SRCDOC "srcdoc";
    STYLE "style";
    TITLE "title";
    TYPE "type";
    TYPEOF "typeof";
    VALUE "value";
    VOCAB "vocab";
    XML_LANG "xml:lang";
}

// `tokens::attributes` has a bit for each.
const _: () = assert!(ATTRIBUTE_KEYS.len() <= 64);

static ATTRIBUTES: Table = Table::new(ATTRIBUTE_KEYS);

impl Attribute {
    /// Those by which any element may say something about the page, as [`super::tokens::TagEnd`] has them.
    pub(crate) const TELLING: u64 = 1 << Attribute::ITEMPROP.0 | 1 << Attribute::PROPERTY.0;

    #[inline]
    pub(crate) fn find(packed: u128) -> Option<Attribute> {
        ATTRIBUTES.find(ATTRIBUTE_KEYS, packed).map(Attribute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_by_its_text_and_no_other() {
        for (number, text) in ELEMENTS.iter().enumerate() {
            assert_eq!(Name::find(pack(text.as_bytes())), Some(Name(number as u16)), "{text}");
        }
        for text in ["", "x", "artic", "articles", "my-element", "h7", "0123456789abcdef"] {
            assert_eq!(Name::find(pack(text.as_bytes())), None, "{text}");
        }
        assert_eq!(Attribute::find(pack(b"class")), Some(Attribute::CLASS));
        assert_eq!(Attribute::find(pack(b"data-class")), None);
        assert!(Name::H3.is(HEADING) && !Name::P.is(HEADING) && Name(KNOWN + 7).bits() == 0);
    }
}
