//! cfn-lint, for templates of AWS CloudFormation that nothing transforms.

use serde_json::Value;

use crate::judge::{Judge, JudgeError};

const JUDGE: Judge = Judge {
    name: "cfn-lint",
    script: include_str!("../cloudformation_judge.py"),
};

/// The mistakes in templates of AWS CloudFormation: of each template those that cfn-lint finds, warnings
/// included. A good one has none.
///
/// # Errors
///
/// When cfn-lint is not installed, which `cargo xtask verifiers` does, or fails.
pub fn cloudformation_mistakes(templates: &[Value]) -> Result<Vec<Vec<String>>, JudgeError> {
    JUDGE.mistakes(templates)
}
