//! The program behind `cargo xtask bench`: builds what is compared, measures it, reports.

mod command;
mod failure;
mod figure;
mod gungraun;
mod part;
mod parts;
mod regression;
mod report;
mod runtime_api;
mod subject;
mod valgrind;

use std::{
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use failure::Failure;
use part::{Part, Setting};
use parts::PARTS;
use regression::Then;
use report::Section;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args_os()
        .skip(1)
        .map(|argument| argument.to_string_lossy().into_owned())
        .collect();
    if arguments.iter().any(|it| it == "-h" || it == "--help") {
        return print(&help());
    }
    if let Some((first, rest)) = arguments.split_first()
        && first == "--regressions"
    {
        return regressions(rest);
    }
    let parts = match selected(&arguments) {
        Ok(parts) => parts,
        Err(problem) => {
            eprintln!("error: {problem}");
            return ExitCode::from(2);
        }
    };
    match run(&setting(), &parts) {
        Ok(table) => print(&table),
        Err((part, failure)) => {
            eprintln!("error: {part}: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// `--regressions`, with what follows it.
fn regressions(arguments: &[String]) -> ExitCode {
    let then = match arguments {
        [] => Then::Compare,
        [argument] if argument == "--write" => Then::Write,
        [argument, ..] => {
            eprintln!("error: `--regressions` takes `--write` or nothing, and not `{argument}`");
            return ExitCode::from(2);
        }
    };
    match regression::run(&setting(), then) {
        Ok(text) => print(&text),
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn setting() -> Setting {
    let benches = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = verifiers::target_directory().join("bench");
    Setting { benches, target }
}

/// The parts that the arguments name; all of them if there are none.
fn selected(arguments: &[String]) -> Result<Vec<Part>, String> {
    if arguments.is_empty() {
        return Ok(PARTS.to_vec());
    }
    let find = |name: &String| {
        let known = || PARTS.iter().map(|part| part.name).collect::<Vec<_>>();
        PARTS
            .iter()
            .find(|part| part.name == name)
            .copied()
            .ok_or_else(|| {
                format!(
                    "there is no part `{name}`; there are: {}",
                    known().join(", ")
                )
            })
    };
    arguments.iter().map(find).collect()
}

/// Builds everything, then measures everything, and writes the reports. Gives the table.
fn run(setting: &Setting, parts: &[Part]) -> Result<String, (&'static str, Failure)> {
    for part in parts {
        eprintln!("==> building: {}", part.name);
        (part.build)(setting).map_err(|failure| (part.name, failure))?;
    }
    let mut sections = Vec::new();
    for part in parts {
        eprintln!("==> measuring: {}", part.name);
        let figures = (part.measure)(setting).map_err(|failure| (part.name, failure))?;
        sections.push(Section {
            part: part.name,
            about: part.about,
            figures,
        });
    }
    let json = report::json::json(&sections)
        .map_err(|error| ("report", Failure::Unexpected(error.to_string())))?;
    write(setting.target.join("report.json"), &json)?;
    write(
        setting.target.join("report.html"),
        &report::html::html(&sections),
    )?;
    Ok(report::table::table(&sections))
}

fn write(path: PathBuf, text: &str) -> Result<(), (&'static str, Failure)> {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all);
    written
        .and_then(|()| fs::write(&path, text))
        .map_err(|error| {
            (
                "report",
                Failure::File {
                    path: path.clone(),
                    error,
                },
            )
        })?;
    eprintln!("written: {}", path.display());
    Ok(())
}

fn help() -> String {
    let mut text = String::from(
        "Measures the framework beside its peers: builds first, measurements after.\n\n\
         Usage: cargo xtask bench [PART]..\n       cargo xtask bench --regressions [--write]\n\n\
         With `--regressions`, instruction counts are compared with those in benches/regression/baseline.json,\n\
         or written there.\n\nParts, all of which run if none is named:\n",
    );
    for part in PARTS {
        text += &format!("  {:<16} {}\n", part.name, part.about);
    }
    text + "\nThe table is printed; `report.json` and `report.html` are written to `target/bench`.\n"
}

/// Prints what was asked for to the standard output.
fn print(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
