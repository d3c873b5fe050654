//! Building an app with Cargo, and finding the executable.

mod selection;

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use cargo_metadata::{CargoOpt, Message, Metadata, MetadataCommand, Package, PackageId};
use clap::Args;

pub(crate) use selection::SelectionError;

/// Which app to build, and how.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Package selection")]
pub(crate) struct AppOptions {
    /// The package that holds the app [default: the one in the current folder].
    #[arg(short, long, value_name = "NAME")]
    pub(crate) package: Option<String>,
    /// The binary target that is the app [default: the package's only one].
    #[arg(long, value_name = "NAME")]
    pub(crate) bin: Option<String>,
    /// Build with the release profile.
    #[arg(long)]
    pub(crate) release: bool,
    /// Cargo features to switch on, separated by commas.
    #[arg(long, value_name = "FEATURES", value_delimiter = ',')]
    pub(crate) features: Vec<String>,
    /// The Cargo.toml of the package or workspace.
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest_path: Option<PathBuf>,
}

/// Why there is no executable.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BuildError {
    /// Cargo cannot read the package.
    #[error("cargo cannot read the package: {0}")]
    Metadata(String),
    /// It is not clear which target is the app.
    #[error(transparent)]
    Selection(#[from] SelectionError),
    /// Cargo could not be started.
    #[error("cannot run `{cargo}`: {source}")]
    Spawn {
        /// The program.
        cargo: String,
        /// Why not.
        source: std::io::Error,
    },
    /// The build failed; Cargo has said why.
    #[error("the app does not build: cargo's own messages above say why")]
    Failed,
    /// The build went well and made no executable.
    #[error("cargo built `{0}` but named no executable")]
    NoExecutable(String),
}

/// An app that can be built.
#[derive(Debug)]
pub(crate) struct App {
    options: AppOptions,
    metadata: Metadata,
    package: PackageId,
    bin: String,
}

/// A difference from the ordinary build.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BuildVariant<'a> {
    /// Another target directory.
    pub(crate) target_directory: Option<&'a Path>,
    /// One more feature.
    pub(crate) feature: Option<&'a str>,
    /// Another profile than the one of the options.
    pub(crate) profile: Option<&'a str>,
    /// Another target than Cargo's own choice.
    pub(crate) target: Option<&'a str>,
    /// `cargo-zigbuild`, if that is to build instead of Cargo.
    pub(crate) zigbuild: Option<&'a Path>,
    /// An environment variable for Cargo.
    pub(crate) variable: Option<(&'a str, &'a OsStr)>,
}

impl App {
    /// Finds the app that the options select. What it depends on is not looked at: Cargo would take longer for that
    /// than for a build that is up to date.
    pub(crate) fn find(options: &AppOptions) -> Result<App, BuildError> {
        let metadata = workspace(options)?;
        let manifest = manifest_in_effect(options);
        let (package, bin) = selection::select(&metadata, manifest.as_deref(), options)?;
        Ok(App {
            options: options.clone(),
            package: package.id.clone(),
            bin,
            metadata,
        })
    }

    /// The app's package.
    pub(crate) fn package(&self) -> Option<&Package> {
        self.metadata
            .packages
            .iter()
            .find(|package| package.id == self.package)
    }

    /// The id of the app's package.
    pub(crate) fn package_id(&self) -> &PackageId {
        &self.package
    }

    /// Cargo's metadata of the workspace, with all dependencies, for which Cargo takes ten times as long as for the rest.
    pub(crate) fn with_dependencies(&self) -> Result<Metadata, BuildError> {
        with_dependencies(&self.options)
    }

    /// Cargo's target directory.
    pub(crate) fn target_directory(&self) -> &Path {
        self.metadata.target_directory.as_std_path()
    }

    /// The folder of the workspace.
    pub(crate) fn workspace_root(&self) -> &Path {
        self.metadata.workspace_root.as_std_path()
    }

    /// The folder of what Cargo's builds leave for further builds, which is the target directory unless the user has
    /// said otherwise.
    pub(crate) fn build_directory(&self) -> &Path {
        let directory = self.metadata.build_directory.as_ref();
        directory
            .unwrap_or(&self.metadata.target_directory)
            .as_std_path()
    }

    /// The folder of the app's package.
    pub(crate) fn directory(&self) -> &Path {
        self.package()
            .and_then(|package| package.manifest_path.parent())
            .unwrap_or(&self.metadata.workspace_root)
            .as_std_path()
    }

