//! What is forgotten is gone: from the tables, from the disk, and for whoever offers it again.

use std::{fs, path::Path};

use copydesk_archive::{Archive, Change, Commit, Writer};
use copydesk_model::{Capture, Html};
use copydesk_pipeline::{ErrorKind, Forget, Options, Quiet, View, add, forget, merge_stories, split_story, verify};

use crate::{equal::tables, made_up::captures};

fn options() -> Options {
    Options { threads: 2, batch_bytes: 40_000, ..Options::default() }
}

fn made(captures: &[Capture]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    add(folder.path(), captures.iter().cloned().map(Ok), &options(), &Quiet).unwrap();
    folder
}

#[track_caller]
fn sound(dir: &Path) -> u64 {
    let verified = verify(dir, &options(), &Quiet).unwrap();
    assert!(verified.problems.is_empty(), "{:?}", verified.problems);
    verified.forgotten
}

/// Whether a text stands in any row of any table, or as it is in any file.
fn is_anywhere(dir: &Path, text: &str) -> bool {
    let quoted = serde_json::to_string(text).unwrap();
    let rows = tables(dir).into_values().flatten().any(|row| row.contains(quoted.trim_matches('"')));
    let holds = |file: &std::path::PathBuf| fs::read(file).unwrap().windows(text.len()).any(|at| at == text.as_bytes());
    let files = walk(dir).iter().any(holds);
    rows || files
}

fn walk(dir: &Path) -> Vec<std::path::PathBuf> {
    fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] })
        .collect()
}

#[test]
fn a_url_goes_with_all_that_came_of_it() {
    let all = captures(5, 90);
    let url = all[17].url.clone();
    let folder = made(&all);
    let forgot = forget(folder.path(), &[Forget::Url(url.clone())], "", &options(), &Quiet).unwrap();
    let rest: Vec<Capture> = all.iter().filter(|capture| capture.url != url).cloned().collect();
    assert_eq!(forgot.captures as usize, all.len() - rest.len());
    assert!(!is_anywhere(folder.path(), &url));
    assert_eq!(sound(folder.path()), 1);
    // What is left is what an archive holds that never had it.
    let found = tables(folder.path());
    assert_eq!(found, tables(made(&rest).path()));

    let again = add(folder.path(), all.into_iter().map(Ok), &options(), &Quiet).unwrap();
    assert_eq!(again.outcomes["forgotten"], forgot.captures);
    assert_eq!(again.outcomes["duplicate"] as usize, rest.len());
    assert_eq!(tables(folder.path()), found);
}

#[test]
fn a_capture_goes_alone() {
    let all = captures(5, 40);
    let folder = made(&all);
    let forgot = forget(folder.path(), &[Forget::Capture(all[3].id.clone())], "", &options(), &Quiet).unwrap();
    assert_eq!((forgot.captures, forgot.cut, forgot.funnel.captures), (1, 0, 39));
    assert!(!is_anywhere(folder.path(), &all[3].id));
    sound(folder.path());
}

#[test]
fn a_story_is_cut_out_of_the_pages_that_it_stood_on() {
    let all = captures(5, 90);
    let folder = made(&all);
    let view = View::open(folder.path(), &options()).unwrap();
    let story = view.stories(1).unwrap().remove(0);
    let clippings = view.clippings_of(&story.id).unwrap();
    let bodies: Vec<String> = view.versions_of(&story.id).unwrap().into_iter().map(|version| version.body).collect();
    let stories = view.stories(10_000).unwrap().len();
    drop(view);

    let forgot = forget(folder.path(), &[Forget::Story(story.id.clone())], "", &options(), &Quiet).unwrap();
    assert!(forgot.cut as usize >= 1 && forgot.cut + forgot.captures >= clippings.len() as u64 / 2, "{forgot:?}");
    for body in &bodies {
        for paragraph in body.split("\n\n") {
            assert!(!is_anywhere(folder.path(), paragraph), "{paragraph}");
        }
    }
    assert!(!is_anywhere(folder.path(), &story.headline));
    assert!(sound(folder.path()) > 3);
    // The other stories of those pages are all there.
    let view = View::open(folder.path(), &options()).unwrap();
    assert_eq!(view.stories(10_000).unwrap().len(), stories - 1);
    assert_eq!(view.story(&story.id).unwrap_err().kind(), ErrorKind::Id);
    drop(view);

    let found = tables(folder.path());
    let again = add(folder.path(), all.into_iter().map(Ok), &options(), &Quiet).unwrap();
    assert_eq!(again.outcomes["kept"], 0, "what is cut from a capture is cut from it again: {:?}", again.outcomes);
    assert_eq!(tables(folder.path()), found);
}

