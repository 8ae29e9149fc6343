//! Looking after an archive: `compact` and `verify`.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use arrow::array::{ArrayRef, AsArray, RecordBatch, StringArray};
use copydesk_archive::{Archive, Change, Commit, Table, Writer};
use copydesk_pipeline::{Error, ErrorKind, Forget, Options, Quiet, View, add, compact, forget, split_story, verify};

use crate::{equal::tables, made_up::captures};

/// An archive that grew by three captures at a time.
fn grown(n: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for few in captures(6, 30)[..n].chunks(3) {
        add(folder.path(), few.iter().cloned().map(Ok), &Options::default(), &Quiet).unwrap();
    }
    folder
}

fn problems(dir: &Path) -> Vec<String> {
    verify(dir, &Options::default(), &Quiet).unwrap().problems.iter().map(ToString::to_string).collect()
}

fn files(dir: &Path, table: Table) -> Vec<std::path::PathBuf> {
    Archive::open(dir).unwrap().files(table).map(|file| dir.join(&file.path)).collect()
}

#[test]
fn many_small_files_become_one_and_no_row_changes() {
    let folder = grown(24);
    let before = tables(folder.path());
    assert_eq!(files(folder.path(), Table::Captures).len(), 8);
    let done = compact(folder.path(), &Options::default(), &Quiet).unwrap();
    assert_eq!(done.files_after, Table::ALL.len() as u64, "{done:?}");
    assert!(done.files_before >= 5 * 8 + 6, "{done:?}");
    assert!(done.bytes_after < done.bytes_before);
    assert_eq!(tables(folder.path()), before);
    assert!(problems(folder.path()).is_empty());
    assert!(!View::open(folder.path(), &Options::default()).unwrap().is_behind(), "nothing has to be worked out anew");
    assert_eq!(fs::read_dir(folder.path().join("tables/captures")).unwrap().count(), 1, "the old files are gone");

    // It is the same archive to what comes later, and there is nothing more to do.
    let more = captures(6, 30);
    add(folder.path(), more.clone().into_iter().map(Ok), &Options::default(), &Quiet).unwrap();
    let whole = tempfile::tempdir().unwrap();
    add(whole.path(), more.into_iter().map(Ok), &Options::default(), &Quiet).unwrap();
    assert_eq!(tables(folder.path()), tables(whole.path()));
    compact(folder.path(), &Options::default(), &Quiet).unwrap();
    let nothing = compact(folder.path(), &Options::default(), &Quiet).unwrap();
    assert_eq!((nothing.files_before, nothing.bytes_before), (nothing.files_after, nothing.bytes_after));
}

#[test]
fn one_flipped_bit_in_any_file_is_found_and_named() {
    let folder = grown(12);
    assert!(problems(folder.path()).is_empty());
    for table in Table::ALL {
        let file = files(folder.path(), table).remove(0);
        let sound = fs::read(&file).unwrap();
        let mut flipped = sound.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 1;
        fs::write(&file, flipped).unwrap();
        let found = problems(folder.path());
        assert!(found.len() == 1 && found[0].contains(&*file.file_name().unwrap().to_string_lossy()), "{found:?}");
        assert!(found[0].contains(table.name()), "{found:?}");
        fs::write(&file, sound).unwrap();
    }
    assert!(problems(folder.path()).is_empty());
}

#[test]
fn what_is_missing_cut_or_not_the_archives_is_told() {
    let folder = grown(12);
    let captures = files(folder.path(), Table::Captures);
    let whole = fs::read(&captures[0]).unwrap();
    fs::write(&captures[0], &whole[..whole.len() - 1]).unwrap();
    fs::remove_file(&captures[1]).unwrap();
    fs::write(folder.path().join("tables/stories/notes.txt"), "mine").unwrap();
    let found = problems(folder.path());
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().any(|p| p.contains("bytes where the archive wrote")), "{found:?}");
    assert!(found.iter().any(|p| p.contains("is missing")), "{found:?}");
    assert!(found.iter().any(|p| p.contains("notes.txt` is no file of the archive")), "{found:?}");
}

