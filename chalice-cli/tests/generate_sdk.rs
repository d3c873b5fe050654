//! `cargo chalice generate-sdk`: the clients of the examples are compiled, and talk to the running apps.

#![cfg(unix)]

#[allow(dead_code, reason = "other tests use what this one does not")]
mod support;

use std::fs;
use std::path::Path;
use std::process::Output;

use verifiers::openapi_client;

fn target() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap()
}

fn generate(arguments: &[&str], out: &Path) -> Output {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    support::cargo_chalice()
        .arg("generate-sdk")
        .args(arguments)
        .arg(out)
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", target())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[track_caller]
fn generated(arguments: &[&str], out: &Path) {
    let output = generate(arguments, out);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "");
}

/// The last line of what was said, after Cargo's own.
fn last_line(bytes: &[u8]) -> String {
    text(bytes).lines().last().unwrap_or_default().to_owned()
}

#[test]
fn generated_clients_talk_to_the_apps() {
    let folder = tempfile::tempdir().unwrap();
    let apps = ["todo", "authorizers", "streaming"];
    for app in apps {
        generated(&["--package", app], &folder.path().join(app));
    }
    fs::write(folder.path().join("package.json"), r#"{"type":"module"}"#).unwrap();
    let program = include_str!("generated_sdk/program.ts");
    fs::write(folder.path().join("program.ts"), program).unwrap();
    let programs = openapi_client();
    let compiler = [
        "--strict",
        "--noUnusedLocals",
        "--noUnusedParameters",
        "--exactOptionalPropertyTypes",
        "--noUncheckedIndexedAccess",
        "--target",
        "es2022",
        "--module",
        "es2022",
        "--moduleResolution",
        "bundler",
        "--lib",
        "es2022,dom,dom.iterable",
        "--skipLibCheck",
        "--outDir",
        "built",
        "program.ts",
    ];
    programs
        .tsc(folder.path(), &compiler)
        .unwrap_or_else(|error| panic!("{error}"));

    let running: Vec<support::Local> = apps
        .iter()
        .map(|app| support::Local::start(&["--package", app, "--no-autoreload"], target()))
        .collect();
    let addresses: Vec<String> = running
        .iter()
        .map(|local| format!("http://{}", local.address))
        .collect();
    let mut arguments = vec!["built/program.js"];
    arguments.extend(addresses.iter().map(String::as_str));
    let said = programs
        .node(folder.path(), &arguments)
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(said, "all is well\n");
}

#[test]
fn a_client_in_javascript_runs_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let local = support::Local::start(&["--package", "helloworld", "--no-autoreload"], target());
    let url = format!("http://{}", local.address);
    let sdk = folder.path().join("sdk");
    // The other language first, whose files are then removed.
    generated(&["--package", "helloworld"], &sdk);
    assert!(sdk.join("client.ts").exists());
    let javascript = [
        "--package",
        "helloworld",
        "--sdk-type",
        "javascript",
        "--url",
        &url,
    ];
    generated(&javascript, &sdk);
    assert!(!sdk.join("client.ts").exists() && !sdk.join("tsconfig.json").exists());
    let program = "import { HelloworldClient } from './sdk/client.js';\n\
        const client = new HelloworldClient();\n\
        const hello = await client.rootGet();\n\
        const city = await client.citiesCityGet({ city: 'seattle' });\n\
        const error = await client.citiesCityGet({ city: 'São Paulo/2' }).catch((error) => error);\n\
        console.log(hello.data.hello, city.status, city.data.state, error.status, error.code, error.message);\n";
    fs::write(folder.path().join("program.mjs"), program).unwrap();
    let said = openapi_client()
        .node(folder.path(), &["program.mjs"])
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        said,
        "world 200 WA 400 BadRequestError unknown city 'São Paulo/2'\n"
    );
}

#[test]
fn what_is_somebody_elses_stays() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("package.json"), "{}").unwrap();
    let output = generate(&["--package", "helloworld"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    let path = folder.path().join("package.json");
    assert_eq!(
        last_line(&output.stderr),
        format!(
            "error: {} is no file that generate-sdk has written, as its first lines would say: nothing was written; remove \
             it, or name another folder",
            path.display()
        )
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn an_app_without_routes() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("sdk");
    let output = generate(&["--package", "events"], &out);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        last_line(&output.stderr),
        "error: the app `events` has no routes, so there is no REST API to describe: give it a function with `#[route]`"
    );
    assert!(!out.exists());
}
