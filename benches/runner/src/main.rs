//! The program behind `cargo xtask bench`: builds what is compared, measures it, reports.

mod command;
mod debian_package;
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
    path::Path,
    process::ExitCode,
    time::Instant,
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
        Ok(sections) => {
            let printed = print(&report::table::table(&sections));
            match sections.iter().any(|section| section.failure.is_some()) {
                true => ExitCode::FAILURE,
                false => printed,
            }
        }
        Err(failure) => {
            eprintln!("error: the report: {failure}");
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

/// Builds everything, then measures everything. The reports are written after each part, so that neither a part that
/// fails nor the end of this program takes the figures of others along.
fn run(setting: &Setting, parts: &[Part]) -> Result<Vec<Section>, Failure> {
    let mut built = Vec::new();
    for part in parts {
        eprintln!("==> building: {}", part.name);
        built.push(said(part, (part.build)(setting)));
    }
    let mut sections = Vec::new();
    for (part, built) in parts.iter().zip(built) {
        let start = Instant::now();
        let measured = built.and_then(|()| {
            eprintln!("==> measuring: {}", part.name);
            said(part, (part.measure)(setting))
        });
        eprintln!("    {}: {} s", part.name, start.elapsed().as_secs());
        let (figures, failure) = match measured {
            Ok(figures) => (figures, None),
            Err(failure) => (Vec::new(), Some(failure)),
        };
        sections.push(Section {
            part: part.name,
            about: part.about,
            figures,
            failure,
        });
        write(setting, &sections)?;
    }
    Ok(sections)
}

/// What a part gives; of a failure, what there is to read of it, which is also said at once.
fn said<T>(part: &Part, result: Result<T, Failure>) -> Result<T, String> {
    result.map_err(|failure| {
        eprintln!("error: {}: {failure}", part.name);
        failure.to_string()
    })
}

/// Writes the reports.
fn write(setting: &Setting, sections: &[Section]) -> Result<(), Failure> {
    let json = report::json::json(sections)
        .map_err(|error| Failure::Unexpected(format!("`report.json` cannot be made: {error}")))?;
    for (name, text) in [
        ("report.json", json),
        ("report.html", report::html::html(sections)),
    ] {
        let path = setting.target.join(name);
        fs::create_dir_all(&setting.target)
            .and_then(|()| fs::write(&path, text))
            .map_err(|error| Failure::File { path, error })?;
    }
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
    text + "\nThe table is printed; `report.json` and `report.html` are written to `target/bench`. A part that fails is\n\
         named there and ends the program with an error, after the others.\n"
}

/// Prints what was asked for to the standard output.
fn print(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
