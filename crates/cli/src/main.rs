//! copydesk on the command line: pages in, stories out.
//!
//! In: what the user types. Out: data on stdout, talk on stderr, an exit code that says how it went. Each command is a file
//! under `commands/` and is thin: reading, splitting, matching and storing are done in the rooms below.
#![deny(unsafe_code)]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a front, not a kernel")]

mod annotated;
mod commands;
mod counts;
mod exit;
mod explain;
mod find;
mod index_dir;
mod machine;
mod marked;
#[cfg(not(target_env = "msvc"))]
mod memory;
mod refusals;
mod screen;
mod shelf;
mod size;
mod stages;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{exit::Exit, screen::Screen};

#[derive(Parser)]
#[command(
    name = "copydesk",
    version,
    about = "Takes captured news pages apart into stories and finds every copy and version of each",
    long_about = "Takes captured news pages apart into stories and finds every copy and version of each.\n\n\
        A capture is one fetch of one page, as HTML or as text. Pages carry more than one story, the same story stands on many pages, and \
        stories change. copydesk cuts each capture into clippings (a story as it stands on that page), keeps them in an archive, \
        and works out which clippings are the same story and in which version.",
    after_help = concat!("Begin with `copydesk demo`, or with your own pages:\n  copydesk add my-archive crawl.jsonl.gz pages/\n  copydesk story my-archive\n\n", exit_codes!()),
    max_term_width = 100,
    infer_subcommands = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Demo(commands::demo::Demo),
    Add(commands::add::Add),
    Clip(commands::clip::Clip),
    Search(commands::search::Search),
    Story(commands::story::Story),
    Diff(commands::diff::Diff),
    Why(commands::why::Why),
    Compare(commands::compare::Compare),
    Export(commands::export::Export),
    Stats(commands::stats::Stats),
    MergeStories(commands::rule::MergeStories),
    SplitStory(commands::rule::SplitStory),
    Forget(commands::forget::ForgetArgs),
    Verify(commands::verify::Verify),
    Compact(commands::compact::Compact),
    Serve(commands::serve::Serve),
    Completions(commands::completions::Completions),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut screen = Screen::stdout();
    let done = match cli.command {
        Command::Demo(demo) => demo.run(&mut screen),
        Command::Add(add) => add.run(&mut screen),
        Command::Clip(clip) => clip.run(&mut screen),
        Command::Search(search) => search.run(&mut screen),
        Command::Story(story) => story.run(&mut screen),
        Command::Diff(diff) => diff.run(&mut screen),
        Command::Why(why) => why.run(&mut screen),
        Command::Compare(compare) => compare.run(&mut screen),
        Command::Export(export) => export.run(&mut screen),
        Command::Stats(stats) => stats.run(&mut screen),
        Command::MergeStories(merge) => merge.run(&mut screen),
        Command::SplitStory(split) => split.run(&mut screen),
        Command::Forget(forget) => forget.run(&mut screen),
        Command::Verify(verify) => verify.run(&mut screen),
        Command::Compact(compact) => compact.run(&mut screen),
        Command::Serve(serve) => serve.run(&mut screen),
        Command::Completions(completions) => completions.run(&mut screen),
    };
    let done = done.and_then(|exit| screen.finish().map(|()| exit).map_err(Into::into));
    match done {
        // Whoever read our output has had enough (`| head`): that is no failure and nothing to talk about.
        _ if screen.nobody_listens() => Exit::Fine.into(),
        Ok(exit) => exit.into(),
        Err(error) => {
            screen::complain("error", &format!("{error:#}"));
            Exit::Failed.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        super::Cli::command().debug_assert();
    }
}
