//! With what an app is built for a target: Cargo or `cargo-zigbuild`, and which linker.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum;

use super::linker_setting;
use super::target::Target;

/// What builds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Builder {
    /// Cargo and a linker of the system.
    Cargo,
    /// `cargo-zigbuild`: zig links, for any target, against the C library that AWS Lambda has.
    Zigbuild,
}

/// How a target is built.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Toolchain {
    /// Cargo, with nothing but its own settings.
    Host,
    /// Cargo for another target than this machine's, with that linker if nothing says which.
    Cross { linker: Option<PathBuf> },
    /// The program `cargo-zigbuild`.
    Zigbuild(PathBuf),
}

/// Why nothing can be built for a target.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ToolchainError {
    /// The compiler does not run.
    #[error(
        "cannot run `{program}`, Rust's compiler: {problem}; rustup (https://rustup.rs) installs it"
    )]
    NoCompiler {
        /// The program.
        program: String,
        /// What the system says, or the compiler.
        problem: String,
    },
    /// `--builder zigbuild` without the program.
    #[error(
        "`--builder zigbuild` takes cargo-zigbuild, which is not on this machine: {}",
        ZIGBUILD
    )]
    NoZigbuild,
    /// Something has to be installed.
    #[error(
        "this machine ({host}) cannot build for {triple}, on which {architecture} functions of AWS Lambda run: {}{other}",
        .missing.join("; ")
    )]
    Missing {
        /// The target of this machine.
        host: String,
        /// The target of the function.
        triple: &'static str,
        /// The function's processor.
        architecture: &'static str,
        /// What is missing, and what installs it.
        missing: Vec<String>,
        /// What can be built without it, as the end of the sentence.
        other: String,
    },
}

/// How to install `cargo-zigbuild`.
pub(super) const ZIGBUILD: &str =
    "install it with `cargo install --locked cargo-zigbuild`, and zig with `pip3 install ziglang`";

/// What is known about this machine.
#[derive(Debug)]
struct Machine {
    /// The compiler's own target.
    host: String,
    /// Whether the standard library of the target is there.
    has_std: bool,
    /// Whether rustup is there.
    has_rustup: bool,
    /// `cargo-zigbuild`.
    zigbuild: Option<PathBuf>,
    /// Whether the user has said which linker it is.
    is_linker_set: bool,
    /// The C compiler for the target, as Debian calls it.
    cross_gcc: Option<PathBuf>,
}

impl Toolchain {
    /// Looks at what there is to build with in that folder.
    pub(super) fn find(
        target: &Target,
        builder: Option<Builder>,
        folder: &Path,
    ) -> Result<Toolchain, ToolchainError> {
        // In one run: to start the compiler takes longer than the answers.
        let answers = rustc(
            &[
                "--print",
                "host-tuple",
                "--print",
                "target-libdir",
                "--target",
                target.triple,
            ],
            folder,
        )?;
        let (host, libraries) = answers.trim_end().split_once('\n').unwrap_or_default();
        let machine = Machine {
            has_std: has_core(Path::new(libraries)),
            has_rustup: std::env::var_os("RUSTUP_TOOLCHAIN").is_some()
                || program("rustup").is_some(),
            zigbuild: program("cargo-zigbuild"),
            is_linker_set: std::env::var_os(target.linker_variable).is_some()
                || linker_setting::is_set(target.triple, folder),
            cross_gcc: program(target.cross_gcc),
            host: host.trim_end().to_owned(),
        };
        machine.toolchain(target, builder)
    }
}

impl Machine {
    fn toolchain(
        self,
        target: &Target,
        builder: Option<Builder>,
    ) -> Result<Toolchain, ToolchainError> {
        let is_host = self.host == target.triple;
        let zigbuild = match (builder, &self.zigbuild) {
            (Some(Builder::Zigbuild), None) => return Err(ToolchainError::NoZigbuild),
            (Some(Builder::Cargo), _) => None,
            (_, zigbuild) => zigbuild.clone(),
        };
        let has_linker =
            is_host || zigbuild.is_some() || self.is_linker_set || self.cross_gcc.is_some();
        if !self.has_std || !has_linker {
            return Err(self.missing(target, has_linker));
        }
        Ok(match zigbuild {
            Some(zigbuild) => Toolchain::Zigbuild(zigbuild),
            None if is_host => Toolchain::Host,
            None => Toolchain::Cross {
                linker: self.cross_gcc.filter(|_| !self.is_linker_set),
            },
        })
    }

    fn missing(self, target: &Target, has_linker: bool) -> ToolchainError {
        let mut missing = Vec::new();
        if !self.has_std {
            let command = format!("`rustup target add {}`", target.triple);
            missing.push(match self.has_rustup {
                true => format!("Rust's standard library for it is missing: install it with {command}"),
                false => format!(
                    "Rust's standard library for it is missing, and this Rust is not from rustup: install rustup \
                     (https://rustup.rs), and then the library with {command}"
                ),
            });
        }
        if !has_linker {
            missing.push(format!(
                "a linker for it is missing: the simplest is cargo-zigbuild ({ZIGBUILD}); on Debian and Ubuntu, \
                 `apt install {}` is another",
                target.debian_package
            ));
        }
        let other = match Target::called(&self.host) {
            Some(own) if own != target => format!(
                ". Functions on {} can be built as it is: `--arch {0}`, or \"lambda_architecture\": \"{0}\" in {path}",
                own.architecture,
                path = chalice_config::PATH
            ),
            _ => String::new(),
        };
        ToolchainError::Missing {
            triple: target.triple,
            architecture: target.architecture.as_str(),
            host: self.host,
            missing,
            other,
        }
    }
}

