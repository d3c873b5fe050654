//! `cargo chalice build`: what AWS Lambda runs, `bootstrap` and `deployment.zip`.

mod deployment_zip;
mod executable;
mod linker_setting;
mod package_contents;
mod package_record;
mod packing;
mod target;
mod toolchain;

use std::path::{Path, PathBuf};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use chalice_config::{CommandLine, LambdaArchitecture, PackageFiles, Stage};
use chalice_core::manifest::model::Manifest;
use clap::{Args, ValueEnum};

use self::deployment_zip::ZipError;
use self::executable::ExecutableError;
use self::package_contents::{ContentsError, PackageContents};
use self::target::Target;
pub(crate) use self::toolchain::Builder;
use self::toolchain::{Toolchain, ToolchainError};
use crate::app_build::{App, AppOptions, BuildError, BuildVariant};
use crate::section::SectionError;
use crate::{Error, section, stage_configuration, standard_output};

/// The largest package that can be sent to AWS Lambda, in bytes: 50 MB (AWS Lambda, "Lambda quotas",
/// deployment package, "zipped, when uploaded through the Lambda API or SDKs").
const MAX_DIRECT_UPLOAD: u64 = 52_428_800;

/// Where AWS Lambda's dynamic linker looks in a package (AWS Lambda, "Defined runtime environment
/// variables", `LD_LIBRARY_PATH`).
const LIBRARY_FOLDERS: [&str; 2] = ["", "lib/"];

/// Makes what AWS Lambda runs of an app: `bootstrap`, its executable, and `deployment.zip`.
///
/// The archive holds the executable and the files that `package_files` in .chalice/config.json lists.
/// The same contents are the same bytes, whenever it is made. They are built for the runtime
/// provided.al2023: by cargo-zigbuild where that is installed, which links for every processor and
/// against the C library that AWS Lambda has, otherwise by Cargo and the linker of this machine. What AWS
/// Lambda could not start is an error.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  cargo chalice build --package helloworld\n  cargo chalice build --arch arm64 --stage prod --out dist",
    mut_arg("release", |argument| argument.hide(true))
)]
pub(crate) struct Arguments {
    /// The processor of the functions [default: the stage's `lambda_architecture` in .chalice/config.json, or
    /// x86_64].
    #[arg(long)]
    arch: Option<Arch>,
    /// The stage in .chalice/config.json.
    #[arg(long, value_name = "NAME", default_value = "dev")]
    stage: String,
    /// Where to write both files [default: chalice/PACKAGE/STAGE in Cargo's target directory].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The profile of Cargo.toml to build with.
    #[arg(
        long,
        value_name = "NAME",
        default_value = "release",
        conflicts_with = "release"
    )]
    profile: String,
    /// What builds [default: cargo-zigbuild if it is installed, otherwise Cargo].
    #[arg(long, value_name = "PROGRAM")]
    builder: Option<Builder>,
    #[command(flatten)]
    app: AppOptions,
}

/// A processor, as the configuration spells it.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Arch {
    /// AWS Graviton.
    Arm64,
    /// Intel and AMD.
    #[value(name = "x86_64")]
    X86_64,
}

impl From<Arch> for LambdaArchitecture {
    fn from(arch: Arch) -> LambdaArchitecture {
        match arch {
            Arch::Arm64 => LambdaArchitecture::Arm64,
            Arch::X86_64 => LambdaArchitecture::X86_64,
        }
    }
}

/// What to build.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The processor of the functions.
    pub(crate) architecture: LambdaArchitecture,
    /// What is packed beside the executable.
    pub(crate) files: PackageFiles,
    /// The profile of Cargo.toml.
    pub(crate) profile: String,
    /// What builds; without, what there is.
    pub(crate) builder: Option<Builder>,
    /// The folder for both files.
    pub(crate) out: PathBuf,
    /// Whether a record of what the package is made of may be in that folder, with which the same is not packed again.
    pub(crate) records: bool,
}

