//! How far the work is, on standard error: only for people at a terminal, only when it takes long.

use crate::app::brief::Progress;
use crate::app::intake;
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Work shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// The least time between two lines: a terminal need not keep up with every report.
const PACE: Duration = Duration::from_millis(100);

/// A line on a terminal that is written over.
pub(super) struct Meter {
    began: Instant,
    last: Mutex<Option<Instant>>,
    at_terminal: bool,
}

impl Meter {
    /// Starts the clock.
    pub(super) fn start() -> Meter {
        Meter { began: Instant::now(), last: Mutex::new(None), at_terminal: std::io::stderr().is_terminal() }
    }

    /// Shows how far the work is, if it is time to.
    pub(super) fn show(&self, progress: Progress) {
        if !self.at_terminal || self.began.elapsed() < PATIENCE {
            return;
        }
        // Another thread is writing: this step is stale by the time it could be shown.
        let Ok(mut last) = self.last.try_lock() else { return };
        let is_count = matches!(progress, Progress::Read(_));
        if is_count && last.is_some_and(|at| at.elapsed() < PACE) {
            return;
        }
        *last = Some(Instant::now());
        let line = match progress {
            Progress::Read(intake::Progress { done, of }) => format!("reading input {done} of {of}"),
            Progress::Compare { reports } => format!("comparing {reports} reports"),
            Progress::Compile { reports } => format!("compiling the record of {reports} reports"),
        };
        let _ = write!(std::io::stderr(), "\r\u{1b}[K{line} …");
    }

    /// Takes the line away.
    pub(super) fn finish(self) {
        if self.last.lock().is_ok_and(|last| last.is_some()) {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}
