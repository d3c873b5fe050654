//! `package_files`: what is beside the executable in the deployment package.

use serde_json::{Value, json};

use crate::{
    Problem,
    reading::{Given, Setting, text_setting},
};

/// What AWS Lambda runs, at the root of the package (AWS Lambda, "Using Lambda's OS-only runtimes").
const BOOTSTRAP: &str = "bootstrap";

text_setting! {
    /// A file or folder of the project, relative to where its Cargo.toml is. It has the same path in
    /// the deployment package, which AWS Lambda unpacks into the folder in which the function runs.
    pub struct PackageFile;
    pattern: concat!(
        r"(?!bootstrap(?:/|$))",
        r"(?!\.\.?(?:/|$))[^/\\\u0000-\u001f\u007f]+",
        r"(?:/(?!\.\.?(?:/|$))[^/\\\u0000-\u001f\u007f]+)*/?"
    ),
    is_taken: is_package_file,
    refusal: "it is the path of a file or folder of the project, from the folder of Cargo.toml on, and not `bootstrap`, \
        which is the app's executable",
    "write one with `/` between its parts, without `.` and `..`, such as \"templates\"",
}

fn is_package_file(path: &str) -> bool {
    let path = path.strip_suffix('/').unwrap_or(path);
    let is_name = |name: &str| {
        !matches!(name, "" | "." | "..")
            && !name.contains(|char: char| char == '\\' || char.is_control())
    };
    path.split('/').all(is_name) && path.split('/').next() != Some(BOOTSTRAP)
}

/// The files and folders that are packed beside the executable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageFiles(Vec<PackageFile>);

impl PackageFiles {
    /// The paths, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &PackageFile> {
        self.0.iter()
    }
}

impl FromIterator<PackageFile> for PackageFiles {
    fn from_iter<I: IntoIterator<Item = PackageFile>>(files: I) -> PackageFiles {
        PackageFiles(files.into_iter().collect())
    }
}

impl Setting for PackageFiles {
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<PackageFiles> {
        let elements = given.elements("paths of files and folders", problems)?;
        let files: PackageFiles = elements
            .iter()
            .filter_map(|element| <PackageFile as Setting>::read(element, problems))
            .collect();
        (files.0.len() == elements.len()).then_some(files)
    }

    fn schema() -> Value {
        json!({ "type": "array", "items": <PackageFile as Setting>::schema() })
    }
}
