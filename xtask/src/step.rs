//! Commands, one after the other.

use std::{
    env,
    ffi::{OsStr, OsString},
    fmt,
    path::Path,
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

/// A run of Cargo.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Step {
    arguments: &'static str,
    environment: &'static [(&'static str, &'static str)],
}

impl Step {
    /// Cargo with these arguments, which are separated by spaces.
    pub(crate) const fn cargo(arguments: &'static str) -> Step {
        Step {
            arguments,
            environment: &[],
        }
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
        let status = cargo()
            .args(self.arguments.split(' '))
            .envs(self.environment.iter().copied())
            .current_dir(root)
            .status()
            .map_err(|error| format!("it could not be started: {error}"))?;
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
    let mut command = Command::new(cargo_program());
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
    let mut durations = Vec::new();
    for (number, step) in (1..).zip(steps) {
        eprintln!("\n==> {number}/{}: {step}", steps.len());
        let start = Instant::now();
        let result = step.run();
        durations.push(start.elapsed());
        if let Err(problem) = result {
            eprint!("{}", summary(steps, &durations));
            eprintln!("\nFAILED: `{step}`: {problem}");
            return ExitCode::FAILURE;
        }
    }
    eprint!("{}", summary(steps, &durations));
    eprintln!("\nAll {} steps passed.", steps.len());
    ExitCode::SUCCESS
}

/// The steps that have run, and the seconds they took.
fn summary(steps: &[Step], durations: &[Duration]) -> String {
    let mut text = String::from("\nSeconds per step:\n");
    for (step, duration) in steps.iter().zip(durations) {
        text += &format!("{:>8.1}  {step}\n", duration.as_secs_f64());
    }
    let total: Duration = durations.iter().sum();
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
        let steps = [Step::cargo("fmt"), Step::cargo("check"), Step::cargo("doc")];
        let durations = [Duration::from_millis(250), Duration::from_secs(61)];
        assert_eq!(
            summary(&steps, &durations),
            "\nSeconds per step:\n     0.2  cargo fmt\n    61.0  cargo check\n    61.2  in all\n"
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
    fn a_step_says_whether_it_failed() {
        assert_eq!(Step::cargo("--version").run(), Ok(()));
        let problem = Step::cargo("no-such-command").run().unwrap_err();
        assert!(problem.starts_with("exit status: "), "{problem}");
    }
}
