//! `cargo xtask golden`.

use std::{
    collections::BTreeMap,
    env,
    error::Error,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use chalice_core::manifest::model::Manifest;
use golden::{counterpart::Counterpart, verdict::Verdict};

const HELP: &str = "\
Compares templates with those that AWS Chalice for Python has written for the same apps.

Usage: cargo xtask golden [--dir DIR]

Options:
  --dir DIR   The folder of the apps, which are built [default: golden/, which are part of this program]
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
        [] => return exit(compare_own()),
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
fn exit(result: Result<bool, Box<dyn Error>>) -> ExitCode {
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn print(text: &str) -> Result<bool, Box<dyn Error>> {
    io::stdout().write_all(text.as_bytes())?;
    Ok(true)
}

/// The apps of golden/, whose counterparts are modules of this program too: nothing has to be built for them.
fn compare_own() -> Result<bool, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut apps: BTreeMap<&str, Manifest> = golden::apps()?
        .into_iter()
        .map(|app| (app.name, app.manifest))
        .collect();
    compare_each(&Counterpart::find(folder)?, |counterpart| {
        let manifest = apps.remove(&*counterpart.name);
        manifest.ok_or_else(|| "its app.rs is no module of the crate `golden`".into())
    })
}

/// The apps of another folder.
fn compare(folder: &Path) -> Result<bool, Box<dyn Error>> {
    let counterparts = Counterpart::find(folder)?;
    compare_each(&counterparts, |counterpart| {
        Ok(counterpart.manifest(&counterparts)?)
    })
}

fn compare_each(
    counterparts: &[Counterpart],
    mut manifest: impl FnMut(&Counterpart) -> Result<Manifest, Box<dyn Error>>,
) -> Result<bool, Box<dyn Error>> {
    let (mut passed, mut failed) = (0, 0);
    for counterpart in counterparts {
        let manifest = match manifest(counterpart) {
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
