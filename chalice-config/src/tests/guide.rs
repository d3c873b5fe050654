//! The guide, docs/configuration.md: it has every key, and its examples are configurations.

use std::path::Path;

use serde_json::Value;

use super::{framed, parse};
use crate::key::{self, Place};

fn guide() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/configuration.md");
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn it_has_every_key_with_its_places() {
    let guide = guide();
    for key in key::keys() {
        let places: Vec<&str> = key
            .places
            .iter()
            .map(|place| match place {
                Place::Top => "top",
                Place::Stage => "stage",
                Place::Function => "function",
            })
            .collect();
        let row = format!("\n| `{}` | {} | ", key.name, places.join(", "));
        assert_eq!(guide.matches(&row).count(), 1, "{row}");
    }
}

#[test]
fn its_examples_are_configurations() {
    let guide = guide();
    let validator = super::json_schema::validator();
    let examples = guide.split("```json\n").skip(1);
    let mut count = 0;
    for example in examples {
        let (example, _) = example.split_once("```").unwrap();
        let config: Value = serde_json::from_str(example).unwrap();
        assert!(validator.is_valid(&framed(config.clone())), "{example}");
        let config = parse(config).unwrap();
        for stage in config.stages() {
            let stage = config.stage(stage).unwrap();
            let error = stage.check(None).err().map(|error| error.to_string());
            // The file with a policy is not there.
            let error = error.filter(|error| !error.contains("policy-export.json"));
            assert_eq!(error, None, "{example}");
        }
        count += 1;
    }
    assert_eq!(count, 10);
}
