//! `cargo xtask test`.

use std::process::{ExitCode, Stdio};

use crate::sdk_usage::SDK_CRATES;
use crate::step::{self, Step};

/// With every feature: all code, and the tests of all of it.
///
/// Features are additive and Cargo builds each package once, with all that anyone
/// asks for. So these steps do not notice code that needs a feature and is not
/// behind it; [`PLAIN`] does.
const LINTS: Step =
    Step::cargo("clippy --workspace --all-targets --all-features --locked -- -D warnings");

const FORMAT: Step = Step::cargo("fmt --all --check");

/// moto, which stands in for AWS in some of the tests, and the like; from PyPI and npm, the first time, for which it
/// waits most of its time.
const VERIFIERS: Step = Step::cargo("xtask verifiers").beside_next();

/// The programs that `chalice-sdk-usage` analyses in its tests, which the tests build.
const ANALYSED_PROGRAMS: [Step; 2] = [
    Step::cargo(
        "fmt --manifest-path chalice-sdk-usage/tests/fixtures/fleet/Cargo.toml --all --check",
    ),
    SDK_CRATES,
];

const TESTS: Step = Step::cargo("nextest run --workspace --all-features --locked");

const TESTS_WITHOUT_NEXTEST: Step =
    Step::cargo("test --workspace --all-features --lib --bins --tests --locked");

const DOCUMENTATION: [Step; 2] = [
    Step::cargo("test --doc --workspace --all-features --locked"),
    Step::cargo("doc --workspace --no-deps --all-features --locked")
        .with(&[("RUSTDOCFLAGS", "-D warnings")]),
];

/// As a user's app is built: without features.
const PLAIN: [Step; 1] = [Step::cargo("check --package helloworld --locked")];

const PLAIN_TESTS: Step = Step::cargo("nextest run --package chalice-runtime --locked");

const PLAIN_TESTS_WITHOUT_NEXTEST: Step =
    Step::cargo("test --package chalice-runtime --lib --bins --tests --locked");

/// The fuzz targets on their seeds, and on some thousand mutants of these. A
/// workspace of its own, for which there is no nextest here, with the versions of this one: it shares
/// the builds of dependencies.
const FUZZ: [Step; 2] = [
    Step::cargo("fmt --manifest-path fuzz/Cargo.toml --check"),
    Step::cargo("test --manifest-path fuzz/Cargo.toml --target-dir target --lib --tests --locked"),
];

/// The benches' own programs, without the peers; and instruction counts beside those that are written down.
const BENCHES: [Step; 4] = [
    Step::cargo("fmt --manifest-path benches/Cargo.toml --all --check"),
    Step::cargo(
        "clippy --manifest-path benches/Cargo.toml --target-dir target/bench/cargo --package runner --package generated-apps --all-targets --locked -- -D warnings",
    ),
    Step::cargo(
        "test --manifest-path benches/Cargo.toml --target-dir target/bench/cargo --package runner --package generated-apps --lib --bins --tests --locked",
    ),
    Step::cargo("xtask bench --regressions"),
];

/// What `cargo xtask test --help` prints.
pub(crate) fn help() -> String {
    let mut text = String::from(
        "Runs everything that a change has to pass, until something fails.\n\nUsage: cargo xtask test\n\nSteps:\n",
    );
    for step in steps(true) {
        text += &format!("  {step}\n");
    }
    text
}

/// Runs every step.
pub(crate) fn run() -> ExitCode {
    let nextest = has_nextest();
    if !nextest {
        eprintln!(
            "note: cargo-nextest is not installed (https://nexte.st): the tests run with `cargo test` instead"
        );
    }
    step::run_all(&steps(nextest))
}

fn steps(nextest: bool) -> Vec<Step> {
    let (tests, plain_tests) = match nextest {
        true => (TESTS, PLAIN_TESTS),
        false => (TESTS_WITHOUT_NEXTEST, PLAIN_TESTS_WITHOUT_NEXTEST),
    };
    let mut steps = Vec::new();
    steps.extend([FORMAT, VERIFIERS, LINTS]);
    steps.extend(ANALYSED_PROGRAMS);
    steps.push(tests);
    steps.extend(DOCUMENTATION);
    steps.extend(PLAIN);
    steps.push(plain_tests);
    steps.extend(FUZZ);
    steps.extend(BENCHES);
    steps
}

fn has_nextest() -> bool {
    step::cargo()
        .args(["nextest", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_nextest_the_same_is_tested() {
        let [with, without] = [true, false].map(|nextest| {
            steps(nextest)
                .iter()
                .map(Step::to_string)
                .collect::<Vec<_>>()
        });
        assert_eq!(with.len(), without.len());
        for (with, without) in with.iter().zip(&without) {
            // All targets but documentation, which nextest does not test either.
            let without = without.replace(" --lib --bins --tests", "");
            let with = with.replace(" --lib --bins --tests", "");
            assert_eq!(without, with.replace("nextest run", "test"));
        }
    }
}