#[test]
fn tables_that_do_not_belong_together_are_told() {
    let folder = grown(12);
    let mut writer = Writer::open(folder.path()).unwrap();
    let gone = writer.archive().files(Table::Stories).map(|file| file.path.clone()).collect();
    writer
        .commit(Commit { files: Vec::new(), change: Change { gone, same_captures: true, ..Change::default() } })
        .unwrap();
    writer.close().unwrap();
    let found = problems(folder.path());
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("`clippings.story` names `") && found[1].starts_with("`versions.story` names `"));
    assert!(found[0].contains("--resplit"), "{found:?}");
    add(folder.path(), [], &Options { resplit: true, ..Options::default() }, &Quiet).unwrap();
    assert!(problems(folder.path()).is_empty());
}

fn flip(file: &Path, at: usize) {
    let mut bytes = fs::read(file).unwrap();
    bytes[at] ^= 1;
    fs::write(file, bytes).unwrap();
}

/// Flips a bit of a file such that all of it can be read still, with another text in a column.
fn change_a_text(dir: &Path, table: Table, column: &str) -> PathBuf {
    let file = files(dir, table).remove(0);
    let texts = || -> Result<Vec<String>, copydesk_archive::Error> {
        let mut texts = Vec::new();
        for batch in Archive::open(dir)?.read(table, Some(&[column]), 100)? {
            texts.extend(batch?.column(0).as_string::<i32>().iter().flatten().map(str::to_owned));
        }
        Ok(texts)
    };
    let before = texts().unwrap();
    for at in (60..fs::metadata(&file).unwrap().len() as usize).step_by(53) {
        flip(&file, at);
        if texts().is_ok_and(|now| now.len() == before.len() && now != before) {
            return file;
        }
        flip(&file, at);
    }
    panic!("no bit of `{}` is one of a text", file.display());
}

/// It names the file and nothing has changed.
#[track_caller]
fn refused<T: std::fmt::Debug>(dir: &Path, done: Result<T, Error>, file: &Path, commit: u64) -> String {
    let error = done.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Damaged, "{error}");
    assert!(error.to_string().contains(&*file.to_string_lossy()), "{error}");
    assert_eq!(Archive::open(dir).unwrap().commit(), commit);
    let found = problems(dir);
    assert!(found.iter().any(|problem| problem.contains(&*file.to_string_lossy())), "{found:?}");
    error.to_string()
}

#[test]
fn what_is_damaged_is_not_brought_together() {
    let folder = grown(12);
    let dir = folder.path();
    let before = tables(dir);
    for table in Table::ALL.into_iter().filter(|&table| files(dir, table).len() > 1) {
        let commit = Archive::open(dir).unwrap().commit();
        let file = files(dir, table).remove(1);
        let sound = fs::read(&file).unwrap();
        flip(&file, sound.len() / 2);
        let said = refused(dir, compact(dir, &Options::default(), &Quiet), &file, commit);
        if Table::DERIVED.contains(&table) {
            assert!(said.contains(&format!("`copydesk add {} --resplit` makes it again", dir.display())), "{said}");
        } else {
            assert!(said.contains("restore it from a copy"), "{said}");
        }
        fs::write(&file, sound).unwrap();
    }
    compact(dir, &Options::default(), &Quiet).unwrap();
    assert_eq!(tables(dir), before);
}

