//! Swagger documents beside AWS Chalice's.

use serde_json::Value;

use crate::{Comparison, Intended, intended};

/// Every difference between Swagger documents that is meant to be.
pub const INTENDED: &[Intended] = &[
    Intended {
        apps: &["01-basic-routes"],
        path: "/paths/*/any",
        reason: "Chalice's key for `ANY`, which is no extension of API Gateway and no method of Swagger",
    },
    Intended {
        apps: &["01-basic-routes"],
        path: "/paths/*/x-amazon-apigateway-any-method",
        reason: "API Gateway's key for it",
    },
    Intended {
        apps: &["01-basic-routes"],
        path: "/paths/*/*/parameters",
        reason: "greedy placeholders are parameters, too: Swagger wants all declared",
    },
];

/// Compares a document of the app of that name with Chalice's.
pub fn compare(app: &str, expected: &Value, found: &Value) -> Comparison {
    intended::compare(INTENDED, app, expected, found)
}
