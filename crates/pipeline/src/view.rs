use std::{collections::HashMap, path::Path, sync::Arc};

use arrow::{
    array::{ArrayRef, ListArray, StringBuilder},
    datatypes::{DataType, Field, Float64Type, Schema, UInt32Type, UInt64Type},
    record_batch::RecordBatch,
};
use copydesk_archive::{Archive, Forgotten, Ruling, Table, WorkBytes};
use copydesk_model::Caption;
use xxhash_rust::xxh3::Xxh3;

use crate::{
    AnnotationRow, CaptureRow, ClippingRow, Error, ErrorKind, EvidenceRow, Exported, ExportedCaption, Funnel,
    MentionRow, NoticeRow, Options, PublishedRow, RelationRow, Rows, StoryRow, VersionRow,
    bodies::Bodies,
    columns,
    derive::noted,
    engine::{Engine, stream},
    error,
    lists::{Inside, texts_of},
    table::ArchiveTable,
};

/// One commit of an archive, to ask questions of. It stays as it is while another process adds.
pub struct View {
    archive: Archive,
    options: Options,
    engine: std::sync::OnceLock<Engine>,
}

/// The columns of a clipping that are exported, and its body with them.
const EXPORTED: [&str; 12] = [
    "capture",
    "url",
    "fetched_at",
    "ordinal",
    "story",
    "version",
    "headline",
    "kicker",
    "byline",
    "date",
    "published",
    "captions",
];

/// So many digits of an id are enough to look for it.
const PREFIX: usize = 4;

impl View {
    /// Opens the last commit of the archive at `dir`.
    pub fn open(dir: &Path, options: &Options) -> Result<Self, Error> {
        Ok(Self::of(Archive::open(dir)?, options))
    }

    /// The same of an archive that is open.
    pub(crate) fn of(archive: Archive, options: &Options) -> Self {
        Self { archive, options: options.clone(), engine: std::sync::OnceLock::new() }
    }

    pub(crate) fn archive(&self) -> &Archive {
        &self.archive
    }

    /// Number of the commit.
    pub fn commit(&self) -> u64 {
        self.archive.commit()
    }

    /// What the commit is made of, as 16 hexadecimal digits: an archive with any other content has others.
    pub fn fingerprint(&self) -> String {
        let mut hash = Xxh3::new();
        for file in Table::ALL.into_iter().flat_map(|table| self.archive.files(table)) {
            hash.update(file.path.as_bytes());
            hash.update(file.checksum.as_bytes());
        }
        format!("{:016x}", hash.digest())
    }

    /// Whether captures were added whose stories have not been worked out, because a run was stopped: the next `add` does it.
    pub fn is_behind(&self) -> bool {
        self.archive.is_behind()
    }

    /// What is wrong with the list of the archive's files, where it does not say what was written to it: rows may be missing.
    pub fn damage(&self) -> Option<Error> {
        self.archive.damage().map(Error::from)
    }

    /// The funnel of the commit.
    pub fn funnel(&self) -> Result<Funnel, Error> {
        noted(&self.archive)
    }

    /// What the user said of stories, in the order in which it was said.
    pub fn rulings(&self) -> &[Ruling] {
        self.archive.rulings()
    }

    /// Why what had this id was forgotten, as the user said: the id of a capture, a story or a version. `None` for what was not forgotten;
    /// asked for what the archive has, it may say that another copy of it was.
    pub fn forgotten(&self, id: &str) -> Option<&str> {
        let known = [Forgotten::capture(id), Forgotten::story(id)];
        known.into_iter().find_map(|what| self.archive.why_forgotten(what))
    }

