//! AWS's translator of SAM templates, and cfn-lint.

use serde_json::Value;

use crate::judge::{Judge, JudgeError};

const JUDGE: Judge = Judge {
    name: "the SAM translator with cfn-lint",
    script: include_str!("../sam_judge.py"),
};

/// The mistakes in templates of the AWS Serverless Application Model: of each template those that
/// AWS's own translator finds, or else those that cfn-lint finds in what it makes of the template,
/// warnings included. A good one has none.
///
/// # Errors
///
/// When the two are not installed, which `cargo xtask verifiers` does, or fail.
pub fn sam_mistakes(templates: &[Value]) -> Result<Vec<Vec<String>>, JudgeError> {
    JUDGE.mistakes(templates)
}
