//! Commands, one after the other.

use std::{
    env,
    ffi::{OsStr, OsString},
    fmt, io, panic,
    path::Path,
    process::{Command, ExitCode},
    thread,
    time::{Duration, Instant},
};

/// What begins the arguments of this program's own tasks.
const OWN_TASK: &str = "xtask ";

/// A run of Cargo.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Step {
    arguments: &'static str,
    environment: &'static [(&'static str, &'static str)],
    /// Whether the next step runs at the same time.
    is_beside_next: bool,
}

impl Step {
    /// Cargo with these arguments, which are separated by spaces.
    pub(crate) const fn cargo(arguments: &'static str) -> Step {
        Step {
            arguments,
            environment: &[],
            is_beside_next: false,
        }
    }

    /// The step, which mostly waits for others than this machine: the next one begins at the same time.
    pub(crate) const fn beside_next(mut self) -> Step {
        self.is_beside_next = true;
        self
    }

    /// The step with environment variables.
    pub(crate) const fn with(
        mut self,
        environment: &'static [(&'static str, &'static str)],
    ) -> Step {
        self.environment = environment;
        self
    }

    fn run(&self) -> Result<(), String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let unable = |error: io::Error| format!("it could not be started: {error}");
        let (mut command, arguments) = match self.arguments.strip_prefix(OWN_TASK) {
            // Cargo would only find that this program is up to date, and waits for that until no other one builds.
            Some(task) => (prepared(env::current_exe().map_err(unable)?), task),
            None => (cargo(), self.arguments),
        };
        let status = command
            .args(arguments.split(' '))
            .envs(self.environment.iter().copied())
            .current_dir(root)
            .status()
            .map_err(unable)?;
        match status.success() {
            true => Ok(()),
            false => Err(status.to_string()),
        }
    }
}

/// As one would type it.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in self.environment {
            write!(f, "{name}=\"{value}\" ")?;
        }
        write!(f, "cargo {}", self.arguments)
    }
}

/// The program and its arguments, as one would type them: without the environment.
pub(crate) fn typed(command: &Command) -> String {
    let program = command.get_program();
    // `cargo xtask` says where Cargo is, which nobody types.
    let program = match program == cargo_program() {
        true => "cargo".into(),
        false => program.to_string_lossy(),
    };
    let arguments = command
        .get_args()
        .map(|argument| argument.to_string_lossy());
    let words: Vec<String> = std::iter::once(program)
        .chain(arguments)
        .map(|word| quoted(&word))
        .collect();
    words.join(" ")
}

/// The word in the quotation marks of a shell, if it needs some.
fn quoted(word: &str) -> String {
    let plain = |it: char| it.is_ascii_alphanumeric() || "-_=+/.,:@%".contains(it);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

fn cargo_program() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Cargo, without what `cargo xtask` says about this package: a crate that reads
/// such a variable would be built anew.
pub(crate) fn cargo() -> Command {
    prepared(cargo_program())
}

fn prepared(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let known = name.to_string_lossy();
        if known.starts_with("CARGO_PKG_") || known.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    let (ci, incremental) = (env::var_os("CI"), env::var_os("CARGO_INCREMENTAL"));
    if let Some(incremental) = incremental_compilation(ci.as_deref(), incremental.as_deref()) {
        command.env("CARGO_INCREMENTAL", incremental);
    }
    command
}

/// What `CARGO_INCREMENTAL` has to be, unless it stays as it is. On a machine that starts from nothing and builds
/// everything once (`CI` says so, as most services for it set it), nothing comes of what incremental compilation writes
/// down for the next build, and that is gigabytes of a small disk.
fn incremental_compilation(
    ci: Option<&OsStr>,
    incremental: Option<&OsStr>,
) -> Option<&'static str> {
    let is_ci = ci.is_some_and(|value| !value.is_empty());
    (is_ci && incremental.is_none()).then_some("0")
}

/// Runs the steps until one fails, and says how long each took.
pub(crate) fn run_all(steps: &[Step]) -> ExitCode {
    let begin = Instant::now();
    let mut durations = Vec::new();
    for group in steps.split_inclusive(|step| !step.is_beside_next) {
        for (number, step) in (durations.len() + 1..).zip(group) {
            eprintln!("\n==> {number}/{}: {step}", steps.len());
        }
        let (taken, results): (Vec<Duration>, Vec<_>) = side_by_side(group).into_iter().unzip();
        durations.extend(taken);
        let failed = group.iter().zip(results);
        let mut failed = failed.filter_map(|(step, result)| Some((step, result.err()?)));
        if let Some((step, problem)) = failed.next() {
            eprint!("{}", summary(steps, &durations, begin.elapsed()));
            eprintln!("\nFAILED: `{step}`: {problem}");
            return ExitCode::FAILURE;
        }
    }
    eprint!("{}", summary(steps, &durations, begin.elapsed()));
    eprintln!("\nAll {} steps passed.", steps.len());
    ExitCode::SUCCESS
}

