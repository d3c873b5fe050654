//! `cargo xtask sdk-usage`: the tests of `chalice-sdk-usage` with release builds of all its programs.

use std::process::ExitCode;

use crate::step::{self, Step};

pub(crate) const HELP: &str = "\
Builds programs over twelve services of AWS, debug and release, and tells which of their operations are found.

An ordinary run of the tests optimises a program over three services only: the others' SDK crates take minutes.

Usage: cargo xtask sdk-usage
";

/// Downloads, builds and compares.
pub(crate) fn run() -> ExitCode {
    step::run_all(&[
        SDK_CRATES,
        Step::cargo("test --package chalice-sdk-usage --test fleet --locked -- --nocapture --test-threads 1")
            .with(&[("CHALICE_SDK_USAGE_WHOLE", "1")]),
    ])
}

/// The SDK crates of these programs, which are a workspace of their own.
pub(crate) const SDK_CRATES: Step =
    Step::cargo("fetch --manifest-path chalice-sdk-usage/tests/fixtures/fleet/Cargo.toml --locked");
