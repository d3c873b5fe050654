//! The apps, as packages below the target directory.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use generated_apps::{Framework, dependencies, edited, main_rs};

use super::rustc::{Incremental, Rustc, note_of};
use crate::{failure::Failure, part::Setting};

/// One app of one size.
#[derive(Clone, Copy)]
pub(super) struct App {
    /// Whose app it is.
    pub(super) framework: Framework,
    /// How many routes it has.
    pub(super) count: usize,
}

impl App {
    /// A folder's name for all apps of the framework.
    fn family(self) -> &'static str {
        match self.framework {
            Framework::Chalice => "chalice",
            Framework::Functions => "functions",
            Framework::Axum => "axum",
            Framework::Rocket => "rocket",
        }
    }

    /// The package's name: the same for every framework, so that all do the same with it.
    pub(super) fn package(self) -> String {
        format!("routes-{}", self.count)
    }

    /// The package's folder.
    pub(super) fn folder(self, setting: &Setting) -> PathBuf {
        setting
            .target
            .join("check")
            .join(format!("{}-{}", self.family(), self.count))
    }

    /// The target directory of all apps of the framework: dependencies are built once.
    pub(super) fn target(self, setting: &Setting) -> PathBuf {
        setting.target.join("check").join(self.family())
    }

    /// Writes the package, builds its dependencies, and notes how cargo calls rustc for it. Returns how long the last
    /// of these calls took, when all else was built.
    pub(super) fn build(self, setting: &Setting) -> Result<Duration, Failure> {
        let folder = self.folder(setting);
        let chalice = setting.benches.join("../chalice");
        let chalice = chalice.canonicalize().map_err(file(&chalice))?;
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{}\n[workspace]\n",
            self.package(),
            dependencies(self.framework, &chalice.to_string_lossy()),
        );
        write(&folder.join("Cargo.toml"), &manifest)?;
        // Cargo takes from it what the app needs, so that all have the versions of the project.
        let lock = setting.benches.join("../Cargo.lock");
        fs::copy(&lock, folder.join("Cargo.lock")).map_err(file(&lock))?;
        Rustc::note(setting, self, Incremental::Off)?;
        let start = Instant::now();
        Rustc::note(setting, self, Incremental::On)?;
        Ok(start.elapsed())
    }

    /// Whether it is built.
    pub(super) fn is_built(self, setting: &Setting) -> bool {
        Incremental::BOTH
            .into_iter()
            .all(|incremental| note_of(setting, self, incremental).exists())
    }

    /// Forgets that it is built.
    pub(super) fn forget(self, setting: &Setting) -> Result<(), Failure> {
        for note in Incremental::BOTH.map(|incremental| note_of(setting, self, incremental)) {
            if note.exists() {
                fs::remove_file(&note).map_err(file(&note))?;
            }
        }
        Ok(())
    }

    /// Writes the app itself.
    pub(super) fn write(self, setting: &Setting) -> Result<(), Failure> {
        write(&self.main(setting), &main_rs(self.framework, self.count))
    }

    /// Writes the app with the body of one handler changed.
    pub(super) fn edit(self, setting: &Setting, edition: usize) -> Result<(), Failure> {
        let text = main_rs(self.framework, self.count);
        write(&self.main(setting), &edited(&text, self.count, edition))
    }

    fn main(self, setting: &Setting) -> PathBuf {
        self.folder(setting).join("src/main.rs")
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder
        .and_then(|()| fs::write(path, text))
        .map_err(file(path))
}

/// What is wrong with the file at `path`.
pub(super) fn file(path: &Path) -> impl Fn(std::io::Error) -> Failure {
    let path = path.to_owned();
    move |error| Failure::File {
        path: path.clone(),
        error,
    }
}
