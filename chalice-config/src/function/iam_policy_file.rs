//! `iam_policy_file`: what a function's role permits, where it is not worked out from the app.

use crate::reading::text_setting;

text_setting! {
    /// A file with an IAM policy, relative to the folder `.chalice`.
    pub struct IamPolicyFile;
    pattern: ".+",
    is_taken: |path| !path.is_empty() && !path.contains(char::is_control),
    refusal: "it is the path of a file, relative to the folder .chalice",
    "write one, such as \"policy-dev.json\"",
}

impl IamPolicyFile {
    /// AWS Chalice's default: `policy-<stage>.json`.
    pub(crate) fn of_stage(stage: &str) -> IamPolicyFile {
        IamPolicyFile(format!("policy-{stage}.json"))
    }
}
