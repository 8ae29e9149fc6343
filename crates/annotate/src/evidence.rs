use copydesk_model::Span;

/// The part of a clipping that something was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The headline.
    Headline,
    /// The byline as printed.
    Byline,
    /// The date line as printed.
    DateLine,
    /// The body.
    Body,
    /// The caption at this place.
    Caption(u16),
    /// The credit of the caption at this place.
    Credit(u16),
    /// The URL.
    Url,
    /// What the page's markup says.
    Metadata,
    /// When the page was fetched.
    Fetched,
}

impl Field {
    /// Name in tables and on screens.
    pub fn name(self) -> &'static str {
        match self {
            Field::Headline => "headline",
            Field::Byline => "byline",
            Field::DateLine => "date",
            Field::Body => "body",
            Field::Caption(_) => "caption",
            Field::Credit(_) => "credit",
            Field::Url => "url",
            Field::Metadata => "metadata",
            Field::Fetched => "fetched",
        }
    }
}

/// Where a value was read, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// The part of the clipping.
    pub field: Field,
    /// Bytes of that part.
    pub span: Span,
    /// The rule that read it.
    pub rule: &'static str,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
}