    /// Names of the tables, in the order in which data walks through them.
    pub fn tables(&self) -> Vec<&'static str> {
        Table::ALL.into_iter().map(Table::name).collect()
    }

    /// Removes files of earlier commits if nobody else reads; for a view that stays open for long. Returns whether none is left.
    pub fn tidy(&self) -> Result<bool, Error> {
        Ok(self.archive.tidy()?)
    }

    /// Compares every file with what the archive wrote and returns what is wrong.
    pub fn verify(&self) -> Vec<Error> {
        self.archive.verify().into_iter().map(Error::from).collect()
    }

    /// Runs a query in SQL over the archive's tables.
    pub fn query(&self, sql: &str) -> Result<Rows, Error> {
        self.running()?.sql(error::QUESTION, sql)
    }

    /// The engine, started by the first question.
    fn running(&self) -> Result<&Engine, Error> {
        match self.engine.get() {
            Some(engine) => Ok(engine),
            None => {
                let engine = self.engine()?;
                Ok(self.engine.get_or_init(|| engine))
            }
        }
    }

    /// Paths of the files that a table is made of, in their order, below the archive's directory.
    pub fn files(&self, name: &str) -> Vec<&str> {
        Table::named(name)
            .into_iter()
            .flat_map(|table| self.archive.files(table))
            .map(|file| file.path.as_str())
            .collect()
    }

    fn engine(&self) -> Result<Engine, Error> {
        // Rows hold whole texts here: small batches, so that what does not fit is put aside in small pieces.
        let options = Options { batch_rows: self.options.batch_rows.min(512), ..self.options.clone() };
        let mut engine = Engine::for_questions(&options, (options.memory / 2).max(64 << 20))?;
        for table in Table::ALL {
            let provider = ArchiveTable {
                archive: self.archive.clone(),
                table,
                batch_rows: options.batch_rows,
                parts: options.threads,
            };
            engine.add_table(table.name(), provider)?;
        }
        Ok(engine)
    }

    /// Every row of a table, in the table's order.
    ///
    /// Not a question for the engine: it reads several files at the same time, and says what comes first.
    pub fn table(&self, name: &str) -> Result<Rows, Error> {
        let Some(table) = Table::named(name) else {
            let names = self.tables().join("`, `");
            return Err(Error::new(ErrorKind::Id, format!("there is no table `{name}`; the tables are `{names}`")));
        };
        let schema = table.schema();
        // Rows of captures and versions hold whole texts.
        let rows = if matches!(table, Table::Captures | Table::Versions) { 64 } else { self.options.batch_rows };
        let own = schema.clone();
        let batches = self.archive.read(table, None, rows)?.map(move |batch| Ok(batch?.with_schema(own.clone())?));
        Ok(self.running()?.rows(name, stream(schema, batches)))
    }

    /// The clippings with their bodies, in the order in which their captures came.
    ///
    /// Not a question for the engine: sorting or hashing the bodies to join them would move every text several times.
    pub fn clippings(&self) -> Result<impl Iterator<Item = Result<Exported, Error>> + use<>, Error> {
        let clippings = self.archive.read(Table::Clippings, None, 1024)?;
        let mut body_of = self.bodies()?;
        Ok(clippings.flat_map(move |batch| {
            match batch.map_err(Error::from).and_then(|batch| exported(&batch, &mut body_of)) {
                Ok(rows) => rows.into_iter().map(Ok).collect::<Vec<_>>(),
                Err(e) => vec![Err(e)],
            }
        }))
    }

    /// The same as rows, in the same order, with the same columns.
    pub fn clippings_as_rows(&self) -> Result<Rows, Error> {
        let schema = Table::Clippings.schema();
        let mut fields =
            EXPORTED.iter().map(|name| schema.field_with_name(name).cloned()).collect::<Result<Vec<_>, _>>()?;
        fields.push(Field::new("body", DataType::Utf8, false));
        let schema = Arc::new(Schema::new(fields));
        let own = schema.clone();
        let mut body_of = self.bodies()?;
        // Rows hold whole texts.
        let batches = self.archive.read(Table::Clippings, Some(&EXPORTED), 64)?.map(move |batch| {
            let batch = batch?;
            let mut rows: Vec<ArrayRef> = Vec::with_capacity(EXPORTED.len() + 1);
            for name in EXPORTED {
                rows.push(columns::by_name(&batch, name)?.clone());
            }
            let mut bodies = StringBuilder::new();
            for row in 0..batch.num_rows() {
                bodies.append_value(body_of(&columns::text(&batch, "version", row)?)?);
            }
            rows.push(Arc::new(bodies.finish()));
            Ok(RecordBatch::try_new(own.clone(), rows)?)
        });
        Ok(self.running()?.rows("clippings", stream(schema, batches)))
    }

    /// Finds the body of any version by its id.
    fn bodies(&self) -> Result<impl FnMut(&str) -> Result<String, Error> + Send + use<>, Error> {
        let mut numbers: HashMap<u128, u32> = HashMap::with_capacity(self.archive.rows(Table::Versions) as usize);
        let mut bodies = Bodies::new(self.options.for_bodies());
        for batch in self.archive.read(Table::Versions, Some(&["id", "body"]), 64)? {
            let batch = batch?;
            for (id, body) in
                columns::texts(&batch, 0)?.iter().flatten().zip(columns::texts(&batch, 1)?.iter().flatten())
            {
                numbers.insert(hash_of(id), numbers.len() as u32);
                bodies.push(body, &[], WorkBytes::temporary)?;
            }
        }
        let mut buffer = Vec::new();
        Ok(move |version: &str| -> Result<String, Error> {
            let number = numbers.get(&hash_of(version)).ok_or_else(|| {
                Error::new(
                    ErrorKind::Damaged,
                    format!("the archive has clippings of version `{version}` and no such version; `copydesk add ARCHIVE --resplit` works them out anew"),
                )
            })?;
            Ok(bodies.get(*number, &mut buffer)?.to_owned())
        })
    }

    /// The story that an id names: its own, that of any of its versions, or the beginning of either (at least 4 digits).
    pub fn story(&self, id: &str) -> Result<StoryRow, Error> {
        let versions = self.beginning(Table::Versions, Some(&["id", "story"]), id)?;
        let mut stories: Vec<String> = Vec::new();
        for batch in &versions {
            for row in 0..batch.num_rows() {
                let story = columns::text(batch, "story", row)?;
                // An id that is both a story's and the beginning of another's version is the story's.
                if story.starts_with(id) {
                    stories.insert(0, story);
                } else {
                    stories.push(story);
                }
            }
        }
        stories.sort_by_key(|story| !story.starts_with(id));
        stories.dedup();
        let own = stories.iter().filter(|story| story.starts_with(id)).count();
        let wanted = match (stories.len(), own) {
            (0, _) => return Err(nothing("story", id)),
            (1, _) | (_, 1) => stories.swap_remove(0),
            _ => return Err(several("stories", id, &stories)),
        };
        let key = wanted.clone();
        let found = self.archive.find(Table::Stories, None, "id", move |id| id == key)?;
        let row = found.first().map(|batch| story_row(batch, 0)).transpose()?;
        row.ok_or_else(|| {
            Error::new(ErrorKind::Damaged, format!("the archive has versions of story `{wanted}` and no such story; `copydesk add ARCHIVE --resplit` works them out anew"))
        })
    }

    /// Every story, largest first, at most `limit`.
    pub fn stories(&self, limit: usize) -> Result<Vec<StoryRow>, Error> {
        let sql = format!("SELECT * FROM stories ORDER BY clippings DESC, versions DESC, first_seen, id LIMIT {limit}");
        rows(self.query(&sql)?, story_row)
    }

    /// A version by its id or the beginning of it.
    pub fn version(&self, id: &str) -> Result<VersionRow, Error> {
        let found = gather(&self.beginning(Table::Versions, None, id)?, version_row)?;
        one("version", "versions", id, found, |version| &version.id)
    }

    /// The versions of a story, earliest first.
    pub fn versions_of(&self, story: &str) -> Result<Vec<VersionRow>, Error> {
        let key = story.to_owned();
        let found = self.archive.find(Table::Versions, None, "story", move |story| story == key)?;
        let mut rows = gather(&found, version_row)?;
        rows.sort_by(|x, y| (&x.first_seen, &x.id).cmp(&(&y.first_seen, &y.id)));
        Ok(rows)
    }

    /// The clippings of a story, earliest first.
    pub fn clippings_of(&self, story: &str) -> Result<Vec<ClippingRow>, Error> {
        let key = story.to_owned();
        let found = self.archive.find(Table::Clippings, None, "story", move |story| story == key)?;
        let mut rows = gather(&found, clipping_row)?;
        let order = |row: &ClippingRow| (row.fetched_at.clone(), row.url.clone(), row.capture.clone(), row.ordinal);
        rows.sort_by_cached_key(order);
        Ok(rows)
    }

    /// The clippings of a capture, in page order.
    pub fn clippings_in(&self, capture: &str) -> Result<Vec<ClippingRow>, Error> {
        let key = capture.to_owned();
        let found = self.archive.find(Table::Clippings, None, "capture", move |capture| capture == key)?;
        let mut rows = gather(&found, clipping_row)?;
        rows.sort_by_key(|row| row.ordinal);
        Ok(rows)
    }

    /// A clipping by its id, `<capture>#<ordinal>`.
    pub fn clipping(&self, id: &str) -> Result<ClippingRow, Error> {
        let key = id.to_owned();
        let found = gather(&self.archive.find(Table::Clippings, None, "id", move |id| id == key)?, clipping_row)?;
        one("clipping", "clippings", id, found, |clipping| &clipping.id)
    }

    /// A capture by its id.
    pub fn capture(&self, id: &str) -> Result<CaptureRow, Error> {
        let key = id.to_owned();
        let columns = ["id", "url", "site", "fetched_at", "text"];
        let found = self.archive.find(Table::Captures, Some(&columns), "id", move |id| id == key)?;
        let found = gather(&found, |batch, row| {
            let text = |name| columns::text(batch, name, row);
            Ok(CaptureRow {
                id: text("id")?,
                url: text("url")?,
                site: text("site")?,
                fetched_at: text("fetched_at")?,
                text: text("text")?,
            })
        })?;
        one("capture", "captures", id, found, |capture| &capture.id)
    }

    /// Ids of the captures of a URL, in the order in which they came.
    pub fn captures_of(&self, url: &str) -> Result<Vec<String>, Error> {
        let key = url.to_owned();
        let found = self.archive.find(Table::Captures, Some(&["id"]), "url", move |url| url == key)?;
        gather(&found, |batch, row| columns::text(batch, "id", row))
    }

    /// What was found when the versions of a story, or of any two stories, were compared: every relation that names `version`.
    pub fn relations_of(&self, version: &str) -> Result<Vec<RelationRow>, Error> {
        let mut found = Vec::new();
        for side in ["a", "b"] {
            let key = version.to_owned();
            found.extend(self.archive.find(Table::Relations, None, side, move |id| id == key)?);
        }
        gather(&found, relation_row)
    }

    /// The comparisons of versions with each other, among those of these ids, in the order of the ids.
    pub fn relations_among(&self, versions: &[String]) -> Result<Vec<RelationRow>, Error> {
        let places: Arc<HashMap<String, usize>> = Arc::new(versions.iter().cloned().zip(0..).collect());
        let among = Arc::clone(&places);
        let found = self.archive.find(Table::Relations, None, "a", move |id| among.contains_key(id))?;
        let mut rows = gather(&found, relation_row)?;
        rows.retain(|row| places.contains_key(&row.b));
        rows.sort_by_key(|row| places.get(&row.a).copied());
        Ok(rows)
    }

    /// Rows whose `id` begins in a way.
    fn beginning(&self, table: Table, columns: Option<&[&str]>, id: &str) -> Result<Vec<RecordBatch>, Error> {
        if id.len() < PREFIX || !id.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Error::new(
                ErrorKind::Id,
                format!(
                    "`{id}` is no id: an id is made of hexadecimal digits, and at least {PREFIX} of them are needed"
                ),
            ));
        }
        let key = id.to_ascii_lowercase();
        Ok(self.archive.find(table, columns, "id", move |id| id.starts_with(&key))?)
    }
}