#[test]
fn rows_of_a_damaged_file_are_not_written_anew() {
    let all = captures(6, 30);
    let folder = grown(24);
    let dir = folder.path();
    compact(dir, &Options::default(), &Quiet).unwrap();
    let commit = Archive::open(dir).unwrap().commit();
    let view = View::open(dir, &Options::default()).unwrap();
    let story = view.stories(1000).unwrap().into_iter().find(|story| story.versions > 2).unwrap();
    let leaves = view.versions_of(&story.id).unwrap().pop().unwrap().id;
    drop(view);
    for (table, column) in [(Table::Versions, "body"), (Table::Clippings, "headline")] {
        let sound = fs::read(files(dir, table).remove(0)).unwrap();
        let file = change_a_text(dir, table, column);
        let split = || split_story(dir, &story.id, std::slice::from_ref(&leaves), "", &Options::default(), &Quiet);
        let said = refused(dir, split(), &file, commit);
        assert!(said.contains("--resplit"), "{said}");
        fs::write(&file, sound).unwrap();
    }
    // Versions of an earlier `add` have clippings more now.
    let sound = fs::read(files(dir, Table::Versions).remove(0)).unwrap();
    let file = change_a_text(dir, Table::Versions, "body");
    let error = add(dir, all.iter().cloned().map(Ok), &Options::default(), &Quiet).unwrap_err();
    assert!(error.to_string().contains(&*file.to_string_lossy()), "{error}");
    fs::write(&file, sound).unwrap();
    add(dir, [], &Options::default(), &Quiet).unwrap();
    let commit = Archive::open(dir).unwrap().commit();

    let file = files(dir, Table::Blocks).remove(0);
    let sound = fs::read(&file).unwrap();
    flip(&file, sound.len() / 2);
    let what = [Forget::Story(View::open(dir, &Options::default()).unwrap().stories(1).unwrap().remove(0).id)];
    let said = refused(dir, forget(dir, &what, "", &Options::default(), &Quiet), &file, commit);
    assert!(said.contains("--resplit"), "{said}");
    fs::write(&file, sound).unwrap();

    let file = change_a_text(dir, Table::Captures, "text");
    let what = [Forget::Capture(all[3].id.clone())];
    let said = refused(dir, forget(dir, &what, "", &Options::default(), &Quiet), &file, commit);
    assert!(said.contains("restore it from a copy"), "{said}");
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if path.is_dir() {
            fs::create_dir(to.join(&name)).unwrap();
            copy(&path, &to.join(&name));
        } else {
            fs::copy(&path, to.join(&name)).unwrap();
        }
    }
}

#[test]
fn what_was_worked_out_is_made_again_where_it_is_lost() {
    let all = captures(6, 30);
    let whole = tempfile::tempdir().unwrap();
    add(whole.path(), all.iter().cloned().map(Ok), &Options::default(), &Quiet).unwrap();
    let expected = tables(whole.path());
    let resplit = Options { resplit: true, ..Options::default() };
    let sound = grown(12);
    for table in Table::DERIVED {
        for lose in [
            |file: &Path| fs::remove_file(file).unwrap(),
            |file: &Path| {
                flip(file, fs::metadata(file).unwrap().len() as usize - 12);
            },
        ] {
            let folder = tempfile::tempdir().unwrap();
            let dir = folder.path();
            copy(sound.path(), dir);
            let file = files(dir, table).remove(0);
            lose(&file);
            let found = problems(dir);
            assert!(found.len() == 1 && found[0].contains("--resplit"), "{found:?}");
            // Where it is read it is missed, and the message says what helps; where it is not, it is written anew.
            if let Err(error) = add(dir, all.iter().cloned().map(Ok), &Options::default(), &Quiet) {
                let says = format!("copydesk add {} --resplit", dir.display());
                assert!(error.to_string().contains(&says), "{table}: {error}");
            }
            add(dir, [], &resplit, &Quiet).unwrap();
            assert_eq!(problems(dir), Vec::<String>::new(), "{table}");
            assert_eq!(tables(dir), expected, "{table}");
        }
    }
}

/// Writes a table's first file anew with another text in the first row, under a checksum of its own.
fn launder(dir: &Path, table: Table, column: &str) {
    let mut writer = Writer::open(dir).unwrap();
    let file = writer.archive().files(table).next().unwrap().clone();
    let mut to = writer.table(table).unwrap();
    for (number, batch) in writer.archive().read_file(&file.path, None, 10_000).unwrap().enumerate() {
        let batch = batch.unwrap().with_schema(table.schema()).unwrap();
        let at = batch.schema().index_of(column).unwrap();
        let mut columns = batch.columns().to_vec();
        let texts = columns[at].as_string::<i32>().iter().flatten().enumerate();
        let other =
            texts.map(|(row, text)| if (number, row) == (0, 0) { text.replacen('a', "b", 1) } else { text.to_owned() });
        columns[at] = Arc::new(StringArray::from_iter_values(other)) as ArrayRef;
        to.write(&RecordBatch::try_new(batch.schema(), columns).unwrap()).unwrap();
    }
    let change = Change { gone: vec![file.path], same_captures: true, ..Change::default() };
    let files = vec![to.finish().unwrap()];
    writer.commit(Commit { files, change }).unwrap();
    writer.close().unwrap();
}