/// What the compiler says, which is the one that Cargo runs in that folder.
fn rustc(arguments: &[&str], folder: &Path) -> Result<String, ToolchainError> {
    let program: OsString = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let failed = |problem: String| ToolchainError::NoCompiler {
        program: program.to_string_lossy().into_owned(),
        problem,
    };
    let output = Command::new(&program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .map_err(|error| failed(error.to_string()))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(failed(
            String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        )),
    }
}

/// Whether the folder has the crate `core`, without which there is no other.
fn has_core(libraries: &Path) -> bool {
    let entries = std::fs::read_dir(libraries).into_iter().flatten();
    entries
        .filter_map(Result::ok)
        .any(|entry| entry.file_name().to_string_lossy().starts_with("libcore-"))
}

/// The program of that name, where Cargo would find it: in the folders of `PATH`, and in its own.
fn program(name: &str) -> Option<PathBuf> {
    let cargo_home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path)
        .chain(cargo_home.map(|home| home.join("bin")))
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use chalice_config::LambdaArchitecture::{Arm64, X86_64};

    use super::*;

    fn machine(host: &str) -> Machine {
        Machine {
            host: host.to_owned(),
            has_std: true,
            has_rustup: true,
            zigbuild: None,
            is_linker_set: false,
            cross_gcc: None,
        }
    }

    const LINUX: &str = "x86_64-unknown-linux-gnu";

    #[test]
    fn zigbuild_is_taken_where_it_is() {
        let zigbuild = PathBuf::from("/z/cargo-zigbuild");
        for architecture in [X86_64, Arm64] {
            let with_zigbuild = || Machine {
                zigbuild: Some(zigbuild.clone()),
                ..machine(LINUX)
            };
            let target = Target::of(architecture);
            for builder in [None, Some(Builder::Zigbuild)] {
                let found = with_zigbuild().toolchain(target, builder).unwrap();
                assert_eq!(found, Toolchain::Zigbuild(zigbuild.clone()));
            }
        }
        assert_eq!(Target::of(X86_64).pinned(), "x86_64-unknown-linux-gnu.2.34");
        let target = Target::of(X86_64);
        let with_zigbuild = Machine {
            zigbuild: Some(zigbuild),
            ..machine(LINUX)
        };
        assert_eq!(
            with_zigbuild
                .toolchain(target, Some(Builder::Cargo))
                .unwrap(),
            Toolchain::Host
        );
        let error = machine(LINUX)
            .toolchain(target, Some(Builder::Zigbuild))
            .unwrap_err();
        assert_eq!(error, ToolchainError::NoZigbuild);
        assert!(
            error
                .to_string()
                .contains("`cargo install --locked cargo-zigbuild`")
        );
    }

    #[test]
    fn cargo_and_the_linker_of_the_system() {
        let arm64 = Target::of(Arm64);
        assert_eq!(
            machine(LINUX).toolchain(Target::of(X86_64), None).unwrap(),
            Toolchain::Host
        );
        let gcc = PathBuf::from("/usr/bin/aarch64-linux-gnu-gcc");
        let with_gcc = |is_linker_set| Machine {
            cross_gcc: Some(gcc.clone()),
            is_linker_set,
            ..machine(LINUX)
        };
        let linker = Some(gcc.clone());
        assert_eq!(
            with_gcc(false).toolchain(arm64, None).unwrap(),
            Toolchain::Cross { linker }
        );
        // What the user has said counts.
        assert_eq!(
            with_gcc(true).toolchain(arm64, None).unwrap(),
            Toolchain::Cross { linker: None }
        );
    }

    #[test]
    fn what_is_missing_is_said_in_one_go() {
        let bare = |host: &str| Machine {
            has_std: false,
            ..machine(host)
        };
        assert_eq!(
            bare(LINUX)
                .toolchain(Target::of(Arm64), None)
                .unwrap_err()
                .to_string(),
            "this machine (x86_64-unknown-linux-gnu) cannot build for aarch64-unknown-linux-gnu, on which arm64 functions \
             of AWS Lambda run: Rust's standard library for it is missing: install it with `rustup target add \
             aarch64-unknown-linux-gnu`; a linker for it is missing: the simplest is cargo-zigbuild (install it with \
             `cargo install --locked cargo-zigbuild`, and zig with `pip3 install ziglang`); on Debian and Ubuntu, `apt \
             install gcc-aarch64-linux-gnu` is another. Functions on x86_64 can be built as it is: `--arch x86_64`, or \
             \"lambda_architecture\": \"x86_64\" in .chalice/config.json"
        );
        let text = |machine: Machine| {
            let error = machine.toolchain(Target::of(X86_64), None).unwrap_err();
            error.to_string()
        };
        let mac = text(machine("aarch64-apple-darwin"));
        assert!(mac.contains("a linker for it is missing"), "{mac}");
        assert!(!mac.contains("rustup") && !mac.contains("--arch"), "{mac}");
        let without_rustup = text(Machine {
            has_rustup: false,
            zigbuild: Some("cargo-zigbuild".into()),
            ..bare("aarch64-unknown-linux-gnu")
        });
        assert!(
            without_rustup.contains("not from rustup"),
            "{without_rustup}"
        );
        assert!(!without_rustup.contains("linker"), "{without_rustup}");
    }

    #[test]
    fn this_machine_builds_for_itself() {
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        let libraries = rustc(&["--print", "target-libdir"], project).unwrap();
        assert!(has_core(Path::new(libraries.trim())));
        assert!(!has_core(Path::new("/nonexistent")));
        let error = rustc(&["--no-such-option"], project).unwrap_err();
        assert!(
            error.to_string().contains("--no-such-option")
                || error.to_string().contains("no-such-option")
        );
    }
}
