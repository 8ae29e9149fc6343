//! Whatever kills an `add`, the archive opens with every finished batch, and the next `add` ends at the same tables.

use std::{
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use copydesk_archive::{Archive, Table};
use copydesk_pipeline::{Forget, Forgot, Options, Quiet, View, add, forget};

use crate::{
    equal::tables,
    made_up::{Draw, Named, captures, pages, visit},
};

const SEED: u64 = 11;
const CAPTURES: usize = 150;
const VISITS: usize = 30;

fn options() -> Options {
    // Several batches, so that there is something to lose between them.
    Options { threads: 2, batch_bytes: 100_000, ..Options::default() }
}

/// A fifth of them are visits that find their page only when all is read.
fn add_all(dir: &Path) {
    let pages = pages(SEED, CAPTURES - VISITS);
    let visits = (0..VISITS).map(|k| visit(&pages[k], k, Named::ALL[k % 4]).1).collect::<Vec<_>>();
    add(dir, visits.into_iter().chain(pages.into_iter().map(Ok)), &options(), &Quiet).unwrap();
}

/// What the killed process runs: this binary again, with the folder in its environment.
#[test]
fn child() {
    if let Some(dir) = std::env::var_os("COPYDESK_CRASH_DIR") {
        add_all(Path::new(&dir));
    }
    if let Some(dir) = std::env::var_os("COPYDESK_CRASH_FORGET") {
        let _ = forget_some(Path::new(&dir));
    }
}

/// Runs [`child`] on a folder and kills it after a while; returns whether it was still at it.
fn kill(variable: &str, dir: &Path, after: Duration) -> bool {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::child"])
        .env(variable, dir)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    thread::sleep(after);
    let busy = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    busy
}

/// A URL that has captures.
fn forget_some(dir: &Path) -> Result<Forgot, copydesk_pipeline::Error> {
    let url = pages(SEED, CAPTURES - VISITS).swap_remove(7).url;
    forget(dir, &[Forget::Url(url)], "", &options(), &Quiet)
}

#[test]
fn what_was_to_be_forgotten_does_not_come_back_from_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let expected = folder.path().join("expected");
    add_all(&expected);
    let begun = Instant::now();
    forget_some(&expected).unwrap();
    let time = begun.elapsed().as_micros() as usize;
    let mut draw = Draw(SEED);
    let mut killed = 0;
    while killed < 20 {
        let dir = folder.path().join(format!("killed-{killed}"));
        add_all(&dir);
        killed += u32::from(kill("COPYDESK_CRASH_FORGET", &dir, Duration::from_micros(draw.below(time) as u64)));
        assert!(Archive::open(&dir).unwrap().verify().is_empty());
        // All of it, or nothing yet: never a capture without its story, or the other way round.
        let captures = Archive::open(&dir).unwrap().rows(Table::Captures);
        assert!([CAPTURES as u64, Archive::open(&expected).unwrap().rows(Table::Captures)].contains(&captures));
        let archive = Archive::open(&dir).unwrap();
        assert!(!archive.is_behind() && archive.rows(Table::Stories) > 0, "its stories stand");
        drop(archive);
        forget_some(&dir).unwrap();
        assert_eq!(tables(&dir), tables(&expected), "after kill {killed}");
    }
}

#[test]
fn killed_at_any_time() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    let begun = Instant::now();
    add_all(&whole);
    let time = begun.elapsed().as_micros() as usize;
    let expected = tables(&whole);

    // `COPYDESK_KILLS=5000` for the long run.
    let kills = std::env::var("COPYDESK_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let mut draw = Draw(SEED);
    let (mut killed, mut behind, mut partial) = (0, 0, 0);
    while killed < kills {
        let dir = folder.path().join(format!("killed-{killed}"));
        // Killed several times in a row before it may finish.
        for _ in 0..1 + draw.below(9) {
            killed += u32::from(kill("COPYDESK_CRASH_DIR", &dir, Duration::from_micros(draw.below(time) as u64)));
            if !dir.join("archive.sqlite").exists() {
                continue;
            }
            let archive = Archive::open(&dir).unwrap();
            assert!(archive.verify().is_empty());
            let rows = archive.rows(Table::Captures);
            assert!(rows <= CAPTURES as u64);
            behind += u32::from(archive.is_behind());
            partial += u32::from(rows > 0 && rows < CAPTURES as u64);
            View::open(&dir, &options()).unwrap();
        }
        add_all(&dir);
        assert_eq!(tables(&dir), expected, "after kill {killed}");
        let names: Vec<String> =
            std::fs::read_dir(&dir).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        assert!(!names.iter().any(|name| name.contains("draft") || name == "work"), "{names:?}");
        std::fs::remove_dir_all(&dir).unwrap();
    }
    eprintln!("{killed} kills: {behind} left captures without stories, {partial} left a part of the captures");
}

#[test]
fn what_was_interrupted_is_finished_without_input() {
    struct Stop(std::sync::atomic::AtomicUsize);
    impl copydesk_pipeline::Progress for Stop {
        fn stop(&self) -> bool {
            self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed) > 30
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let stop = Stop(0.into());
    let all = captures(SEED, 60);
    let funnel =
        add(folder.path(), all.clone().into_iter().map(Ok), &Options { threads: 1, ..options() }, &stop).unwrap();
    let kept = funnel.outcomes["kept"] as usize;
    assert!(kept > 0 && kept < 60, "{kept}");
    let view = View::open(folder.path(), &options()).unwrap();
    assert!(view.is_behind());
    assert_eq!(view.query("SELECT * FROM stories").unwrap().map(|b| b.unwrap().num_rows()).sum::<usize>(), 0);
    let funnel = add(folder.path(), [], &options(), &Quiet).unwrap();
    assert_eq!(funnel.captures as usize, kept);
    assert!(funnel.stories > 0);
    let whole = tempfile::tempdir().unwrap();
    add(whole.path(), all.into_iter().take(kept).map(Ok), &options(), &Quiet).unwrap();
    assert_eq!(tables(folder.path()), tables(whole.path()));
}
