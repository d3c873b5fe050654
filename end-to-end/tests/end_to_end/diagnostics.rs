//! What the compiler says about a project.

use std::{
    fs::File,
    path::Path,
    time::{Duration, Instant, SystemTime},
};

use serde_json::Value;

use crate::cargo::{cargo, succeed};

/// A warning or an error.
#[derive(Clone, Debug)]
pub(crate) struct Diagnostic {
    /// `warning` or `error`.
    pub(crate) level: String,
    /// The text with its places in the source, as on a terminal.
    pub(crate) rendered: String,
    /// The file and the line where it points to.
    pub(crate) place: Option<(String, u64)>,
}

/// The outcome of `cargo check`.
#[derive(Debug)]
pub(crate) struct Check {
    pub(crate) succeeded: bool,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) duration: Duration,
}

/// Checks the package in `project`. Its dependencies are checked before, and
/// do not count for the duration.
pub(crate) fn check(project: &Path) -> Check {
    succeed(cargo(project).args(["check", "--package", "chalice"]));
    // Otherwise Cargo repeats what it knows from an earlier run.
    let main = File::options()
        .append(true)
        .open(project.join("src/main.rs"));
    main.unwrap().set_modified(SystemTime::now()).unwrap();
    let start = Instant::now();
    let output = cargo(project)
        .env("CARGO_INCREMENTAL", "0")
        .args(["check", "--message-format", "json"])
        .output()
        .unwrap();
    let duration = start.elapsed();
    let diagnostics = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .filter_map(|line| diagnostic(&serde_json::from_str(line).unwrap()))
        .collect();
    Check {
        succeeded: output.status.success(),
        diagnostics,
        duration,
    }
}

/// The diagnostic in one of Cargo's messages: the Cargo book, "External tools", "JSON messages".
fn diagnostic(message: &Value) -> Option<Diagnostic> {
    if message["reason"] != "compiler-message" {
        return None;
    }
    let message = &message["message"];
    let spans = message["spans"].as_array()?;
    let primary = spans.iter().find(|span| span["is_primary"] == true);
    Some(Diagnostic {
        level: message["level"].as_str()?.to_owned(),
        rendered: message["rendered"].as_str()?.to_owned(),
        place: primary.and_then(|span| {
            let file = span["file_name"].as_str()?.to_owned();
            Some((file, span["line_start"].as_u64()?))
        }),
    })
}
