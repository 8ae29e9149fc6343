use std::process::ExitCode;

/// How a command went. The codes are part of the interface and stand in `--help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Fine,
    Failed,
    /// Finished, but something of the input was left out, and why was said.
    LeftOut,
    /// Stopped by Ctrl-C, SIGTERM or SIGHUP; what was finished is kept.
    Stopped,
}

// 2 is clap's, for arguments that make no sense; 130 is what shells give for Ctrl-C.
impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Fine => 0,
            Exit::Failed => 1,
            Exit::LeftOut => 3,
            Exit::Stopped => 130,
        })
    }
}

/// The exit codes as `--help` tells them.
#[macro_export]
macro_rules! exit_codes {
    () => {
        "Exit codes:\n  \
         0    all is well\n  \
         1    an error: nothing was done, or not all of it; the message says what\n  \
         2    the arguments make no sense\n  \
         3    done, but some of the input was left out; each drop is counted with its reason\n  \
         130  stopped by Ctrl-C, SIGTERM or SIGHUP; an archive keeps what was finished"
    };
}