#[test]
fn what_a_page_said_of_the_story_goes_with_it() {
    let lines = [
        "Ferry back in service after nine weeks",
        "The ferry sailed again on Monday after nine weeks in the yard, the port said. More than 400 passengers were aboard.",
    ];
    let html = format!(
        "<html><head><meta property='og:title' content='{0}'></head><body><main><article><h1>{0}</h1><p>{1}</p></article>\
         </main><footer>All rights reserved</footer></body></html>",
        lines[0], lines[1]
    );
    let html = Some(Box::new(Html { bytes: html.into_bytes(), charset: String::new(), is_xhtml: false }));
    let page = Capture { id: "page".into(), html, ..Capture::default() };
    let folder = made(&[page]);
    let view = View::open(folder.path(), &options()).unwrap();
    let story = view.clippings_in("page").unwrap().iter().find(|c| c.headline == lines[0]).unwrap().story.clone();
    drop(view);
    let forgot = forget(folder.path(), &[Forget::Story(story)], "", &options(), &Quiet).unwrap();
    assert_eq!((forgot.captures, forgot.cut), (0, 1));
    assert!(lines.iter().all(|line| !is_anywhere(folder.path(), line)));
    assert!(is_anywhere(folder.path(), "All rights reserved"));
    sound(folder.path());
}

#[test]
fn while_somebody_reads_nothing_is_changed() {
    let all = captures(5, 20);
    let folder = made(&all);
    let before = tables(folder.path());
    let reader = View::open(folder.path(), &options()).unwrap();
    let error = forget(folder.path(), &[Forget::Url(all[0].url.clone())], "", &options(), &Quiet).unwrap_err();
    assert!(error.kind() == ErrorKind::Locked && error.to_string().contains("is reading"), "{error}");
    drop(reader);
    assert_eq!(tables(folder.path()), before);
    sound(folder.path());
}

#[test]
fn what_is_not_there_is_kept_out_all_the_same() {
    let all = captures(5, 20);
    let folder = made(&all[1..]);
    let before = tables(folder.path());
    let forgot = forget(folder.path(), &[Forget::Capture(all[0].id.clone())], "", &options(), &Quiet).unwrap();
    assert_eq!((forgot.captures, forgot.funnel.captures), (0, 19));
    assert_eq!(tables(folder.path()), before);
    let funnel = add(folder.path(), all.into_iter().map(Ok), &options(), &Quiet).unwrap();
    assert_eq!((funnel.outcomes["forgotten"], funnel.captures), (1, 19));
    let error = forget(folder.path(), &[Forget::Story("0123456789abcdef".into())], "", &options(), &Quiet).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Id);
}

#[test]
fn an_archive_may_be_left_empty() {
    let all = captures(5, 6);
    let folder = made(&all);
    let what: Vec<Forget> = all.iter().map(|capture| Forget::Capture(capture.id.clone())).collect();
    let forgot = forget(folder.path(), &what, "", &options(), &Quiet).unwrap();
    assert_eq!((forgot.captures, forgot.funnel.captures, forgot.funnel.stories), (6, 0, 0));
    assert!(all.iter().all(|capture| !is_anywhere(folder.path(), &capture.id)));
    assert_eq!(sound(folder.path()), 6);
}

