//! The JSON Schema of workflows of GitHub Actions.

use serde_json::Value;

use crate::judge::{Judge, JudgeError};

const JUDGE: Judge = Judge {
    name: "the schema of GitHub's workflows in check-jsonschema",
    script: include_str!("../workflow_judge.py"),
};

/// The mistakes in workflows of GitHub Actions, which are texts of YAML: of each workflow what is not as SchemaStore's
/// schema has it. A good one has none.
///
/// # Errors
///
/// When check-jsonschema is not installed, which `cargo xtask verifiers` does, or the judge fails.
pub fn workflow_mistakes(workflows: &[impl AsRef<str>]) -> Result<Vec<Vec<String>>, JudgeError> {
    let texts = workflows.iter().map(|it| Value::from(it.as_ref()));
    JUDGE.mistakes(&texts.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_yaml_and_what_is_no_workflow() {
        let good = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: 'true'\n";
        let found = workflow_mistakes(&[good, "a: [", "jobs: {}", "on: push\njobs: 1"]);
        let found = found.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(found[0], [""; 0]);
        assert!(found[1..].iter().all(|it| !it.is_empty()), "{found:?}");
        assert!(
            found[2]
                .iter()
                .any(|it| it.contains("'on' is a required property")),
            "{found:?}"
        );
    }
}
