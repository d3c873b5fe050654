//! The commands that test and package an app, wherever they run.

use super::project::{DeployedStage, Project};
use super::shell_word::shell_word;

/// The toolchain: the oldest one with which the framework builds, in its latest patch release. A `rust-toolchain.toml`
/// of the project wins.
pub(super) const RUST: &str = env!("CARGO_PKG_RUST_VERSION");

/// cargo-zigbuild and zig, from PyPI: both are there as executables, and need not be built. They go into a virtual environment,
/// since systems do not let pip install beside their own Python; cargo-zigbuild finds zig by the `python3` on the `PATH`.
pub(super) const ZIGBUILD: &str = "cargo-zigbuild==0.24.0 ziglang==0.17.1";

/// Installs the standard libraries of both of AWS Lambda's processors.
pub(super) const ADD_TARGETS: &str =
    "rustup target add aarch64-unknown-linux-gnu x86_64-unknown-linux-gnu";

/// Installs this program into a folder of its own, which is easy to cache: what is there already is not built again.
pub(super) fn install_cargo_chalice(folder: &str) -> String {
    format!(
        "cargo install {} --version {} --locked --root {folder}",
        env!("CARGO_PKG_NAME"),
        env!("CARGO_PKG_VERSION"),
    )
}

/// Runs the app's tests.
pub(super) fn test(project: &Project) -> String {
    let features = project
        .selection
        .iter()
        .skip_while(|it| *it != "--features");
    words(
        ["cargo", "test", "--locked", "--package", &project.package],
        features,
    )
}

/// Packages a stage into that folder; both are words of the shell.
pub(super) fn package(project: &Project, stage: &str, folder: &str) -> String {
    let command = words(
        ["cargo", "chalice", "package", "--package", &project.package],
        project.selection.iter(),
    );
    format!("{command} --stage {stage} {folder}")
}

/// Uploads what the template refers to, and writes a template that refers to the bucket. All are words of the shell.
/// The prefix is the stage's name, to which the roles of a stage are limited.
pub(super) fn upload(stage: &str, template: &str, bucket: &str, output: &str) -> String {
    format!(
        "aws cloudformation package --template-file {template} --s3-bucket {bucket} --s3-prefix {stage} --output-template-file {output}"
    )
}

/// The capabilities that templates of apps need: they have roles, and are transformed by AWS SAM (AWS CloudFormation,
/// "CreateChangeSet").
pub(super) const CAPABILITIES: [&str; 2] = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"];

/// Deploys a template, with a role for AWS CloudFormation. It goes by way of the bucket, since it may have more than 51,200 bytes
/// (AWS CloudFormation, "CloudFormation quotas").
pub(super) fn deploy(stage: &DeployedStage, template: &str, bucket: &str, role: &str) -> String {
    format!(
        "aws cloudformation deploy --template-file {template} --s3-bucket {bucket} --s3-prefix {} --stack-name {} --capabilities {} --role-arn {role} --no-fail-on-empty-changeset",
        shell_word(&stage.name),
        shell_word(&stage.stack),
        CAPABILITIES.join(" "),
    )
}

fn words<'a>(
    first: impl IntoIterator<Item = &'a str>,
    rest: impl Iterator<Item = &'a String>,
) -> String {
    let rest = rest.map(String::as_str);
    let words: Vec<String> = first.into_iter().chain(rest).map(shell_word).collect();
    words.join(" ")
}