#[test]
fn texts_that_are_not_what_their_hashes_say_are_told() {
    let folder = grown(3);
    launder(folder.path(), Table::Versions, "body");
    let found = problems(folder.path());
    assert!(found.len() == 1 && found[0].contains("another body") && found[0].contains("--resplit"), "{found:?}");
    add(folder.path(), [], &Options { resplit: true, ..Options::default() }, &Quiet).unwrap();
    assert_eq!(problems(folder.path()), Vec::<String>::new());
    launder(folder.path(), Table::Captures, "text");
    let found = problems(folder.path());
    assert!(found[0].contains("the capture `capture-00000`") && found[0].contains("another text"), "{found:?}");
}

fn names_on_disk(dir: &Path) -> Vec<PathBuf> {
    let mut names: Vec<PathBuf> = Table::ALL
        .into_iter()
        .flat_map(|table| fs::read_dir(dir.join("tables").join(table.name())).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    names
}

fn names_on_list(dir: &Path) -> Vec<PathBuf> {
    let mut names: Vec<PathBuf> = Table::ALL.into_iter().flat_map(|table| files(dir, table)).collect();
    names.sort();
    names
}

#[test]
fn files_that_are_kept_for_readers_are_no_problem_and_go_with_the_last_of_them() {
    let folder = grown(12);
    let dir = folder.path();
    let [first, second] = [(); 2].map(|()| View::open(dir, &Options::default()).unwrap());
    let before = first.stories(1000).unwrap();
    add(dir, captures(6, 30).into_iter().map(Ok), &Options::default(), &Quiet).unwrap();
    let verified = verify(dir, &Options::default(), &Quiet).unwrap();
    assert!(verified.problems.is_empty(), "{:?}", verified.problems);
    assert!(verified.retired > 0);
    assert_eq!(names_on_disk(dir).len() as u64, names_on_list(dir).len() as u64 + verified.retired);
    drop(second);
    assert_eq!(first.stories(1000).unwrap(), before, "nothing vanishes under a reader");
    drop(first);
    assert_eq!(names_on_disk(dir), names_on_list(dir));
    assert_eq!(verify(dir, &Options::default(), &Quiet).unwrap().retired, 0);
}

#[test]
fn a_file_that_may_hold_what_was_forgotten_is_told_until_it_is_gone() {
    let folder = grown(12);
    let dir = folder.path();
    let reader = View::open(dir, &Options::default()).unwrap();
    let mut writer = Writer::open(dir).unwrap();
    // As a run leaves it that is killed after its commit.
    let gone = vec![files(dir, Table::Captures)[0].strip_prefix(dir).unwrap().display().to_string()];
    let forgotten = vec![copydesk_archive::Forgotten::capture("capture-00000")];
    writer.commit(Commit { files: Vec::new(), change: Change { gone, forgotten, ..Change::default() } }).unwrap();
    writer.close().unwrap();
    assert!(problems(dir).iter().any(|problem| problem.contains("may hold what was to be forgotten")));
    drop(reader);
    assert!(!problems(dir).iter().any(|problem| problem.contains("may hold what was to be forgotten")));
}

#[test]
fn who_reads_for_long_tidies_up_when_nobody_else_reads() {
    let folder = grown(12);
    let dir = folder.path();
    let open = || View::open(dir, &Options::default()).unwrap();
    let server = open();
    add(dir, captures(6, 30).into_iter().map(Ok), &Options::default(), &Quiet).unwrap();
    let kept = names_on_disk(dir);
    assert!(!server.tidy().unwrap(), "it shows what would go");
    let moved = open();
    assert!(!moved.tidy().unwrap(), "somebody reads what would go");
    assert_eq!(names_on_disk(dir), kept);
    drop(server);
    let writer = Writer::open(dir).unwrap();
    assert!(!moved.tidy().unwrap(), "somebody writes");
    drop(writer);
    assert!(moved.tidy().unwrap());
    assert_eq!(names_on_disk(dir), names_on_list(dir));
    // It is a reader still.
    let error = forget(dir, &[Forget::Capture("capture-00003".into())], "", &Options::default(), &Quiet).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Locked, "{error}");
    assert_eq!(moved.stories(1000).unwrap().len() as u64, moved.funnel().unwrap().stories);
}
