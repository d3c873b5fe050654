//! The servers that are compared.

use std::{fmt, path::PathBuf, process::Command};

use verifiers::Environment;

use crate::{command, failure::Failure, part::Setting};

/// The body of the right answer.
pub(super) const ANSWER: &str = r#"{"hello":"world"}"#;

/// A development server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// Ours: `cargo chalice local`.
    CargoChalice,
    /// AWS Chalice for Python: `chalice local`.
    PythonChalice,
    /// cargo-lambda: `cargo lambda watch`.
    CargoLambda,
}

impl Subject {
    /// All of them, in the order in which they take turns.
    pub(super) const ALL: [Subject; 3] = [
        Subject::CargoChalice,
        Subject::PythonChalice,
        Subject::CargoLambda,
    ];

    /// The name of its log file.
    pub(super) fn slug(self) -> &'static str {
        match self {
            Subject::CargoChalice => "cargo-chalice-local",
            Subject::PythonChalice => "chalice-local",
            Subject::CargoLambda => "cargo-lambda-watch",
        }
    }

    /// Where it serves the route.
    pub(super) fn path(self) -> &'static str {
        match self {
            Subject::CargoChalice | Subject::PythonChalice => "/hello",
            Subject::CargoLambda => "/lambda-url/local-gateway-peer/hello",
        }
    }

    /// What starts it on that port of this machine alone.
    pub(super) fn command(self, setting: &Setting, port: u16) -> Command {
        let port = port.to_string();
        let mut command = match self {
            Subject::CargoChalice => {
                let mut command = command::program(setting, our_cli(setting));
                command.args(["chalice", "local", "--package", "local-gateway-app"]);
                command.args(["--release", "--host", "127.0.0.1", "--port", &port]);
                command
            }
            Subject::PythonChalice => {
                let program = chalice_environment().folder().join("bin/chalice");
                let mut command = command::program(setting, program);
                command.args(["local", "--no-autoreload"]);
                command.args(["--host", "127.0.0.1", "--port", &port]);
                command.current_dir(setting.benches.join("python/chalice_local"));
                // What it prints goes to a file, and has to be there when something fails.
                command.env("PYTHONUNBUFFERED", "1");
                command
            }
            Subject::CargoLambda => {
                let program = cargo_lambda_environment().folder().join("bin/cargo-lambda");
                let mut command = command::program(setting, program);
                command.args([
                    "lambda",
                    "watch",
                    "--release",
                    "--bin",
                    "local-gateway-peer",
                ]);
                command.args(["--invoke-address", "127.0.0.1", "--invoke-port", &port]);
                command.current_dir(setting.benches.join("peers/cargo-lambda-watch"));
                command
            }
        };
        // The functions' own log is as it is for who sets nothing.
        command
            .env_remove("RUST_LOG")
            .env_remove("AWS_LAMBDA_LOG_LEVEL");
        command
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Subject::CargoChalice => "cargo chalice local",
            Subject::PythonChalice => "chalice local (Python Chalice 1.34.0)",
            Subject::CargoLambda => "cargo lambda watch (cargo-lambda 1.9.2)",
        })
    }
}

/// Builds or installs the servers themselves.
pub(super) fn prepare(setting: &Setting) -> Result<(), Failure> {
    let manifest = setting.benches.join("../Cargo.toml");
    command::run(
        command::cargo(setting)
            .args(["build", "--release", "--locked", "--package", "chalice-cli"])
            .arg("--manifest-path")
            .arg(manifest),
    )?;
    // One by one, as the servers build them: together, each would have the features of both.
    for package in ["local-gateway-app", "local-gateway-peer"] {
        let mut cargo = command::cargo(setting);
        command::run(cargo.args(["build", "--release", "--locked", "--package", package]))?;
    }
    chalice_environment().prepare()?;
    cargo_lambda_environment().prepare()?;
    Ok(())
}

fn our_cli(setting: &Setting) -> PathBuf {
    setting.target.join("cargo/release/cargo-chalice")
}

fn chalice_environment() -> Environment {
    Environment::new(
        "bench-venv-chalice-local",
        include_str!("../../../../python/chalice_local/requirements.txt"),
    )
}

fn cargo_lambda_environment() -> Environment {
    Environment::new(
        "bench-venv-cargo-lambda",
        include_str!("../../../../python/cargo_lambda/requirements.txt"),
    )
}
