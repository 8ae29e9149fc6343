//! Stories with all that belongs to them, one after the other: what an index is made of.

use std::iter::Peekable;

use arrow::record_batch::RecordBatch;

use crate::{
    ClippingRow, Error, MentionRow, Rows, StoryRow, VersionRow, View, columns,
    view::{clipping_row, mention_rows, story_row, version_row},
};

/// A story with its versions and clippings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WholeStory {
    /// The story.
    pub story: StoryRow,
    /// Text of the version that stands for it.
    pub body: String,
    /// Expressions of time in it.
    pub mentions: Vec<MentionRow>,
    /// Whether two of its versions that were compared disagree about a number.
    pub corrected: bool,
    /// Its versions, earliest first, without their bodies and the expressions of time in them.
    pub versions: Vec<VersionRow>,
    /// Its clippings, earliest first.
    pub clippings: Vec<ClippingRow>,
}

const STORIES: &str = "SELECT s.*, v.body, v.mentions FROM stories s JOIN versions v ON s.version = v.id ORDER BY s.id";

const VERSIONS: &str = "SELECT * EXCLUDE (mentions) REPLACE ('' AS body) FROM versions ORDER BY story, first_seen, id";

const CLIPPINGS: &str = "SELECT * FROM clippings ORDER BY story, fetched_at, url, capture, ordinal";

const CORRECTED: &str = "SELECT DISTINCT v.story FROM relations r JOIN versions v ON r.a = v.id JOIN versions w ON r.b = w.id \
    WHERE v.story = w.story AND r.numbers_differ > 0 ORDER BY v.story";

impl View {
    /// Every story with all that belongs to it, in the order of their ids.
    ///
    /// Four sorted queries that are walked side by side: nothing but one story is in memory, and the engine puts aside what it cannot sort there.
    pub fn whole_stories(&self) -> Result<impl Iterator<Item = Result<WholeStory, Error>> + use<>, Error> {
        let mut stories = each(self.query(STORIES)?, |batch, row| {
            Ok((story_row(batch, row)?, columns::text(batch, "body", row)?, mention_rows(batch, row)?))
        });
        let mut versions = Beside::new(each(self.query(VERSIONS)?, version_row), |version| &version.story);
        let mut clippings = Beside::new(each(self.query(CLIPPINGS)?, clipping_row), |clipping| &clipping.story);
        let mut corrected =
            Beside::new(each(self.query(CORRECTED)?, |batch, row| columns::text(batch, "story", row)), |story| story);
        let whole = move || {
            let (story, body, mentions) = match stories.next()? {
                Ok(story) => story,
                Err(e) => return Some(Err(e)),
            };
            let id = story.id.clone();
            let rest = || {
                let (versions, clippings) = (versions.of(&id)?, clippings.of(&id)?);
                Ok(WholeStory { corrected: !corrected.of(&id)?.is_empty(), story, body, mentions, versions, clippings })
            };
            Some(rest())
        };
        Ok(std::iter::from_fn(whole))
    }
}

type Each<T> = Box<dyn Iterator<Item = Result<T, Error>>>;

fn each<T: 'static>(rows: Rows, row: impl Fn(&RecordBatch, usize) -> Result<T, Error> + Copy + 'static) -> Each<T> {
    Box::new(rows.flat_map(move |batch| match batch {
        Ok(batch) => (0..batch.num_rows()).map(|at| row(&batch, at)).collect::<Vec<_>>(),
        Err(e) => vec![Err(e)],
    }))
}

/// Rows in the order of a key, walked beside others in the same order.
struct Beside<T: 'static> {
    rows: Peekable<Each<T>>,
    key: fn(&T) -> &String,
}

impl<T> Beside<T> {
    fn new(rows: Each<T>, key: fn(&T) -> &String) -> Self {
        Self { rows: rows.peekable(), key }
    }

    /// The rows of a key; those of keys before it are left behind.
    fn of(&mut self, key: &str) -> Result<Vec<T>, Error> {
        let own = self.key;
        let mut out = Vec::new();
        while let Some(row) = self.rows.next_if(|row| row.as_ref().map_or(true, |row| own(row).as_str() <= key)) {
            let row = row?;
            if own(&row) == key {
                out.push(row);
            }
        }
        Ok(out)
    }
}
