//! A type of every shape that serde and JSON Schema have.

use std::collections::BTreeMap;

use chalice::prelude::*;

/// All of them.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct Shapes {
    /// Tagged outside.
    external: External,
    internal: Internal,
    adjacent: Adjacent,
    untagged: Untagged,
    pair: (String, f64),
    triple: [u8; 3],
    nested: Vec<Option<Vec<bool>>>,
    by_name: BTreeMap<String, Internal>,
    by_number: BTreeMap<u32, Untagged>,
    tree: Tree,
    #[serde(flatten)]
    flat: Flat,
    empty: Empty,
    nothing: (),
    anything: Value,
    /// A name that TypeScript has.
    promise: Promise,
    page: Page<Tree>,
    #[serde(rename = "a \"hostile\" `name` ${with} \\ */ \u{2028}")]
    hostile: Option<bool>,
    #[serde(rename = "constructor")]
    constructor: Option<char>,
    #[serde(rename = "__proto__")]
    proto: Option<i8>,
    /// How often.
    #[serde(default = "five")]
    times: u16,
}

fn five() -> u16 {
    5
}

#[derive(Serialize, Deserialize, JsonSchema)]
enum External {
    Unit,
    /// With one value.
    One(u8),
    Two(u8, String),
    Named {
        x: f32,
    },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Internal {
    /// A circle.
    Circle {
        radius: f64,
    },
    #[serde(rename_all = "camelCase")]
    RightAngle {
        first_side: f64,
        second_side: f64,
    },
    Nothing,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", content = "value")]
enum Adjacent {
    Number(f64),
    Text { text: String },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Untagged {
    Text(String),
    Both(Flat),
    Many(Vec<Untagged>),
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Tree {
    left: Option<Box<Tree>>,
    children: Vec<Tree>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Flat {
    flat: bool,
    #[serde(rename = "flat-too")]
    too: Option<u64>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Empty {}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Promise {
    kept: bool,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Page<T> {
    items: Vec<T>,
    next: Option<String>,
}
