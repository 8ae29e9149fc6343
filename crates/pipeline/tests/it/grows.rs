//! Whatever the way to an archive, it ends at the tables of one `add` of all captures; and what did not change is not done again.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use copydesk_archive::{Archive, Table};
use copydesk_model::Capture;
use copydesk_pipeline::{Forget, Options, Quiet, View, add, compact, forget, merge_stories, split_story, verify};
use proptest::prelude::*;

use crate::{
    equal::tables,
    made_up::{Draw, captures},
};

fn options(threads: usize) -> Options {
    Options { threads, batch_bytes: 30_000, ..Options::default() }
}

fn put(dir: &Path, captures: &[Capture], options: &Options) {
    add(dir, captures.iter().cloned().map(Ok), options, &Quiet).unwrap();
}

#[track_caller]
fn check_same(dir: &Path, other: &Path) {
    let (found, expected) = (tables(dir), tables(other));
    for (table, lines) in &expected {
        let differ = lines.iter().zip(&found[table]).find(|(x, y)| x != y);
        assert_eq!((lines.len(), None), (found[table].len(), differ), "table {table}");
    }
}

/// The archive against all of it worked out anew in place.
#[track_caller]
fn check_resplit(dir: &Path, options: &Options) {
    let grown = tables(dir);
    add(dir, [], &Options { resplit: true, ..options.clone() }, &Quiet).unwrap();
    let whole = tables(dir);
    for (table, lines) in &whole {
        assert_eq!(lines, &grown[table], "table {table}");
    }
}

fn paths(dir: &Path, table: Table) -> BTreeSet<String> {
    Archive::open(dir).unwrap().files(table).map(|file| file.path.clone()).collect()
}

/// One step of an archive's life.
#[derive(Clone, Debug)]
enum Step {
    Add(usize),
    Forget(usize),
    ForgetStory(usize),
    Merge(usize, usize),
    Split(usize),
    Compact,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (1_usize..12).prop_map(Step::Add),
        1 => any::<usize>().prop_map(Step::Forget),
        1 => any::<usize>().prop_map(Step::ForgetStory),
        1 => (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Step::Merge(a, b)),
        1 => any::<usize>().prop_map(Step::Split),
        1 => Just(Step::Compact),
    ]
}

