//! Bad input, full disks, other processes: each has its name, and nothing is lost.

use std::{path::PathBuf, process::Command, sync::Mutex};

use copydesk_model::{Capture, Outcome, Refused};
use copydesk_pipeline::{ErrorKind, Options, Progress, Quiet, View, add};

use crate::{equal::tables, made_up::captures};

fn capture(id: &str, text: &str) -> Result<Capture, Refused> {
    Ok(Capture { id: id.into(), text: text.into(), ..Capture::default() })
}

fn ids(dir: &std::path::Path) -> Vec<String> {
    let lines = tables(dir).remove("captures").unwrap();
    let id =
        |line: &String| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
    lines.iter().map(id).collect()
}

#[test]
fn every_record_is_counted_once() {
    let folder = tempfile::tempdir().unwrap();
    let refused = Refused {
        revisit: None,
        outcome: Outcome::NotJson,
        source: "crawl.jsonl:3".into(),
        site: String::new(),
        message: "no JSON".into(),
    };
    let text = "Ferry runs again\n\nThe ferry to the islands sailed again on Monday, after three weeks of repairs, the port said.";
    let records = vec![
        capture("a", text),
        capture("a", text),
        Err(refused.clone()),
        capture("b", " \n\t "),
        capture("a", "Another text under the same id.\n"),
        capture("a", "Another text under the same id.\n"),
        capture("c", text),
    ];
    struct Told(Mutex<Vec<Refused>>);
    impl Progress for Told {
        fn refused(&self, refused: &Refused) {
            self.0.lock().unwrap().push(refused.clone());
        }
    }
    let told = Told(Mutex::default());
    let funnel = add(folder.path(), records, &Options::default(), &told).unwrap();
    let count = |outcome: &str| funnel.outcomes[outcome];
    assert_eq!((count("kept"), count("duplicate"), count("empty"), count("not_json")), (3, 2, 1, 1));
    assert_eq!(funnel.outcomes.values().sum::<u64>(), 7);
    assert_eq!(funnel.renamed, 1);
    assert_eq!(told.0.into_inner().unwrap()[0], refused);
    let ids = ids(folder.path());
    assert_eq!(ids.len(), 3);
    assert!(ids.contains(&"a".to_owned()) && ids.iter().any(|id| id.starts_with("a~") && id.len() == 10), "{ids:?}");
}

#[test]
fn no_capture_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let funnel = add(folder.path(), [], &Options::default(), &Quiet).unwrap();
    assert_eq!((funnel.captures, funnel.stories), (0, 0));
    let view = View::open(folder.path(), &Options::default()).unwrap();
    assert!(!view.is_behind());
    assert_eq!(view.stories(10).unwrap(), []);
    assert_eq!(view.clippings().unwrap().count(), 0);
}

#[test]
fn strange_texts_are_data() {
    let folder = tempfile::tempdir().unwrap();
    let long = "one line without an end ".repeat(200_000);
    let texts = ["x", "\u{feff}", "....", "\u{200b}\n\u{200b}", "\r\r\n\n\r", "ꙮ", &long, "\n\n\nTT\n20\nTT\n"];
    let records = texts.iter().enumerate().map(|(k, text)| capture(&k.to_string(), text));
    let funnel = add(folder.path(), records, &Options::default(), &Quiet).unwrap();
    assert_eq!(funnel.outcomes["kept"] + funnel.outcomes["empty"], texts.len() as u64);
    tables(folder.path());
}

#[test]
fn a_second_writer_is_refused_and_readers_are_not() {
    struct Meanwhile(PathBuf, Mutex<Option<ErrorKind>>);
    impl Progress for Meanwhile {
        fn stage(&self, _: &'static str, _: &'static str, _: Option<u64>) {
            *self.1.lock().unwrap() = Some(add(&self.0, [], &Options::default(), &Quiet).unwrap_err().kind());
            View::open(&self.0, &Options::default()).unwrap().funnel().unwrap();
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let meanwhile = Meanwhile(folder.path().to_owned(), Mutex::default());
    add(folder.path(), captures(5, 5).into_iter().map(Ok), &Options::default(), &meanwhile).unwrap();
    assert_eq!(meanwhile.1.into_inner().unwrap(), Some(ErrorKind::Locked));
}

struct Mounted(PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_disk_that_fills_up_at_any_size() {
    for kilobytes in [200, 300, 400, 600, 800, 1000, 1300, 1600] {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={kilobytes}k");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "copydesk-test"]).arg(folder.path()).status();
        if !mounted.is_ok_and(|status| status.success()) {
            eprintln!("SKIPPED a_disk_that_fills_up_at_any_size: cannot mount a tmpfs here (not root?)");
            return;
        }
        let _mounted = Mounted(folder.path().to_owned());
        let dir = folder.path().join("archive");
        let options = Options { batch_bytes: 100_000, threads: 2, memory: 1 << 20, ..Options::default() };
        let records = captures(6, 100).into_iter().map(Ok);
        match add(&dir, records, &options, &Quiet) {
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::DiskFull, "{kilobytes} kB: {error}");
                assert!(error.to_string().contains("no space left"), "{error}");
            }
            Ok(_) => assert!(kilobytes > 600, "the test's input is too small for its disks"),
        }
        if dir.join("archive.sqlite").exists() {
            let view = View::open(&dir, &options).unwrap();
            assert!(view.verify().is_empty(), "{kilobytes} kB: {:?}", view.verify());
            for table in view.tables() {
                view.table(table).unwrap().for_each(|batch| assert!(batch.is_ok()));
            }
        }
        // With room, the same command ends well.
        let more = Command::new("mount").args(["-o", "remount,size=64m"]).arg(folder.path()).status().unwrap();
        assert!(more.success());
        let funnel = add(&dir, captures(6, 100).into_iter().map(Ok), &options, &Quiet).unwrap();
        assert_eq!(funnel.captures, 100);
    }
}
