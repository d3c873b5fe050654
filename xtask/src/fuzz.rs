//! `cargo xtask fuzz`.
//!
//! What `cargo fuzz` does, on the stable compiler and without a sanitizer:
//! libFuzzer needs the counters of branches and comparisons alone, and almost
//! nothing in this project is `unsafe`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use crate::step;

/// What the compiler puts into every function for libFuzzer to see where an input leads.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
     -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares \
     -Ccodegen-units=1 -Cdebug-assertions=yes -Coverflow-checks=yes";

/// How long each target runs unless `--seconds` says otherwise.
const DEFAULT_SECONDS: u32 = 60;

/// The longest input, in bytes: manifests and events are documents, the others lines.
const MAX_LENGTH: u32 = 16_384;

/// What to run.
#[derive(Debug, PartialEq, Eq)]
struct Options {
    /// One target, or all of them.
    target: Option<String>,
    /// For how long, each.
    seconds: u32,
}

/// What `cargo xtask fuzz --help` prints.
pub(crate) fn help() -> String {
    format!(
        "\
Runs the targets of `fuzz/` under libFuzzer, from the seeds and what earlier runs found.

Usage: cargo xtask fuzz [OPTIONS]

Options:
  --target <NAME>   One target: {} [default: all, one after the other]
  --seconds <N>     How long each of them runs [default: {DEFAULT_SECONDS}]

An input that fails is in fuzz/artifacts/<target>.

Example:
  cargo xtask fuzz --target event_to_request --seconds 28800
",
        targets().join(", ")
    )
}

/// The targets: the files in `fuzz/targets`.
fn targets() -> Vec<String> {
    let mut targets: Vec<String> = fs::read_dir(fuzz().join("targets"))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_str()?.to_owned()))
        .collect();
    targets.sort();
    targets
}

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz")
}

/// Runs what the arguments say.
pub(crate) fn run(arguments: &[&str]) -> ExitCode {
    let options = match options(arguments, &targets()) {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("error: {problem}");
            return ExitCode::from(2);
        }
    };
    match fuzzed(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn options(arguments: &[&str], targets: &[String]) -> Result<Options, String> {
    let mut options = Options {
        target: None,
        seconds: DEFAULT_SECONDS,
    };
    let mut arguments = arguments.iter();
    while let Some(&argument) = arguments.next() {
        let value = arguments.next().copied();
        match (argument, value) {
            ("--target", Some(name)) if targets.iter().any(|target| target == name) => {
                options.target = Some(name.to_owned());
            }
            ("--target", Some(name)) => {
                return Err(format!(
                    "there is no target `{name}`, but {}",
                    targets.join(", ")
                ));
            }
            ("--seconds", Some(number)) => {
                options.seconds = number
                    .parse()
                    .ok()
                    .filter(|seconds| *seconds > 0)
                    .ok_or_else(|| format!("`{number}` is not a number of seconds from 1 on"))?;
            }
            ("--target" | "--seconds", None) => {
                return Err(format!("`{argument}` lacks its value"));
            }
            _ => {
                return Err(format!(
                    "`cargo xtask fuzz` knows no `{argument}`; see --help"
                ));
            }
        }
    }
    Ok(options)
}

fn fuzzed(options: &Options) -> Result<(), String> {
    let mut seeds = step::cargo();
    seeds.args(["run", "--quiet", "--locked", "--example", "seed_corpus"]);
    succeed(&mut seeds)?;
    let names = match &options.target {
        Some(name) => vec![name.clone()],
        None => targets(),
    };
    let host = host()?;
    for name in names {
        let mut build = step::cargo();
        // With a `--target`, the flags hold for what runs in the end, and not
        // for build scripts and macros.
        build
            .args([
                "build",
                "--release",
                "--locked",
                "--target",
                &host,
                "--bin",
                &name,
            ])
            .env("RUSTFLAGS", COVERAGE);
        succeed(&mut build)?;
        let corpus = fuzz().join("corpus").join(&name);
        let artifacts = fuzz().join("artifacts").join(&name);
        fs::create_dir_all(&artifacts)
            .map_err(|error| format!("cannot make {}: {error}", artifacts.display()))?;
        let mut target = Command::new(
            fuzz()
                .join("target")
                .join(&host)
                .join("release")
                .join(&name),
        );
        target
            .arg(&corpus)
            .arg(format!("-artifact_prefix={}/", artifacts.display()))
            .arg(format!("-max_total_time={}", options.seconds))
            .arg(format!("-max_len={MAX_LENGTH}"))
            .args(["-timeout=10", "-print_final_stats=1"]);
        let dictionary = fuzz().join("dictionaries").join(format!("{name}.dict"));
        if dictionary.exists() {
            target.arg(format!("-dict={}", dictionary.display()));
        }
        eprintln!("\n==> {name}, {} seconds", options.seconds);
        succeed(&mut target)?;
    }
    Ok(())
}

/// The platform that the compiler runs on, as it names it.
fn host() -> Result<String, String> {
    let output = Command::new("rustc")
        .arg("-vV")
        .output()
        .map_err(|error| format!("rustc could not be started: {error}"))?;
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| "rustc does not say which platform it is for".to_owned())
}

/// Runs a command in `fuzz/` to its good end.
fn succeed(command: &mut Command) -> Result<(), String> {
    let typed = step::typed(command);
    let status = command
        .current_dir(fuzz())
        .status()
        .map_err(|error| format!("`{typed}` could not be started in fuzz/: {error}"))?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("`{typed}` in fuzz/ failed: {status}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_known_and_nothing_else() {
        let targets = targets();
        assert!(
            targets.contains(&"event_to_request".to_owned()),
            "{targets:?}"
        );
        let of = |arguments: &[&str]| options(arguments, &targets);
        assert_eq!(
            of(&["--seconds", "5", "--target", "raw_path"]),
            Ok(Options {
                target: Some("raw_path".to_owned()),
                seconds: 5
            })
        );
        assert_eq!(of(&[]).unwrap().seconds, DEFAULT_SECONDS);
        for (arguments, problem) in [
            (&["--target", "raw"][..], "there is no target `raw`, but "),
            (&["--target"], "`--target` lacks its value"),
            (&["--seconds", "0"], "`0` is not a number of seconds"),
            (&["raw_path"], "knows no `raw_path`"),
        ] {
            let found = of(arguments).unwrap_err();
            assert!(found.contains(problem), "{found}");
        }
    }
}
