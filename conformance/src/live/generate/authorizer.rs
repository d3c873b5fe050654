//! Events for the authorizer.

use fastrand::Rng;
use serde_json::{Value, json};

use super::{one, rarely, text};

const TOKENS: &[&str] = &[
    "allow", "all", "deny", "none", "raw", "other", "ALLOW", " allow",
];
const PARTITIONS: &[(&str, &str)] = &[
    ("aws", "us-east-1"),
    ("aws", "eu-central-1"),
    ("aws-cn", "cn-north-1"),
    ("aws-us-gov", "us-gov-west-1"),
];
const STAGES: &[&str] = &["api", "dev", "v1", "prod_2"];
const METHODS: &[&str] = &["GET", "POST", "DELETE", "OPTIONS", "HEAD"];
const PATHS: &[&str] = &[
    "", "/", "authed/1", "m", "a/b/c", "a%20b", "a:b", "é", "a//b",
];

/// An event of type `TOKEN`.
pub(super) fn event(random: &mut Rng) -> Value {
    let (partition, region) = PARTITIONS[random.usize(..PARTITIONS.len())];
    let token = match random.u8(..4) {
        0 => text::header_value(random),
        _ => one(random, TOKENS).to_owned(),
    };
    let api: String = (0..10).map(|_| random.lowercase()).collect();
    let mut arn = format!(
        "arn:{partition}:execute-api:{region}:{}:{api}/{}/{}/{}",
        random.u64(100_000_000_000..1_000_000_000_000),
        one(random, STAGES),
        one(random, METHODS),
        one(random, PATHS),
    );
    if rarely(random, 20) {
        arn = text::text(random);
    }
    json!({ "type": "TOKEN", "authorizationToken": token, "methodArn": arn })
}
