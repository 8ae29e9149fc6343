//! Data on stdout, talk on stderr, nothing but text in a pipe.

use std::{
    io::{BufRead, Read, Write},
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use crate::run::{copydesk, program, samples};

#[test]
fn a_pipe_gets_no_colours_and_no_progress() {
    let done = program().env_remove("NO_COLOR").args(["clip", "--explain", &samples()]).output().unwrap();
    assert!(done.status.success() && done.stderr.is_empty(), "{done:?}");
    assert!(!done.stdout.contains(&0x1b));
}

#[test]
fn a_reader_that_has_enough_ends_it_quietly() {
    let mut child = program();
    let child = child.args(["clip", &samples(), &samples(), &samples(), &samples()]);
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut [0; 10]).unwrap();
    drop(out);
    let done = child.wait_with_output().unwrap();
    assert_eq!((done.status.code(), String::from_utf8_lossy(&done.stderr).as_ref()), (Some(0), ""));
}

/// Started, with a pipe at each end that stays open as long as the test wants.
fn piped(args: &[&str]) -> Child {
    let mut command = program();
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn what_trickles_in_comes_out_before_the_end() {
    for threads in ["1", "2"] {
        let mut child = piped(&["clip", "--threads", threads, "-"]);
        let (mut input, mut out) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let reader = std::thread::spawn(move || out.read_exact(&mut [0; 10]).is_ok());
        let begun = Instant::now();
        for number in 0.. {
            let line = serde_json::json!({"id": format!("{number}"), "text": crate::run::FERRY}).to_string();
            // Once the reader has had enough, the program may have ended.
            if writeln!(input, "{line}").is_err() || reader.is_finished() {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "nothing came out, {threads} threads");
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(reader.join().unwrap());
        drop(input);
        child.wait().unwrap();
    }
}

#[test]
fn a_line_is_clipped_before_the_next_one_comes() {
    for threads in ["1", "2"] {
        let mut child = piped(&["clip", "--threads", threads, "-"]);
        let (mut input, out) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (send, clipped) = std::sync::mpsc::channel();
        let reader = std::thread::spawn(move || {
            for line in std::io::BufReader::new(out).lines() {
                send.send(line.unwrap()).unwrap();
            }
        });
        for number in 0..3 {
            let line = serde_json::json!({"id": format!("{number}"), "text": crate::run::FERRY});
            writeln!(input, "{line}").unwrap();
            let line = clipped.recv_timeout(Duration::from_secs(20));
            assert!(line.is_ok_and(|line| line.contains(&format!("\"{number}\""))), "{number}, {threads} threads");
        }
        drop(input);
        reader.join().unwrap();
        assert!(child.wait().unwrap().success());
    }
}

#[test]
#[cfg(unix)]
fn one_ctrl_c_ends_what_waits_for_a_pipe() {
    for (threads, lines) in [("1", 1), ("2", 1), ("2", 0)] {
        let folder = crate::run::folder(&[]);
        let archive = crate::run::path(&folder, "archive");
        let mut child = piped(&["add", "--threads", threads, &archive, "-"]);
        let mut input = child.stdin.take().unwrap();
        for number in 0..lines {
            writeln!(input, "{}", serde_json::json!({"id": format!("{number}"), "text": crate::run::FERRY})).unwrap();
        }
        std::thread::sleep(Duration::from_secs(1));
        let pid = child.id().to_string();
        assert!(std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        let begun = Instant::now();
        while child.try_wait().unwrap().is_none() {
            assert!(begun.elapsed() < Duration::from_secs(20), "still waiting, {threads} threads");
            std::thread::sleep(Duration::from_millis(20));
        }
        // The pipe stayed open all the while.
        drop(input);
        let done = child.wait_with_output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert_eq!((done.status.code(), err.as_ref()), (Some(130), ""), "{out}");
        assert!(out.contains("Stopped. What was read is kept"), "{out}");
        assert_eq!(copydesk(&["stats", &archive, "--json"]).json()["funnel"]["captures"], lines);
        if lines > 0 {
            copydesk(&["stats", &archive]).ends(0, &["an `add` is at work, or was stopped"]);
        }
        copydesk(&["add", &archive]).ends(0, &[]);
        assert_eq!(copydesk(&["export", &archive]).lines().len(), lines);
    }
}

/// Whether what this process starts will not hear of SIGHUP, as `nohup` has it.
#[cfg(unix)]
fn ignores_hangups() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap_or_default();
    u64::from_str_radix(ignored.trim(), 16).is_ok_and(|signals| signals & 1 == 1)
}

#[test]
#[cfg(unix)]
#[allow(clippy::print_stderr, reason = "a part of a test that is skipped says so")]
fn what_is_asked_to_end_leaves_no_text_behind() {
    for signal in ["-INT", "-TERM", "-HUP"] {
        if signal == "-HUP" && ignores_hangups() {
            eprintln!("!!! SKIPPED: SIGHUP is ignored here (nohup?), and so it is by what the tests start");
            continue;
        }
        let folder = crate::run::folder(&[]);
        let mut command = program();
        command.env("TMPDIR", folder.path()).args(["clip", "--together", "-"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        writeln!(input, "{}", serde_json::json!({"id": "a", "text": crate::run::FERRY})).unwrap();
        let begun = Instant::now();
        while std::fs::read_dir(folder.path()).unwrap().next().is_none() {
            assert!(begun.elapsed() < Duration::from_secs(20), "no archive was begun");
            std::thread::sleep(Duration::from_millis(20));
        }
        std::thread::sleep(Duration::from_secs(1));
        let pid = child.id().to_string();
        assert!(std::process::Command::new("kill").args([signal, &pid]).status().unwrap().success());
        let asked = Instant::now();
        while child.try_wait().unwrap().is_none() {
            assert!(asked.elapsed() < Duration::from_secs(60), "{signal} did not end it");
            std::thread::sleep(Duration::from_millis(20));
        }
        let done = child.wait_with_output().unwrap();
        drop(input);
        assert_eq!(done.status.code(), Some(130), "{signal}: {done:?}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{signal}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let done = program().args(["clip", &samples()]).stdout(full).output().unwrap();
    assert_eq!(done.status.code(), Some(1));
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(said.starts_with("error:") && said.contains("No space left"), "{said}");
}

#[test]
fn threads_change_nothing() {
    let run = |threads: &str| copydesk(&["clip", "--threads", threads, &samples()]).fine();
    assert_eq!(run("1"), run("3"));
}

#[test]
fn text_of_pages_cannot_drive_the_terminal() {
    let page = crate::run::FERRY.replace("Ferry Sails", "Ferry\u{1b}[2J Sails");
    let line = serde_json::json!({"id": "a\u{1b}]0;x\u{7}", "text": page}).to_string();
    let done = crate::run::with_input(&["clip", "--explain", "-"], line.as_bytes());
    assert!(!done.out.contains(['\u{1b}', '\u{7}']), "{done:?}");
}
