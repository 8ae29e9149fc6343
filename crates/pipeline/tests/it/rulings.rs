//! What the user says of stories holds, whatever is added later.

use std::path::Path;

use copydesk_model::Capture;
use copydesk_pipeline::{ErrorKind, Options, Quiet, Ruling, StoryRow, View, add, merge_stories, split_story};

use crate::{equal::tables, made_up::captures};

fn options() -> Options {
    Options { threads: 1, ..Options::default() }
}

fn made(captures: &[Capture]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    add(folder.path(), captures.iter().cloned().map(Ok), &options(), &Quiet).unwrap();
    folder
}

fn view(dir: &Path) -> View {
    View::open(dir, &options()).unwrap()
}

/// A story with several versions.
fn changed(dir: &Path) -> StoryRow {
    view(dir).stories(1000).unwrap().into_iter().find(|story| story.versions > 2).unwrap()
}

fn split(dir: &Path) -> (StoryRow, String) {
    let story = changed(dir);
    // The first version gives a story its id, and takes it along.
    let mut others =
        view(dir).versions_of(&story.id).unwrap().into_iter().filter(|version| !version.id.starts_with(&story.id));
    let leaves = others.next_back().unwrap().id;
    split_story(dir, &story.id, std::slice::from_ref(&leaves), "another fire", &options(), &Quiet).unwrap();
    (story, leaves)
}

#[test]
fn a_version_that_was_split_off_is_a_story() {
    let folder = made(&captures(3, 80));
    let before = view(folder.path()).stories(1000).unwrap();
    let (story, leaves) = split(folder.path());
    let view = view(folder.path());
    assert_eq!(view.stories(1000).unwrap().len(), before.len() + 1);
    let own = view.story(&leaves).unwrap();
    assert_eq!((own.versions, own.id.as_str()), (1, &leaves[..16]));
    let rest = view.story(&story.id).unwrap();
    assert_eq!(rest.versions, story.versions - 1);
    assert_eq!(rest.clippings + own.clippings, story.clippings);
    assert!(matches!(&view.rulings()[0], Ruling::Split { note, .. } if note == "another fire"));
}

#[test]
fn it_holds_whatever_comes_later() {
    let all = captures(3, 120);
    let folder = made(&all[..80]);
    let (story, leaves) = split(folder.path());
    add(folder.path(), all[80..].iter().cloned().map(Ok), &options(), &Quiet).unwrap();
    let later = view(folder.path());
    assert_ne!(later.story(&leaves).unwrap().id, later.story(&story.version).unwrap().id);
    // Said of all captures at once it comes to the same, and so it does when all is worked out anew.
    let expected = tables(folder.path());
    add(folder.path(), [], &Options { resplit: true, ..options() }, &Quiet).unwrap();
    assert_eq!(tables(folder.path()), expected);
}

#[test]
fn what_is_merged_is_one_story_and_old_ids_lead_to_it() {
    let folder = made(&captures(3, 80));
    let stories = view(folder.path()).stories(1000).unwrap();
    let ids = [stories[0].id.clone(), stories[7].id.clone()];
    let funnel = merge_stories(folder.path(), &ids, "", &options(), &Quiet).unwrap();
    assert_eq!(funnel.stories as usize, stories.len() - 1);
    let after = view(folder.path());
    let (a, b) = (after.story(&ids[0]).unwrap(), after.story(&ids[1]).unwrap());
    assert_eq!(a, b);
    assert_eq!(a.versions, stories[0].versions + stories[7].versions);
    assert_eq!(a.clippings, stories[0].clippings + stories[7].clippings);
    drop(after);

    let again = merge_stories(folder.path(), &ids, "", &options(), &Quiet).unwrap_err();
    assert!(again.kind() == ErrorKind::Id && again.to_string().contains("one story already"), "{again}");
}

#[test]
fn merging_takes_a_split_back() {
    let folder = made(&captures(3, 80));
    let before = tables(folder.path());
    let (story, leaves) = split(folder.path());
    assert_ne!(tables(folder.path()), before);
    merge_stories(folder.path(), &[story.id, leaves], "", &options(), &Quiet).unwrap();
    assert_eq!(tables(folder.path()), before);
}

#[test]
fn what_cannot_be_said_is_refused_and_changes_nothing() {
    let folder = made(&captures(3, 80));
    let before = tables(folder.path());
    let story = changed(folder.path());
    let versions: Vec<String> =
        view(folder.path()).versions_of(&story.id).unwrap().into_iter().map(|version| version.id).collect();
    let error = split_story(folder.path(), &story.id, &versions, "", &options(), &Quiet).unwrap_err();
    assert!(error.to_string().contains("nothing would be left"), "{error}");
    let other = view(folder.path()).stories(1000).unwrap().into_iter().find(|other| other.id != story.id).unwrap();
    let error = split_story(folder.path(), &other.id, &versions[..1], "", &options(), &Quiet).unwrap_err();
    assert!(error.to_string().contains(&format!("is one of story `{}`", story.id)), "{error}");
    let error = merge_stories(folder.path(), &[story.id, "ffffffff".into()], "", &options(), &Quiet).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Id);
    assert!(merge_stories(&folder.path().join("none"), &[], "", &options(), &Quiet).is_err());
    assert_eq!(tables(folder.path()), before);
}
