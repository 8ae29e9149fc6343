use std::{
    collections::{BTreeMap, VecDeque},
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Mutex, OnceLock, PoisonError},
};

use tantivy::{
    DocId, DocSet, IndexSettings, IndexWriter, ReloadPolicy, Searcher, SegmentReader, TERMINATED, TantivyDocument,
    Term,
    merge_policy::NoMergePolicy,
    schema::{IndexRecordOption, Value},
    store::{Compressor, StoreReader},
};
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    Answer, Entry, Error, ErrorKind, Hit, Sort, Wanted,
    answer::{Best, Gather, Order},
    facets::Facets,
    folder::{self, Label},
    grow::grown,
    limits::{ANSWERS, BLOCKS, WRITER_BYTES},
    payload::{only_bytes, unpack},
    plan::Plan,
    query::Node,
    queue::{Queue, Row},
    schema::{Columns, Tokens, number},
    stems::Stems,
    steps::Statistics,
};

/// The index of one commit of an archive, open to be searched. It stays as it is while another one is made.
pub struct Index {
    commit: u64,
    stories: u64,
    columns: Columns,
    searcher: Searcher,
    /// What came with the rows of each segment.
    stores: Vec<StoreReader>,
    path: PathBuf,
    label: Label,
    /// The languages of its stories that words are reduced in.
    languages: Vec<&'static str>,
    /// Tokens of the columns whose words are ranked.
    tokens: Vec<(tantivy::schema::Field, u64)>,
    /// Rows of each segment that are not there any more.
    gone: Vec<Vec<DocId>>,
    /// Read when something is counted first.
    facets: OnceLock<Facets>,
    /// Held by who reads them.
    reading: Mutex<()>,
    /// The last answers that were counted, the latest at the end: an index stays as it is, and so do its answers.
    answered: Mutex<VecDeque<(Node, Wanted, Answer)>>,
}

