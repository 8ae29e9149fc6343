//! Runs the program.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Done {
    /// Ends well and says nothing on stderr.
    #[track_caller]
    pub(crate) fn fine(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// Ends with the code and says so much, on whichever stream.
    #[track_caller]
    pub(crate) fn ends(&self, code: i32, says: &[&str]) {
        assert_eq!(self.code, code, "{self:#?}");
        for part in says {
            assert!(self.out.contains(part) || self.err.contains(part), "{part:?} is missing: {self:#?}");
        }
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {self:#?}"))
    }

    #[track_caller]
    pub(crate) fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
    }
}

pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.env_remove("CLICOLOR_FORCE").env_remove("CARGO").env("NO_COLOR", "1");
    command
}

/// Runs the program on arguments, with what it gets on standard input.
pub(crate) fn with_input(args: &[&str], input: &[u8]) -> Done {
    let mut child =
        program().args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that stops reading early is not this helper's business.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Done {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

pub(crate) fn copydesk(args: &[&str]) -> Done {
    with_input(args, b"")
}

/// A folder with the given files in it.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

pub(crate) fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

/// The sample captures of the demo: made up, as messy as real ones.
pub(crate) fn samples() -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/captures.jsonl");
    path.display().to_string()
}

pub(crate) const FERRY: &str = "Ferry Sails Again After Three Weeks of Repairs\n\n\
    The ferry to the Outer Skerries sails again from Monday, the port said on its website, after three weeks of repairs \
    to a shaft that cracked in the storm of the second of March.\n\n\
    “We had hoped for less,” said its captain, Mara Lindqvist, who has sailed the route since 1998. “But the part had to \
    come from the mainland, and the mainland had no ferry to send it with.”\n\n\
    The first crossing leaves at six in the morning. Tickets bought for the weeks without a ship stay valid until the end \
    of the year, the port said, and nobody has to ask for it.\n";