/// The hash that a version's id is.
fn hash_of(id: &str) -> u128 {
    u128::from_str_radix(id, 16).unwrap_or_default()
}

fn nothing(what: &str, id: &str) -> Error {
    Error::new(ErrorKind::Id, format!("the archive has no {what} `{id}`"))
}

fn several(what: &str, id: &str, ids: &[String]) -> Error {
    let some = ids.iter().take(5).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    let more = if ids.len() > 5 { ", ..." } else { "" };
    Error::new(ErrorKind::Id, format!("`{id}` begins the ids of {} {what}: {some}{more}; give more digits", ids.len()))
}

fn one<T>(what: &str, plural: &str, id: &str, mut found: Vec<T>, id_of: impl Fn(&T) -> &String) -> Result<T, Error> {
    match found.len() {
        0 => Err(nothing(what, id)),
        1 => Ok(found.swap_remove(0)),
        _ => Err(several(plural, id, &found.iter().map(|row| id_of(row).clone()).collect::<Vec<_>>())),
    }
}

fn gather<T>(batches: &[RecordBatch], row: impl Fn(&RecordBatch, usize) -> Result<T, Error>) -> Result<Vec<T>, Error> {
    batches.iter().flat_map(|batch| (0..batch.num_rows()).map(|k| row(batch, k))).collect()
}

