//! The commands that change an archive after the fact, on the demo's.

use std::fs;

use tempfile::TempDir;

use crate::run::{copydesk, folder, path, samples};

fn archive() -> (TempDir, String) {
    let folder = folder(&[]);
    let archive = path(&folder, "archive");
    copydesk(&["add", &archive, &samples()]).fine();
    (folder, archive)
}

/// Ids of the story on a page of the demo, and of its versions.
fn story_on(archive: &str, clipping: &str) -> (String, Vec<String>) {
    let page = copydesk(&["story", archive, clipping, "--json"]).json();
    let text = |value: &serde_json::Value| value["id"].as_str().unwrap().to_owned();
    (text(&page["story"]), page["versions"].as_array().unwrap().iter().map(text).collect())
}

#[test]
fn a_story_is_taken_apart_and_put_together_again_by_hand() {
    let (_folder, archive) = archive();
    let (story, versions) = story_on(&archive, "06-northern-ledger#0");
    assert_eq!(versions.len(), 2);
    let out =
        copydesk(&["split-story", &archive, &story[..8], &versions[1][..12], "--note", "the test after it"]).fine();
    assert!(out.contains("9  stories") && out.contains("1 version, 1 clipping"), "{out}");
    let why = copydesk(&["why", &archive, "06-northern-ledger", "07-northern-ledger"]).fine();
    assert!(why.contains("two stories") && why.contains("by hand") && why.contains("the test after it"), "{why}");

    // It holds when all is worked out anew.
    let funnel = copydesk(&["add", &archive, "--resplit", "--json"]).json();
    assert_eq!(funnel["stories"], 9);
    let funnel = copydesk(&["merge-stories", &archive, &versions[0], &versions[1], "--json"]).json();
    assert_eq!(funnel["stories"], 8);
    let why = copydesk(&["why", &archive, "06-northern-ledger", "07-northern-ledger", "--json"]).json();
    assert_eq!((&why[0]["same_story"], &why[0]["ruling"]["kind"]), (&true.into(), &"merge".into()));
    copydesk(&["merge-stories", &archive, &versions[0], &versions[1]]).ends(1, &["one story already"]);
    copydesk(&["merge-stories", &archive, &story]).ends(2, &["STORY"]);
    let stats = copydesk(&["stats", &archive]).fine();
    assert!(stats.contains("said by hand"), "{stats}");
}

#[test]
fn what_is_forgotten_is_gone_and_stays_out() {
    let (folder, archive) = archive();
    let (story, _) = story_on(&archive, "13-sahel-sindian#0");
    let headline = copydesk(&["story", &archive, &story, "--json"]).json()["story"]["headline"].clone();
    let asked = copydesk(&["forget", &archive, &story]).fine();
    assert!(asked.contains("Would forget the story") && asked.contains("Nothing was changed"), "{asked}");
    copydesk(&["forget", &archive, &story, "--json"]).ends(1, &["--yes"]);
    let done = copydesk(&["forget", &archive, &story, "--yes", "--note", "made up for it"]).fine();
    assert!(done.contains("7  stories"), "{done}");
    let gone = done.lines().find(|line| line.starts_with("Gone: ")).unwrap();
    assert!(gone.ends_with(" blocks of 1 capture."), "{gone}");
    copydesk(&["story", &archive, &story]).ends(1, &["was forgotten", "made up for it"]);
    let everything: String = ["captures", "clippings", "versions"]
        .map(|table| copydesk(&["export", &archive, table, "--format", "jsonl"]).fine())
        .concat();
    assert!(!everything.contains(headline.as_str().unwrap()));
    let checked = copydesk(&["verify", &archive]).fine();
    assert!(checked.contains("to be forgotten") && checked.ends_with("All is well.\n"), "{checked}");
    let again = copydesk(&["add", &archive, &samples(), "--json"]).json();
    assert_eq!((&again["stories"], &again["outcomes"]["kept"]), (&7.into(), &0.into()));

    // As a run leaves it that is killed at its end.
    fs::create_dir_all(folder.path().join("archive").join("work").join("rows-7")).unwrap();
    copydesk(&["verify", &archive]).ends(1, &["what a killed run left"]);
    let asked = copydesk(&["forget", &archive, &story, "--yes"]).fine();
    assert!(asked.contains("was forgotten before") && asked.contains("7  stories"), "{asked}");
    copydesk(&["verify", &archive]).fine();

    let url = "https://www.coastweekly.example/";
    let all = copydesk(&["export", &archive, "captures", "--format", "jsonl"]).fine();
    let row: serde_json::Value =
        serde_json::from_str(all.lines().find(|line| line.contains("coastweekly")).unwrap()).unwrap();
    let done = copydesk(&["forget", &archive, row["url"].as_str().unwrap(), "--yes", "--json"]).json();
    assert!(done["captures"].as_u64().unwrap() >= 1, "{url}: {done}");
    let again = copydesk(&["add", &archive, &samples()]);
    assert_eq!((again.code, again.out.contains("told to forget")), (0, true), "{again:?}");
    copydesk(&["forget", &archive, "nobody"]).ends(1, &["nothing is called"]);
    copydesk(&["forget", &archive, "06-northern-ledger#0", "--yes"]).ends(1, &["a whole story"]);
}

