//! What must compile, and without a warning. Each module is an app; its test
//! checks that the app has the routes that its source says.

#![deny(warnings)]

mod api;
mod arguments;
mod authorizer_functions;
mod authorizers;
mod blueprints;
mod cors;
mod functions;
mod macro_rules;
mod methods;
mod notations;
mod returns;
mod state;

use chalice::Application;
use serde_json::Value;

/// The routes of an app as its manifest has them: `handler: GET|POST /path`.
fn routes<A: Application>(_: &A) -> Vec<String> {
    let manifest: Value = serde_json::from_slice(A::manifest()).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    manifest["routes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|route| {
            let methods: Vec<String> = route["methods"]
                .as_array()
                .unwrap()
                .iter()
                .map(text)
                .collect();
            format!(
                "{}: {} {}",
                text(&route["name"]),
                methods.join("|"),
                text(&route["path"])
            )
        })
        .collect()
}
