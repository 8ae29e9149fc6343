use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::Result;
use clap::Args;
use copydesk_web::{Options, serve};

use crate::{
    exit::Exit,
    find::open,
    index_dir::{Kept, index_dir},
    screen::{Screen, complain},
    shelf::shelf,
};

/// Open an archive in the browser: search, stories, versions, sources, exports, feeds, and an API
#[derive(Args)]
#[command(after_help = "\
The pages follow the archive: what another copydesk adds is there a moment later.

Examples:
  copydesk serve my-archive
  copydesk serve my-archive --open
  copydesk serve my-archive --port 0          # any port that is free")]
pub(crate) struct Serve {
    /// Folder of the archive
    archive: PathBuf,
    /// Port to listen at; 0 for any that is free
    #[arg(long, default_value_t = 8374)]
    port: u16,
    /// Address to listen at; with any but this machine's own, whoever reaches it reads the whole archive
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Open it in the browser
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    index: Kept,
}

impl Serve {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        // Said before anything is made: that there is no archive, or that a run was stopped.
        let view = open(&self.archive)?;
        let index_dir = index_dir(&self.archive, &view, self.index.index.as_deref())?;
        drop(view);
        if !self.host.is_loopback() {
            complain(
                "warning",
                &format!(
                    "listening at {}: whoever reaches this machine can read the whole archive, without a password",
                    self.host
                ),
            );
        }
        let options = Options { address: SocketAddr::new(self.host, self.port), index_dir, hosts: Vec::new() };
        let (archive, opens) = (self.archive.clone(), self.open);
        let ready = |address: SocketAddr| {
            let url = format!("http://{address}/");
            let _ = screen.line(&url).and_then(|()| screen.finish());
            complain("note", "serving until Ctrl-C");
            if opens && !show(&url) {
                complain("note", "no browser could be started; open the address yourself");
            }
        };
        let said = Box::new(|said: &str| complain("note", said));
        serve(Box::new(move || shelf(&archive)), options, ready, said)?;
        Ok(Exit::Fine)
    }
}

/// Whether the system took the address.
fn show(url: &str) -> bool {
    let programs: &[(&str, &[&str])] = match std::env::consts::OS {
        "macos" => &[("open", &[])],
        "windows" => &[("cmd", &["/C", "start", ""])],
        _ => &[("xdg-open", &[]), ("gio", &["open"])],
    };
    programs.iter().any(|(program, arguments)| {
        let quiet = || Stdio::null();
        Command::new(program).args(*arguments).arg(url).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn().is_ok()
    })
}
