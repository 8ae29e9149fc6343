use std::time::Duration;

use copydesk_model::Refused;

/// Told how the work goes, from any thread. Every method does nothing unless it is written.
pub trait Progress: Sync {
    /// A stage begins. `total` is in the stage's unit (`bytes` of text, `captures`, `pairs`) where it is known beforehand.
    fn stage(&self, name: &'static str, unit: &'static str, total: Option<u64>) {
        let _ = (name, unit, total);
    }
    /// So many more of the stage's units are done.
    fn advance(&self, amount: u64) {
        let _ = amount;
    }
    /// A record did not become a capture.
    fn refused(&self, refused: &Refused) {
        let _ = refused;
    }
    /// Something a person should know and that stops nothing: a lower-case sentence.
    fn note(&self, message: &str) {
        let _ = message;
    }
    /// A part of the work is done, after so much time: for those who look for what is slow.
    fn took(&self, part: &'static str, time: Duration) {
        let _ = (part, time);
    }
    /// Asked between captures while reading: `true` commits what was read so far, derives nothing, and returns.
    fn stop(&self) -> bool {
        false
    }
}

/// A [`Progress`] that says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;
impl Progress for Quiet {}
