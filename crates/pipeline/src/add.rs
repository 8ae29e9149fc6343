use std::{path::Path, sync::atomic::Ordering, time::Instant};

use copydesk_archive::{Commit, Table, Writer};
use copydesk_match::{Thresholds, leaders};
use copydesk_model::{Capture, Outcome, Refused, Role};

use crate::{
    Error, ErrorKind, Funnel, Options, Progress,
    engine::{Engine, Spill},
    steps::{
        candidates::{self, Round},
        census::census,
        clip::{Clipped, clip},
        forms::forms,
        ingest::{Recent, ingest},
        publish::publish,
        rank::rank,
        verify::{Comparing, RelationRows, verify},
    },
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
        let funnel = if writer.archive().is_behind() && !ingested.stopped {
            derive(&mut writer, std::mem::take(&mut ingested.recent), options, progress, &mut clock)?
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
    writer.close()?;
    clock.stage("close");
    Ok(funnel)
}

/// The funnel that was noted with the last stories.
pub(crate) fn noted(archive: &copydesk_archive::Archive) -> Result<Funnel, Error> {
    match archive.note() {
        None => Ok(Funnel { captures: archive.rows(Table::Captures), ..Funnel::default() }),
        Some(note) => serde_json::from_str(note).map_err(|e| {
            Error::new(ErrorKind::Damaged, format!("the archive's note of its last commit cannot be read: {e}"))
        }),
    }
}

/// Works out blocks, clippings, versions, stories and relations: a function of the archive's captures and of nothing else.
fn derive(
    writer: &mut Writer,
    recent: Recent,
    options: &Options,
    progress: &dyn Progress,
    clock: &mut Clock<'_>,
) -> Result<Funnel, Error> {
    let thresholds = Thresholds::default();
    let engine = Engine::new(options, options.for_engine(), Spill::Folder(&writer.work_folder()))?;
    clock.stage("start engine");
    progress.stage("census", "blocks", Some(writer.archive().rows(Table::Sightings)));
    let evidence = census(&engine, writer.archive(), options)?;
    clock.stage("census");
    let archive = writer.archive().clone();
    let Clipped { blocks, roles, captures, bytes, clippings, anchors, mut versions } =
        clip(writer, &archive, &recent, evidence, options, &thresholds, progress)?;
    versions.forget_numbers();
    drop(recent);
    clock.stage("split");
    progress.stage("match", "pairs", None);
    let ranks = rank(&engine, &clippings, versions.len(), options)?;
    clock.stage("rank");

    let with = Comparing { versions: &versions, ranks: &ranks, thresholds: &thresholds, options, progress };
    let mut relations = writer.table(Table::Relations)?;
    let mut rows = RelationRows::default();
    let counts = candidates::count(&anchors, &ranks.of_number, options)?;
    let find = |round: &Round<'_>| candidates::candidates(&engine, &anchors, &ranks.of_number, &counts, round, options);
    let star = verify(&with, find(&Round::Star)?, &[], &mut rows, &mut relations)?;
    let n = versions.len() as u32;
    let first = leaders(n, star.edges.iter().copied());
    clock.stage("match, first round");
    let among_leaders = find(&Round::Leaders(&first))?;
    let capped = among_leaders.capped();
    let late = verify(&with, among_leaders, &star.rejected, &mut rows, &mut relations)?;
    let second = leaders(n, late.edges.iter().copied());
    let mut leader: Vec<u32> = first.iter().map(|&l| second[l as usize]).collect();
    // Only of pairs that were compared is it known that nothing is substituted.
    let mut plain = vec![false; leader.len()];
    for round in [&star, &late] {
        for (edge, &substituted) in round.edges.iter().zip(&round.substituted) {
            if leader[edge.b as usize] == edge.a {
                plain[edge.b as usize] = !substituted;
            }
        }
    }
    rows.flush_if(1, &mut relations)?;
    clock.stage("match, second round");
    let slot_templates = forms(&with, &mut leader, &plain)?;
    clock.stage("forms");

    progress.stage("write", "versions", Some(u64::from(n)));
    let published = publish(writer, &versions, &ranks, &leader, &clippings, options)?;
    clock.stage("write");
    let capped_anchors = capped.load(Ordering::Relaxed);
    if capped_anchors > 0 {
        progress.note(&format!(
            "{capped_anchors} shared passages stand in more than 64 stories: boilerplate, not followed up"
        ));
    }
    let funnel = Funnel {
        captures,
        bytes,
        blocks: Role::ALL.into_iter().map(|role| (role.name().to_owned(), roles[role as usize])).collect(),
        clippings: clippings.rows(),
        exact_copies: clippings.rows() - u64::from(n),
        near_copies: u64::from(n) - published.stories,
        versions: u64::from(n),
        stories: published.stories,
        pairs_compared: star.compared + late.compared,
        capped_anchors,
        slot_templates,
        ..Funnel::default()
    };
    let note = serde_json::to_string(&funnel)
        .map_err(|e| Error::new(ErrorKind::Internal, format!("a mistake in copydesk: {e}")))?;
    let mut files = vec![blocks, relations.finish()?];
    files.extend(published.files);
    writer.commit(Commit { files, replaced: Table::DERIVED.to_vec(), stories: true, note: Some(note) })?;
    clock.stage("commit");
    Ok(funnel)
}

/// Tells how long each stage took.
struct Clock<'p> {
    progress: &'p dyn Progress,
    since: Instant,
}

impl<'p> Clock<'p> {
    fn new(progress: &'p dyn Progress) -> Self {
        Self { progress, since: Instant::now() }
    }

    fn stage(&mut self, name: &'static str) {
        self.progress.took(name, self.since.elapsed());
        self.since = Instant::now();
    }
}