/// What has been built.
#[derive(Debug)]
pub(crate) struct Built {
    /// The processor for which it is.
    pub(crate) architecture: LambdaArchitecture,
    /// What the app consists of.
    pub(crate) manifest: Manifest,
    /// The executable.
    pub(crate) bootstrap: PathBuf,
    /// The deployment package.
    pub(crate) zip: PathBuf,
    /// The size of the executable.
    pub(crate) bootstrap_bytes: u64,
    /// The size of the package.
    pub(crate) zip_bytes: u64,
    /// The size of all that is in the package.
    pub(crate) unzipped_bytes: u64,
    /// How many files are in it, the executable included.
    pub(crate) files: usize,
    /// The hash of the package.
    pub(crate) sha256: [u8; 32],
    /// What whoever deploys it should know.
    pub(crate) warnings: Vec<Warning>,
}

/// What AWS Lambda takes only under conditions.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Warning {
    /// It is too large for one request.
    #[error(
        "the package has {0} bytes, and AWS Lambda takes 50 MB ({MAX_DIRECT_UPLOAD} bytes) in a request: it can be \
         deployed from Amazon S3 alone; `strip = true` in [profile.release] makes the executable smaller"
    )]
    ViaS3(u64),
    /// A shared library is not in the package.
    #[error(
        "the app needs the shared library {0}, which AWS Lambda's provided.al2023 may not have: put it into the folder \
         `lib` of the project and that into `package_files`, or link it statically"
    )]
    SharedLibrary(String),
}

