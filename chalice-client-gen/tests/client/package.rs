//! The files as they are.

use std::path::Path;

use chalice_client_gen::{Language, MARKER, NAMES, client};

use crate::{catalogue, manifest, schemas, settings};

#[test]
fn the_files_of_a_client() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/client/golden");
    for (language, folder) in [
        (Language::TypeScript, "typescript"),
        (Language::JavaScript, "javascript"),
    ] {
        let files = catalogue().files(language);
        for file in &files {
            expectorate::assert_contents(golden.join(folder).join(file.name), &file.text);
            assert!(NAMES.contains(&file.name));
            let mut first = file.text.lines().take(3);
            assert!(first.any(|line| line.contains(MARKER)), "{}", file.name);
        }
        assert_eq!(files, catalogue().files(language));
    }
}

#[test]
fn what_is_not_as_one_would_expect() {
    let notes: Vec<String> = catalogue()
        .notes()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(notes.len(), 3, "{notes:#?}");
    for note in &notes[..2] {
        assert!(note.starts_with("`client::catalogue::secret` ("), "{note}");
        assert!(
            note.ends_with(
                "`, a type without a JSON Schema, so the client does not know its content: put `#[derive(JsonSchema)]` on \
                 the type inside"
            ),
            "{note}"
        );
    }
    assert_eq!(
        notes[2],
        "`GET /a-b` is `aBGet2` in the client: another route's path and method make `aBGet` as well"
    );
}

#[test]
fn a_url_of_its_own() {
    let with_url = client(
        &manifest(),
        &schemas(),
        settings(Some("https://api.example.com")),
    )
    .unwrap();
    let files = with_url.files(Language::TypeScript);
    let code = files.iter().find(|it| it.name == "client.ts").unwrap();
    for line in [
        "    constructor(options: ClientOptions = {}) {\n",
        "        this.#connection = { ...options, baseUrl: options.baseUrl ?? \"https://api.example.com\" };\n",
        "    readonly baseUrl?: string | undefined;\n",
    ] {
        assert!(code.text.contains(line), "{line}");
    }
}

#[test]
fn an_app_without_routes() {
    let mut manifest = manifest();
    manifest.routes.clear();
    let error = client(&manifest, &schemas(), settings(None)).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the app `catalogue` has no routes")
    );
}
