use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::{Duration, Instant},
};

use copydesk_search::{ErrorKind, Index};

use crate::{
    archive::{Archive, Failure, Funnel, Site},
    entry::entry,
    limits::Limits,
    problem::Problem,
};

/// Opens the last commit of the archive.
pub type Opener = Box<dyn Fn() -> Result<Arc<dyn Archive>, Failure> + Send + Sync>;

/// What is shown: one commit of the archive with its index. A request stays with the one that it began with.
pub(crate) struct Shown {
    pub(crate) archive: Arc<dyn Archive>,
    pub(crate) index: Arc<Index>,
    pub(crate) limits: Limits,
    /// Counted once a commit: it takes a pass over every block.
    sources: Mutex<Option<Arc<Sources>>>,
}

/// What came from where.
pub(crate) struct Sources {
    pub(crate) sites: Vec<Site>,
    pub(crate) funnel: Funnel,
}

impl Shown {
    pub(crate) fn sources(&self) -> Result<Arc<Sources>, Problem> {
        let mut sources = self.sources.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sources) = &*sources {
            return Ok(Arc::clone(sources));
        }
        let made = Arc::new(Sources { sites: self.archive.sites()?, funnel: self.archive.funnel()? });
        *sources = Some(Arc::clone(&made));
        Ok(made)
    }
}

/// Shows the last commit of an archive, and moves on when there is another.
pub(crate) struct Desk {
    open: Opener,
    index_dir: PathBuf,
    limits: Limits,
    shown: RwLock<Arc<Shown>>,
    /// What was shown before, for as long as requests still use it: an archive is closed by the thread that follows, because its engine may not be
    /// by one that serves.
    before: Mutex<Vec<Arc<Shown>>>,
    say: Box<dyn Fn(&str) + Send + Sync>,
    /// A damaged index is made again once in a while, and not for every request that meets it.
    mended: Mutex<Option<Instant>>,
}

/// How often is looked whether there is another commit.
const LOOK: Duration = Duration::from_secs(1);

/// How long a damaged index may stay one before it is made again another time.
const MEND: Duration = Duration::from_secs(30);

impl Desk {
    pub(crate) fn new(
        open: Opener,
        index_dir: PathBuf,
        limits: Limits,
        say: Box<dyn Fn(&str) + Send + Sync>,
    ) -> Result<Self, Failure> {
        let shown = show(&open, &index_dir, &limits, &*say)?;
        Ok(Self {
            open,
            index_dir,
            limits,
            shown: RwLock::new(Arc::new(shown)),
            before: Mutex::default(),
            say,
            mended: Mutex::new(None),
        })
    }

    /// What is shown now.
    pub(crate) fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks for another commit as long as the program runs. What fails is said, and tried again.
    pub(crate) fn follow(&self) {
        let (mut failed, mut tidy) = (String::new(), true);
        loop {
            std::thread::sleep(LOOK);
            let none_before = {
                let mut before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
                before.retain(|shown| Arc::strong_count(shown) > 1);
                before.is_empty()
            };
            if !tidy && none_before {
                // What cannot be removed now may be the next time, and is no reason to show nothing.
                tidy = self.shown().archive.tidy().unwrap_or(true);
            }
            let moved = (self.open)().and_then(|archive| {
                // While captures are still being added the stories stay as they are.
                let stays = archive.commit() == self.shown().archive.commit() || archive.is_behind();
                if stays { Ok(None) } else { self.replace().map(Some) }
            });
            match moved {
                Ok(None) => {}
                Ok(Some(commit)) => {
                    failed.clear();
                    tidy = false;
                    (self.say)(&format!("now at commit {commit}"));
                }
                Err(failure) if failure.0 == failed => {}
                Err(failure) => {
                    (self.say)(&format!("cannot move to the next commit: {failure}"));
                    failed = failure.0;
                }
            }
        }
    }

    fn replace(&self) -> Result<u64, Failure> {
        let shown = Arc::new(show(&self.open, &self.index_dir, &self.limits, &*self.say)?);
        let commit = shown.archive.commit();
        let before = std::mem::replace(&mut *self.shown.write().unwrap_or_else(PoisonError::into_inner), shown);
        self.before.lock().unwrap_or_else(PoisonError::into_inner).push(before);
        Ok(commit)
    }

    /// Makes the index again after a request found it damaged.
    pub(crate) fn mend(&self) {
        let mut mended = self.mended.lock().unwrap_or_else(PoisonError::into_inner);
        if mended.is_some_and(|at| at.elapsed() < MEND) {
            return;
        }
        *mended = Some(Instant::now());
        (self.say)("the index is damaged and is made again");
        if let Err(e) = Index::remove(&self.index_dir) {
            (self.say)(&e.to_string());
        }
        if let Err(e) = self.replace() {
            (self.say)(&e.to_string());
        }
    }
}

/// Opens the last commit with its index, which is made where there is none.
fn show(
    open: &Opener,
    index_dir: &std::path::Path,
    limits: &Limits,
    say: &(dyn Fn(&str) + Send + Sync),
) -> Result<Shown, Failure> {
    let archive = open()?;
    let index = open_index(&*archive, index_dir, |stories| {
        if stories.is_multiple_of(50_000) {
            say(&format!("indexed {stories} stories"));
        }
    })?;
    // What cannot be read is met by a request again, which has the index made anew.
    let _ = index.prepare();
    Ok(Shown { archive, index: Arc::new(index), limits: limits.clone(), sources: Mutex::new(None) })
}

/// The index of an archive's commit, made where there is none or it is damaged. `progress` is told how many stories are in it.
pub fn open_index(
    archive: &dyn Archive,
    index_dir: &std::path::Path,
    progress: impl FnMut(u64),
) -> Result<Index, Failure> {
    let entries = || -> Result<Box<dyn Iterator<Item = _>>, Failure> {
        Ok(Box::new(archive.stories()?.map(|story| story.map(entry))))
    };
    Index::open_or_make(index_dir, archive.commit(), entries, progress).map_err(|e| match e.kind() {
        ErrorKind::Io => Failure(format!("{e}; the index needs a place that can be written to")),
        _ => Failure(e.to_string()),
    })
}