fn rows<T>(batches: Rows, row: impl Fn(&RecordBatch, usize) -> Result<T, Error>) -> Result<Vec<T>, Error> {
    gather(&batches.collect::<Result<Vec<_>, _>>()?, row)
}

pub(crate) fn story_row(batch: &RecordBatch, row: usize) -> Result<StoryRow, Error> {
    let text = |name| columns::text(batch, name, row);
    let number = |name| columns::number::<UInt64Type>(batch, name, row);
    Ok(StoryRow {
        id: text("id")?,
        version: text("version")?,
        headline: text("headline")?,
        first_seen: text("first_seen")?,
        last_seen: text("last_seen")?,
        clippings: number("clippings")?,
        versions: number("versions")?,
        sites: number("sites")?,
        language: text("language")?,
        when: published_row(batch, row)?,
        origin: text("origin")?,
        agencies: texts_of(batch, "agencies", row)?,
        first_sites: texts_of(batch, "first_sites", row)?,
        first_by: text("first_by")?,
        corrections: columns::number::<UInt32Type>(batch, "corrections", row)?,
    })
}

fn published_row(batch: &RecordBatch, row: usize) -> Result<PublishedRow, Error> {
    let text = |name| columns::text(batch, name, row);
    Ok(PublishedRow { from: text("published_from")?, to: text("published_to")?, by: text("published_by")? })
}

