//! What the handlers have done, for the tests and for the log.

use std::sync::Mutex;

use chalice::tracing;

/// Lines, in the order in which they were written.
#[derive(Default)]
pub struct Journal(Mutex<Vec<String>>);

impl Journal {
    /// Adds a line; the log has it, too.
    pub fn note(&self, line: impl Into<String>) {
        let line = line.into();
        tracing::info!("{line}");
        if let Ok(mut lines) = self.0.lock() {
            lines.push(line);
        }
    }

    /// The lines so far.
    #[cfg(test)]
    pub fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}
