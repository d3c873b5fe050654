//! Which of a workspace's binaries is the app.

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

/// The package and the binary target that the options select.
pub(super) fn select<'a>(
    metadata: &'a Metadata,
    options: &AppOptions,
) -> Result<(&'a Package, String), SelectionError> {
    let packages = packages(metadata, options)?;
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
    // Cargo's own answer to the question in which package a command runs.
    let root = metadata
        .resolve
        .as_ref()
        .and_then(|resolve| resolve.root.as_ref());
    if let Some(package) = root.and_then(|root| members.iter().find(|package| package.id == *root))
    {
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

    fn workspace(packages: &[Value], root: Option<&str>) -> Metadata {
        let ids: Vec<&Value> = packages.iter().map(|package| &package["id"]).collect();
        let metadata = json!({
            "packages": packages, "workspace_members": ids, "resolve": {"nodes": [], "root": root},
            "workspace_root": "/w", "target_directory": "/w/target", "version": 1,
        });
        serde_json::from_value(metadata).unwrap()
    }

    fn selected(
        metadata: &Metadata,
        package: Option<&str>,
        bin: Option<&str>,
    ) -> Result<String, String> {
        let options = AppOptions {
            package: package.map(str::to_owned),
            bin: bin.map(str::to_owned),
            ..AppOptions::default()
        };
        select(metadata, &options)
            .map(|(package, bin)| format!("{} {bin}", package.name))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_package_in_the_folder() {
        let metadata = workspace(
            &[package("a", &["a"], true), package("b", &["b"], true)],
            Some("b"),
        );
        assert_eq!(selected(&metadata, None, None).unwrap(), "b b");
        assert_eq!(selected(&metadata, Some("a"), None).unwrap(), "a a");
    }

    #[test]
    fn the_only_app_of_a_workspace() {
        let metadata = workspace(
            &[
                package("tool", &["tool"], false),
                package("app", &["app"], true),
            ],
            None,
        );
        assert_eq!(selected(&metadata, None, None).unwrap(), "app app");
    }

    #[test]
    fn several_apps() {
        let metadata = workspace(
            &[package("a", &["a"], true), package("b", &["c"], true)],
            None,
        );
        assert_eq!(
            selected(&metadata, None, None).unwrap_err(),
            "several binaries may be the app: choose one with `--package a` or `--package b --bin c`"
        );
        assert_eq!(selected(&metadata, None, Some("c")).unwrap(), "b c");
    }

    #[test]
    fn several_binaries() {
        let metadata = workspace(&[package("a", &["a", "tool"], true)], Some("a"));
        assert_eq!(
            selected(&metadata, None, None).unwrap_err(),
            "several binaries may be the app: choose one with `--bin a` or `--bin tool`"
        );
        assert_eq!(selected(&metadata, None, Some("tool")).unwrap(), "a tool");
        assert_eq!(
            selected(&metadata, None, Some("toll")).unwrap_err(),
            "the package `a` has no binary target `toll`; did you mean `tool`?"
        );
    }

    #[test]
    fn default_run() {
        let mut app = package("a", &["a", "tool"], true);
        app["default_run"] = json!("a");
        assert_eq!(
            selected(&workspace(&[app], Some("a")), None, None).unwrap(),
            "a a"
        );
    }

    #[test]
    fn nothing_to_select() {
        let metadata = workspace(&[package("a", &[], true)], Some("a"));
        assert!(
            selected(&metadata, None, None)
                .unwrap_err()
                .starts_with("the package `a` has no binary target:")
        );
        assert_eq!(
            selected(&metadata, Some("zebra"), None).unwrap_err(),
            "the workspace has no package `zebra`: it has `a`"
        );
        let metadata = workspace(&[package("tool", &["tool"], false)], None);
        assert!(
            selected(&metadata, None, None)
                .unwrap_err()
                .starts_with("no package of this workspace depends")
        );
    }
}