/// Runs the steps at once, and tells of each how long it took and how it ended.
fn side_by_side(steps: &[Step]) -> Vec<(Duration, Result<(), String>)> {
    let timed = |step: &Step| {
        let start = Instant::now();
        let result = step.run();
        (start.elapsed(), result)
    };
    thread::scope(|scope| {
        let running: Vec<_> = steps
            .iter()
            .map(|step| scope.spawn(move || timed(step)))
            .collect();
        let ended = running.into_iter().map(|it| it.join());
        ended
            .map(|result| result.unwrap_or_else(|cause| panic::resume_unwind(cause)))
            .collect()
    })
}

/// The steps that have run, and the seconds they took.
fn summary(steps: &[Step], durations: &[Duration], total: Duration) -> String {
    let mut text = String::from("\nSeconds per step:\n");
    for (step, duration) in steps.iter().zip(durations) {
        let beside = match step.is_beside_next {
            true => " (beside the next)",
            false => "",
        };
        text += &format!("{:>8.1}  {step}{beside}\n", duration.as_secs_f64());
    }
    text + &format!("{:>8.1}  in all\n", total.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_read_as_typed() {
        let step = Step::cargo("doc --no-deps").with(&[("RUSTDOCFLAGS", "-D warnings")]);
        assert_eq!(
            step.to_string(),
            "RUSTDOCFLAGS=\"-D warnings\" cargo doc --no-deps"
        );
    }

    #[test]
    fn commands_read_as_typed() {
        let mut command = cargo();
        command.args(["run", "--example", "seed_corpus"]);
        command.env("RUSTFLAGS", "-Cpasses=sancov-module");
        command.env_remove("CARGO_PKG_NAME");
        assert_eq!(typed(&command), "cargo run --example seed_corpus");
        let mut command = Command::new("a folder/raw_path");
        command.args(["-dict=a/b.dict", "it's", "", "*"]);
        assert_eq!(
            typed(&command),
            r"'a folder/raw_path' -dict=a/b.dict 'it'\''s' '' '*'"
        );
    }

    #[test]
    fn the_summary_has_the_steps_that_have_run() {
        let steps = [
            Step::cargo("fmt").beside_next(),
            Step::cargo("check"),
            Step::cargo("doc"),
        ];
        let durations = [Duration::from_millis(250), Duration::from_secs(61)];
        assert_eq!(
            summary(&steps, &durations, durations[1]),
            "\nSeconds per step:\n     0.2  cargo fmt (beside the next)\n    61.0  cargo check\n    61.0  in all\n"
        );
    }

    #[test]
    fn builds_from_nothing_are_not_incremental() {
        let decided = |ci: Option<&str>, incremental: Option<&str>| {
            incremental_compilation(ci.map(OsStr::new), incremental.map(OsStr::new))
        };
        assert_eq!(decided(Some("true"), None), Some("0"));
        // Whoever has decided it has decided it.
        assert_eq!(decided(Some("true"), Some("1")), None);
        assert_eq!(decided(Some("true"), Some("")), None);
        assert_eq!(decided(Some(""), None), None);
        assert_eq!(decided(None, None), None);
    }

    #[test]
    fn steps_side_by_side_all_end() {
        let steps = [
            Step::cargo("no-such-command").beside_next(),
            Step::cargo("--version"),
        ];
        let results: Vec<bool> = side_by_side(&steps)
            .into_iter()
            .map(|(_, result)| result.is_ok())
            .collect();
        assert_eq!(results, [false, true]);
        assert_eq!(run_all(&steps), ExitCode::FAILURE);
        assert_eq!(run_all(&steps[1..]), ExitCode::SUCCESS);
    }

    #[test]
    fn a_step_says_whether_it_failed() {
        assert_eq!(Step::cargo("--version").run(), Ok(()));
        let problem = Step::cargo("no-such-command").run().unwrap_err();
        assert!(problem.starts_with("exit status: "), "{problem}");
    }
}