#[test]
fn who_asks_for_what_is_gone_is_told_why() {
    let all = captures(5, 60);
    let folder = made(&all);
    let view = View::open(folder.path(), &options()).unwrap();
    let story = view.stories(100).unwrap().into_iter().find(|story| story.versions > 1).unwrap();
    // Stories that stand beside it stay, and are not said to be gone.
    let beside: Vec<String> = view
        .clippings_of(&story.id)
        .unwrap()
        .iter()
        .flat_map(|clipping| view.clippings_in(&clipping.capture).unwrap())
        .filter(|clipping| clipping.story != story.id)
        .map(|clipping| clipping.story)
        .collect();
    assert!(!beside.is_empty());
    let version = view.versions_of(&story.id).unwrap().pop().unwrap().id;
    drop(view);
    forget(folder.path(), &[Forget::Story(story.id.clone())], "its author asked", &options(), &Quiet).unwrap();
    let gone = &all[0].id;
    forget(folder.path(), &[Forget::Capture(gone.clone())], "", &options(), &Quiet).unwrap();
    let view = View::open(folder.path(), &options()).unwrap();
    assert_eq!(view.forgotten(&story.id), Some("its author asked"));
    assert_eq!(view.forgotten(&version), Some("its author asked"));
    assert_eq!(view.forgotten(gone), Some(""));
    let of_gone: Vec<String> =
        beside.iter().filter(|id| view.forgotten(id).is_some_and(|why| !why.is_empty())).cloned().collect();
    assert_eq!(of_gone, Vec::<String>::new());
    assert_eq!(view.forgotten("ffffffffffffffff"), None);
    assert!(!is_anywhere(folder.path(), gone));
}

#[test]
fn sites_say_what_was_dropped_over_all_runs() {
    let all = captures(5, 30);
    let site = all[0].site().to_owned();
    let own = all.iter().filter(|capture| capture.site() == site).count() as u64;
    let folder = made(&all[..20]);
    // Nothing new: nothing changes.
    add(folder.path(), all[..5].iter().cloned().map(Ok), &options(), &Quiet).unwrap();
    let dropped = |name: &str| {
        let view = View::open(folder.path(), &options()).unwrap();
        let row = view.sites().unwrap().into_iter().find(|row| row.counts.site == site).unwrap();
        row.dropped.get(name).copied().unwrap_or_default()
    };
    assert_eq!(dropped("duplicate"), 0);
    let before = all[..20].iter().filter(|capture| capture.site() == site).count() as u64;
    let empty = Capture { id: "empty".into(), url: all[0].url.clone(), ..Capture::default() };
    add(folder.path(), all.iter().cloned().chain([empty]).map(Ok), &options(), &Quiet).unwrap();
    assert_eq!((dropped("duplicate"), dropped("empty")), (before, 1));
    let late = Capture { id: "late".into(), text: format!("{} And more.", all[0].text), ..all[0].clone() };
    add(folder.path(), all.iter().cloned().chain([late]).map(Ok), &options(), &Quiet).unwrap();
    assert_eq!((dropped("duplicate"), dropped("empty")), (before + own, 1));
}

#[test]
fn what_goes_and_what_is_worked_out_without_it_are_one_commit() {
    let all = captures(5, 40);
    let folder = made(&all);
    let before = Archive::open(folder.path()).unwrap().commit();
    forget(folder.path(), &[Forget::Url(all[7].url.clone())], "", &options(), &Quiet).unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    assert_eq!((archive.commit(), archive.is_behind()), (before + 1, false));
    let view = View::open(folder.path(), &options()).unwrap();
    assert_eq!(view.funnel().unwrap().stories, view.stories(1000).unwrap().len() as u64);
    drop((archive, view));
    // What earlier commits noted goes; what is dropped later is told still.
    add(folder.path(), [], &Options { resplit: true, ..options() }, &Quiet).unwrap();
    sound(folder.path());
}