impl Index {
    /// Opens the newest index in a folder. It may stand for an earlier commit than the archive's last one.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let mut first = None;
        for commit in folder::commits(dir) {
            match Self::open_folder(&dir.join(folder::name(commit))) {
                Ok(index) => return Ok(index),
                Err(e) => first = first.or(Some(e)),
            }
        }
        Err(first.unwrap_or_else(|| Error::new(ErrorKind::Missing, format!("`{}` holds no index", dir.display()))))
    }

    /// Opens the index of a commit.
    pub fn open_at(dir: &Path, commit: u64) -> Result<Self, Error> {
        let folder = dir.join(folder::name(commit));
        if !folder.is_dir() {
            return Err(Error::new(
                ErrorKind::Missing,
                format!("`{}` holds no index of commit {commit}", dir.display()),
            ));
        }
        Self::open_folder(&folder)
    }

    fn open_folder(path: &Path) -> Result<Self, Error> {
        let label = folder::check(path)?;
        let open = || -> Result<Self, Error> {
            let index = tantivy::Index::open_in_dir(path)?;
            let columns = Columns::new();
            if index.schema() != columns.schema {
                return Err(Error::damaged(path, "its columns are others"));
            }
            if index.load_metas()?.payload != Some(label.commit.to_string()) {
                return Err(Error::damaged(path, "it stands for another commit than it says"));
            }
            let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
            let searcher = reader.searcher();
            let gone = searcher.segment_readers().iter().map(|segment| match segment.alive_bitset() {
                Some(alive) => (0..segment.max_doc()).filter(|doc| alive.is_deleted(*doc)).collect(),
                None => Vec::new(),
            });
            let stores = searcher.segment_readers().iter().map(|segment| segment.get_store_reader(BLOCKS));
            let languages = languages(searcher.segment_readers())?;
            Ok(Self {
                commit: label.commit,
                stories: label.stories,
                languages,
                gone: gone.collect(),
                tokens: columns.ranked().into_iter().zip(label.tokens).collect(),
                columns,
                stores: stores.collect::<std::io::Result<_>>().map_err(tantivy::TantivyError::from)?,
                searcher,
                path: path.to_owned(),
                label,
                facets: OnceLock::new(),
                reading: Mutex::default(),
                answered: Mutex::default(),
            })
        };
        guarded(path, open)
    }

    /// Opens the index of a commit, or makes it of the stories that `entries` gives, `progress` being told how many are in it.
    ///
    /// Where there is one of another commit it grows out of that: only stories that are new, changed or gone are written, and it answers as
    /// one that is made anew. Where much changed, or that one is damaged, it is made anew, and `entries` is asked a second time.
    ///
    /// It appears when it is complete, and only then are those of earlier commits removed. Another process that makes one is waited for.
    pub fn open_or_make<E: std::fmt::Display>(
        dir: &Path,
        commit: u64,
        entries: impl Fn() -> Result<Box<dyn Iterator<Item = Result<Entry, E>>>, E>,
        mut progress: impl FnMut(u64),
    ) -> Result<Self, Error> {
        if let Ok(index) = Self::open_at(dir, commit) {
            return Ok(index);
        }
        let _lock = folder::lock(dir)?;
        // Who held the lock may have made it.
        if let Ok(index) = Self::open_at(dir, commit) {
            return Ok(index);
        }
        let draft = folder::draft(dir);
        let begin = || {
            // Nobody else makes one now: what is there was left by who was stopped.
            let _ = fs::remove_dir_all(&draft);
            fs::create_dir_all(&draft).map_err(|e| Error::io("write", &draft, &e))
        };
        let input = |e: E| Error::new(ErrorKind::Input, e.to_string());
        let stories = || Ok::<_, Error>(entries().map_err(input)?.map(|entry| entry.map_err(input)));
        let mut make = || -> Result<(), Error> {
            if let Ok(before) = Self::open(dir) {
                begin()?;
                let label = &before.label;
                let grown = guarded(&draft, || grown(&before, label, &draft, commit, stories()?, &mut progress));
                match grown {
                    Ok(Some(filled)) => return folder::seal(&draft, commit, filled, Some(label)),
                    Err(e) if e.kind() == ErrorKind::Input => return Err(e),
                    // Too much is other, or what it grows out of is not what it should be.
                    Ok(None) | Err(_) => {}
                }
            }
            begin()?;
            let filled = fill(&draft, commit, stories()?, &mut progress)?;
            folder::seal(&draft, commit, filled, None)
        };
        if let Err(e) = make() {
            let _ = fs::remove_dir_all(&draft);
            return Err(e);
        }
        let place = dir.join(folder::name(commit));
        folder::put(&draft, &place)?;
        let index = Self::open_folder(&place)?;
        folder::tidy(dir, commit);
        Ok(index)
    }

    /// Removes every index in a folder, so that it is made again. Whoever has one open keeps it.
    pub fn remove(dir: &Path) -> Result<(), Error> {
        let _lock = folder::lock(dir)?;
        folder::tidy(dir, u64::MAX);
        Ok(())
    }

    /// The archive's commit that it stands for.
    pub fn commit(&self) -> u64 {
        self.commit
    }

    /// Stories in it.
    pub fn stories(&self) -> u64 {
        self.stories
    }

    /// Reads what stories are counted by, which else the first search does that counts: a fifth of a second for a million stories.
    pub fn prepare(&self) -> Result<(), Error> {
        guarded(&self.path, || self.facets().map(|_| ()))
    }

    /// Searches. A query that asks for no words cannot be ranked by them: such answers come newest first.
    pub fn search(&self, query: &Node, wanted: &Wanted) -> Result<Answer, Error> {
        let mut wanted = *wanted;
        wanted.sort = order(query, wanted.sort);
        if !wanted.counts {
            return self.found(query, wanted);
        }
        let answered = || self.answered.lock().unwrap_or_else(PoisonError::into_inner);
        let known = |(of, with, _): &(Node, Wanted, Answer)| *with == wanted && of == query;
        if let Some((.., answer)) = answered().iter().find(|one| known(one)) {
            return Ok(answer.clone());
        }
        let answer = self.found(query, wanted)?;
        let mut answered = answered();
        if answered.len() == ANSWERS {
            answered.pop_front();
        }
        answered.push_back((query.clone(), wanted, answer.clone()));
        Ok(answer)
    }

    fn found(&self, query: &Node, wanted: Wanted) -> Result<Answer, Error> {
        guarded(&self.path, || {
            let facets = if wanted.counts { Some(self.facets()?) } else { None };
            let window = query.mentioned();
            let statistics = Statistics { searcher: &self.searcher, tokens: &self.tokens, gone: &self.gone };
            let ranks = wanted.sort == Sort::Relevance && wanted.limit > 0;
            let plan = Plan {
                columns: &self.columns,
                languages: &self.languages,
                searcher: &self.searcher,
                statistics: if ranks { Some(&statistics) } else { None },
            };
            let sought = plan.query(query)?;
            let mut gather = Gather::new(wanted, window, facets);
            for (segment, reader) in self.searcher.segment_readers().iter().enumerate() {
                let mut found = sought.find(reader)?;
                self.gone[segment].iter().for_each(|row| {
                    found.rows.take(*row);
                });
                gather.add(segment as u32, reader, &found)?;
            }
            Ok(gather.answer())
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn segments(&self) -> &[SegmentReader] {
        self.searcher.segment_readers()
    }

    fn facets(&self) -> Result<&Facets, Error> {
        if let Some(facets) = self.facets.get() {
            return Ok(facets);
        }
        // Who comes meanwhile waits, and does not read all of it too.
        let _reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(facets) = self.facets.get() {
            return Ok(facets);
        }
        let read = Facets::read(self.searcher.segment_readers())?;
        Ok(self.facets.get_or_init(|| read))
    }

    /// What was handed in with a story that was found.
    pub fn payload(&self, hit: &Hit) -> Result<Vec<u8>, Error> {
        guarded(&self.path, || {
            let unpack = |packed: &[u8]| {
                let cannot = |e| Error::damaged(&self.path, format_args!("a story cannot be unpacked: {e}"));
                unpack(packed).map_err(cannot)
            };
            let row = self.stores[hit.address.segment_ord as usize].get_document_bytes(hit.address.doc_id)?;
            if let Some(packed) = only_bytes(&row, self.columns.payload.field_id()) {
                return unpack(packed);
            }
            let row: TantivyDocument = self.searcher.doc(hit.address)?;
            let payload = row.get_first(self.columns.payload);
            let packed = payload.as_ref().and_then(|payload| payload.as_bytes());
            unpack(packed.ok_or_else(|| Error::damaged(&self.path, "a story is missing"))?)
        })
    }

    /// The story with an id.
    pub fn story(&self, id: &str) -> Result<Option<Hit>, Error> {
        self.named(self.columns.id, id)
    }

    /// The story that has a version: of its id the first 16 digits are looked at. An id that was a story's once is one of these.
    pub fn story_of_version(&self, version: &str) -> Result<Option<Hit>, Error> {
        self.named(self.columns.version, version)
    }

    /// The stories that stand in a capture, by the hash of its id: who must be sure looks into what was handed in with them.
    pub fn stories_in(&self, capture: &str, limit: usize) -> Result<Vec<Hit>, Error> {
        self.having(self.columns.capture, xxh3_64(capture.as_bytes()), limit)
    }

    fn named(&self, column: tantivy::schema::Field, id: &str) -> Result<Option<Hit>, Error> {
        let Some(number) = number(id) else { return Ok(None) };
        Ok(self.having(column, number, 1)?.pop())
    }

    fn having(&self, column: tantivy::schema::Field, number: u64, limit: usize) -> Result<Vec<Hit>, Error> {
        guarded(&self.path, || {
            let term = Term::from_field_u64(column, number);
            let mut best = Best::new(Wanted { sort: Sort::Newest, limit, counts: false, ..Wanted::default() });
            for (segment, reader) in self.searcher.segment_readers().iter().enumerate() {
                let index = reader.inverted_index(column)?;
                let postings =
                    index.read_postings(&term, IndexRecordOption::Basic).map_err(tantivy::TantivyError::from)?;
                let Some(mut rows) = postings else { continue };
                let mut found = Vec::new();
                while rows.doc() != TERMINATED {
                    if self.gone[segment].binary_search(&rows.doc()).is_err() {
                        found.push(rows.doc());
                    }
                    rows.advance();
                }
                if !found.is_empty() {
                    best.look_at(segment as u32, &found, &Order::read(reader)?);
                }
            }
            Ok(best.hits())
        })
    }
}

/// The languages of stories that words are reduced in, in order.
fn languages(segments: &[SegmentReader]) -> Result<Vec<&'static str>, Error> {
    let mut spoken = Vec::new();
    for segment in segments {
        let Some(column) = segment.fast_fields().str("lang")? else { continue };
        for language in Stems::languages() {
            if column.dictionary().term_ord(language).map_err(tantivy::TantivyError::from)?.is_some() {
                spoken.push(language);
            }
        }
    }
    spoken.sort_unstable();
    spoken.dedup();
    Ok(spoken)
}

/// The order in which a query's answers come when another one was asked for that says nothing about them.
pub fn order(query: &Node, sort: Sort) -> Sort {
    if sort == Sort::Relevance && !query.ranks() { Sort::Newest } else { sort }
}

fn fill(
    draft: &Path,
    commit: u64,
    entries: impl Iterator<Item = Result<Entry, Error>>,
    progress: &mut impl FnMut(u64),
) -> Result<(u64, Tokens), Error> {
    let columns = Columns::new();
    let settings = IndexSettings {
        // What is stored is packed already.
        docstore_compression: Compressor::None,
        ..IndexSettings::default()
    };
    let index = tantivy::Index::builder().schema(columns.schema.clone()).settings(settings).create_in_dir(draft)?;
    Columns::prepare(&index);
    // One thread, so that the same stories give the same index.
    let mut writer: IndexWriter<Row> = index.writer_with_num_threads(1, WRITER_BYTES)?;
    // Nothing is merged while stories come in, and all of it once at the end: it is written twice, and searched in one piece.
    writer.set_merge_policy(Box::new(NoMergePolicy));
    let queue = Queue::default();
    let mut stems = BTreeMap::new();
    let mut stories = 0;
    let mut tokens = Tokens::default();
    for entry in entries {
        let (row, counts) = columns.row(&entry?, &mut stems)?;
        tokens.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        queue.add(&writer, row)?;
        stories += 1;
        progress(stories);
    }
    let mut prepared = writer.prepare_commit()?;
    prepared.set_payload(&commit.to_string());
    prepared.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.wait_merging_threads()?;
    Ok((stories, tokens))
}

/// What is read from a damaged file can lead the engine anywhere, and it panics where it should return: that is damage too.
fn guarded<T>(path: &Path, read: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(Error::damaged(path, "it cannot be read")))
}
