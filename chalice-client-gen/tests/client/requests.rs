//! What clients send, and what they make of answers: a program says it, by a `fetch` of its own.

use std::fs;

use chalice_client_gen::Language;
use verifiers::openapi_client;

use crate::{catalogue, source, write};

#[test]
fn requests_and_answers() {
    let folder = tempfile::tempdir().unwrap();
    write(&catalogue(), Language::JavaScript, folder.path());
    fs::write(folder.path().join("requests.js"), source("requests.js")).unwrap();
    let said = openapi_client()
        .node(folder.path(), &["requests.js"])
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(said, "all is well\n");
}
