//! `cargo chalice build`, for this machine's processor: no other has a standard library everywhere.
#![cfg(all(target_os = "linux", target_env = "gnu"))]

use std::fs::{self, File};
use std::io::Read as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

/// This machine's processor, as the configuration spells it, and the other.
const OWN: &str = if cfg!(target_arch = "aarch64") {
    "arm64"
} else {
    "x86_64"
};
const OTHER: &str = if cfg!(target_arch = "aarch64") {
    "x86_64"
} else {
    "arm64"
};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bootstrap")
}

/// A project with an app and this configuration, and files beside it.
fn project(config: &str) -> TempDir {
    let project = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = project.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    for file in ["Cargo.toml", "src/main.rs", "src/manifest.json"] {
        write(file, &fs::read_to_string(fixture().join(file)).unwrap());
    }
    write(".chalice/config.json", config);
    write("templates/order.html", "<p>order</p>");
    write("templates/mail/hello.txt", "hello");
    write("data/cities.json", "{}");
    project
}

fn config(settings: &str) -> String {
    format!(
        r#"{{ "version": "2.0", "app_name": "fixture", "lambda_architecture": "{OTHER}", "stages": {{
            "dev": {{ "lambda_architecture": "{OWN}" {settings} }}, "prod": {{}} }} }}"#
    )
}

fn cargo_chalice() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-chalice"));
    command.arg("chalice");
    command
}

/// `cargo chalice build` in the project, without what else this machine may have to build with.
fn build(project: &Path, target_directory: &str) -> Command {
    let mut command = cargo_chalice();
    command
        .arg("build")
        .current_dir(project)
        .env("CARGO_TARGET_DIR", project.join(target_directory))
        .env_remove("CARGO_BUILD_TARGET")
        .args(["--builder", "cargo"]);
    command
}

