//! A client in TypeScript that is generated from an OpenAPI document.

use std::{fs, io, process::Command};

use serde_json::Value;

use crate::{
    environment::finish,
    npm::{NpmError, NpmPackages},
};

const PACKAGES: NpmPackages = NpmPackages::new(
    "the generator of clients",
    "openapi-client",
    include_str!("../openapi-client/package-lock.json"),
    &[
        (
            "package.json",
            include_str!("../openapi-client/package.json"),
        ),
        (
            "tsconfig.json",
            include_str!("../openapi-client/tsconfig.json"),
        ),
        ("client.ts", include_str!("../openapi-client/client.ts")),
    ],
);

/// The generator of clients (`@hey-api/openapi-ts`), the compiler of TypeScript, and a program
/// that uses a client of `examples/todo`.
#[derive(Clone, Debug)]
pub struct OpenapiClient {
    packages: NpmPackages,
}

/// Why there is no generated client, or what it says.
#[derive(Debug, thiserror::Error)]
pub enum OpenapiClientError {
    /// The generator is not installed, or its folder cannot be used.
    #[error(transparent)]
    Packages(#[from] NpmError),
    /// The folder cannot be written.
    #[error("the folder of the generated client cannot be written: {0}")]
    Write(#[from] io::Error),
    /// A step failed: the document is none that the generator reads, the types do not fit, or
    /// an answer is not what the client expects.
    #[error("the client that is made of the document fails in `{step}`: {reason}")]
    Failed {
        /// The program.
        step: &'static str,
        /// What it said last.
        reason: String,
    },
}

/// The generated client, below the target directory.
pub fn openapi_client() -> OpenapiClient {
    OpenapiClient { packages: PACKAGES }
}

impl OpenapiClient {
    /// The generator, the compiler and the program.
    pub fn packages(&self) -> &NpmPackages {
        &self.packages
    }

    /// Generates a client from the document of `examples/todo`, compiles the program that uses
    /// it, and runs that against the app at an address such as `http://127.0.0.1:8000`.
    ///
    /// # Errors
    ///
    /// When the packages are not installed, which `cargo xtask verifiers` does, or a step fails.
    pub fn run(&self, document: &Value, address: &str) -> Result<(), OpenapiClientError> {
        let _lock = self.packages.ready()?;
        let packages = self.packages.folder();
        for folder in ["generated", "built"] {
            match fs::remove_dir_all(packages.join(folder)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        fs::write(packages.join("openapi.json"), document.to_string())?;
        self.step("openapi-ts", &["-i", "openapi.json", "-o", "generated"])?;
        self.step("tsc", &["--project", "."])?;
        let program = Command::new("node")
            .args(["built/client.js", address])
            .current_dir(&packages)
            .output()?;
        match program.status.success() {
            true => Ok(()),
            false => Err(OpenapiClientError::Failed {
                step: "client.ts",
                reason: String::from_utf8_lossy(&program.stderr).trim().to_owned(),
            }),
        }
    }

    fn step(&self, step: &'static str, arguments: &[&str]) -> Result<(), OpenapiClientError> {
        let packages = self.packages.folder();
        let program = packages.join("node_modules").join(".bin").join(step);
        let mut command = Command::new(program);
        command.args(arguments).current_dir(packages);
        finish(&mut command).map_err(|reason| OpenapiClientError::Failed { step, reason })
    }
}
