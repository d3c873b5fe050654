//! Notices when an app's source is saved.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use cargo_metadata::Package;
use notify_debouncer_full::notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};
use tokio::sync::mpsc;

use crate::Error;
use crate::app_build::App;

/// How long a burst of changes, such as an editor makes, is collected.
const DEBOUNCE: Duration = Duration::from_millis(150);

/// Watches the source of an app and of the packages it is built from.
pub(super) struct SourceWatcher {
    sources: Sources,
    changes: mpsc::UnboundedReceiver<()>,
    _debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
}

/// Why the source cannot be watched.
#[derive(Debug, thiserror::Error)]
#[error("cannot watch {} for changes: {source}; `--no-autoreload` serves the app without watching it", .path.display())]
pub(super) struct WatchError {
    path: PathBuf,
    source: notify_debouncer_full::notify::Error,
}

impl SourceWatcher {
    /// Starts to watch.
    pub(super) fn new(app: &App, sources: Sources) -> Result<SourceWatcher, WatchError> {
        let (sender, changes) = mpsc::unbounded_channel();
        let filter = sources.clone();
        let on_events = move |result: DebounceEventResult| {
            let Ok(events) = result else { return };
            let changed = events
                .iter()
                // Builds read the source, and reading is an event as well.
                .filter(|event| !matches!(event.kind, EventKind::Access(_)))
                .flat_map(|event| &event.paths)
                .any(|path| filter.contain(path));
            if changed {
                // The receiver is gone when the server stops.
                let _ = sender.send(());
            }
        };
        let fail = |path: &Path| {
            let path = path.to_owned();
            move |source| WatchError { path, source }
        };
        let mut debouncer =
            new_debouncer(DEBOUNCE, None, on_events).map_err(fail(app.directory()))?;
        for folder in &sources.folders {
            debouncer
                .watch(folder, RecursiveMode::Recursive)
                .map_err(fail(folder))?;
        }
        // Editors replace a file by another of its name, so its folder is watched.
        let parents: BTreeSet<&Path> = sources
            .files
            .iter()
            .filter_map(|file| file.parent())
            .collect();
        for folder in parents {
            debouncer
                .watch(folder, RecursiveMode::NonRecursive)
                .map_err(fail(folder))?;
        }
        Ok(SourceWatcher {
            sources,
            changes,
            _debouncer: debouncer,
        })
    }

    /// Whether this watches these.
    pub(super) fn covers(&self, sources: &Sources) -> bool {
        self.sources == *sources
    }

    /// Waits for a change; several at once count as one.
    pub(super) async fn changed(&mut self) {
        if self.changes.recv().await.is_none() {
            // The debouncer's thread is gone: there will be no further change.
            std::future::pending::<()>().await;
        }
        while self.changes.try_recv().is_ok() {}
    }
}

/// Folders with everything in them, and single files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sources {
    folders: BTreeSet<PathBuf>,
    files: BTreeSet<PathBuf>,
    /// What builds write, wherever that is.
    target_directory: PathBuf,
}

impl Sources {
    /// What the app is made of now, as Cargo says it.
    pub(super) fn of_app(app: &App) -> Result<Sources, Error> {
        let packages = app.local_packages()?;
        Ok(Sources::of(&packages, app.target_directory()))
    }

    fn of(packages: &[Package], target_directory: &Path) -> Sources {
        let mut sources = Sources {
            target_directory: without_links(target_directory),
            ..Sources::default()
        };
        for package in packages {
            let Some(root) = package
                .manifest_path
                .parent()
                .map(|root| root.as_std_path())
            else {
                continue;
            };
            // Some systems report changes under the real name of a folder alone.
            let real_root = without_links(root);
            sources.files.insert(real_root.join("Cargo.toml"));
            sources.files.insert(real_root.join("build.rs"));
            // A folder that is not there cannot be watched.
            let configuration = real_root.join(chalice_config::PATH);
            if configuration.is_file() {
                sources.files.insert(configuration);
            }
            let src = real_root.join("src");
            for target in &package.targets {
                let path = target.src_path.as_std_path();
                let path = path
                    .strip_prefix(root)
                    .map_or_else(|_| path.to_owned(), |path| real_root.join(path));
                // Tests, examples and benchmarks are no part of the app.
                if !(target.is_bin()
                    || target.is_lib()
                    || target.is_proc_macro()
                    || target.is_custom_build())
                    || path.starts_with(&src)
                {
                    continue;
                }
                match path.parent() {
                    // The package's folder as a whole would include much that is no source.
                    Some(folder) if folder != real_root && path.starts_with(&real_root) => {
                        sources.folders.insert(folder.to_owned());
                    }
                    _ => {
                        sources.files.insert(path);
                    }
                }
            }
            if src.is_dir() {
                sources.folders.insert(src);
            }
        }
        sources
    }

    /// Whether a change of this file is a change of the source.
    fn contain(&self, path: &Path) -> bool {
        if path.starts_with(&self.target_directory) {
            return false;
        }
        self.files.contains(path)
            || self
                .folders
                .iter()
                .filter_map(|folder| path.strip_prefix(folder).ok())
                .any(|path| !path.components().any(is_ignored))
    }
}

fn without_links(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Hidden files, and what editors leave for a moment.
fn is_ignored(component: Component<'_>) -> bool {
    let name = component.as_os_str().to_string_lossy();
    name.starts_with('.') || name.ends_with('~') || name == "4913"
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn package(root: &Path) -> Package {
        let target = |name: &str, kind: &str, path: &str| json!({"name": name, "kind": [kind], "crate_types": ["bin"], "src_path": root.join(path)});
        serde_json::from_value(json!({
            "name": "app", "version": "0.1.0", "id": "app", "dependencies": [], "features": {},
            "manifest_path": root.join("Cargo.toml"),
            "targets": [
                target("app", "bin", "src/main.rs"),
                target("tool", "bin", "tools/tool.rs"),
                target("flat", "bin", "flat.rs"),
                target("it", "test", "tests/it.rs"),
            ],
        }))
        .unwrap()
    }

    #[test]
    fn what_is_source() {
        let root = tempfile::tempdir().unwrap();
        let root = &root.path().canonicalize().unwrap();
        std::fs::create_dir(root.join("src")).unwrap();
        std::fs::create_dir(root.join(".chalice")).unwrap();
        std::fs::write(root.join(".chalice/config.json"), "{}").unwrap();
        let sources = Sources::of(&[package(root)], &root.join("src/built"));
        for path in [
            "Cargo.toml",
            ".chalice/config.json",
            "build.rs",
            "src/main.rs",
            "src/a/b.rs",
            "src/target/mod.rs",
            "src/page.html",
            "tools/x.rs",
            "flat.rs",
        ] {
            assert!(sources.contain(&root.join(path)), "{path}");
        }
        for path in [
            "Cargo.lock",
            ".chalice/policy-dev.json",
            "README.md",
            "target/debug/app",
            "tests/it.rs",
            ".git/index",
            "src/.main.rs.swp",
            "src/main.rs~",
            "src/4913",
            "src/built/debug/app",
        ] {
            assert!(!sources.contain(&root.join(path)), "{path}");
        }
    }
}
