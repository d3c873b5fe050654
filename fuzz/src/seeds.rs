//! Inputs to start from: what tests and examples have, and at least one of every
//! way that an input can take.

use std::{collections::BTreeSet, fs, io, path::Path};

use chalice_core::{
    manifest::model::Manifest,
    path::{PathPattern, best_match},
};

use crate::event_to_request::SAMPLES;

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

/// Events, and changes of the samples.
const EVENTS: [&str; 24] = [
    "{}",
    "[]",
    "null",
    r#"{"Records": []}"#,
    r#"{"resource": "\/users\/{id}", "httpMethod": "\u0047ET", "path": "\/users\/17"}"#,
    r#"{"resource": "/admin", "httpMethod": "POST", "requestContext": ["/users", "GET"]}"#,
    r#"{"version": "2.0", "routeKey": "POST /admin", "requestContext": {"http": ["POST"]}}"#,
    "#0\n/requestContext/resourcePath=/users/me\n/requestContext/httpMethod=PUT",
    "#0\n/requestContext/resourcePath=null\n/resource=/users/{id}/files/{path+}\n/pathParameters={\"path\":\"a%2Fb\",\"id\":\"%FF\"}",
    "#0\n/requestContext=null\n/resource=/any/{rest+}\n/httpMethod=FETCH",
    "#0\n/requestContext/httpMethod=ANY\n/requestContext/resourcePath=/any/{rest+}",
    "#0\n/requestContext/httpMethod=a b",
    "#1\n/requestContext/resourcePath=$default\n/path=/prod/users/me/",
    "#1\n/requestContext/stage=prod\n/path=/prod",
    "#2\n/routeKey=$default\n/rawPath=/prod/users/17/files/a/b",
    "#2\n/routeKey=ANY /any/{rest+}\n/requestContext/http/method=DELETE",
    "#2\n/requestContext/http=[\"GET\"]",
    "#3\n/rawPath=/users/%2e%2e%2Fadmin",
    "#3\n/rawPath=/users/a%252Fb\n/requestContext/http/method=DELETE",
    "#3\n/rawPath=//admin\n/requestContext/http/method=POST",
    "#4\n/path=/any/x;y/%3F?z",
    "#4\n/httpMethod=DELETE\n/path=/users/me",
    "#5\n/path=/admin/\n/httpMethod=POST",
    "#5\n/requestContext/elb=null",
];

/// Requests as `request_parts` reads them.
const PARTS: [&str; 8] = [
    "0\na=1&a=2&b=&c&%C3%A9=x+y%20z\na=1; b=\"2\"\nname=Zo%C3%AB&tag=a+b\n17\nx-one: 1\nX-One: 2",
    "1\na=%2525\na=b=c==; =x; nothing; ;\n%FF=%FF&&=\na/b\nx-b: \t2 ",
    "2\na=%&b=%zz&=&&\n a = x y ;\t\n\na%2Fb",
    "3\n%26=%3D&a+b=c%2Bd\n__Host-id=1; __Host-id=2\n+=+\na%252Fb\nhost: evil.example",
    "4\na%26b=1%2B2&a%26b=3\n\na=1;b=2\n%FF\nx-forwarded-for: 1.2.3.4",
    "5\na=1&a=2\na=1\na=1&a=2\nx\nX-Tag: a\nx-tag: b",
    "0\n\n\n\nx\nbad name: 1\nx-lf: a\rb",
    "3\n\n\n\n..%2f..%2f/etc\nx: y",
];

/// Headers as `content_negotiation` reads them.
const TYPES: [&str; 8] = [
    "0\napplication/json\n*/*\ngzip\nimage/png",
    "0\ntext/csv; charset=utf-8\nimage/*\n\napplication/x-own",
    "0\nTEXT/CSV\ntext/html,image/png;q=0.8\n\nimage/jpeg",
    "1\napplication/json, text/plain\n\ngzip;q=0.5, br\ntext/html; charset=utf-8",
    "1\napplication/json\n\n*;q=0, identity\ntext/plain",
    "1\ntext/plain\n\n*\napplication/json",
    "2\n*/*\n\nx-gzip;q=1.000\nimage/svg+xml",
    "2\n\n\ngzip;q=0\ntext/css",
];

/// The inputs that one target starts from.
pub type Seeds = BTreeSet<Vec<u8>>;

/// The seeds of every target, by its name.
///
/// # Errors
///
/// When a source cannot be read, or has fewer texts than it had.
pub fn all() -> io::Result<Vec<(&'static str, Seeds)>> {
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
    let texts = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    let bytes = |texts: BTreeSet<String>| texts.into_iter().map(String::into_bytes).collect();
    let events = EVENTS.iter().chain(&SAMPLES).copied().collect::<Vec<_>>();
    Ok(vec![
        ("manifest", manifests),
        ("path_pattern", bytes(paths)),
        ("raw_path", bytes(raw)),
        ("event_to_request", texts(&events)),
        ("request_parts", texts(&PARTS)),
        ("content_negotiation", texts(&TYPES)),
        ("jwt", crate::jwt::seeds().into_iter().collect()),
    ])
}

/// Every Rust source below a folder.
fn sources(folder: &Path) -> io::Result<Vec<std::path::PathBuf>> {
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
