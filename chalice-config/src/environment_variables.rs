//! `environment_variables`: what a function finds in its environment.

use std::{collections::BTreeMap, fmt};

use serde_json::Value;

use crate::{Problem, Refusal, section::Section};

/// How many bytes all names and values of a function may have (AWS Lambda,
/// "Lambda quotas": 4 KB of environment variables).
const MAX_BYTES: usize = 4096;

/// Names that AWS Lambda keeps for itself (AWS Lambda, "Working with Lambda
/// environment variables", "Reserved environment variables").
const RESERVED: [&str; 18] = [
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
];

/// The variables that one place of the file sets.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct EnvironmentVariables(BTreeMap<String, String>);

impl EnvironmentVariables {
    /// The variables by their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The variable's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Adds the variables of a place that takes precedence.
    pub(crate) fn override_with(&mut self, other: &EnvironmentVariables) {
        self.0.extend(
            other
                .0
                .iter()
                .map(|(name, value)| (name.clone(), value.clone())),
        );
    }

    pub(crate) fn read(section: &Section<'_>, problems: &mut Vec<Problem>) -> EnvironmentVariables {
        let read = |name: &str, value: &Value| {
            let Value::String(value) = value else {
                return Err(Refusal::new(
                    "an environment variable is a text",
                    "write its value in quotes, or leave the variable out",
                ));
            };
            check_environment_variable(name, value)?;
            Ok(value.clone())
        };
        let variables = section.secrets(problems, read);
        EnvironmentVariables(
            variables
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }
}

impl fmt::Debug for EnvironmentVariables {
    // Values may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Whether a function can have that variable.
///
/// # Errors
///
/// When the name is none that AWS Lambda takes, or is one that it keeps for
/// itself; and when the value holds a NUL character. The value is not repeated.
pub fn check_environment_variable(name: &str, value: &str) -> Result<(), Refusal> {
    if RESERVED.contains(&name) {
        return Err(Refusal::new(
            "AWS Lambda keeps that environment variable for itself, and refuses a function that sets it",
            "choose another name",
        ));
    }
    let mut characters = name.chars();
    let is_name = name.len() >= 2
        && characters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !is_name {
        return Err(Refusal::new(
            "AWS Lambda takes names of environment variables that are a letter and then letters, digits and `_`, at \
             least one of them",
            "choose another name",
        ));
    }
    if value.contains('\0') {
        return Err(Refusal::new(
            "no environment variable can hold the character NUL",
            "encode the value, as Base64 for example",
        ));
    }
    Ok(())
}

/// Whether a function can have all these variables at once.
///
/// # Errors
///
/// When they are larger than AWS Lambda takes.
pub fn check_environment_variables<'a>(
    variables: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<(), Refusal> {
    let bytes: usize = variables
        .into_iter()
        .map(|(name, value)| name.len() + value.len())
        .sum();
    if bytes <= MAX_BYTES {
        return Ok(());
    }
    Err(Refusal::new(
        format!(
            "the environment variables of a function have {bytes} bytes, and AWS Lambda takes 4 KB"
        ),
        "keep what is large in AWS Systems Manager's Parameter Store, or in Amazon S3, and its name in a variable",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_aws_lambda_sets_without_reserving_it() {
        // "Unreserved environment variables" of the same page.
        for name in [
            "TZ",
            "LANG",
            "PATH",
            "LD_LIBRARY_PATH",
            "AWS_XRAY_DAEMON_ADDRESS",
        ] {
            assert_eq!(check_environment_variable(name, "x"), Ok(()), "{name}");
        }
        for name in RESERVED {
            let refusal = check_environment_variable(name, "x").unwrap_err();
            assert!(refusal.reason.contains("keeps"), "{name}: {refusal}");
        }
    }
}
