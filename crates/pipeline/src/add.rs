use std::path::Path;

use copydesk_archive::Writer;
use copydesk_model::{Capture, Outcome, Refused};

use crate::{
    Error, Funnel, Options, Progress,
    derive::{Clock, News, derive, noted},
    steps::ingest::ingest,
};

/// Adds captures to the archive at `dir`, which is made if nothing is there, and brings its stories up to date.
///
/// Records are read to their end; what is no capture is counted and told to `progress`. An archive that was left in the middle of
/// this, by whatever, holds every finished batch, and the next call finishes the rest, also without any record.
pub fn add<I>(dir: &Path, records: I, options: &Options, progress: &dyn Progress) -> Result<Funnel, Error>
where
    I: IntoIterator<Item = Result<Capture, Refused>>,
    I::IntoIter: Send,
{
    let mut clock = Clock::new(progress);
    let mut writer = Writer::open(dir)?;
    clock.stage("open");
    if writer.archive().is_behind() {
        progress.note(
            "the archive has captures whose stories were not worked out: an earlier run was stopped; this one does it",
        );
    }
    let work = || -> Result<_, Error> {
        let mut ingested = ingest(&mut writer, records.into_iter(), options, progress)?;
        clock.stage("read");
        let funnel = if (writer.archive().is_behind() || options.resplit) && !ingested.stopped {
            let recent = std::mem::take(&mut ingested.recent);
            let dropped = std::mem::take(&mut ingested.dropped);
            let news = News { recent, dropped, ..News::default() };
            derive(&mut writer, news, options, progress, &mut clock)?
        } else {
            noted(writer.archive())?
        };
        Ok((ingested, funnel))
    };
    let (ingested, mut funnel) = match work() {
        Ok(done) => done,
        // A commit that failed meanwhile took its files with it: that they are missing is not what went wrong.
        Err(error) => return Err(writer.settle().err().map_or(error, Error::from)),
    };
    for outcome in Outcome::ALL {
        funnel.outcomes.insert(outcome.name().to_owned(), ingested.outcomes[outcome as usize]);
    }
    funnel.renamed = ingested.renamed;
    funnel.ids_forgotten = ingested.ids_forgotten;
    writer.close()?;
    clock.stage("close");
    Ok(funnel)
}
