//! `cargo chalice new-project`: a new app that builds, runs and is tested.

mod name;
mod source;

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;

use self::source::FrameworkSource;
use crate::Error;

/// Creates a new app in a new folder.
///
/// The folder has the app's name, below the current folder. It holds a crate
/// with two routes and their tests, ready for `cargo chalice local`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  cargo chalice new-project helloworld")]
pub(crate) struct Arguments {
    /// The app's name: letters, digits, `-` and `_`.
    name: String,
}

/// Why the app is not created.
#[derive(Debug, thiserror::Error)]
enum NewProjectError {
    /// The name cannot be one.
    #[error("`{name}` cannot be the name of an app: {problem}")]
    Name { name: String, problem: String },
    /// Something is there already.
    #[error("{} exists and is not an empty folder: nothing was written", .0.display())]
    Exists(PathBuf),
    /// The system does not let it be written.
    #[error("cannot write {}: {source}", .path.display())]
    Write {
        path: PathBuf,
        source: std::io::Error,
    },
}

/// Creates the app.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Error> {
    let name = &arguments.name;
    create(Path::new(""), name, &FrameworkSource::of_this_program())?;
    eprintln!("Created the app `{name}`. Next:\n\n  cd {name}\n  cargo chalice local");
    Ok(())
}

fn create(parent: &Path, name: &str, source: &FrameworkSource) -> Result<(), NewProjectError> {
    if let Some(problem) = name::problem(name) {
        return Err(NewProjectError::Name {
            name: name.to_owned(),
            problem,
        });
    }
    let root = parent.join(name);
    if is_occupied(&root) {
        return Err(NewProjectError::Exists(root));
    }
    for (path, contents) in files(name, source) {
        let path = root.join(path);
        write(&path, &contents).map_err(|source| NewProjectError::Write { path, source })?;
    }
    Ok(())
}

fn is_occupied(path: &Path) -> bool {
    match fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_some(),
        // Also a link that leads nowhere, and a folder that cannot be read.
        Err(error) => error.kind() != ErrorKind::NotFound || path.is_symlink(),
    }
}

fn write(path: &Path, contents: &str) -> std::io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::File::create_new(path)?.write_all(contents.as_bytes())
}

/// The new app's files.
fn files(name: &str, source: &FrameworkSource) -> Vec<(&'static str, String)> {
    let fill = |template: &str| {
        template
            .replace("{{name}}", name)
            .replace("{{source}}", &source.dependency())
    };
    let mut files = vec![
        (
            "Cargo.toml",
            fill(include_str!(
                "../../templates/new-project/Cargo.toml.template"
            )),
        ),
        (
            "src/main.rs",
            fill(include_str!("../../templates/new-project/main.rs.template")),
        ),
        (
            "README.md",
            fill(include_str!(
                "../../templates/new-project/README.md.template"
            )),
        ),
        (
            ".gitignore",
            fill(include_str!(
                "../../templates/new-project/gitignore.template"
            )),
        ),
        (
            ".chalice/config.json",
            fill(include_str!(
                "../../templates/new-project/config.json.template"
            )),
        ),
        (
            ".chalice/config.schema.json",
            chalice_config::SCHEMA_TEXT.to_owned(),
        ),
    ];
    if let Some(alias) = source.command_alias() {
        let template = include_str!("../../templates/new-project/cargo-config.toml.template");
        files.push((".cargo/config.toml", template.replace("{{alias}}", &alias)));
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release() -> FrameworkSource {
        FrameworkSource::Release { version: "1.2.3" }
    }

    #[test]
    fn every_file_and_no_placeholder() {
        let parent = tempfile::tempdir().unwrap();
        create(parent.path(), "my-app", &release()).unwrap();
        let root = parent.path().join("my-app");
        for path in [
            "Cargo.toml",
            "src/main.rs",
            "README.md",
            ".gitignore",
            ".chalice/config.json",
        ] {
            let text = fs::read_to_string(root.join(path)).unwrap();
            assert!(!text.contains("{{"), "{path}: {text}");
        }
        assert!(!root.join(".cargo").exists());
        let cargo = fs::read_to_string(root.join("Cargo.toml")).unwrap();
        assert!(
            cargo.contains("chalice = { version = \"1.2.3\" }"),
            "{cargo}"
        );
        assert!(
            cargo.contains("chalice = { version = \"1.2.3\", features = [\"test\"] }"),
            "{cargo}"
        );
        let config = chalice_config::Config::load(&root).unwrap();
        assert_eq!(config.app_name().as_str(), "my-app");
        let dev = config.stage("dev").unwrap();
        dev.check(Some(&["api_handler"])).unwrap();
        assert_eq!(
            dev.every_function().lambda_architecture,
            chalice_config::LambdaArchitecture::Arm64
        );
        let config = fs::read(root.join(".chalice/config.json")).unwrap();
        let config: serde_json::Value = serde_json::from_slice(&config).unwrap();
        let schema = config["$schema"].as_str().unwrap();
        let schema = fs::read(root.join(".chalice").join(schema)).unwrap();
        let schema: serde_json::Value = serde_json::from_slice(&schema).unwrap();
        assert_eq!(schema, chalice_config::json_schema());
    }

    #[test]
    fn a_checkout_brings_its_own_command() {
        let source = FrameworkSource::Checkout {
            root: PathBuf::from("/co \"x\""),
        };
        let files = files("app", &source);
        let text = |name: &str| {
            files
                .iter()
                .find(|(path, _)| *path == name)
                .unwrap()
                .1
                .clone()
        };
        assert!(text("Cargo.toml").contains(r#"chalice = { path = "/co \"x\"/chalice" }"#));
        let spaced = r#"chalice = ["run", "--quiet", "--manifest-path", "/co \"x\"/Cargo.toml", "#;
        assert!(text(".cargo/config.toml").contains(spaced));

        let source = FrameworkSource::Checkout {
            root: PathBuf::from("/checkout"),
        };
        let (_, config) = super::files("app", &source)
            .into_iter()
            .find(|(path, _)| *path == ".cargo/config.toml")
            .unwrap();
        let plain = r#"chalice = "run --quiet --manifest-path /checkout/Cargo.toml --package "#;
        assert!(config.contains(plain), "{config}");
    }

    #[test]
    fn nothing_is_overwritten() {
        let parent = tempfile::tempdir().unwrap();
        let root = parent.path().join("app");
        fs::create_dir(&root).unwrap();
        fs::write(root.join("precious"), "data").unwrap();
        let error = create(parent.path(), "app", &release())
            .unwrap_err()
            .to_string();
        assert!(
            error.ends_with("app exists and is not an empty folder: nothing was written"),
            "{error}"
        );
        assert_eq!(fs::read_dir(&root).unwrap().count(), 1);

        fs::write(parent.path().join("file"), "data").unwrap();
        assert!(matches!(
            create(parent.path(), "file", &release()),
            Err(NewProjectError::Exists(_))
        ));
    }

    #[test]
    fn an_empty_folder_is_taken() {
        let parent = tempfile::tempdir().unwrap();
        fs::create_dir(parent.path().join("app")).unwrap();
        create(parent.path(), "app", &release()).unwrap();
        assert!(parent.path().join("app/src/main.rs").exists());
    }

    #[test]
    fn names_are_checked_first() {
        let parent = tempfile::tempdir().unwrap();
        let error = create(parent.path(), "../x", &release())
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("`../x` cannot be the name of an app: "),
            "{error}"
        );
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 0);
    }
}
