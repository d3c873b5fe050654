//! Templates beside those that AWS Chalice 1.34 has written for the same apps and stages.

use chalice_config::{CommandLine, Config};
use chalice_resources::resources;
use golden::{GoldenApp, apps, sam};
use serde_json::Value;

fn written(app: &GoldenApp, stage: &str) -> Value {
    let stage = Config::load_stage(&app.directory(), stage, CommandLine::default(), None).unwrap();
    let resources = resources(&app.manifest, &stage).unwrap();
    chalice_sam::template(&resources).unwrap().into()
}

#[test]
fn all_differences_are_meant_to_be() {
    let mut table = String::new();
    let mut unintended = 0;
    for app in apps().unwrap() {
        let mut comparisons = Vec::new();
        for stage in app.stages {
            let found = written(&app, stage);
            // Chalice refuses apps with events of buckets.
            let Ok(expected) = std::fs::read_to_string(app.output(&format!("sam-{stage}.json")))
            else {
                assert_eq!(app.name, "04-s3-events");
                continue;
            };
            let expected: Value = serde_json::from_str(&expected).unwrap();
            let comparison = sam::compare(app.name, &expected, &found);
            table += &format!(
                "{} {stage}: {} intended, {} unintended\n",
                app.name,
                comparison.intended.len(),
                comparison.unintended.len()
            );
            for difference in &comparison.unintended {
                table += &format!("    {difference}\n");
                unintended += 1;
            }
            comparisons.push(comparison);
        }
        for intended in sam::without_effect(app.name, &comparisons) {
            table += &format!("{}: {} is the same by now\n", app.name, intended.path);
            unintended += 1;
        }
    }
    assert_eq!(unintended, 0, "\n{table}");
}
