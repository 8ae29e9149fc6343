use std::{
    env,
    io::{self, Write},
};

use copydesk_model::Outcome;
use tempfile::TempPath;

use crate::{inputs::unreadable, packing::Stream, window::Window};

/// The largest file that is copied.
const MOST: u64 = 64 << 30;

/// What is left of a stream as a file, for kinds that are read from their end; it goes when its path does.
pub(crate) fn spool(window: &mut Window<Box<dyn Stream>>) -> Result<TempPath, (Outcome, String)> {
    let unwritable = |e: io::Error| {
        let folder = env::temp_dir();
        let message = format!(
            "is read from its end, and cannot be copied to `{}`: {e}; make room there, or name another folder in TMPDIR",
            folder.display()
        );
        (Outcome::Unreadable, message)
    };
    let mut file = tempfile::Builder::new().prefix("copydesk-").tempfile().map_err(unwritable)?;
    let mut size = 0;
    loop {
        window.peek(1);
        let have = window.have();
        let n = have.len();
        if n == 0 {
            break;
        }
        size += n as u64;
        if size > MOST {
            let message =
                format!("is read from its end, and has more than {} GiB; fetch it and name the file", MOST >> 30);
            return Err((Outcome::TooLarge, message));
        }
        file.write_all(have).map_err(unwritable)?;
        window.skip(n);
    }
    match window.resume() {
        Some(error) => Err((Outcome::Unreadable, unreadable(&error))),
        None => Ok(file.into_temp_path()),
    }
}
