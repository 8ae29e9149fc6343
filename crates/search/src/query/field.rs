/// What a query can ask for by name: `title:`, `published:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Headlines of all clippings of the story.
    Title,
    /// The story's text.
    Body,
    /// Captions with their credits.
    Caption,
    /// Sites that carried it, whole or the beginning of the name.
    Site,
    /// News agencies that it came from.
    Agency,
    /// Who wrote it.
    Author,
    /// Its language, as in BCP 47.
    Lang,
    /// When it was published: a day, month or year, or a range of them.
    Published,
    /// What it has: `correction`, `versions`, `copies`, `captions`, `author`, `date`.
    Has,
    /// Exact copies: clippings beyond the first of each version.
    Copies,
    /// Places where it stands.
    Clippings,
    /// Distinct texts.
    Versions,
    /// How many sites carried it.
    Sites,
    /// Words of its text.
    Words,
}

impl Field {
    /// Every field, in the order in which help lists them.
    pub const ALL: [Field; 14] = [
        Field::Title,
        Field::Body,
        Field::Caption,
        Field::Site,
        Field::Agency,
        Field::Author,
        Field::Lang,
        Field::Published,
        Field::Has,
        Field::Copies,
        Field::Clippings,
        Field::Versions,
        Field::Sites,
        Field::Words,
    ];

    /// The field's name in queries.
    pub fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Body => "body",
            Field::Caption => "caption",
            Field::Site => "site",
            Field::Agency => "agency",
            Field::Author => "author",
            Field::Lang => "lang",
            Field::Published => "published",
            Field::Has => "has",
            Field::Copies => "copies",
            Field::Clippings => "clippings",
            Field::Versions => "versions",
            Field::Sites => "sites",
            Field::Words => "words",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Field::ALL.into_iter().find(|field| field.name() == name)
    }

    /// Whether its values are numbers.
    pub(crate) fn counts(self) -> bool {
        matches!(self, Field::Copies | Field::Clippings | Field::Versions | Field::Sites | Field::Words)
    }

    /// Whether its values are names that are compared as a whole.
    pub(crate) fn is_name(self) -> bool {
        matches!(self, Field::Site | Field::Lang | Field::Has)
    }
}