    /// The app's package and every package it is built from that is a folder on this machine and not a download.
    pub(crate) fn local_packages(&self) -> Result<Vec<Package>, BuildError> {
        let metadata = self.with_dependencies()?;
        let mut pending = vec![&self.package];
        let mut found: Vec<&PackageId> = Vec::new();
        while let Some(id) = pending.pop() {
            if found.contains(&id) {
                continue;
            }
            found.push(id);
            let node = metadata
                .resolve
                .iter()
                .flat_map(|resolve| &resolve.nodes)
                .find(|node| node.id == *id);
            pending.extend(node.into_iter().flat_map(|node| &node.dependencies));
        }
        let packages = metadata.packages.iter();
        Ok(packages
            .filter(|package| package.source.is_none() && found.contains(&&package.id))
            .cloned()
            .collect())
    }

    /// Builds the app; Cargo's messages go to the standard error.
    pub(crate) async fn build(&self, variant: BuildVariant<'_>) -> Result<PathBuf, BuildError> {
        let (cargo, verb) = match variant.zigbuild {
            Some(zigbuild) => (zigbuild.into(), "zigbuild"),
            None => (cargo(), "build"),
        };
        let mut command = tokio::process::Command::new(&cargo);
        command
            .args([verb, "--message-format", "json-render-diagnostics"])
            .args(["--package", &self.package.repr, "--bin", &self.bin])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        if let Some(path) = &self.options.manifest_path {
            command.arg("--manifest-path").arg(path);
        }
        for feature in self
            .options
            .features
            .iter()
            .map(String::as_str)
            .chain(variant.feature)
        {
            command.args(["--features", feature]);
        }
        if let Some(directory) = variant.target_directory {
            command.arg("--target-dir").arg(directory);
        }
        match (variant.profile, self.options.release) {
            (Some(profile), _) => _ = command.args(["--profile", profile]),
            (None, true) => _ = command.arg("--release"),
            (None, false) => {}
        }
        if let Some(target) = variant.target {
            command.args(["--target", target]);
        }
        command.envs(variant.variable);
        let spawn = |source| BuildError::Spawn {
            cargo: cargo.to_string_lossy().into_owned(),
            source,
        };
        let output = command
            .spawn()
            .map_err(spawn)?
            .wait_with_output()
            .await
            .map_err(spawn)?;
        if !output.status.success() {
            return Err(BuildError::Failed);
        }
        Message::parse_stream(output.stdout.as_slice())
            .filter_map(Result::ok)
            .find_map(|message| match message {
                Message::CompilerArtifact(artifact)
                    if artifact.package_id == self.package
                        && artifact.target.is_bin()
                        && artifact.target.name == self.bin =>
                {
                    artifact.executable
                }
                _ => None,
            })
            .map(PathBuf::from)
            .ok_or_else(|| BuildError::NoExecutable(self.bin.clone()))
    }
}

/// Cargo, as the one that started this program, if any did.
fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// What the workspace consists of.
fn workspace(options: &AppOptions) -> Result<Metadata, BuildError> {
    metadata(options, MetadataCommand::new().no_deps())
}

/// What the workspace consists of, and what depends on what.
fn with_dependencies(options: &AppOptions) -> Result<Metadata, BuildError> {
    let mut command = MetadataCommand::new();
    // Features name those of one package, and Cargo takes them for the package
    // in the folder: with `--package` they may be of another.
    if !options.features.is_empty() && options.package.is_none() {
        command.features(CargoOpt::SomeFeatures(options.features.clone()));
    }
    metadata(options, &mut command)
}

fn metadata(options: &AppOptions, command: &mut MetadataCommand) -> Result<Metadata, BuildError> {
    command.cargo_path(cargo());
    if let Some(path) = &options.manifest_path {
        command.manifest_path(path);
    }
    command.exec().map_err(|error| {
        let text = match error {
            cargo_metadata::Error::CargoMetadata { stderr } => stderr,
            error => error.to_string(),
        };
        BuildError::Metadata(text.trim().trim_start_matches("error: ").to_owned())
    })
}

/// The Cargo.toml that Cargo works with: the one that is named, or the nearest of the current folder and of those
/// around it (The Cargo Book, "cargo build", `--manifest-path`).
fn manifest_in_effect(options: &AppOptions) -> Option<PathBuf> {
    if let Some(path) = &options.manifest_path {
        return Some(path.clone());
    }
    let folder = std::env::current_dir().ok()?;
    let mut files = folder.ancestors().map(|folder| folder.join("Cargo.toml"));
    files.find(|file| file.exists())
}
