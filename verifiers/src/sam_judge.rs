//! AWS's translator of SAM templates, and cfn-lint.

use serde_json::Value;

use crate::judge::{Judge, JudgeError};

const JUDGE: Judge = Judge {
    name: "the SAM translator with cfn-lint",
    script: include_str!("../sam_judge.py"),
};

const TRANSLATOR: Judge = Judge {
    name: "the SAM translator",
    script: include_str!("../sam_translator.py"),
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

/// What AWS's own translator makes of templates of the AWS Serverless Application Model: templates of AWS CloudFormation.
///
/// # Errors
///
/// When it is not installed, which `cargo xtask verifiers` does, or a template has a mistake.
pub fn sam_translations(templates: &[Value]) -> Result<Vec<Value>, JudgeError> {
    let lines: String = templates.iter().map(|it| format!("{it}\n")).collect();
    TRANSLATOR.lines(&crate::environment(), &lines)
}
