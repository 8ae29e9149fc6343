use std::fmt;

use arrow::datatypes::SchemaRef;

use crate::tables;

/// The tables of an archive, in the order in which data walks through them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// What was fetched: its text, and what its HTML said beside it.
    Captures,
    /// Which block stood between which others: what the census counts.
    Sightings,
    /// What each piece of a capture is.
    Blocks,
    /// The stories as they stand in captures.
    Clippings,
    /// Distinct bodies.
    Versions,
    /// What versions were put together.
    Stories,
    /// What was found when two versions were compared.
    Relations,
    /// By what each capture was taken apart.
    Splits,
    /// By what versions find each other.
    Anchors,
    /// Every comparison of two versions.
    Comparisons,
    /// Every look at a cluster of versions.
    Forms,
}

impl Table {
    /// Every table, in the order of the enum.
    pub const ALL: [Table; 11] = [
        Table::Captures,
        Table::Sightings,
        Table::Blocks,
        Table::Clippings,
        Table::Versions,
        Table::Stories,
        Table::Relations,
        Table::Splits,
        Table::Anchors,
        Table::Comparisons,
        Table::Forms,
    ];

    /// The tables that are worked out from the captures, all of them in one commit.
    pub const DERIVED: [Table; 9] = [
        Table::Blocks,
        Table::Clippings,
        Table::Versions,
        Table::Stories,
        Table::Relations,
        Table::Splits,
        Table::Anchors,
        Table::Comparisons,
        Table::Forms,
    ];

    /// The derived tables whose files hold the rows of one file of captures each: see [`TableFile::of`](crate::TableFile::of).
    pub const BESIDE_CAPTURES: [Table; 3] = [Table::Splits, Table::Blocks, Table::Clippings];

    /// The table's name: its folder, and what queries call it.
    pub fn name(self) -> &'static str {
        match self {
            Table::Captures => "captures",
            Table::Sightings => "sightings",
            Table::Blocks => "blocks",
            Table::Clippings => "clippings",
            Table::Versions => "versions",
            Table::Stories => "stories",
            Table::Relations => "relations",
            Table::Splits => "splits",
            Table::Anchors => "anchors",
            Table::Comparisons => "comparisons",
            Table::Forms => "forms",
        }
    }

    /// The table of a name.
    pub fn named(name: &str) -> Option<Table> {
        Table::ALL.into_iter().find(|table| table.name() == name)
    }

    /// The table's columns.
    pub fn schema(self) -> SchemaRef {
        match self {
            Table::Captures => tables::captures::schema(),
            Table::Sightings => tables::sightings::schema(),
            Table::Blocks => tables::blocks::schema(),
            Table::Clippings => tables::clippings::schema(),
            Table::Versions => tables::versions::schema(),
            Table::Stories => tables::stories::schema(),
            Table::Relations => tables::relations::schema(),
            Table::Splits => tables::splits::schema(),
            Table::Anchors => tables::anchors::schema(),
            Table::Comparisons => tables::comparisons::schema(),
            Table::Forms => tables::forms::schema(),
        }
    }

    /// Bytes after which a row group is closed: what a reader must hold of a column at most, and what a writer holds.
    pub(crate) fn row_group_bytes(self) -> usize {
        match self {
            // Packed anew where a row of it is gone or another one: in short groups few others are. A group costs about a hundred bytes a
            // column.
            Table::Versions => 512 << 10,
            Table::Clippings => 128 << 10,
            Table::Anchors => 64 << 10,
            Table::Blocks => 32 << 10,
            _ => 32 << 20,
        }
    }

    /// Columns that hold long text, each value once: no dictionary, no statistics.
    pub(crate) fn text_columns(self) -> &'static [&'static str] {
        match self {
            Table::Captures => &["text", "marks"],
            Table::Versions => &["body"],
            _ => &[],
        }
    }

    /// Columns that count up: differences are written, which leaves next to nothing to compress.
    pub(crate) fn rising_columns(self) -> &'static [&'static str] {
        match self {
            Table::Blocks => &["start", "end", "ordinal"],
            _ => &[],
        }
    }

    /// Columns of which nobody looks for a range: no statistics.
    pub(crate) fn rangeless_columns(self) -> &'static [&'static str] {
        match self {
            Table::Captures => &["digest", "hash"],
            Table::Sightings => &["hash", "left", "right"],
            Table::Blocks => &["hash", "start", "end", "ordinal", "clipping"],
            Table::Splits => &["digest", "result", "bytes", "clippings", "roles", "outline", "masks"],
            Table::Anchors => &["version", "digest", "hashes.list.item"],
            Table::Comparisons => &["a", "b", "digest", "coverage_a", "coverage_b", "value", "threshold", "score"],
            Table::Forms => &["digest"],
            _ => &[],
        }
    }

    /// Columns of hashes: as good as random, so that compressing them takes long and gains little.
    pub(crate) fn raw_columns(self) -> &'static [&'static str] {
        match self {
            Table::Captures | Table::Sightings | Table::Blocks => &["hash"],
            Table::Splits => &["digest", "result"],
            Table::Anchors => &["version", "digest", "hashes.list.item"],
            Table::Comparisons => &["a", "b", "digest"],
            Table::Forms => &["digest"],
            _ => &[],
        }
    }

    /// Columns whose values hardly ever come twice, or are as good as random: a dictionary would be built and thrown away, or the file be
    /// larger with it, as was measured of `bench/stitch` and `bench/match`.
    pub(crate) fn plain_columns(self) -> &'static [&'static str] {
        match self {
            Table::Captures => &["id", "url", "digest", "text", "hash", "about.list.item.value", "marks"],
            Table::Sightings => &["hash"],
            Table::Blocks => &["hash", "start", "end", "ordinal"],
            Table::Clippings => &[
                "id",
                "capture",
                "url",
                "fetched_at",
                "story",
                "version",
                "headline",
                "captions.list.item.text",
                "annotations.list.item.start",
                "annotations.list.item.end",
            ],
            Table::Versions => &[
                "id",
                "story",
                "headline",
                "body",
                "words",
                "first_seen",
                "last_seen",
                "previous",
                "mentions.list.item.start",
                "mentions.list.item.end",
            ],
            Table::Stories => &["id", "version", "headline", "first_seen", "last_seen"],
            Table::Relations => &["coverage_a", "coverage_b", "value"],
            Table::Splits => &["digest", "result", "bytes", "outline"],
            Table::Anchors => &["version", "digest", "hashes.list.item"],
            Table::Comparisons => &["a", "b", "digest", "coverage_a", "coverage_b", "value", "score"],
            Table::Forms => &["digest"],
        }
    }

    /// Columns of which single rows are read: short pages, as a page is unpacked whole.
    pub(crate) fn single_columns(self) -> &'static [&'static str] {
        match self {
            Table::Captures => &["text"],
            Table::Versions => &["body"],
            _ => &[],
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
