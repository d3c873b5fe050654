//! The parts of a run: one per row of the table of goals.

use std::path::PathBuf;

use crate::{failure::Failure, figure::Figure};

/// Where a run finds and leaves things.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    /// The folder of the benches' workspace.
    pub(crate) benches: PathBuf,
    /// What is built for the benches, and what they write: `target/bench` of the project.
    pub(crate) target: PathBuf,
}

/// One kind of figures.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    /// What one types to run it alone.
    pub(crate) name: &'static str,
    /// What it measures, in one line.
    pub(crate) about: &'static str,
    /// Builds everything it needs. All parts are built before anything is measured.
    pub(crate) build: fn(&Setting) -> Result<(), Failure>,
    /// Measures, with nothing beside it.
    pub(crate) measure: fn(&Setting) -> Result<Vec<Figure>, Failure>,
}
