//! A client that is generated from an app's OpenAPI document, with the running app.

#![cfg(unix)]

#[allow(dead_code, reason = "other tests use what this one does not")]
mod support;

use std::path::Path;

use serde_json::Value;
use verifiers::{OpenapiClientError, openapi_client};

#[test]
fn a_generated_client_talks_to_the_app() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let output = support::cargo_chalice()
        .args(["generate-models", "--package", "todo"])
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let mut document: Value = serde_json::from_slice(&output.stdout).unwrap();

    let local = support::Local::start(&["--package", "todo", "--no-autoreload"], target);
    let address = format!("http://{}", local.address);
    let client = openapi_client();
    client
        .run(&document, &address)
        .unwrap_or_else(|error| panic!("{error}"));

    // Types that are not those of the app do not compile.
    document["components"]["schemas"]["Draft"]["properties"]["title"]["type"] = "integer".into();
    let error = client.run(&document, &address).unwrap_err();
    assert!(
        matches!(error, OpenapiClientError::Failed { step: "tsc", .. }),
        "{error}"
    );
}
