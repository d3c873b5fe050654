//! Which of a workspace's binaries is the app.

use std::path::{Path, PathBuf};

use cargo_metadata::{Metadata, Package};
use chalice_core::suggest::{did_you_mean, list};

use super::AppOptions;

/// The crate that every app depends on.
const FRAMEWORK: &str = "chalice";

/// Why it is not clear which binary is the app.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SelectionError {
    /// `--package` names none of the workspace's packages.
    #[error("the workspace has no package `{name}`{suggestion}")]
    NoSuchPackage {
        /// The name.
        name: String,
        /// A similar name, as the end of the sentence.
        suggestion: String,
    },
    /// `--bin` names none of the binaries.
    #[error("{packages} has no binary target `{name}`{suggestion}")]
    NoSuchBin {
        /// The packages, as the start of the sentence.
        packages: String,
        /// The name.
        name: String,
        /// A similar name, as the end of the sentence.
        suggestion: String,
    },
    /// There is no binary at all.
    #[error(
        "{packages} has no binary target: an app is a program with `fn main() -> ExitCode {{ chalice::run(&APP) }}`"
    )]
    NoBin {
        /// The packages, as the start of the sentence.
        packages: String,
    },
    /// The workspace's root has no package, and none of the members depends on the framework.
    #[error(
        "no package of this workspace depends on `chalice`: `cargo chalice new-project NAME` creates an app"
    )]
    NoApp,
    /// There are several binaries.
    #[error("several binaries may be the app: choose one with {}", .candidates.join(" or "))]
    Ambiguous {
        /// Options that would choose each of them.
        candidates: Vec<String>,
    },
}

/// The package and the binary target that the options select, where Cargo works with that Cargo.toml.
pub(super) fn select<'a>(
    metadata: &'a Metadata,
    manifest: Option<&Path>,
    options: &AppOptions,
) -> Result<(&'a Package, String), SelectionError> {
    let packages = packages(metadata, manifest, options)?;
    let named = match packages.as_slice() {
        [package] => format!("the package `{}`", package.name),
        _ => "the workspace".to_owned(),
    };
    let mut binaries: Vec<(&Package, &str)> = packages
        .iter()
        .flat_map(|package| {
            package
                .targets
                .iter()
                .filter(|target| target.is_bin())
                .map(|target| (*package, target.name.as_str()))
        })
        .collect();
    if binaries.is_empty() {
        return Err(SelectionError::NoBin { packages: named });
    }
    if let Some(wanted) = &options.bin {
        let known: Vec<&str> = binaries.iter().map(|(_, name)| *name).collect();
        binaries.retain(|(_, name)| name == wanted);
        if binaries.is_empty() {
            return Err(SelectionError::NoSuchBin {
                packages: named,
                name: wanted.clone(),
                suggestion: did_you_mean(wanted, known.iter().copied()),
            });
        }
    } else if let [package] = packages.as_slice()
        && let Some(default) = &package.default_run
    {
        binaries.retain(|(_, name)| name == default);
    }
    match binaries.as_slice() {
        [(package, name)] => Ok((package, (*name).to_owned())),
        several => Err(SelectionError::Ambiguous {
            candidates: several
                .iter()
                .map(|(package, name)| match packages.len() {
                    1 => format!("`--bin {name}`"),
                    _ if package.name.as_ref() == *name => format!("`--package {name}`"),
                    _ => format!("`--package {} --bin {name}`", package.name),
                })
                .collect(),
        }),
    }
}

fn packages<'a>(
    metadata: &'a Metadata,
    manifest: Option<&Path>,
    options: &AppOptions,
) -> Result<Vec<&'a Package>, SelectionError> {
    let members = metadata.workspace_packages();
    if let Some(name) = &options.package {
        return match members.iter().find(|package| package.name.as_ref() == name) {
            Some(package) => Ok(vec![package]),
            None => Err(SelectionError::NoSuchPackage {
                name: name.clone(),
                suggestion: match did_you_mean(
                    name,
                    members.iter().map(|package| package.name.as_ref()),
                ) {
                    near if !near.is_empty() => near,
                    _ => format!(
                        ": it has {}",
                        list(members.iter().map(|package| package.name.as_ref()))
                    ),
                },
            }),
        };
    }
    // In a package's folder, a command is for that package, as Cargo has it.
    let manifest = manifest.map(without_links);
    let is_in_effect =
        |package: &&&Package| manifest == Some(without_links(package.manifest_path.as_std_path()));
    if let Some(package) = members.iter().find(is_in_effect) {
        return Ok(vec![package]);
    }
    let apps: Vec<&Package> = members
        .into_iter()
        .filter(|package| {
            package
                .dependencies
                .iter()
                .any(|dependency| dependency.name == FRAMEWORK)
        })
        .filter(|package| package.targets.iter().any(|target| target.is_bin()))
        .collect();
    if apps.is_empty() {
        Err(SelectionError::NoApp)
    } else {
        Ok(apps)
    }
}