fn succeed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn fail(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    stderr(&output)
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A program on the way to Cargo's.
fn program(folder: &Path, name: &str, script: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[test]
fn two_builds_are_the_same_bytes() {
    let project = project(&config(r#", "package_files": ["templates/", "data"]"#));
    let project = project.path();
    let printed = succeed(&mut build(project, "target"));
    let folder = project.join("target/chalice/bootstrap-fixture/dev");
    let zip = folder.join("deployment.zip");
    let first = fs::read(&zip).unwrap();
    assert!(printed.starts_with(&format!(
        "fixture, for {OWN} functions on provided.al2023\n"
    )));
    for part in [
        folder.join("bootstrap").to_str().unwrap(),
        zip.to_str().unwrap(),
        &format!("({} bytes; 4 files, ", first.len()),
        "\nSHA-256         ",
        "\nCodeSha256      ",
    ] {
        assert!(printed.contains(part), "{part}: {printed}");
    }

    // Compiled again, of files with other times, elsewhere.
    for file in ["templates/order.html", "data/cities.json", "src/main.rs"] {
        let file = File::options().write(true).open(project.join(file));
        let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_500_000_000);
        file.unwrap().set_modified(old).unwrap();
    }
    let again = succeed(build(project, "another-target").args(["--out", "out"]));
    assert!(fs::read(project.join("out/deployment.zip")).unwrap() == first);
    let hash = |printed: &str| printed.lines().last().unwrap().to_owned();
    assert_eq!(hash(&again), hash(&printed));

    let mut archive = zip::ZipArchive::new(File::open(&zip).unwrap()).unwrap();
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut contents = Vec::new();
        file.read_to_end(&mut contents).unwrap();
        let name = file.name().unwrap().into_owned();
        let source = match name.as_str() {
            "bootstrap" => folder.join("bootstrap"),
            name => project.join(name),
        };
        assert!(fs::read(source).unwrap() == contents, "{name}");
        names.push(name);
    }
    assert_eq!(
        names,
        [
            "bootstrap",
            "data/cities.json",
            "templates/mail/hello.txt",
            "templates/order.html"
        ]
    );
    let mode = fs::metadata(folder.join("bootstrap"))
        .unwrap()
        .permissions();
    assert_eq!(mode.mode() & 0o777, 0o755);

    // The same is not packed again.
    let inode = || fs::metadata(&zip).unwrap().ino();
    let packed = inode();
    assert_eq!(succeed(&mut build(project, "target")), printed);
    assert_eq!(inode(), packed);
    // A folder that is named has nothing else.
    assert_eq!(fs::read_dir(project.join("out")).unwrap().count(), 2);

    // Other contents are another package, and so are other settings.
    fs::write(project.join("data/cities.json"), "[]").unwrap();
    let changed = succeed(&mut build(project, "target"));
    assert_ne!(hash(&changed), hash(&printed));
    let settings = config(r#", "package_files": ["templates/"]"#);
    fs::write(project.join(".chalice/config.json"), settings).unwrap();
    let fewer = succeed(&mut build(project, "target"));
    assert!(fewer.contains(" 3 files, "), "{fewer}");
    assert_ne!(hash(&fewer), hash(&changed));
    fs::write(project.join("data/cities.json"), "{}").unwrap();
    fs::write(
        project.join(".chalice/config.json"),
        config(r#", "package_files": ["templates/", "data"]"#),
    )
    .unwrap();
    assert_eq!(succeed(&mut build(project, "target")), printed);
}

#[test]
fn what_is_missing_for_another_processor_is_said() {
    let project = project(&config(""));
    let project = project.path();
    // Rust's compiler, without the library of any other target than its own.
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let script = format!(
        r#"case "$*" in *target-libdir*) {rustc} --print host-tuple; echo /nonexistent;; *) exec {rustc} "$@";; esac"#
    );
    let rustc = program(project, "rustc", &script);
    let triple = |architecture| match architecture {
        "arm64" => "aarch64-unknown-linux-gnu",
        _ => "x86_64-unknown-linux-gnu",
    };
    // By the command line, and by the top of the configuration.
    for arguments in [["--arch", OTHER], ["--stage", "prod"]] {
        let error = fail(
            build(project, "target")
                .args(arguments)
                .env("RUSTC", &rustc),
        );
        let expected = format!(
            "error: this machine ({}) cannot build for {}",
            triple(OWN),
            triple(OTHER)
        );
        assert!(error.starts_with(&expected), "{error}");
        let command = format!("rustup target add {}`", triple(OTHER));
        assert!(error.contains(&command), "{error}");
        assert!(error.contains(&format!("`--arch {OWN}`")), "{error}");
    }
    assert!(!project.join("target").exists());
    // The command line wins over the configuration.
    let printed = succeed(build(project, "target").args(["--stage", "prod", "--arch", OWN]));
    assert!(
        printed.contains("bootstrap-fixture/prod/deployment.zip"),
        "{printed}"
    );
    assert!(printed.contains("1 file, "), "{printed}");
}

#[test]
fn cargo_zigbuild_links_against_the_c_library_of_lambda() {
    let project = project(&config(""));
    let project = project.path();
    let folder = project.join("bin");
    fs::create_dir(&folder).unwrap();
    // Says what it was asked for, and builds for this machine.
    let script = format!(
        r#"printf '%s ' "$@" > "{}/asked"; shift
        for argument; do
            shift
            if [ "$argument" = --target ]; then skip=1; elif [ "$skip" ]; then skip=; else set -- "$@" "$argument"; fi
        done
        exec "{}" build "$@""#,
        project.display(),
        env!("CARGO")
    );
    program(&folder, "cargo-zigbuild", &script);
    let path = std::env::var("PATH").unwrap();
    let mut command = cargo_chalice();
    command
        .args(["build", "--profile", "dev"])
        .current_dir(project)
        .env("CARGO_TARGET_DIR", project.join("target"))
        .env("PATH", format!("{}:{path}", folder.display()));
    succeed(&mut command);
    let asked = fs::read_to_string(project.join("asked")).unwrap();
    assert!(asked.starts_with("zigbuild "), "{asked}");
    assert!(asked.contains("--profile dev "), "{asked}");
    assert!(asked.contains("-unknown-linux-gnu.2.34 "), "{asked}");
}

#[test]
fn what_cannot_be_packed_is_said_before_the_build() {
    for (files, link, expected) in [
        ("tempaltes", false, "lists `tempaltes`, and "),
        ("templates", true, "templates/link is a symbolic link"),
        (
            "../secret",
            false,
            "`stages.dev.package_files[0]` is \"../secret\": ",
        ),
    ] {
        let project = project(&config(&format!(r#", "package_files": ["{files}"]"#)));
        if link {
            symlink("/etc", project.path().join("templates/link")).unwrap();
        }
        let error = fail(&mut build(project.path(), "target"));
        assert!(error.contains(expected), "{error}");
        assert!(!project.path().join("target").exists());
    }
}

#[test]
fn settings_are_checked_against_the_app() {
    let settings = r#", "automatic_layer": true, "lambda_functions": { "api_handler": { "lambda_timeout": 5 } }"#;
    let fine = project(&config(settings));
    let output = build(fine.path(), "target").output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let notice = "warning: .chalice/config.json: `stages.dev.automatic_layer` is true: ";
    assert!(stderr(&output).contains(notice), "{}", stderr(&output));
    let misspelt = settings.replace("api_handler", "api_handelr");
    fs::write(fine.path().join(".chalice/config.json"), config(&misspelt)).unwrap();
    let error = fail(&mut build(fine.path(), "target"));
    assert!(error.contains("did you mean `api_handler`?"), "{error}");
}
