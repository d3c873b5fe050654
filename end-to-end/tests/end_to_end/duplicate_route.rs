//! A mistake that only the whole app shows, in a copy of `examples/todo`.

use std::fs;

use crate::{cargo, diagnostics::check};

/// A second handler for a route that `show` in `items.rs` answers already.
const SECOND: &str = r#"
#[route("/items/<id>")]
fn show_again(id: u64) -> String {
    id.to_string()
}
"#;

#[test]
fn two_handlers_of_one_route_are_an_error_that_names_both() {
    let sources = cargo::workspace().join("examples/todo/src");
    let mut files: Vec<(String, String)> = fs::read_dir(sources)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            (format!("src/{name}"), fs::read_to_string(&path).unwrap())
        })
        .collect();
    let main = text(&mut files, "src/main.rs");
    *main = main.replace("handlers: [index]", "handlers: [index, show_again]") + SECOND;
    let second = line_of(main, "fn show_again");
    let second_path = line_of(main, r#"#[route("/items/<id>")]"#);
    let first = line_of(text(&mut files, "src/items.rs"), "fn show(");
    let first_path = first - 1;
    files.push(("Cargo.toml".to_owned(), package()));

    let check = check(&cargo::project("todo-with-duplicate", &files));
    assert!(!check.succeeded);
    let errors: Vec<_> = check
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.place.is_some() && diagnostic.level == "error")
        .collect();
    let [error] = errors.as_slice() else {
        panic!("one mistake is one error: {errors:#?}");
    };
    let rendered = &error.rendered;
    for part in [
        "two routes answer the same method and path".to_owned(),
        format!("`todo_with_duplicate::items::show` (src/items.rs:{first})"),
        format!("`todo_with_duplicate::show_again` (src/main.rs:{second})"),
        "GET /items/{id}".to_owned(),
    ] {
        assert!(rendered.contains(&part), "{part} is not in\n{rendered}");
    }
    // It points at the path in one of the two attributes.
    let place = error.place.clone().unwrap();
    assert!(
        place == ("src/items.rs".to_owned(), first_path)
            || place == ("src/main.rs".to_owned(), second_path),
        "{place:?}\n{rendered}"
    );
}

fn text<'f>(files: &'f mut [(String, String)], path: &str) -> &'f mut String {
    let found = files.iter_mut().find(|(known, _)| known == path);
    &mut found.unwrap().1
}

/// The number of the line that contains `part`.
fn line_of(text: &str, part: &str) -> u64 {
    let position = text.find(part).unwrap_or_else(|| panic!("no {part}"));
    text[..position].lines().count() as u64 + u64::from(text[..position].ends_with('\n'))
}

fn package() -> String {
    format!(
        r#"[package]
name = "todo-with-duplicate"
version = "0.1.0"
edition = "2024"

[dependencies]
chalice = {{ path = {} }}
schemars = "1"
serde = {{ version = "1", features = ["derive"] }}
thiserror = "2"

[workspace]
"#,
        cargo::toml_path("chalice")
    )
}