#[test]
fn damage_is_named_and_ends_with_1() {
    let (folder, archive) = archive();
    let sound = copydesk(&["verify", &archive, "--json"]).json();
    assert_eq!(sound["problems"], serde_json::json!([]));
    let file = fs::read_dir(folder.path().join("archive/tables/versions")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = fs::read(&file).unwrap();
    bytes[100] ^= 4;
    fs::write(&file, bytes).unwrap();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    copydesk(&["verify", &archive]).ends(1, &["1 problem", &name]);
    let found = copydesk(&["verify", &archive, "--json"]);
    assert_eq!((found.code, found.json()["problems"].as_array().unwrap().len()), (1, 1));
    copydesk(&["verify", &path(&folder, "none")]).ends(1, &["does not exist"]);
}

#[test]
fn a_list_of_files_that_was_damaged_is_named_read_and_not_written() {
    let (folder, archive) = archive();
    let list = folder.path().join("archive/archive.sqlite");
    let mut bytes = fs::read(&list).unwrap();
    // In the row, not in SQLite's index of paths.
    let place = bytes.windows(21).position(|said| said == b"storiestables/stories").unwrap();
    bytes[place + 25] ^= 1;
    fs::write(&list, bytes).unwrap();
    let says = ["archive.sqlite` is damaged", "restore it from a copy"];
    copydesk(&["verify", &archive]).ends(1, &says);
    copydesk(&["add", &archive, &samples()]).ends(1, &says);
    let read = copydesk(&["export", &archive, "captures"]);
    assert!(read.code == 0 && read.err.contains("warning: ") && read.err.contains(says[0]), "{read:?}");
}

#[test]
fn small_files_come_together() {
    let (_folder, archive) = archive();
    let none = copydesk(&["compact", &archive]).fine();
    assert!(none.contains("Nothing to bring together"), "{none}");
    let folder = folder(&[("one.txt", crate::run::FERRY.as_bytes())]);
    copydesk(&["add", &archive, &path(&folder, "one.txt")]).fine();
    let before = copydesk(&["export", &archive, "stories"]).fine();
    let done = copydesk(&["compact", &archive, "--json"]).json();
    // One file for each table is left.
    assert_eq!((&done["files_before"], &done["files_after"]), (&18.into(), &11.into()));
    assert_eq!(copydesk(&["export", &archive, "stories"]).fine(), before);
    copydesk(&["verify", &archive]).fine();
}

#[test]
fn both_sides_of_a_story_are_shown_when_what_leads_it_leaves() {
    let (_folder, archive) = archive();
    let (story, versions) = story_on(&archive, "06-northern-ledger#0");
    assert!(versions[0].starts_with(&story));
    let out = copydesk(&["split-story", &archive, &story, &versions[0]]).fine();
    assert!(out.contains(&format!("{story}  ")) && out.contains(&format!("{}  ", &versions[1][..16])), "{out}");
}

#[test]
fn stories_that_were_merged_are_compared_and_the_ruling_is_told() {
    let (_folder, archive) = archive();
    let [(one, _), (other, _)] = ["13-sahel-sindian#0", "06-northern-ledger#0"].map(|id| story_on(&archive, id));
    copydesk(&["merge-stories", &archive, &one, &other, "--note", "one event"]).fine();
    let why = copydesk(&["why", &archive, &one, &other]).fine();
    assert!(why.contains("by hand         put together") && why.contains("one event"), "{why}");
    let why = copydesk(&["why", &archive, &other[..8], &one[..8], "--json"]).json();
    assert_eq!((&why[0]["same_story"], &why[0]["ruling"]["kind"]), (&true.into(), &"merge".into()));
    assert_ne!(why[0]["a"]["version"], why[0]["b"]["version"]);
}

#[test]
fn the_files_that_count_are_listed() {
    let (folder, archive) = archive();
    let files = copydesk(&["stats", &archive, "--json"]).json()["files"].clone();
    for (table, files) in files.as_object().unwrap() {
        let files: Vec<&str> = files.as_array().unwrap().iter().map(|file| file.as_str().unwrap()).collect();
        let there = fs::read_dir(folder.path().join("archive/tables").join(table)).unwrap().count();
        assert!(files.len() == there && files.iter().all(|file| folder.path().join("archive").join(file).is_file()));
    }
}

#[test]
fn another_page_under_an_id_that_was_forgotten_is_told() {
    let folder = folder(&[("in/page.txt", crate::run::FERRY.as_bytes())]);
    let (archive, pages) = (path(&folder, "archive"), path(&folder, "in"));
    copydesk(&["add", &archive, &pages]).fine();
    copydesk(&["forget", &archive, "page.txt", "--yes"]).fine();
    // The page that was meant is refused as it was told to be.
    let again = copydesk(&["add", &archive, &pages]);
    assert_eq!((again.code, again.out.contains("the archive was told to forget it")), (0, true), "{again:?}");
    fs::write(folder.path().join("in/page.txt"), crate::run::FERRY.replace("ferry", "lifeboat")).unwrap();
    copydesk(&["add", &archive, &pages]).ends(3, &["the capture of this id", "give it another id"]);
    assert_eq!(copydesk(&["stats", &archive, "--json"]).json()["funnel"]["captures"], 0);
    copydesk(&["verify", &archive]).fine();
}

#[test]
fn all_that_is_to_be_forgotten_is_understood_first() {
    let (_folder, archive) = archive();
    let done = copydesk(&["forget", &archive, "13-sahel-sindian", "nobody", "--yes"]);
    done.ends(1, &["nothing is called"]);
    assert_eq!(done.out, "");
    assert_eq!(copydesk(&["stats", &archive, "--json"]).json()["funnel"]["captures"], 14);
}
