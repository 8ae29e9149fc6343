use std::{collections::BTreeMap, sync::atomic::Ordering, time::Instant};

use copydesk_archive::{Archive, Change, Commit, Ruling, Table, Writer};
use copydesk_match::{Thresholds, leaders};
use copydesk_model::Role;
use serde::{Deserialize, Serialize};

use crate::{
    Error, ErrorKind, Funnel, Options, Progress,
    both::both,
    engine::Engine,
    noted::READER,
    steps::{
        candidates::{Round, Shared, candidates},
        census::census,
        clip::{Clipped, clip},
        compared::{Compared, ComparisonRows},
        earlier::Earlier,
        forms::{Forms, forms},
        ingest::Recent,
        publish::publish,
        rank::rank,
        rulings::rule,
        verify::{Comparing, RelationRows, verify},
    },
};

/// Records and captures that were dropped, by site and by the name of their outcome.
pub(crate) type Dropped = BTreeMap<String, BTreeMap<String, u64>>;

/// What came since the stories were worked out.
#[derive(Default)]
pub(crate) struct News {
    /// Captures that are in memory still.
    pub(crate) recent: Recent,
    pub(crate) rulings: Vec<Ruling>,
    pub(crate) dropped: Dropped,
}

/// What a commit of stories notes.
#[derive(Default, Serialize, Deserialize)]
struct Note {
    #[serde(flatten)]
    funnel: Funnel,
    /// What was dropped, of all runs.
    #[serde(default)]
    dropped: Dropped,
    /// See [`READER`].
    #[serde(default)]
    reader: u64,
}

/// Works out blocks, clippings, versions, stories and relations: a function of the archive's captures, and of what the user said of
/// stories.
pub(crate) fn derive(
    writer: &mut Writer,
    news: News,
    options: &Options,
    progress: &dyn Progress,
    clock: &mut Clock<'_>,
) -> Result<Funnel, Error> {
    let News { recent, rulings, dropped } = news;
    let thresholds = Thresholds::default();
    let engine = Engine::for_plan(options, &writer.work_folder())?;
    clock.stage("start engine");
    progress.stage("census", "blocks", Some(writer.archive().rows(Table::Sightings)));
    let evidence = census(&engine, writer.archive(), options)?;
    clock.stage("census");
    let archive = writer.archive().clone();
    let before = note(&archive)?;
    let anew = options.resplit || before.reader != READER;
    let earlier = if anew { Earlier::nothing(&archive) } else { Earlier::of(&archive) };
    let Clipped { mut files, mut kept, roles, captures, bytes, clippings, anchors, mut versions } =
        clip(writer, &archive, &recent, &earlier, evidence, options, &thresholds, progress)?;
    drop(recent);
    clock.stage("split");
    progress.stage("match", "pairs", None);
    let ranks = rank(&engine, &clippings, versions.len(), options)?;
    clock.stage("rank");
    let compared = Compared::read(&archive, &earlier.comparisons, &versions, &ranks, options, &thresholds)?;
    versions.settle();
    clock.stage("earlier comparisons");

    let compared = &compared;
    let with = Comparing { versions: &versions, ranks: &ranks, thresholds: &thresholds, compared, options, progress };
    let mut comparisons = ComparisonRows::new(writer.table(Table::Comparisons)?, &thresholds);
    let mut relations = writer.table(Table::Relations)?;
    let mut rows = RelationRows::default();
    let shared = Shared::of(&anchors, &ranks.of_number, options)?;
    let find = |round: &Round<'_>| candidates(&engine, &anchors, &ranks.of_number, &shared, round, options);
    let star = verify(&with, find(&Round::Star)?, &[], &mut rows, &mut relations, &mut comparisons)?;
    let n = ranks.ranked.len() as u32;
    let first = leaders(n, star.edges.iter().copied());
    clock.stage("match, first round");
    let among_leaders = find(&Round::Leaders(&first))?;
    let capped = among_leaders.capped();
    let late = verify(&with, among_leaders, &star.rejected, &mut rows, &mut relations, &mut comparisons)?;
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
    let known = Forms::read(&archive, &earlier.forms, options)?;
    let (slot_templates, looked) = forms(&with, &known, &mut leader, &plain)?;
    clock.stage("forms");
    let said: Vec<Ruling> = archive.rulings().iter().chain(&rulings).cloned().collect();
    rule(&said, &versions, &ranks, &[&star.edges, &late.edges], &mut leader);
    versions.forget_words();
    let versions = &versions;

    progress.stage("write", "versions", Some(u64::from(n)));
    let forms_table = writer.table(Table::Forms)?;
    let of_matching = || -> Result<_, Error> {
        let (mut files, kept) = anchors.write(writer, versions, options, &thresholds)?;
        files.extend([relations.finish()?, comparisons.finish()?, looked.write(forms_table)?]);
        Ok((files, kept))
    };
    let publish = || publish(writer, versions, &ranks, &leader, &clippings, options);
    let (of_matching, published) = both(options.threads, of_matching, publish);
    let ((more, stay), published) = (of_matching?, published?);
    files.extend(more.into_iter().chain(published.files));
    kept.extend(stay.into_iter().chain(published.kept));
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
    let mut note = Note { funnel: funnel.clone(), dropped: before.dropped, reader: READER };
    for (site, reasons) in dropped {
        let own = note.dropped.entry(site).or_default();
        reasons.into_iter().for_each(|(reason, count)| *own.entry(reason).or_default() += count);
    }
    let note = serde_json::to_string(&note)
        .map_err(|e| Error::new(ErrorKind::Internal, format!("a mistake in copydesk: {e}")))?;
    let replaced = Table::DERIVED.to_vec();
    writer.commit(Commit {
        files,
        change: Change { replaced, kept, stories: true, note: Some(note), rulings, ..Change::default() },
    })?;
    clock.stage("commit");
    Ok(funnel)
}

/// The funnel that was noted with the last stories.
pub(crate) fn noted(archive: &Archive) -> Result<Funnel, Error> {
    Ok(note(archive)?.funnel)
}

/// What all runs that brought captures dropped.
pub(crate) fn dropped(archive: &Archive) -> Result<Dropped, Error> {
    Ok(note(archive)?.dropped)
}

fn note(archive: &Archive) -> Result<Note, Error> {
    match archive.note() {
        None => Ok(Note {
            funnel: Funnel { captures: archive.rows(Table::Captures), ..Funnel::default() },
            ..Note::default()
        }),
        Some(note) => serde_json::from_str(note).map_err(|e| {
            Error::new(ErrorKind::Damaged, format!("the archive's note of its last commit cannot be read: {e}"))
        }),
    }
}

/// Tells how long each stage took.
pub(crate) struct Clock<'p> {
    progress: &'p dyn Progress,
    since: Instant,
}

impl<'p> Clock<'p> {
    pub(crate) fn new(progress: &'p dyn Progress) -> Self {
        Self { progress, since: Instant::now() }
    }

    pub(crate) fn stage(&mut self, name: &'static str) {
        self.progress.took(name, self.since.elapsed());
        self.since = Instant::now();
    }
}
