//! The router's tables and the manifest cost nothing at a cold start: they are
//! in read-only sections, and the dynamic linker has nothing to do for them.

use crate::{
    cargo::{self, cargo},
    executable::Executable,
    generated_app,
    helloworld::Build,
};

#[track_caller]
fn tables_are_read_only(executable: &Executable) {
    let relocated = executable.relocated_addresses();
    // Every position-independent executable has some: vtables, function pointers.
    assert!(relocated.len() > 100, "{} relocations", relocated.len());
    for (name, section) in [("__TABLES", ".rodata"), ("__MANIFEST", ".chalice")] {
        let symbol = executable.symbol(name);
        assert_eq!(symbol.section, section, "{name}");
        assert!(!symbol.writable, "{name}");
        assert!(!symbol.addresses.is_empty(), "{name}");
        let hits = relocated
            .iter()
            .filter(|address| symbol.addresses.contains(address))
            .count();
        assert_eq!(hits, 0, "{hits} relocations are in {name}: {symbol:?}");
    }
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
    let executable = Executable::read(&built);
    tables_are_read_only(&executable);
    // A table that forgot routes would also have no relocations.
    let tables = executable.symbol("__TABLES").addresses;
    assert!(tables.end - tables.start > 200 * 16);
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
    // The tables' path templates follow each other; they are among the constants.
    let templates = b"//cities/{city}";
    let text = executable.contents(".rodata");
    assert!(text.windows(templates.len()).any(|part| part == templates));
}
