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
    /// News agencies that wrote it, by key or by name.
    Agency,
    /// Who wrote it: bylines as printed, and the names of the people in them.
    Author,
    /// Where it was written, as its datelines say.
    Place,
    /// The part of the site that it stood in, whole or the beginning of the name.
    Section,
    /// Who wrote it: `wire`, `own`, `release`, `unknown`.
    Origin,
    /// Its language, as in BCP 47.
    Lang,
    /// When it was published: a day, month or year, or a range of them.
    Published,
    /// A day, month or year that it speaks of, or a range of them: any time in its text that overlaps it.
    Mentions,
    /// What it has: `correction` (a notice of one), `versions`, `copies`, and so on.
    Has,
    /// What changed between two of its versions: `headline`, `number`, `quote`, and so on.
    Changed,
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
    pub const ALL: [Field; 19] = [
        Field::Title,
        Field::Body,
        Field::Caption,
        Field::Site,
        Field::Agency,
        Field::Author,
        Field::Place,
        Field::Section,
        Field::Origin,
        Field::Lang,
        Field::Published,
        Field::Mentions,
        Field::Has,
        Field::Changed,
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
            Field::Place => "place",
            Field::Section => "section",
            Field::Origin => "origin",
            Field::Lang => "lang",
            Field::Published => "published",
            Field::Mentions => "mentions",
            Field::Has => "has",
            Field::Changed => "changed",
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

    /// Whether its values are days.
    pub(crate) fn is_time(self) -> bool {
        matches!(self, Field::Published | Field::Mentions)
    }

    /// Whether its values are names that are compared as a whole.
    pub(crate) fn is_name(self) -> bool {
        matches!(self, Field::Site | Field::Section | Field::Origin | Field::Lang | Field::Has | Field::Changed)
    }

    /// Whether its values are words of names, which can be asked for as a whole too: `author:="Mara Lindqvist"`.
    pub(crate) fn has_names(self) -> bool {
        matches!(self, Field::Agency | Field::Author | Field::Place)
    }

    /// Whether the beginning of a name can be asked for.
    pub(crate) fn takes_beginnings(self) -> bool {
        matches!(self, Field::Site | Field::Section)
    }

    /// All values that there are; `None` where they are as stories have them.
    pub fn values(self) -> Option<&'static [&'static str]> {
        match self {
            Field::Has => Some(&[
                "agency",
                "author",
                "captions",
                "copies",
                "correction",
                "date",
                "mentions",
                "notice",
                "place",
                "versions",
            ]),
            Field::Origin => Some(&["wire", "own", "release", "unknown"]),
            Field::Changed => Some(&["headline", "number", "quote", "wording", "added", "removed", "cosmetic"]),
            _ => None,
        }
    }
}
