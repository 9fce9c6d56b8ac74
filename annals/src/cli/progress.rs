//! How far the work is, on standard error: only for people at a terminal, only when it takes long.

use crate::app::archive::Added;
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
        write_over(&match progress {
            Progress::Read(intake::Progress { done, of }) => format!("reading input {done} of {of}"),
            Progress::Compare { reports } => format!("comparing {reports} reports"),
            Progress::Compile { reports } => format!("compiling the record of {reports} reports"),
        });
    }

    /// Shows a count.
    pub(super) fn show_count(&self, what: &str, done: usize, of: usize) {
        if self.at_terminal && self.began.elapsed() >= PATIENCE {
            if let Ok(mut last) = self.last.lock() {
                *last = Some(Instant::now());
            }
            write_over(&format!("{what} {done} of {of}"));
        }
    }

    /// Shows a count, how fast it goes and how long it will take if it goes on like that.
    pub(super) fn show_rate(&self, what: &str, done: usize, of: usize) {
        let seconds = self.began.elapsed().as_secs_f64();
        let left = seconds * of.saturating_sub(done) as f64 / done.max(1) as f64;
        let rate = done as f64 / seconds.max(0.001);
        self.show_count(&format!("{rate:.0} a second, {} left; {what}", span(left)), done, of);
    }

    /// Shows what is in the archive so far, how fast it goes and how long it will take if it goes on like that.
    pub(super) fn show_added(&self, added: &Added, far: intake::Progress) {
        if !self.at_terminal || self.began.elapsed() < PATIENCE {
            return;
        }
        let seconds = self.began.elapsed().as_secs_f64();
        let mut line = format!("{} kept, {:.0} a second", added.tally.all(), added.tally.all() as f64 / seconds);
        // One archive of a million documents is one input: what is left of it is not known.
        if far.of > 1 && far.done > 0 {
            let left = seconds * (far.of - far.done) as f64 / far.done as f64;
            line += &format!("; input {} of {}, {} left", far.done, far.of, span(left));
        }
        if let Ok(mut last) = self.last.lock() {
            *last = Some(Instant::now());
        }
        write_over(&line);
    }

    /// Takes the line away.
    pub(super) fn finish(self) {
        if self.last.lock().is_ok_and(|last| last.is_some()) {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}

fn write_over(line: &str) {
    let _ = write!(std::io::stderr(), "\r\u{1b}[K{line} …");
}

/// Writes a stretch of time as people say it.
fn span(seconds: f64) -> String {
    match seconds {
        s if s < 90.0 => format!("{s:.0} s"),
        s if s < 5400.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.1} h", s / 3600.0),
    }
}
