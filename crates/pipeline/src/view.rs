use std::path::Path;

use arrow::{datatypes::SchemaRef, record_batch::RecordBatch};

use crate::{
    CaptureRow, ClippingRow, Error, ErrorKind, Exported, Funnel, Options, RelationRow, StoryRow, VersionRow,
};

/// One commit of an archive, to ask questions of. It stays as it is while another process adds.
pub struct View {}

/// The rows that answer a query, in batches, as they are found.
pub struct Rows {
    schema: SchemaRef,
}

impl Rows {
    /// The columns.
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

impl Iterator for Rows {
    type Item = Result<RecordBatch, Error>;
    fn next(&mut self) -> Option<Self::Item> {
        None
    }
}

fn stub<T>() -> Result<T, Error> {
    Err(Error::new(ErrorKind::Internal, "not written yet"))
}

impl View {
    /// Opens the last commit of the archive at `dir`.
    pub fn open(dir: &Path, options: &Options) -> Result<Self, Error> {
        let _ = (dir, options);
        stub()
    }

    /// Whether captures were added whose stories have not been worked out, because a run was stopped: the next `add` does it.
    pub fn is_behind(&self) -> bool {
        false
    }

    /// The funnel of the commit.
    pub fn funnel(&self) -> Result<Funnel, Error> {
        stub()
    }

    /// Names of the tables, in the order in which data walks through them.
    pub fn tables(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// Runs a query in SQL over the archive's tables.
    pub fn query(&self, sql: &str) -> Result<Rows, Error> {
        let _ = sql;
        stub()
    }

    /// The clippings with their bodies, in the order of captures.
    pub fn clippings(&self) -> Result<Box<dyn Iterator<Item = Result<Exported, Error>> + '_>, Error> {
        stub()
    }

    /// The story that an id names: its own, that of any of its versions, or the beginning of either (at least 4 digits).
    pub fn story(&self, id: &str) -> Result<StoryRow, Error> {
        let _ = id;
        stub()
    }

    /// Every story, largest first, at most `limit`.
    pub fn stories(&self, limit: usize) -> Result<Vec<StoryRow>, Error> {
        let _ = limit;
        stub()
    }

    /// A version by its id or the beginning of it.
    pub fn version(&self, id: &str) -> Result<VersionRow, Error> {
        let _ = id;
        stub()
    }

    /// The versions of a story, earliest first.
    pub fn versions_of(&self, story: &str) -> Result<Vec<VersionRow>, Error> {
        let _ = story;
        stub()
    }

    /// The clippings of a story, earliest first.
    pub fn clippings_of(&self, story: &str) -> Result<Vec<ClippingRow>, Error> {
        let _ = story;
        stub()
    }

    /// The clippings of a capture, in page order.
    pub fn clippings_in(&self, capture: &str) -> Result<Vec<ClippingRow>, Error> {
        let _ = capture;
        stub()
    }

    /// A clipping by its id, `<capture>#<ordinal>`.
    pub fn clipping(&self, id: &str) -> Result<ClippingRow, Error> {
        let _ = id;
        stub()
    }

    /// A capture by its id.
    pub fn capture(&self, id: &str) -> Result<CaptureRow, Error> {
        let _ = id;
        stub()
    }

    /// What was found when the versions of a story, or of any two stories, were compared: every relation that names `version`.
    pub fn relations_of(&self, version: &str) -> Result<Vec<RelationRow>, Error> {
        let _ = version;
        stub()
    }
}
