//! `cargo xtask golden`.

use std::{
    env,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use golden::{counterpart::Counterpart, verdict::Verdict};

const HELP: &str = "\
Compares templates with those that AWS Chalice for Python has written for the same apps.

Usage: cargo xtask golden [--dir DIR]

Options:
  --dir DIR   The folder of the apps [default: golden/]
  -h, --help  Print this text

A folder DIR/<app> has the configuration, .chalice/config.json; what Chalice has written, out/sam-<stage>.json,
out/chalice-<stage>.tf.json and out/swagger-<stage>.json; and the app's counterpart in Rust: app.rs, a whole program,
or a package, Cargo.toml. Folders without a counterpart are passed over.

Intended differences are listed in golden/src/{sam,terraform,swagger}.rs.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args_os()
        .skip(1)
        .map(|it| it.to_string_lossy().into_owned())
        .collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let folder = match arguments[..] {
        [] => PathBuf::from(env!("CARGO_MANIFEST_DIR")),
        ["--dir", folder] => PathBuf::from(folder),
        ["-h" | "--help", ..] => return exit(print(HELP)),
        ["--dir"] => return refuse("`--dir` needs the folder of the apps"),
        [argument, ..] => return refuse(&format!("there is no option `{argument}`")),
    };
    exit(compare(&folder))
}

fn refuse(problem: &str) -> ExitCode {
    eprintln!("error: {problem}; see `cargo xtask golden --help`");
    ExitCode::from(2)
}

/// The exit code of what ended well, and with nothing that differs.
fn exit(result: Result<bool, Box<dyn std::error::Error>>) -> ExitCode {
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn print(text: &str) -> Result<bool, Box<dyn std::error::Error>> {
    io::stdout().write_all(text.as_bytes())?;
    Ok(true)
}

fn compare(folder: &Path) -> Result<bool, Box<dyn std::error::Error>> {
    let counterparts = Counterpart::find(folder)?;
    let (mut passed, mut failed) = (0, 0);
    for counterpart in &counterparts {
        let manifest = match counterpart.manifest(&counterparts) {
            Ok(manifest) => manifest,
            Err(error) => {
                failed += 1;
                print(&format!("{}: failed: {error}\n", counterpart.name))?;
                continue;
            }
        };
        for verdict in Verdict::of(counterpart, &manifest)? {
            match verdict.is_passed() {
                true => passed += 1,
                false => failed += 1,
            }
            print(&verdict.to_string())?;
        }
    }
    print(&format!("{passed} passed, {failed} failed\n"))?;
    Ok(failed == 0)
}
