//! The buildspec of AWS CodeBuild.

use super::GENERATED;
use super::commands::{self, ADD_TARGETS, RUST, ZIGBUILD};
use super::project::Project;
use super::shell_word::shell_word;
use crate::package::yaml;

/// The home folder in AWS CodeBuild's containers, where everything runs as root. The paths of a cache name it in full, as
/// the examples in AWS CodeBuild's guide do.
const HOME: &str = "/root";

/// Where this program is installed, below [`HOME`].
const TOOLS: &str = ".cargo-chalice";

/// The virtual environment with cargo-zigbuild, below [`HOME`].
const ZIGBUILD_FOLDER: &str = "zigbuild";

/// Where the packaged templates are, which the pipeline deploys: `<stage>.yaml`.
pub(super) const PACKAGED: &str = "out/packaged";

/// The environment variable with the bucket for packages.
pub(super) const BUCKET_VARIABLE: &str = "PACKAGE_BUCKET";

/// The buildspec as a file of its own.
pub(super) fn file(project: &Project) -> String {
    format!(
        "# {GENERATED}, which replaces this file unless this line is removed.\n{}",
        write(project)
    )
}

/// The buildspec (AWS CodeBuild, "Build specification reference").
pub(super) fn write(project: &Project) -> String {
    let mut text = "version: 0.2\nenv:\n  shell: bash\nphases:\n".to_owned();
    phase(&mut text, "install", &install(project));
    phase(&mut text, "build", &build(project));
    text += "artifacts:\n";
    text += &format!(
        "  base-directory: {}\n",
        yaml::plain_or_quoted(&project.path(PACKAGED))
    );
    text += "  files:\n";
    for stage in &project.stages {
        let file = format!("{}.yaml", stage.name);
        text += &format!("    - {}\n", yaml::plain_or_quoted(&file));
    }
    text += "cache:\n  paths:\n";
    for path in cached(project) {
        text += &format!("    - {}\n", yaml::plain_or_quoted(&path));
    }
    text
}

fn install(project: &Project) -> Vec<String> {
    let mut commands = Vec::new();
    if !project.folder.is_empty() {
        // All commands run in one shell (AWS CodeBuild, "Build specification reference", version 0.2).
        commands.push(format!(
            "cd {}",
            shell_word(&format!("./{}", project.folder))
        ));
    }
    let (tools, zigbuild) = (in_home(TOOLS), in_home(ZIGBUILD_FOLDER));
    let cargo = in_home(".cargo/bin");
    let rustup = "/tmp/rustup-init.sh";
    commands.extend([
        // Not piped into a shell, which would not notice that half of it is missing.
        format!(
            "curl --proto '=https' --tlsv1.2 --fail --silent --show-error --location --output {rustup} https://sh.rustup.rs"
        ),
        format!("sh {rustup} -y --no-modify-path --profile minimal --default-toolchain {RUST}"),
        format!("export PATH=\"{tools}/bin:{zigbuild}/bin:{cargo}:$PATH\""),
        ADD_TARGETS.to_owned(),
        format!("python3 -m venv {zigbuild}"),
        format!("{zigbuild}/bin/pip install {ZIGBUILD}"),
        commands::install_cargo_chalice(&tools),
    ]);
    commands
}

fn build(project: &Project) -> Vec<String> {
    let mut commands = vec![commands::test(project), format!("mkdir -p {PACKAGED}")];
    for stage in &project.stages {
        let name = shell_word(&stage.name);
        commands.push(commands::package(project, &name, &format!("out/{name}")));
        commands.push(commands::upload(
            &name,
            &format!("out/{name}/sam.json"),
            &format!("\"${BUCKET_VARIABLE}\""),
            &format!("{PACKAGED}/{name}.yaml"),
        ));
    }
    commands
}

/// What the next build begins with.
fn cached(project: &Project) -> Vec<String> {
    let mut paths = [
        TOOLS,
        ".cargo/registry/index",
        ".cargo/registry/cache",
        ".cargo/git/db",
    ]
    .map(|folder| format!("{}/**/*", in_home(folder)))
    .to_vec();
    paths.push(project.path("target/**/*"));
    paths
}

fn in_home(folder: &str) -> String {
    format!("{HOME}/{folder}")
}

fn phase(text: &mut String, name: &str, commands: &[String]) {
    *text += &format!("  {name}:\n    commands:\n");
    for command in commands {
        *text += &format!("      - {}\n", command_text(command));
    }
}

/// A command as YAML has it: without quotation marks, which most have inside, where it is a text without them, too
/// (YAML 1.2.2, 7.3.3 "Plain Style").
fn command_text(command: &str) -> String {
    let is_plain = command.starts_with(|first: char| first.is_ascii_lowercase() || first == '/')
        && command.contains(' ')
        && command.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        && !command.contains(": ")
        && !command.contains(" #")
        && !command.ends_with([' ', ':']);
    match is_plain {
        true => command.to_owned(),
        false => yaml::plain_or_quoted(command),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Another reader finds the same.
        #[test]
        fn commands_stay_commands(command in "[a-z]{0,5} ?[ -~é\n]{0,20}") {
            let text = format!("commands:\n  - {}\n", command_text(&command));
            let read: yaml_serde::Value = yaml_serde::from_str(&text).unwrap();
            proptest::prop_assert_eq!(read["commands"][0].as_str(), Some(command.as_str()));
        }
    }
}
