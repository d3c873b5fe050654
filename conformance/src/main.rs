//! `cargo xtask conformance`.

use std::{
    env,
    error::Error,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    time::{SystemTime, UNIX_EPOCH},
};

use conformance::{
    case,
    differences::Differences,
    driver::Subject,
    live::{python::Python, run},
    suite,
};

const HELP: &str = "\
Compares the framework with AWS Chalice for Python.

Usage: cargo xtask conformance [--cases FILE]
       cargo xtask conformance --live [--seed NUMBER] [--requests NUMBER]

Options:
  --cases FILE       Run the cases of this file [default: conformance/cases.json]
  --live             Install Chalice into target/, and ask both the same random requests
  --seed NUMBER      Make the requests of this seed up [default: from the clock, printed]
  --requests NUMBER  How many requests [default: 10000]
  -h, --help         Print this text

Intended differences are listed in conformance/differences.toml.
";

/// What to do.
#[derive(Debug, PartialEq, Eq)]
enum Task {
    Help,
    Cases(Option<PathBuf>),
    Live { seed: Option<u64>, requests: usize },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    // Hundreds of requests are meant to fail, and the log would say so.
    let _ = chalice::tracing::subscriber::set_global_default(
        chalice::tracing::subscriber::NoSubscriber::new(),
    );
    let arguments = env::args_os().skip(1);
    let task = match parse(arguments.map(|it| it.to_string_lossy().into_owned())) {
        Ok(task) => task,
        Err(problem) => {
            eprintln!("error: {problem}; see `cargo xtask conformance --help`");
            return ExitCode::from(2);
        }
    };
    match perform(task).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn parse(arguments: impl Iterator<Item = String>) -> Result<Task, String> {
    let mut arguments = arguments;
    let (mut cases, mut live, mut seed, mut requests) = (None, false, None, None);
    while let Some(argument) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .ok_or_else(|| format!("`{argument}` needs a value"))
        };
        match argument.as_str() {
            "-h" | "--help" => return Ok(Task::Help),
            "--cases" => cases = Some(PathBuf::from(value()?)),
            "--live" => live = true,
            "--seed" => seed = Some(number(&argument, &value()?)?),
            "--requests" => match number(&argument, &value()?)? {
                0 => return Err("`--requests` takes a number from 1 on".to_owned()),
                number => requests = Some(number),
            },
            _ => return Err(format!("`{argument}` is no option")),
        }
    }
    match live {
        true if cases.is_some() => Err("`--live` makes its own cases up".to_owned()),
        true => Ok(Task::Live {
            seed,
            requests: requests.unwrap_or(10_000),
        }),
        false if seed.is_some() || requests.is_some() => {
            Err("`--seed` and `--requests` are options of `--live`".to_owned())
        }
        false => Ok(Task::Cases(cases)),
    }
}

fn number<T: std::str::FromStr>(option: &str, text: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("`{option}` takes a number, and `{text}` is none"))
}

/// Performs the task; true if everything is as it should be.
async fn perform(task: Task) -> Result<bool, Box<dyn Error>> {
    let folder = suite::folder();
    let start = async || Subject::start().await.map_err(|error| error.to_string());
    let differences = || Differences::read(&folder.join("differences.toml"));
    match task {
        Task::Help => print(HELP),
        Task::Cases(path) => {
            let path = path.unwrap_or_else(|| folder.join("cases.json"));
            let cases = case::read(&path)?;
            let report = suite::run(&start().await?, &cases, &differences()?).await;
            print(&report.to_string())?;
            Ok(report.failed.is_empty())
        }
        Task::Live { seed, requests } => {
            // An unusable list is found before anything is installed.
            differences()?;
            let mut python = Python::start(&folder)?;
            run::replay(&mut python, &case::read(&folder.join("cases.json"))?)?;
            let seed = seed.unwrap_or_else(clock);
            let report = run::run(&start().await?, &mut python, seed, requests).await?;
            let agreed = report.disagreements.is_empty();
            if !agreed {
                let path = verifiers::target_directory().join("conformance-disagreements.json");
                report.disagreements.save(&path)?;
                let path = path.display();
                eprintln!("one of each kind, made as small as possible, is a case of {path}");
            }
            print(&report.to_string())?;
            Ok(agreed)
        }
    }
}

/// A seed that no other run has.
fn clock() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

fn print(text: &str) -> Result<bool, Box<dyn Error>> {
    io::stdout().write_all(text.as_bytes())?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &str) -> Result<Task, String> {
        parse(arguments.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options() {
        assert_eq!(parsed(""), Ok(Task::Cases(None)));
        assert_eq!(
            parsed("--cases a.json"),
            Ok(Task::Cases(Some("a.json".into())))
        );
        assert_eq!(
            parsed("--live --seed 7 --requests 20"),
            Ok(Task::Live {
                seed: Some(7),
                requests: 20
            })
        );
        assert_eq!(
            parsed("--live"),
            Ok(Task::Live {
                seed: None,
                requests: 10_000
            })
        );
        assert_eq!(parsed("--help"), Ok(Task::Help));
    }

    #[test]
    fn mistakes() {
        for (arguments, problem) in [
            ("--case a", "`--case` is no option"),
            ("--cases", "`--cases` needs a value"),
            (
                "--live --seed x",
                "`--seed` takes a number, and `x` is none",
            ),
            (
                "--live --requests 0",
                "`--requests` takes a number from 1 on",
            ),
            (
                "--seed 7",
                "`--seed` and `--requests` are options of `--live`",
            ),
            ("--live --cases a", "`--live` makes its own cases up"),
        ] {
            assert_eq!(parsed(arguments), Err(problem.to_owned()));
        }
    }
}