/// Two paths of one file are the same, whatever links there are on the way.
fn without_links(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn package(name: &str, bins: &[&str], depends_on_chalice: bool) -> Value {
        let targets: Vec<Value> = bins
            .iter()
            .map(|bin| json!({"name": bin, "kind": ["bin"], "crate_types": ["bin"], "src_path": "/w/src/main.rs"}))
            .chain([json!({"name": name, "kind": ["lib"], "crate_types": ["lib"], "src_path": "/w/src/lib.rs"})])
            .collect();
        let dependencies = match depends_on_chalice {
            true => {
                json!([{"name": "chalice", "req": "*", "kind": null, "optional": false, "uses_default_features": true,
                            "features": []}])
            }
            false => json!([]),
        };
        json!({
            "name": name, "version": "0.1.0", "id": name, "dependencies": dependencies, "targets": targets,
            "features": {}, "manifest_path": format!("/w/{name}/Cargo.toml"),
        })
    }

    fn workspace(packages: &[Value]) -> Metadata {
        let ids: Vec<&Value> = packages.iter().map(|package| &package["id"]).collect();
        let metadata = json!({
            "packages": packages, "workspace_members": ids, "resolve": null,
            "workspace_root": "/w", "target_directory": "/w/target", "version": 1,
        });
        serde_json::from_value(metadata).unwrap()
    }

    /// What is selected in that folder of the workspace.
    fn selected(
        metadata: &Metadata,
        folder: &str,
        package: Option<&str>,
        bin: Option<&str>,
    ) -> Result<String, String> {
        let options = AppOptions {
            package: package.map(str::to_owned),
            bin: bin.map(str::to_owned),
            ..AppOptions::default()
        };
        let manifest = Path::new("/w").join(folder).join("Cargo.toml");
        select(metadata, Some(&manifest), &options)
            .map(|(package, bin)| format!("{} {bin}", package.name))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_package_in_the_folder() {
        let metadata = workspace(&[package("a", &["a"], true), package("b", &["b"], true)]);
        assert_eq!(selected(&metadata, "b", None, None).unwrap(), "b b");
        assert_eq!(selected(&metadata, "b", Some("a"), None).unwrap(), "a a");
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_behind_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("real");
        std::fs::create_dir(&real).unwrap();
        std::fs::write(real.join("Cargo.toml"), "").unwrap();
        let alias = folder.path().join("alias");
        std::os::unix::fs::symlink(&real, &alias).unwrap();
        let mut app = package("a", &["a"], true);
        app["manifest_path"] = json!(real.join("Cargo.toml"));
        let metadata = workspace(&[app, package("b", &["b"], true)]);
        let found = selected(&metadata, alias.to_str().unwrap(), None, None);
        assert_eq!(found.unwrap(), "a a");
    }

    #[test]
    fn the_only_app_of_a_workspace() {
        let metadata = workspace(&[
            package("tool", &["tool"], false),
            package("app", &["app"], true),
        ]);
        assert_eq!(selected(&metadata, "", None, None).unwrap(), "app app");
    }

    #[test]
    fn several_apps() {
        let metadata = workspace(&[package("a", &["a"], true), package("b", &["c"], true)]);
        assert_eq!(
            selected(&metadata, "", None, None).unwrap_err(),
            "several binaries may be the app: choose one with `--package a` or `--package b --bin c`"
        );
        assert_eq!(selected(&metadata, "", None, Some("c")).unwrap(), "b c");
    }

    #[test]
    fn several_binaries() {
        let metadata = workspace(&[package("a", &["a", "tool"], true)]);
        assert_eq!(
            selected(&metadata, "a", None, None).unwrap_err(),
            "several binaries may be the app: choose one with `--bin a` or `--bin tool`"
        );
        assert_eq!(
            selected(&metadata, "a", None, Some("tool")).unwrap(),
            "a tool"
        );
        assert_eq!(
            selected(&metadata, "a", None, Some("toll")).unwrap_err(),
            "the package `a` has no binary target `toll`; did you mean `tool`?"
        );
    }

    #[test]
    fn default_run() {
        let mut app = package("a", &["a", "tool"], true);
        app["default_run"] = json!("a");
        let metadata = workspace(&[app]);
        assert_eq!(selected(&metadata, "a", None, None).unwrap(), "a a");
    }

    #[test]
    fn nothing_to_select() {
        let metadata = workspace(&[package("a", &[], true)]);
        assert!(
            selected(&metadata, "a", None, None)
                .unwrap_err()
                .starts_with("the package `a` has no binary target:")
        );
        assert_eq!(
            selected(&metadata, "a", Some("zebra"), None).unwrap_err(),
            "the workspace has no package `zebra`: it has `a`"
        );
        let metadata = workspace(&[package("tool", &["tool"], false)]);
        assert!(
            selected(&metadata, "", None, None)
                .unwrap_err()
                .starts_with("no package of this workspace depends")
        );
    }
}
