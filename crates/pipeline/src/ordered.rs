use std::{
    collections::BTreeMap,
    sync::{Condvar, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use crate::{Error, ErrorKind};

/// Works on items on several threads and hands the results on in the order of the items, whatever thread was first.
///
/// `pull` gives the next item, on any thread but on one at a time; `worker` makes what works on items, once on each of `threads`
/// threads; `take` runs on the caller's. Items travel together until they weigh [`LOAD`]: waking a thread for each would cost as much
/// as the work on small ones.
/// At most a few such loads a thread are under way, so that memory does not depend on how many items there are.
pub(crate) fn ordered<T: Send, R: Send, W: FnMut(T) -> R>(
    threads: usize,
    weight: impl Fn(&T) -> usize + Sync,
    mut pull: impl FnMut() -> Option<Result<T, Error>> + Send,
    worker: impl Fn() -> W + Sync,
    mut take: impl FnMut(R) -> Result<(), Error>,
) -> Result<(), Error> {
    if threads <= 1 {
        let mut work = worker();
        while let Some(item) = pull() {
            take(work(item?))?;
        }
        return Ok(());
    }
    let source = Mutex::new(Source { pull, loads: 0, ended: false });
    // How many loads were taken, and whether to stop.
    let taken = Mutex::new((0_u64, false));
    let progress = Condvar::new();
    let ahead = 4 * threads as u64;
    let lost = || Error::new(ErrorKind::Internal, "a thread of the plan ended before its work");

    thread::scope(|scope| {
        let (send, receive) = mpsc::channel::<(u64, Vec<Result<R, Error>>)>();
        for _ in 0..threads {
            let (source, taken, progress, worker, weight, send) =
                (&source, &taken, &progress, &worker, &weight, send.clone());
            scope.spawn(move || {
                let mut work = worker();
                loop {
                    let (number, load) = {
                        let Ok(mut source) = source.lock() else { return };
                        let Ok(mut now) = taken.lock() else { return };
                        while !now.1 && source.loads >= now.0 + ahead {
                            let Ok(woken) = progress.wait(now) else { return };
                            now = woken;
                        }
                        if now.1 {
                            return;
                        }
                        drop(now);
                        source.load(weight)
                    };
                    if load.is_empty() {
                        return;
                    }
                    let done = load.into_iter().map(|item| item.map(&mut work)).collect();
                    if send.send((number, done)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        let mut result = Ok(());
        'all: for (number, done) in receive {
            waiting.insert(number, done);
            while let Some(load) = waiting.remove(&next) {
                for done in load {
                    result = done.and_then(&mut take);
                    if result.is_err() {
                        break 'all;
                    }
                }
                next += 1;
                let Ok(mut now) = taken.lock() else { return Err(lost()) };
                now.0 = next;
                progress.notify_all();
            }
        }
        if let Ok(mut now) = taken.lock() {
            now.1 = true;
            progress.notify_all();
        }
        if result.is_ok() && !waiting.is_empty() {
            return Err(lost());
        }
        result
    })
}

/// What items travel together weigh, in bytes or whatever the caller counts.
pub(crate) const LOAD: usize = 256 << 10;

/// Time that items wait for others to travel with: those that trickle in are handed on.
const LONGEST: Duration = Duration::from_millis(50);

/// Where items come from.
struct Source<P> {
    pull: P,
    /// Loads that were handed out.
    loads: u64,
    ended: bool,
}

impl<P> Source<P> {
    /// The next load and its number; empty at the end. An error is the last item.
    fn load<T>(&mut self, weight: impl Fn(&T) -> usize) -> (u64, Vec<Result<T, Error>>)
    where
        P: FnMut() -> Option<Result<T, Error>>,
    {
        let (mut load, mut weighs) = (Vec::new(), 0);
        let since = Instant::now();
        while !self.ended && weighs < LOAD && (load.is_empty() || since.elapsed() < LONGEST) {
            let item = (self.pull)();
            self.ended = !matches!(item, Some(Ok(_)));
            if let Some(Ok(item)) = &item {
                weighs = weighs.saturating_add(weight(item));
            }
            load.extend(item);
        }
        self.loads += 1;
        (self.loads - 1, load)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(threads: usize, n: u64) -> Vec<u64> {
        let mut items = 0..n;
        let mut out = Vec::new();
        let work = |k: u64| {
            // The later items are done first.
            std::thread::sleep(std::time::Duration::from_micros(if k.is_multiple_of(7) { 300 } else { 1 }));
            k * k
        };
        ordered(
            threads,
            |_| LOAD / 3,
            || items.next().map(Ok),
            || work,
            |r| {
                out.push(r);
                Ok(())
            },
        )
        .unwrap();
        out
    }

    #[test]
    fn order_is_kept_on_any_number_of_threads() {
        let expected: Vec<u64> = (0..500).map(|k| k * k).collect();
        for threads in [1, 2, 5] {
            assert_eq!(squares(threads, 500), expected);
        }
    }

    #[test]
    fn errors_end_it() {
        for threads in [1, 3] {
            let mut items = 0..1000;
            let fail = || Error::new(ErrorKind::Internal, "as planned");
            let error = ordered(
                threads,
                |_| LOAD / 3,
                || items.next().map(|k| if k == 100 { Err(fail()) } else { Ok(k) }),
                || |k| k,
                |_| Ok(()),
            );
            assert_eq!(error.unwrap_err().to_string(), "as planned");
            let mut items = 0..1000;
            let error = ordered(
                threads,
                |_| 1,
                || items.next().map(Ok),
                || |k| k,
                |k| if k == 500 { Err(fail()) } else { Ok(()) },
            );
            assert_eq!(error.unwrap_err().to_string(), "as planned");
        }
    }
}
