use std::{
    io::Write,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use copydesk_model::Refused;
use copydesk_pipeline::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};
use signal_hook::consts::{SIGINT, SIGTERM};

use crate::{refusals::Refusals, screen::complain};

/// Shows how the work goes, on a terminal only; gathers refusals; asks the work to stop after Ctrl-C and its like.
#[derive(Default)]
pub(crate) struct Stages {
    state: Mutex<State>,
    /// The reader's own count of bytes: it knows how large the inputs are, the plan does not.
    input: Option<Arc<copydesk_read::Progress>>,
    stop: Arc<AtomicBool>,
    /// The work was told to stop when it asked; behind its last question it goes on to its end.
    told: AtomicBool,
    /// Who asked it to stop after that has been told so.
    answered: AtomicBool,
}

struct State {
    bar: ProgressBar,
    reading: bool,
    /// The stage asks between its captures whether to stop.
    asks: bool,
    refusals: Refusals,
}

impl Default for State {
    fn default() -> Self {
        Self { bar: ProgressBar::hidden(), reading: false, asks: true, refusals: Refusals::default() }
    }
}

impl Stages {
    pub(crate) fn new(input: Arc<copydesk_read::Progress>) -> Self {
        Self { input: Some(input), ..Self::default() }
    }

    /// Makes Ctrl-C, and whoever else asks the process to end, finish the batch at hand; a second one ends the process at once.
    pub(crate) fn stoppable(self) -> Self {
        stop_on_signals(&self.stop);
        self
    }

    /// Is raised by Ctrl-C and its like.
    pub(crate) fn when_stopped(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stop)
    }

    pub(crate) fn was_stopped(&self) -> bool {
        self.told.load(Relaxed)
    }

    /// Clears the bar and hands out what was refused.
    pub(crate) fn finish(self) -> Refusals {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        state.bar.finish_and_clear();
        state.refusals
    }

    /// Says what a first Ctrl-C does where nothing stops any more: else it would seem to do nothing.
    fn answer(&self, state: &State) {
        let late = !state.asks && self.stop.load(Relaxed) && !self.told.load(Relaxed);
        if late && !self.answered.swap(true, Relaxed) {
            let message = "all is read and kept, and its stories are being worked out; Ctrl-C once more ends at once, and leaves that to the next `add`";
            state.bar.suspend(|| complain("note", message));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress for Stages {
    fn stage(&self, name: &'static str, unit: &'static str, total: Option<u64>) {
        let mut state = self.state();
        state.bar.finish_and_clear();
        state.reading = unit == "bytes" && total.is_none();
        state.asks = state.reading || name == "revisits";
        let total = if state.reading { self.input.as_ref().and_then(|input| input.total()) } else { total };
        // Draws nothing, and costs nothing, where stderr is no terminal.
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(8));
        bar.set_style(style(unit, total.is_some()));
        bar.set_message(name);
        bar.enable_steady_tick(Duration::from_millis(250));
        state.bar = bar;
        self.answer(&state);
    }

    fn advance(&self, amount: u64) {
        let state = self.state();
        self.answer(&state);
        match &self.input {
            Some(input) if state.reading => {
                // What has to be asked for tells its size when it comes.
                if state.bar.length().is_none()
                    && let Some(total) = input.total()
                {
                    state.bar.set_length(total);
                    state.bar.set_style(style("bytes", true));
                }
                state.bar.set_position(input.bytes());
            }
            _ => state.bar.inc(amount),
        }
    }

    fn refused(&self, refused: &Refused) {
        self.state().refusals.add(refused);
    }

    fn note(&self, message: &str) {
        self.state().bar.suspend(|| complain("note", message));
    }

    fn stop(&self) -> bool {
        let stop = self.stop.load(Relaxed);
        self.told.fetch_or(stop, Relaxed);
        stop
    }
}

/// Raises a flag when the process is asked to end, and ends it when it is asked again.
pub(crate) fn stop_on_signals(stop: &Arc<AtomicBool>) {
    for &signal in ASKING_TO_END.iter().filter(|signal| !is_ignored(**signal)) {
        // The order matters: the first signal finds the flag down and raises it, the second finds it up and ends the process.
        // They fail only where signals are forbidden; then each ends the process at once, which an archive survives.
        let _ = signal_hook::flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(stop));
        let _ = signal_hook::flag::register(signal, Arc::clone(stop));
    }
}

/// Ctrl-C, `kill`, and a terminal that is closed.
#[cfg(unix)]
const ASKING_TO_END: [i32; 3] = [SIGINT, SIGTERM, signal_hook::consts::SIGHUP];
#[cfg(not(unix))]
const ASKING_TO_END: [i32; 2] = [SIGINT, SIGTERM];

/// Whether whoever started the process wants it to live through the closing of the terminal, as `nohup` does; told where Linux tells it.
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|digits| u64::from_str_radix(digits.trim(), 16).ok()).unwrap_or(0);
    // A shell without job control has what it starts behind itself ignore Ctrl-C; whoever sends that signal by name means it.
    signal != SIGINT && ignored & (1 << (signal - 1)) != 0
}

/// A writer that shows, on a terminal only, how much went through it.
pub(crate) fn counted<W: Write>(to: W) -> impl Write + use<W> {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
    bar.set_style(style("bytes", false));
    bar.set_message("write");
    bar.with_finish(ProgressFinish::AndClear).wrap_write(to)
}

/// Shows, on a terminal only, how many there are so far.
pub(crate) fn counter(name: &'static str, total: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr_with_hz(8));
    bar.set_style(style("stories", true));
    bar.set_message(name);
    bar.with_finish(ProgressFinish::AndClear)
}

fn style(unit: &str, known: bool) -> ProgressStyle {
    let template = match (unit, known) {
        ("bytes", true) => "{msg:<14} {wide_bar} {bytes} of {total_bytes} · {bytes_per_sec} · {eta} left",
        ("bytes", false) => "{msg:<14} {spinner} {bytes} · {bytes_per_sec}",
        (_, true) => "{msg:<14} {wide_bar} {human_pos} of {human_len} · {per_sec} · {eta} left",
        (_, false) => "{msg:<14} {spinner} {human_pos} · {elapsed}",
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_where_nothing_stops_is_told_so() {
        let stages = Stages::default();
        stages.stage("read", "bytes", None);
        stages.stop.store(true, Relaxed);
        stages.advance(1);
        assert!(!stages.answered.load(Relaxed), "reading asks, and stops");
        stages.stage("census", "blocks", Some(3));
        assert!(stages.answered.load(Relaxed));

        let stopped = Stages::default();
        stopped.stop.store(true, Relaxed);
        assert!(stopped.stop());
        stopped.stage("census", "blocks", Some(3));
        assert!(!stopped.answered.load(Relaxed));
    }
}
