//! Configurations beside those that AWS Chalice 1.34 has written for the same apps and stages.

use chalice_config::{CommandLine, Config};
use chalice_resources::resources;
use golden::{GoldenApp, apps, terraform};
use serde_json::Value;

fn written(app: &GoldenApp, stage: &str) -> Value {
    let stage = Config::load_stage(&app.directory(), stage, CommandLine::default(), None).unwrap();
    let resources = resources(&app.manifest, &stage).unwrap();
    let template = chalice_terraform::template(&resources).unwrap();
    for (name, function) in template["resource"]["aws_lambda_function"]
        .as_object()
        .unwrap()
    {
        assert_eq!(function["runtime"], "provided.al2023");
        assert_eq!(function["handler"], **name);
    }
    template
}

#[test]
fn all_differences_are_meant_to_be() {
    let mut table = String::new();
    let mut unintended = 0;
    for app in apps().unwrap() {
        let mut comparisons = Vec::new();
        for stage in app.stages {
            let found = written(&app, stage);
            let file = app.output(&format!("chalice-{stage}.tf.json"));
            // Chalice fails where a function has a log retention.
            let Ok(expected) = std::fs::read_to_string(file) else {
                assert_eq!((app.name, *stage), ("06-config-full", "dev"));
                continue;
            };
            let expected: Value = serde_json::from_str(&expected).unwrap();
            let comparison = terraform::compare(app.name, &expected, &found);
            table += &format!(
                "{} {stage}: {} equal, {} intended, {} unintended\n",
                app.name,
                comparison.equal,
                comparison.intended.len(),
                comparison.unintended.len()
            );
            for difference in &comparison.unintended {
                table += &format!("    {difference}\n");
                unintended += 1;
            }
            comparisons.push(comparison);
        }
        for intended in terraform::without_effect(app.name, &comparisons) {
            table += &format!("{}: {} is the same by now\n", app.name, intended.path);
            unintended += 1;
        }
    }
    assert_eq!(unintended, 0, "\n{table}");
    eprintln!("{table}");
}
