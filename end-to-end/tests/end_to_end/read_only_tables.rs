//! The router's tables and the manifest cost nothing at a cold start: they are
//! in read-only sections, and the dynamic linker has nothing to do for them.

use std::collections::BTreeSet;

use chalice_core::manifest::model::Manifest;

use crate::{
    cargo::{self, cargo},
    executable::Executable,
    generated_app,
    helloworld::Build,
};

/// The tables have no symbol of their own, so they are recognised by the part that only they have: the
/// path templates of all resources, one behind the other.
#[track_caller]
fn tables_are_read_only(executable: &Executable) {
    let relocated = executable.relocated_addresses();
    // Every position-independent executable has some: vtables, function pointers.
    assert!(relocated.len() > 100, "{} relocations", relocated.len());
    let constants = executable.addresses(".rodata");
    let hits = relocated
        .iter()
        .filter(|address| constants.contains(address))
        .count();
    assert_eq!(hits, 0, "{hits} relocations are among the constants");
    let manifest = executable.symbol("__MANIFEST");
    assert_eq!(manifest.section, ".chalice");
    assert!(!manifest.writable);
    assert!(!manifest.addresses.is_empty());
    let hits = relocated
        .iter()
        .filter(|address| manifest.addresses.contains(address))
        .count();
    assert_eq!(hits, 0, "{hits} relocations are in the manifest");
    all_templates_are_constants(executable);
}

#[track_caller]
fn all_templates_are_constants(executable: &Executable) {
    let manifest = Manifest::from_json(&executable.manifest()).unwrap();
    let constants = executable.contents(".rodata");
    let paths: BTreeSet<&str> = manifest.routes.iter().map(|it| &*it.path).collect();
    let in_the_tables = |path: &&&str| {
        let followed = format!("{path}/");
        contains(&constants, followed.as_bytes())
    };
    // Something else stands behind the last one.
    let found = paths.iter().filter(in_the_tables).count();
    assert!(found + 1 >= paths.len(), "{found} of {}", paths.len());
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

#[test]
fn in_a_release_build() {
    let executable = Executable::read(&Build::ReleaseThinWithSymbols.executable());
    tables_are_read_only(&executable);
}

#[test]
fn in_an_app_of_two_hundred_routes() {
    let project = generated_app::write(200);
    let mut command = cargo(&project);
    command.arg("build");
    let built = cargo::build(
        &mut command,
        cargo::target_directory(),
        "debug/routes-200",
        "routes-200",
    );
    tables_are_read_only(&Executable::read(&built));
}

#[test]
fn nothing_in_the_deployed_build_is_relocated_among_the_constants() {
    let executable = Executable::read(&Build::Release.executable());
    assert!(!executable.has_symbols());
    let constants = executable.addresses(".rodata");
    let manifest = executable.addresses(".chalice");
    for address in executable.relocated_addresses() {
        assert!(!constants.contains(&address) && !manifest.contains(&address));
    }
    all_templates_are_constants(&executable);
}
