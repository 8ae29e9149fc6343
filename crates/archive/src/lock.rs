use std::{
    fs::{File, OpenOptions, TryLockError},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use crate::{Error, ErrorKind, layout};

/// A lock that the system lets go of when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a process that is being started at this moment holds a copy of the file until it begins to run.
        let _ = self.0.unlock();
    }
}

/// A reader that tidies up has the writer's lock for moments: nobody is refused for that.
const TIDYING: Duration = Duration::from_millis(250);

/// The one writer's lock; refused while another process has it.
pub(crate) fn writer(dir: &Path) -> Result<Lock, Error> {
    let path = layout::writer_lock(dir);
    let file = open(&path).map_err(|e| Error::io("write", &path, &e))?;
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Lock(file)),
            Err(TryLockError::WouldBlock) if begun.elapsed() < TIDYING => thread::sleep(Duration::from_millis(5)),
            Err(TryLockError::WouldBlock) => {
                return Err(Error::new(
                    ErrorKind::Locked,
                    format!(
                        "another copydesk is writing to `{}`; wait until it ends, or use another archive",
                        dir.display()
                    ),
                ));
            }
            Err(TryLockError::Error(e)) => return Err(Error::io("lock", &path, &e)),
        }
    }
}

/// A reader's lock. `None` where no lock can be had, as on a read-only medium, where nobody removes files either.
pub(crate) fn reader(dir: &Path) -> Option<Lock> {
    let path = layout::readers_lock(dir);
    let file = open(&path).or_else(|_| File::open(&path)).ok()?;
    file.lock_shared().ok()?;
    Some(Lock(file))
}

/// All readers' locks at once, if nobody is reading.
pub(crate) fn no_readers(dir: &Path) -> Option<Lock> {
    let file = open(&layout::readers_lock(dir)).ok()?;
    file.try_lock().ok()?;
    Some(Lock(file))
}

fn open(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}