fn evidence_row(inside: &Inside, row: usize) -> Result<EvidenceRow, Error> {
    Ok(EvidenceRow {
        text: inside.text("text", row)?,
        start: inside.count("start", row)?,
        end: inside.count("end", row)?,
        rule: inside.text("rule", row)?,
        confidence: inside.share("confidence", row)?,
    })
}

/// The rows within a row.
fn inside<T>(
    batch: &RecordBatch,
    name: &str,
    row: usize,
    of: impl Fn(&Inside, usize) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let inside = Inside::of(batch, name, row)?;
    (0..inside.len()).map(|k| of(&inside, k)).collect()
}

fn annotation_row(inside: &Inside, row: usize) -> Result<AnnotationRow, Error> {
    let text = |name| inside.text(name, row);
    Ok(AnnotationRow {
        what: text("what")?,
        value: text("value")?,
        field: text("field")?,
        item: inside.count("item", row)?,
        evidence: evidence_row(inside, row)?,
    })
}

fn notice_row(inside: &Inside, row: usize) -> Result<NoticeRow, Error> {
    let text = |name| inside.text(name, row);
    Ok(NoticeRow {
        kind: text("kind")?,
        wrong: text("wrong")?,
        right: text("right")?,
        day: text("day")?,
        field: text("field")?,
        evidence: evidence_row(inside, row)?,
    })
}

fn mention_row(inside: &Inside, row: usize) -> Result<MentionRow, Error> {
    let text = |name| inside.text(name, row);
    Ok(MentionRow {
        kind: text("type")?,
        value: text("value")?,
        first: text("first")?,
        last: text("last")?,
        open: text("open")?,
        modifier: text("modifier")?,
        evidence: evidence_row(inside, row)?,
    })
}