#[test]
fn what_was_staged_and_not_committed_leaves_no_trace() {
    let folder = made(&captures(5, 20));
    let before = tables(folder.path());
    let mut writer = Writer::open(folder.path()).unwrap();
    let gone = writer.archive().files(copydesk_archive::Table::Captures).map(|file| file.path.clone()).collect();
    writer.stage(Commit { files: Vec::new(), change: Change { gone, ..Change::default() } }).unwrap();
    assert_eq!(writer.archive().rows(copydesk_archive::Table::Captures), 0);
    drop(writer);
    assert_eq!(tables(folder.path()), before);
    sound(folder.path());
}

#[test]
fn of_a_story_that_shares_paragraphs_with_another_nothing_returns() {
    let all = captures(5, 90);
    let folder = made(&all);
    let view = View::open(folder.path(), &options()).unwrap();
    let story = view.stories(1000).unwrap().into_iter().find(|story| story.versions > 2).unwrap();
    let leaves = view.versions_of(&story.id).unwrap().pop().unwrap();
    drop(view);
    // Two stories of nearly the same paragraphs.
    let ids = [leaves.id.clone()];
    split_story(folder.path(), &story.id, &ids, "", &options(), &Quiet).unwrap();
    let other = View::open(folder.path(), &options()).unwrap().story(&leaves.id).unwrap();
    let forgot = forget(folder.path(), &[Forget::Story(other.id)], "", &options(), &Quiet).unwrap();
    assert!(forgot.cut > 0, "{forgot:?}");
    let found = tables(folder.path());
    let again = add(folder.path(), all.iter().cloned().map(Ok), &options(), &Quiet).unwrap();
    assert_eq!((again.outcomes["kept"], again.renamed), (0, 0), "{:?}", again.outcomes);
    assert_eq!(tables(folder.path()), found);

    // Nor when the one that stayed is forgotten, too.
    let stayed = View::open(folder.path(), &options()).unwrap().stories(1000).unwrap();
    let stayed = stayed.into_iter().find(|own| own.headline == story.headline).unwrap();
    forget(folder.path(), &[Forget::Story(stayed.id)], "", &options(), &Quiet).unwrap();
    let found = tables(folder.path());
    let again = add(folder.path(), all.into_iter().map(Ok), &options(), &Quiet).unwrap();
    assert_eq!((again.outcomes["kept"], again.renamed), (0, 0), "{:?}", again.outcomes);
    assert_eq!(tables(folder.path()), found);
    for paragraph in leaves.body.split("\n\n") {
        assert!(!is_anywhere(folder.path(), paragraph), "{paragraph}");
    }
    sound(folder.path());
}

#[test]
fn a_capture_that_was_cut_when_it_came_is_known_when_more_of_it_is_forgotten() {
    let all = captures(5, 90);
    let folder = made(&all[..45]);
    let largest = || View::open(folder.path(), &options()).unwrap().stories(1).unwrap().remove(0).id;
    for _ in 0..3 {
        forget(folder.path(), &[Forget::Story(largest())], "", &options(), &Quiet).unwrap();
        add(folder.path(), all.iter().cloned().map(Ok), &options(), &Quiet).unwrap();
        let found = tables(folder.path());
        let again = add(folder.path(), all.iter().cloned().map(Ok), &options(), &Quiet).unwrap();
        assert_eq!((again.outcomes["kept"], again.renamed), (0, 0), "{:?}", again.outcomes);
        assert_eq!(tables(folder.path()), found);
    }
    sound(folder.path());
}

#[test]
fn a_story_that_became_a_part_of_another_is_forgotten_with_it() {
    let folder = made(&captures(5, 40));
    let stories = View::open(folder.path(), &options()).unwrap().stories(2).unwrap();
    let ids: Vec<String> = stories.into_iter().map(|story| story.id).collect();
    merge_stories(folder.path(), &ids, "", &options(), &Quiet).unwrap();
    let merged = View::open(folder.path(), &options()).unwrap().story(&ids[0]).unwrap().id;
    forget(folder.path(), &[Forget::Story(merged)], "asked for", &options(), &Quiet).unwrap();
    let view = View::open(folder.path(), &options()).unwrap();
    for id in &ids {
        assert_eq!(view.forgotten(id), Some("asked for"), "{id}");
    }
}
