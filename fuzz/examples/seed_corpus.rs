//! Writes the texts that tests and examples have into the corpora, as seeds.
//!
//! ```text
//! cargo run --manifest-path fuzz/Cargo.toml --example seed_corpus
//! ```

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use chalice_core::{manifest::model::Manifest, path::PathPattern, path::best_match};

/// The manifests that tests read.
const MANIFESTS: [&str; 2] = [
    "chalice-gateway/tests/manifest.json",
    "chalice-cli/tests/fixtures/bootstrap/src/manifest.json",
];
/// Where routes are declared, good ones and bad ones.
const SOURCES: [&str; 4] = ["chalice", "chalice-core", "examples", "ui-tests"];
/// What stands before the path of a route, or before one that tests parse.
const BEFORE_A_PATH: [&str; 5] = [
    "#[route(\"",
    "errors(\"",
    "message(\"",
    "parse(\"",
    "path(\"",
];

fn main() -> io::Result<()> {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = fuzz.parent().unwrap_or(fuzz);

    let mut manifests = BTreeSet::new();
    let mut paths = BTreeSet::new();
    for file in MANIFESTS {
        let json = fs::read(root.join(file))?;
        let manifest = Manifest::from_json(&json).map_err(io::Error::other)?;
        paths.extend(manifest.routes.iter().map(|route| route.path.clone()));
        // One route each, as mutations of a short text go further.
        for route in &manifest.routes {
            let short = Manifest {
                routes: vec![route.clone()],
                ..manifest.clone()
            };
            manifests.insert(serde_json::to_vec(&short)?);
        }
        manifests.insert(json);
    }
    for folder in SOURCES {
        for source in sources(&root.join(folder))? {
            paths.extend(paths_of(&fs::read_to_string(source)?));
        }
    }
    if paths.len() < 20 || manifests.len() < 3 {
        return Err(io::Error::other(
            "the tests have fewer texts than expected: have they moved?",
        ));
    }

    let raw: BTreeSet<String> = paths.iter().flat_map(|path| raw_paths(path)).collect();
    write(&fuzz.join("corpus/manifest"), manifests.iter())?;
    write(&fuzz.join("corpus/path_pattern"), paths.iter())?;
    write(&fuzz.join("corpus/raw_path"), raw.iter())
}

/// Every Rust source below a folder.
fn sources(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(sources(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(found)
}

/// The string literals of a source that are paths.
fn paths_of(source: &str) -> Vec<String> {
    BEFORE_A_PATH
        .iter()
        .flat_map(|before| source.split(before).skip(1))
        .filter_map(|after| after.split('"').next())
        .map(str::to_owned)
        .collect()
}

/// Requests for a path as it is, and, if it is one, for an example of it.
fn raw_paths(path: &str) -> Vec<String> {
    let mut raw = vec![path.to_owned(), format!("{path}/")];
    if let Ok(pattern) = PathPattern::parse(path) {
        let example = pattern
            .to_string()
            .replace(['{', '}'], "")
            .replace('+', "/b/c");
        if best_match([&pattern], &example).is_some() {
            raw.push(example);
        }
    }
    raw
}

/// Writes each seed to a file of its own.
fn write<T: AsRef<[u8]>>(folder: &Path, seeds: impl Iterator<Item = T>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (number, seed) in seeds.enumerate() {
        fs::write(folder.join(format!("seed-{number}")), seed)?;
    }
    Ok(())
}