/// Why there is no package.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LambdaBuildError {
    /// Files of the project.
    #[error(transparent)]
    Contents(#[from] ContentsError),
    /// This machine.
    #[error(transparent)]
    Toolchain(#[from] ToolchainError),
    /// The build.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The executable.
    #[error(transparent)]
    Executable(#[from] ExecutableError),
    /// The app in it.
    #[error(transparent)]
    Section(#[from] SectionError),
    /// The package.
    #[error(transparent)]
    Zip(#[from] ZipError),
}

/// Builds the app and prints where it is.
pub(crate) async fn run(arguments: &Arguments) -> Result<(), Error> {
    let app = App::find(&arguments.app)?;
    let command_line = CommandLine {
        lambda_architecture: arguments.arch.map(Into::into),
        ..CommandLine::default()
    };
    let architecture = command_line.lambda_architecture.unwrap_or_default();
    // Before the build, which may take minutes.
    let stage = stage_configuration::load(app.directory(), &arguments.stage, command_line)?;
    let plan = Plan {
        architecture: stage
            .as_ref()
            .map_or(architecture, Stage::lambda_architecture),
        files: stage.as_ref().map(Stage::package_files).unwrap_or_default(),
        profile: arguments.profile.clone(),
        builder: arguments.builder,
        out: arguments
            .out
            .clone()
            .unwrap_or_else(|| default_folder(&app, &arguments.stage)),
        // A folder of the user's has what they asked for, and nothing else.
        records: arguments.out.is_none(),
    };
    let built = build(&app, &plan).await?;
    if let Some(stage) = &stage {
        let functions = built.manifest.functions.iter();
        let functions: Vec<&str> = functions.map(|function| function.name.as_str()).collect();
        stage_configuration::check(stage, &functions)?;
    }
    for warning in &built.warnings {
        eprintln!("warning: {warning}");
    }
    standard_output::print(report(&built))
}

/// Where the stage's package is, if nothing else is said.
pub(crate) fn default_folder(app: &App, stage: &str) -> PathBuf {
    let package = app.package().map_or("app", |package| package.name.as_ref());
    let folder = app.target_directory().join("chalice").join(package);
    folder.join(stage)
}

/// Builds the app for AWS Lambda, and packs it.
pub(crate) async fn build(app: &App, plan: &Plan) -> Result<Built, LambdaBuildError> {
    let target = Target::of(plan.architecture);
    let contents = package_contents::collect(app.directory(), &plan.files)?;
    // By the current folder, and not by the app's, rustup chooses the compiler, and Cargo its settings.
    let toolchain = Toolchain::find(target, plan.builder, Path::new("."))?;
    let pinned = target.pinned();
    let ordinary = BuildVariant {
        profile: Some(&plan.profile),
        ..BuildVariant::default()
    };
    let variant = match &toolchain {
        Toolchain::Host => ordinary,
        Toolchain::Cross { linker } => BuildVariant {
            target: Some(target.triple),
            variable: linker
                .as_ref()
                .map(|linker| (target.linker_variable, linker.as_os_str())),
            ..ordinary
        },
        Toolchain::Zigbuild(program) => BuildVariant {
            target: Some(&pinned),
            zigbuild: Some(program),
            ..ordinary
        },
    };
    let executable = app.build(variant).await?;
    let libraries = executable::check(&executable, target)?;
    let manifest = section::read(&executable)?;
    let written = deployment_zip::write(&executable, &contents, &plan.out, plan.records)?;
    Ok(Built {
        architecture: plan.architecture,
        manifest,
        warnings: warnings(written.zip_bytes, libraries, &contents),
        bootstrap: written.bootstrap,
        zip: written.zip,
        bootstrap_bytes: written.bootstrap_bytes,
        zip_bytes: written.zip_bytes,
        unzipped_bytes: written.unzipped_bytes,
        files: contents.len() + 1,
        sha256: written.sha256,
    })
}

fn warnings(zip_bytes: u64, libraries: Vec<String>, contents: &PackageContents) -> Vec<Warning> {
    let is_packed = |library: &String| {
        LIBRARY_FOLDERS
            .iter()
            .any(|folder| contents.contains_key(&format!("{folder}{library}")))
    };
    let large = (zip_bytes > MAX_DIRECT_UPLOAD).then_some(Warning::ViaS3(zip_bytes));
    let libraries = libraries.into_iter().filter(|library| !is_packed(library));
    large
        .into_iter()
        .chain(libraries.map(Warning::SharedLibrary))
        .collect()
}

fn report(built: &Built) -> String {
    let hexadecimal: String = built
        .sha256
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!(
        "{app}, for {architecture} functions on provided.al2023\n\
         bootstrap       {bootstrap} ({bootstrap_bytes} bytes)\n\
         deployment.zip  {zip} ({zip_bytes} bytes; {files} file{s}, {unzipped_bytes} bytes unpacked)\n\
         SHA-256         {hexadecimal}\n\
         CodeSha256      {base64}\n",
        app = built.manifest.app.name,
        architecture = built.architecture,
        bootstrap = built.bootstrap.display(),
        bootstrap_bytes = built.bootstrap_bytes,
        zip = built.zip.display(),
        zip_bytes = built.zip_bytes,
        files = built.files,
        s = if built.files == 1 { "" } else { "s" },
        unzipped_bytes = built.unzipped_bytes,
        base64 = BASE64_STANDARD.encode(built.sha256),
    )
}

#[cfg(test)]
mod tests {
    use super::package_contents::PackedFile;
    use super::*;

    #[test]
    fn large_packages_and_missing_libraries() {
        let file = || PackedFile {
            path: Path::new("l").into(),
            bytes: 1,
            is_executable: false,
        };
        let contents = PackageContents::from([
            ("lib/libpq.so.5".to_owned(), file()),
            ("liba.so".to_owned(), file()),
            ("other/libz.so.1".to_owned(), file()),
        ]);
        let libraries = ["libpq.so.5", "liba.so", "libz.so.1"].map(str::to_owned);
        let found = warnings(MAX_DIRECT_UPLOAD + 1, libraries.into(), &contents);
        assert_eq!(
            found,
            [
                Warning::ViaS3(52_428_801),
                Warning::SharedLibrary("libz.so.1".to_owned())
            ]
        );
        assert!(
            found[0]
                .to_string()
                .contains("takes 50 MB (52428800 bytes)")
        );
        assert!(warnings(MAX_DIRECT_UPLOAD, Vec::new(), &contents).is_empty());
    }
}
