//! Calls of rustc as cargo makes them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use nix::sys::resource::{UsageWho, getrusage};

use super::app::{App, file};
use crate::{command, failure::Failure, part::Setting};

/// Whether rustc reuses what it knows of the crate from before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Incremental {
    /// As in a first build.
    Off,
    /// As in a build after an edit.
    On,
}

/// The call of rustc for one app.
pub(super) struct Rustc {
    folder: PathBuf,
    call: Call,
}

/// The time of one call, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Time {
    /// CPU time outside of the kernel, of all threads.
    pub(super) user: f64,
    /// From its start to its end.
    pub(super) wall: f64,
}

/// What cargo prints of a call, in the syntax of a shell.
#[derive(Debug, PartialEq, Eq)]
struct Call {
    /// `A=1 B='2 3'`
    variables: String,
    /// The program and its arguments.
    command: String,
}

impl Rustc {
    /// Builds the app's dependencies, and notes how cargo calls rustc for the app itself.
    pub(super) fn note(
        setting: &Setting,
        app: App,
        incremental: Incremental,
    ) -> Result<(), Failure> {
        // What is new will be compiled, and what is compiled will be printed.
        app.write(setting)?;
        let mut check = command::cargo(setting);
        check
            .args(["check", "-vv", "--color", "never"])
            .current_dir(app.folder(setting))
            .env("CARGO_TARGET_DIR", app.target(setting))
            .env("CARGO_INCREMENTAL", incremental.as_cargo_says());
        eprintln!(
            "$ {} ({})",
            command::typed(&check),
            app.folder(setting).display()
        );
        let printed = command::output(&mut check)?;
        let printed = String::from_utf8_lossy(&printed.stderr);
        let crate_name = app.package().replace('-', "_");
        let line = printed
            .lines()
            .find(|line| Call::read(line, &crate_name).is_some())
            .ok_or_else(|| {
                Failure::Unexpected(format!("cargo does not say how it compiles {crate_name}"))
            })?;
        let note = note_of(setting, app, incremental);
        fs::write(&note, line).map_err(file(&note))
    }

    /// The call that [`note`](Rustc::note) has noted.
    pub(super) fn of(
        setting: &Setting,
        app: App,
        incremental: Incremental,
    ) -> Result<Rustc, Failure> {
        let note = note_of(setting, app, incremental);
        let line = fs::read_to_string(&note).map_err(file(&note))?;
        let call = Call::read(&line, &app.package().replace('-', "_"))
            .ok_or_else(|| Failure::Unexpected(format!("{}: no call of rustc", note.display())))?;
        Ok(Rustc {
            folder: app.folder(setting),
            call,
        })
    }

    /// Makes the call; returns the time that it took.
    pub(super) fn time(&self) -> Result<Time, Failure> {
        let (before, start) = (user_seconds_of_children()?, Instant::now());
        command::output(&mut self.shell(""))?;
        let wall = start.elapsed().as_secs_f64();
        let user = user_seconds_of_children()? - before;
        Ok(Time { user, wall })
    }

    /// Makes the call in valgrind; returns how many instructions it took.
    pub(super) fn instructions(&self) -> Result<u64, Failure> {
        let counts = self.folder.join("instructions.out");
        let valgrind =
            "valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=instructions.out";
        command::output(&mut self.shell(valgrind))?;
        let text = fs::read_to_string(&counts).map_err(file(&counts))?;
        text.lines()
            .find_map(|line| line.strip_prefix("summary:")?.trim().parse().ok())
            .ok_or_else(|| {
                Failure::Unexpected(format!("{}: there is no `summary`", counts.display()))
            })
    }

    fn shell(&self, before: &str) -> Command {
        let Call { variables, command } = &self.call;
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &format!("{variables} exec {before} {command}")])
            .current_dir(&self.folder);
        shell
    }
}

impl Call {
    /// Reads the line that cargo prints when it compiles the crate.
    fn read(line: &str, crate_name: &str) -> Option<Call> {
        let call = line.trim().strip_prefix("Running `")?.strip_suffix('`')?;
        let (before, arguments) = call.split_once(" --crate-name ")?;
        let is_crate = arguments.split(' ').next() == Some(crate_name);
        let (variables, program) = before.rsplit_once(' ').unwrap_or(("", before));
        is_crate.then(|| Call {
            variables: variables.to_owned(),
            command: format!("{program} --crate-name {arguments}"),
        })
    }
}

impl Incremental {
    /// Both.
    pub(super) const BOTH: [Incremental; 2] = [Incremental::Off, Incremental::On];

    fn as_cargo_says(self) -> &'static str {
        match self {
            Incremental::Off => "0",
            Incremental::On => "1",
        }
    }
}

/// Where the call for an app is noted.
pub(super) fn note_of(setting: &Setting, app: App, incremental: Incremental) -> PathBuf {
    let name = format!("rustc-{}.txt", incremental.as_cargo_says());
    app.folder(setting).join(Path::new(&name))
}

/// The time of all programs that were started and have ended.
fn user_seconds_of_children() -> Result<f64, Failure> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)
        .map_err(|error| Failure::Unexpected(format!("getrusage failed: {error}")))?;
    let time = usage.user_time();
    Ok(time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_call_is_what_cargo_prints() {
        let line = "     Running `CARGO_PKG_NAME=routes-10 CARGO_PKG_AUTHORS='A B' /bin/rustc --crate-name routes_10 --edition=2024 src/main.rs`";
        let call = Call::read(line, "routes_10").unwrap();
        assert_eq!(
            call.variables,
            "CARGO_PKG_NAME=routes-10 CARGO_PKG_AUTHORS='A B'"
        );
        assert_eq!(
            call.command,
            "/bin/rustc --crate-name routes_10 --edition=2024 src/main.rs"
        );
        assert_eq!(Call::read(line, "routes_1"), None);
        assert_eq!(
            Call::read("       Fresh routes-10 v0.1.0", "routes_10"),
            None
        );
    }
}
