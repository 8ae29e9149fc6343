use crate::run::copydesk;

const COMMANDS: [&str; 17] = [
    "demo",
    "add",
    "clip",
    "search",
    "story",
    "diff",
    "why",
    "compare",
    "export",
    "stats",
    "serve",
    "merge-stories",
    "split-story",
    "forget",
    "verify",
    "compact",
    "completions",
];

#[test]
fn a_newcomer_can_work_from_help() {
    let help = copydesk(&["--help"]).fine();
    for name in COMMANDS {
        assert!(help.contains(&format!("\n  {name} ")), "{name}: {help}");
        let help = copydesk(&[name, "--help"]).fine();
        assert!(help.contains("Usage: copydesk") && help.contains("\nExamples:\n  copydesk"), "{help}");
        assert!(help.lines().all(|line| line.chars().count() <= 100), "too wide for a terminal: {help}");
        // What is laid out by hand is not so wide that it is broken once more.
        assert!(help.lines().all(|line| !["or", "read"].contains(&line.trim())), "{help}");
        let laid_out = help.lines().skip_while(|line| !line.starts_with("Tables:") && !line.starts_with("Inputs are"));
        for line in laid_out.take_while(|line| !line.starts_with("Examples:")) {
            let said = line.trim_start();
            let indent = line.len() - said.len();
            assert!(indent != 2 || said.find("  ").is_some_and(|gap| gap < 12), "broken by hand and once more: {line}");
        }
    }
    for says in ["Exit codes:", "copydesk demo", "3    done, but some of the input was left out"] {
        assert!(help.contains(says), "{says}: {help}");
    }
}

#[test]
fn arguments_that_make_no_sense_are_2() {
    copydesk(&[]).ends(2, &["Usage"]);
    copydesk(&["frobnicate"]).ends(2, &["unrecognized subcommand"]);
    copydesk(&["add"]).ends(2, &["ARCHIVE"]);
    copydesk(&["add", "a", "b", "--memory", "2 parsecs"]).ends(2, &["no unit of size"]);
    copydesk(&["add", "a", "b", "--threads", "0"]).ends(2, &["threads"]);
    copydesk(&["export", "a", "stories", "--query", "SELECT 1"]).ends(2, &["--query"]);
}

#[test]
fn every_shell_gets_its_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = copydesk(&["completions", shell]).fine();
        assert!(COMMANDS.iter().all(|name| script.contains(name)), "{shell}");
    }
    copydesk(&["completions", "cobol"]).ends(2, &["cobol"]);
}
