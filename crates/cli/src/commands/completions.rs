use std::io::Write;

use anyhow::Result;
use clap::{Args, CommandFactory};

use crate::{exit::Exit, screen::Screen};

/// Print the completion script of a shell
#[derive(Args)]
#[command(after_help = "\
Examples:
  copydesk completions bash > ~/.local/share/bash-completion/completions/copydesk
  copydesk completions zsh > ~/.zfunc/_copydesk
  copydesk completions fish > ~/.config/fish/completions/copydesk.fish")]
pub(crate) struct Completions {
    /// Which shell
    shell: clap_complete::Shell,
}

impl Completions {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut crate::Cli::command(), "copydesk", &mut script);
        screen.write_all(&script)?;
        Ok(Exit::Fine)
    }
}
