//! What TypeScript's compiler says of clients.

use std::{fs, path::Path};

use chalice_client_gen::{Client, Language, client};
use verifiers::openapi_client;

use crate::{STRICT, catalogue, manifest, schemas, settings, source, write};

/// Compiles `client.ts` or `consumer.ts` of a folder.
fn compile(folder: &Path, arguments: &[&str]) -> Result<(), String> {
    let arguments = [&STRICT[..], arguments].concat();
    openapi_client()
        .tsc(folder, &arguments)
        .map_err(|error| error.to_string())
}

const MODULE: [&str; 4] = ["--module", "es2022", "--moduleResolution", "bundler"];

#[test]
fn javascript_is_what_the_compiler_makes_of_typescript() {
    let url = settings(Some("https://api.example.com"));
    let clients: [(&str, Client); 2] = [
        ("without-url", catalogue()),
        ("with-url", client(&manifest(), &schemas(), url).unwrap()),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (name, client) in &clients {
        let package = folder.path().join(name);
        fs::create_dir(&package).unwrap();
        write(client, Language::TypeScript, &package);
    }
    let sources = [
        "--outDir",
        "built",
        "without-url/client.ts",
        "with-url/client.ts",
    ];
    compile(folder.path(), &[&MODULE[..], &sources].concat())
        .unwrap_or_else(|error| panic!("{error}"));
    for (name, client) in clients {
        let files = client.files(Language::JavaScript);
        let javascript = files.iter().find(|it| it.name == "client.js").unwrap();
        let built = folder.path().join("built").join(name).join("client.js");
        assert_eq!(fs::read_to_string(built).unwrap(), javascript.text);
    }
}

/// The runtime's JavaScript and declarations are the compiler's; `EXPECTORATE=overwrite` makes them anew.
#[test]
fn the_runtime_is_compiled() {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/runtime");
    let folder = tempfile::tempdir().unwrap();
    fs::copy(runtime.join("runtime.ts"), folder.path().join("runtime.ts")).unwrap();
    let arguments: Vec<&str> = STRICT
        .into_iter()
        // Functions that no operation calls are used by other clients.
        .filter(|it| !it.starts_with("--noUnused"))
        .chain(MODULE)
        .chain(["--declaration", "--outDir", "built", "runtime.ts"])
        .collect();
    openapi_client()
        .tsc(folder.path(), &arguments)
        .unwrap_or_else(|error| panic!("{error}"));
    for name in ["runtime.js", "runtime.d.ts"] {
        let built = fs::read_to_string(folder.path().join("built").join(name)).unwrap();
        expectorate::assert_contents(runtime.join(name), &built);
    }
}

/// All programs at once, because the compiler takes long to start.
#[test]
fn programs_are_typed_by_the_schemas() {
    let consumer = source("consumer.ts");
    let mistakes = [
        ("articlesIdGet({ id: 7n })", "articlesIdGet({ id: \"7\" })"),
        ("articlesIdGet({ id: 7n })", "articlesIdGet({})"),
        ("articlesIdGet({ id: 7n })", "articlesIdGet()"),
        ("size: \"small\"", "size: \"tiny\""),
        ("type: \"circle\"", "type: \"cirkle\""),
        (
            "await client.rootGet()",
            "await client.rootGet({ page: 1 })",
        ),
        ("const text: string", "const text: number"),
        ("apiKey: \"key\"", "apiKeys: \"key\""),
        ("{ name: \"me\", remember: true }", "{ remember: true }"),
    ];
    for language in [Language::TypeScript, Language::JavaScript] {
        let folder = tempfile::tempdir().unwrap();
        write(&catalogue(), language, folder.path());
        let mut names = vec!["consumer.ts".to_owned()];
        fs::write(folder.path().join("consumer.ts"), &consumer).unwrap();
        for (number, (right, wrong)) in mistakes.iter().enumerate() {
            let wrong = consumer.replacen(right, wrong, 1);
            assert_ne!(wrong, consumer, "{right} is not in the program");
            let name = format!("mistake{number}.ts");
            fs::write(folder.path().join(&name), wrong).unwrap();
            names.push(name);
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let said = compile(
            folder.path(),
            &[&MODULE[..], &["--noEmit"], &names].concat(),
        );
        let said = said.unwrap_err();
        for line in said.lines().filter(|line| line.contains("error TS")) {
            assert!(line.contains("mistake"), "{language:?}: {said}");
        }
        for (number, (_, wrong)) in mistakes.iter().enumerate() {
            assert!(
                said.contains(&format!("mistake{number}.ts(")),
                "{wrong}: {said}"
            );
        }
    }
}

#[test]
fn the_packages_own_build() {
    let folder = tempfile::tempdir().unwrap();
    write(&catalogue(), Language::TypeScript, folder.path());
    openapi_client()
        .tsc(folder.path(), &["--project", "."])
        .unwrap_or_else(|error| panic!("{error}"));
    for name in ["client.js", "client.d.ts"] {
        assert!(folder.path().join("dist").join(name).exists(), "{name}");
    }
}
