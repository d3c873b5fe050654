//! A client in TypeScript that is generated from an OpenAPI document.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use crate::environment::{finish, target_directory};

/// What npm installs: all of it, so that every run has the same versions.
const PACKAGE_LOCK: &str = include_str!("../openapi-client/package-lock.json");
/// The files beside it.
const FILES: [(&str, &str); 4] = [
    (
        "package.json",
        include_str!("../openapi-client/package.json"),
    ),
    ("package-lock.json", PACKAGE_LOCK),
    (
        "tsconfig.json",
        include_str!("../openapi-client/tsconfig.json"),
    ),
    ("client.ts", include_str!("../openapi-client/client.ts")),
];

/// The generator of clients (`@hey-api/openapi-ts`), the compiler of TypeScript, and a program
/// that uses a client of `examples/todo`.
#[derive(Clone, Debug)]
pub struct OpenapiClient {
    folder: PathBuf,
}

/// Why there is no generated client, or what it says.
#[derive(Debug, thiserror::Error)]
pub enum OpenapiClientError {
    /// It has not been installed.
    #[error(
        "the generator of clients is not installed in `{folder}` as `verifiers/openapi-client` wants it: run \
         `cargo xtask verifiers`"
    )]
    NotInstalled {
        /// Its folder.
        folder: String,
    },
    /// There is no Node.js, or no way to the registry.
    #[error(
        "the generator of clients cannot be installed in `{folder}`, for which the network and Node.js 20 or newer with \
         npm are needed: {reason}"
    )]
    Install {
        /// Its folder.
        folder: String,
        /// Why.
        reason: String,
    },
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
    OpenapiClient {
        folder: target_directory().join("openapi-client"),
    }
}

impl OpenapiClient {
    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether exactly these packages are installed.
    pub fn is_ready(&self) -> bool {
        fs::read_to_string(self.installed()).is_ok_and(|it| it == PACKAGE_LOCK)
    }

    /// Installs the packages, unless they are there. None of their own scripts is run.
    ///
    /// # Errors
    ///
    /// When there is no Node.js, or no way to the registry of npm.
    pub fn prepare(&self) -> Result<(), OpenapiClientError> {
        let _lock = self.lock()?;
        if self.is_ready() {
            return Ok(());
        }
        self.write_files()?;
        eprintln!("installing npm packages into {}", self.folder.display());
        finish(
            Command::new("npm")
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .args(["--loglevel", "error"])
                .current_dir(&self.folder),
        )
        .map_err(|reason| OpenapiClientError::Install {
            folder: self.folder.display().to_string(),
            reason,
        })?;
        Ok(fs::write(self.installed(), PACKAGE_LOCK)?)
    }

    /// Generates a client from the document of `examples/todo`, compiles the program that uses
    /// it, and runs that against the app at an address such as `http://127.0.0.1:8000`.
    ///
    /// # Errors
    ///
    /// When the packages are not installed, which `cargo xtask verifiers` does, or a step fails.
    pub fn run(&self, document: &Value, address: &str) -> Result<(), OpenapiClientError> {
        if !self.is_ready() {
            return Err(OpenapiClientError::NotInstalled {
                folder: self.folder.display().to_string(),
            });
        }
        let _lock = self.lock()?;
        self.write_files()?;
        for folder in ["generated", "built"] {
            match fs::remove_dir_all(self.folder.join(folder)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        fs::write(self.folder.join("openapi.json"), document.to_string())?;
        self.step("openapi-ts", &["-i", "openapi.json", "-o", "generated"])?;
        self.step("tsc", &["--project", "."])?;
        let program = Command::new("node")
            .args(["built/client.js", address])
            .current_dir(&self.folder)
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
        let program = self.folder.join("node_modules").join(".bin").join(step);
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.folder);
        finish(&mut command).map_err(|reason| OpenapiClientError::Failed { step, reason })
    }

    fn write_files(&self) -> io::Result<()> {
        for (name, text) in FILES {
            fs::write(self.folder.join(name), text)?;
        }
        Ok(())
    }

    /// Until the file is dropped, nobody else installs or generates here.
    fn lock(&self) -> io::Result<File> {
        fs::create_dir_all(&self.folder)?;
        let lock = File::create(self.folder.with_extension("lock"))?;
        lock.lock()?;
        Ok(lock)
    }

    /// The list of packages as it was when all of them had been installed.
    fn installed(&self) -> PathBuf {
        self.folder.join("installed-package-lock.json")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_missing_says_the_command_that_installs_it() {
        let missing = OpenapiClient {
            folder: target_directory().join("no-such-client"),
        };
        let error = missing.run(&json!({}), "http://127.0.0.1:1").unwrap_err();
        let error = error.to_string();
        assert!(error.ends_with("run `cargo xtask verifiers`"), "{error}");
    }
}