pub(crate) fn version_row(batch: &RecordBatch, row: usize) -> Result<VersionRow, Error> {
    let text = |name| columns::text(batch, name, row);
    Ok(VersionRow {
        id: text("id")?,
        story: text("story")?,
        headline: text("headline")?,
        body: text("body")?,
        words: columns::number::<UInt32Type>(batch, "words", row)?,
        first_seen: text("first_seen")?,
        last_seen: text("last_seen")?,
        clippings: columns::number::<UInt64Type>(batch, "clippings", row)?,
        language: text("language")?,
        when: published_row(batch, row)?,
        previous: text("previous")?,
        previous_by: text("previous_by")?,
        severity: text("severity")?,
        changes: columns::number::<UInt32Type>(batch, "changes", row)?,
        notices: inside(batch, "notices", row, notice_row)?,
        mentions: mention_rows(batch, row)?,
    })
}

/// The expressions of time of a row; none where the question left them out.
pub(crate) fn mention_rows(batch: &RecordBatch, row: usize) -> Result<Vec<MentionRow>, Error> {
    let asked = batch.column_by_name("mentions").is_some();
    if asked { inside(batch, "mentions", row, mention_row) } else { Ok(Vec::new()) }
}

pub(crate) fn clipping_row(batch: &RecordBatch, row: usize) -> Result<ClippingRow, Error> {
    let text = |name| columns::text(batch, name, row);
    let captions = columns::captions(columns::list(batch, "captions")?, row)?;
    Ok(ClippingRow {
        id: text("id")?,
        capture: text("capture")?,
        url: text("url")?,
        site: text("site")?,
        fetched_at: text("fetched_at")?,
        ordinal: columns::number::<UInt32Type>(batch, "ordinal", row)?,
        story: text("story")?,
        version: text("version")?,
        headline: text("headline")?,
        kicker: text("kicker")?,
        byline: text("byline")?,
        date: text("date")?,
        published: text("published")?,
        captions: captions.into_iter().map(|(text, credit)| Caption { text, credit }).collect(),
        words: columns::number::<UInt32Type>(batch, "words", row)?,
        when: published_row(batch, row)?,
        origin: text("origin")?,
        agencies: texts_of(batch, "agencies", row)?,
        quoted: texts_of(batch, "quoted", row)?,
        people: texts_of(batch, "people", row)?,
        places: texts_of(batch, "places", row)?,
        section: text("section")?,
        annotations: inside(batch, "annotations", row, annotation_row)?,
    })
}

fn relation_row(batch: &RecordBatch, row: usize) -> Result<RelationRow, Error> {
    let text = |name| columns::text(batch, name, row);
    let share = |name| columns::number::<Float64Type>(batch, name, row);
    let count = |name| columns::number::<UInt32Type>(batch, name, row);
    Ok(RelationRow {
        a: text("a")?,
        b: text("b")?,
        relation: text("relation")?,
        coverage_a: share("coverage_a")?,
        coverage_b: share("coverage_b")?,
        shared_words: count("shared_words")?,
        numbers_differ: count("numbers_differ")?,
        reason: text("reason")?,
        value: share("value")?,
        threshold: share("threshold")?,
    })
}

fn exported(
    batch: &RecordBatch,
    mut body_of: impl FnMut(&str) -> Result<String, Error>,
) -> Result<Vec<Exported>, Error> {
    let list: &ListArray = columns::list(batch, "captions")?;
    (0..batch.num_rows())
        .map(|row| {
            let text = |name| columns::text(batch, name, row);
            let captions = columns::captions(list, row)?;
            let version = text("version")?;
            Ok(Exported {
                capture: text("capture")?,
                url: text("url")?,
                fetched_at: text("fetched_at")?,
                ordinal: columns::number::<UInt32Type>(batch, "ordinal", row)?,
                story: text("story")?,
                body: body_of(&version)?,
                version,
                headline: text("headline")?,
                kicker: text("kicker")?,
                byline: text("byline")?,
                date: text("date")?,
                published: text("published")?,
                captions: captions.into_iter().map(|(text, credit)| ExportedCaption { text, credit }).collect(),
            })
        })
        .collect()
}