fn go(dir: &Path, step: &Step, left: &mut Vec<Capture>, options: &Options) {
    if let Step::Add(n) = step {
        let now: Vec<Capture> = left.drain(..left.len().min(*n)).collect();
        return put(dir, &now, options);
    }
    let view = View::open(dir, options).unwrap();
    let stories: Vec<String> = view.stories(1000).unwrap().into_iter().map(|story| story.id).collect();
    let story = |k: usize| stories[k % stories.len()].clone();
    // What cannot be said of this archive is refused, and that is tested elsewhere.
    match step {
        Step::Add(_) => {}
        _ if stories.is_empty() => {}
        Step::Forget(k) => {
            let url = view.clippings_of(&story(*k)).unwrap()[0].url.clone();
            drop(view);
            let _ = forget(dir, &[Forget::Url(url)], "", options, &Quiet);
        }
        Step::ForgetStory(k) => {
            drop(view);
            forget(dir, &[Forget::Story(story(*k))], "", options, &Quiet).unwrap();
        }
        Step::Merge(a, b) => {
            drop(view);
            let _ = merge_stories(dir, &[story(*a), story(*b)], "", options, &Quiet);
        }
        Step::Split(k) => {
            let mut several = stories.iter().cycle().skip(k % stories.len()).take(stories.len());
            let several = several.find_map(|id| {
                let versions = view.versions_of(id).unwrap();
                (versions.len() > 1).then(|| (id, versions[versions.len() - 1].id.clone()))
            });
            drop(view);
            if let Some((story, version)) = several {
                split_story(dir, story, &[version], "", options, &Quiet).unwrap();
            }
        }
        Step::Compact => {
            drop(view);
            compact(dir, options, &Quiet).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn any_life_ends_where_all_is_worked_out_anew(
        seed in any::<u64>(),
        n in 5_usize..60,
        steps in prop::collection::vec(step(), 1..9),
        threads in 1_usize..4,
        memory in prop_oneof![Just(1 << 30), Just(1), Just(300_000)],
    ) {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { memory, batch_rows: 1 + seed as usize % 60, ..options(threads) };
        let mut left = captures(seed, n);
        put(folder.path(), &left.split_off(n - n / 3), &options);
        for step in &steps {
            go(folder.path(), step, &mut left, &options);
            let found = verify(folder.path(), &options, &Quiet).unwrap().problems;
            prop_assert!(found.is_empty(), "{step:?}: {found:?}");
        }
        check_resplit(folder.path(), &options);
    }
}

#[test]
fn few_captures_more_of_many() {
    let all = captures(21, 400);
    let whole = tempfile::tempdir().unwrap();
    put(whole.path(), &all, &options(2));
    for (threads, seed) in [(1, 1), (3, 2)] {
        let mut all = all.clone();
        Draw(seed).shuffle(&mut all);
        let grown = tempfile::tempdir().unwrap();
        put(grown.path(), &all[..380], &options(threads));
        for few in all[380..].chunks(7) {
            put(grown.path(), few, &options(threads));
        }
        check_same(grown.path(), whole.path());
    }
}

/// Of pages that have nothing to do with each other, only the new one is worked on.
#[test]
fn what_did_not_change_stays_in_its_files() {
    let folder = tempfile::tempdir().unwrap();
    let mut draw = Draw(3);
    let mut page = |k: usize| {
        let body = (0..6).map(|_| draw.paragraph()).collect::<Vec<_>>().join("\n\n");
        let text = format!("Story number {k}\n\n{body}\n");
        Capture { id: format!("{k}"), url: format!("https://site{k}.example/"), text, ..Capture::default() }
    };
    let many: Vec<Capture> = (0..60).map(&mut page).collect();
    put(folder.path(), &many, &options(1));
    let kept = [Table::Splits, Table::Blocks, Table::Clippings, Table::Versions, Table::Anchors];
    let before = kept.map(|table| paths(folder.path(), table));
    put(folder.path(), &[page(60)], &options(1));
    for (table, before) in kept.into_iter().zip(before) {
        let after = paths(folder.path(), table);
        assert!(before.is_subset(&after), "{table}: {before:?} {after:?}");
        assert_eq!(after.len(), before.len() + 1, "{table}");
    }
    // A version that stands on one page more is told anew, and no other file changes.
    let before = kept.map(|table| paths(folder.path(), table));
    let again = Capture { id: "again".into(), url: "https://other.example/".into(), ..many[7].clone() };
    put(folder.path(), &[again], &options(1));
    assert!(!before[3].is_subset(&paths(folder.path(), Table::Versions)));
    assert!(before[4].is_subset(&paths(folder.path(), Table::Anchors)));
    check_resplit(folder.path(), &options(1));
}

#[test]
fn no_sketch_of_what_is_forgotten_is_left() {
    let all = captures(5, 60);
    let folder = tempfile::tempdir().unwrap();
    let (most, few) = all.split_at(50);
    put(folder.path(), most, &options(2));
    put(folder.path(), few, &options(2));
    let view = View::open(folder.path(), &options(2)).unwrap();
    let story = view.stories(1).unwrap().remove(0).id;
    let ids: Vec<u128> = view
        .versions_of(&story)
        .unwrap()
        .iter()
        .map(|version| u128::from_str_radix(&version.id, 16).unwrap())
        .collect();
    drop(view);
    let holds = |dir: &Path, id: u128| {
        let texts = [format!("{id:032x}").into_bytes(), id.to_be_bytes().to_vec()];
        let files = Table::ALL.into_iter().flat_map(|table| paths(dir, table));
        let mut files = files.map(|path| fs::read(dir.join(path)).unwrap());
        files.any(|bytes| texts.iter().any(|text| bytes.windows(text.len()).any(|at| at == &text[..])))
    };
    // Ids stand as they are in the tables of anchors and comparisons, which are not packed.
    assert!(ids.iter().all(|&id| holds(folder.path(), id)));
    forget(folder.path(), &[Forget::Story(story)], "", &options(2), &Quiet).unwrap();
    assert!(!ids.iter().any(|&id| holds(folder.path(), id)));
    put(folder.path(), &all, &options(2));
    assert!(!ids.iter().any(|&id| holds(folder.path(), id)));
    check_resplit(folder.path(), &options(2));
}

/// Captures that one of the generators beside the repository makes of real articles; none where it is not there, which is said.
fn generated(script: &str, arguments: [&str; 2], output: &str) -> Vec<Capture> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let (script, articles) = (shared.join(script), shared.join("data/articles.jsonl"));
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("python3").arg(&script).arg(&articles).arg(folder.path()).args(arguments).output();
    match made {
        Ok(made) if made.status.success() => {}
        _ => {
            eprintln!("SKIPPED: `{}` cannot be run, so that nothing is tested on what it makes", script.display());
            return Vec::new();
        }
    }
    let text = fs::read_to_string(folder.path().join(output)).unwrap();
    let capture = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let id = if row["id"].is_string() { text("id") } else { text("capture") };
        Capture { id, url: text("url"), fetched_at: text("fetched_at"), text: text("text"), ..Capture::default() }
    };
    text.lines().map(capture).collect()
}

#[track_caller]
fn check_ten_batches(mut captures: Vec<Capture>) {
    let whole = tempfile::tempdir().unwrap();
    put(whole.path(), &captures, &Options { threads: 2, ..Options::default() });
    for threads in [1, 2] {
        Draw(threads as u64).shuffle(&mut captures);
        let grown = tempfile::tempdir().unwrap();
        // The first is large, the last ones are small.
        let (mut rest, options) = (&captures[..], Options { threads, ..Options::default() });
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().div_ceil(2));
            put(grown.path(), now, &options);
            rest = later;
        }
        check_same(grown.path(), whole.path());
        let ten = tempfile::tempdir().unwrap();
        captures.chunks(captures.len().div_ceil(10).max(1)).for_each(|now| put(ten.path(), now, &options));
        check_same(ten.path(), whole.path());
    }
}

#[test]
fn ten_batches_of_pages_of_real_articles() {
    check_ten_batches(generated("bench/stitch/stitch.py", ["--captures", "150"], "captures.jsonl"));
}

#[test]
fn ten_batches_of_copies_and_forms() {
    check_ten_batches(generated("bench/match/corpus.py", ["--docs", "600"], "stories.jsonl"));
}
