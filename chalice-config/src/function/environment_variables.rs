//! `environment_variables`: what a function finds in its environment.

use std::{collections::BTreeMap, fmt};

use serde_json::{Value, json};

use crate::{
    Problem, Refusal,
    reading::{Given, Setting, filled_pattern},
};

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

/// The variables that a place of the file sets, or that a function has.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct EnvironmentVariables(BTreeMap<String, EnvironmentValue>);

/// What a variable holds.
#[derive(Clone, PartialEq, Eq)]
pub enum EnvironmentValue {
    /// A text.
    Text(String),
    /// A parameter of AWS Systems Manager's Parameter Store, as it is when the stage is deployed.
    Ssm(SsmReference),
    /// A secret of AWS Secrets Manager, as it is when the stage is deployed.
    SecretsManager(SecretsManagerReference),
}

/// A parameter in plain text of the Parameter Store (AWS CloudFormation, "Get a plaintext value
/// from Systems Manager Parameter Store").
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SsmReference {
    /// Its name, such as `/shop/dev/table`.
    pub name: String,
    /// Its version; without, the latest.
    pub version: Option<u32>,
}

/// A secret (AWS CloudFormation, "Get a secret or secret value from Secrets Manager").
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecretsManagerReference {
    /// Its name or ARN.
    pub secret_id: String,
    /// The member of the JSON object that the secret is; without, the secret itself.
    pub key: Option<String>,
}

impl EnvironmentVariables {
    /// The variables by their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &EnvironmentValue)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The variables whose values stand in the file, by their names: those that are known without AWS.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.iter()
            .filter_map(|(name, value)| Some((name, value.text()?)))
    }

    /// The variable's value.
    pub fn get(&self, name: &str) -> Option<&EnvironmentValue> {
        self.0.get(name)
    }
}

impl EnvironmentValue {
    /// The value, if it stands in the file.
    pub fn text(&self) -> Option<&str> {
        match self {
            EnvironmentValue::Text(text) => Some(text),
            EnvironmentValue::Ssm(_) | EnvironmentValue::SecretsManager(_) => None,
        }
    }
}

impl Setting for EnvironmentVariables {
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<EnvironmentVariables> {
        let section = given.section(problems)?;
        let mut variables = BTreeMap::new();
        for (name, given) in section.all() {
            if let Err(refusal) = check_name(name) {
                given.refuse_secret(refusal, problems);
                continue;
            }
            if let Some(value) = EnvironmentValue::read(&given, problems) {
                variables.insert(name.to_owned(), value);
            }
        }
        Some(EnvironmentVariables(variables))
    }

    fn schema() -> Value {
        json!({
            "type": "object",
            "propertyNames": { "pattern": "^[A-Za-z][A-Za-z0-9_]+$", "not": { "enum": RESERVED } },
            "additionalProperties": EnvironmentValue::schema(),
        })
    }

    fn within(self, outer: EnvironmentVariables) -> EnvironmentVariables {
        let mut variables = outer;
        variables.0.extend(self.0);
        variables
    }
}

impl EnvironmentValue {
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<EnvironmentValue> {
        match given.value {
            Value::String(text) => match check_text(text) {
                Ok(()) => Some(EnvironmentValue::Text(text.clone())),
                Err(refusal) => {
                    given.refuse_secret(refusal, problems);
                    None
                }
            },
            Value::Object(_) => EnvironmentValue::read_reference(given, problems),
            _ => {
                given.refuse_secret(no_text(), problems);
                None
            }
        }
    }

    fn read_reference(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<EnvironmentValue> {
        let section = given.section(problems)?;
        let text = |key: &str, pattern: fn(char) -> bool| {
            section
                .given(key)
                .and_then(|given| given.value.as_str().map(str::to_owned))
                .filter(|text| !text.is_empty() && text.chars().all(pattern))
        };
        let has = |key: &str| section.given(key).is_some();
        let value = match (has("ssm"), has("secrets_manager")) {
            (true, false) => {
                section.no_keys_but(&["ssm", "version"], problems);
                let version = section.given("version").map(|given| given.value.as_u64());
                let version = match version.map(|number| u32::try_from(number?).ok()) {
                    None => Some(None),
                    Some(Some(0) | None) => None,
                    Some(version) => Some(version),
                };
                let name = text("ssm", |c| c.is_ascii_alphanumeric() || "_.-/".contains(c));
                name.zip(version)
                    .map(|(name, version)| EnvironmentValue::Ssm(SsmReference { name, version }))
            }
            (false, true) => {
                section.no_keys_but(&["secrets_manager", "key"], problems);
                let secret_id = text("secrets_manager", |c| {
                    c.is_ascii_alphanumeric() || "/_+=.@-:".contains(c)
                });
                // The colon parts a dynamic reference of AWS CloudFormation.
                let key = match has("key") {
                    false => Some(None),
                    true => text("key", |c| !c.is_control() && !":{}".contains(c)).map(Some),
                };
                secret_id.zip(key).map(|(secret_id, key)| {
                    EnvironmentValue::SecretsManager(SecretsManagerReference { secret_id, key })
                })
            }
            _ => None,
        };
        if value.is_none() {
            given.refuse_secret(no_text(), problems);
        }
        value
    }

    fn schema() -> Value {
        json!({
            "anyOf": [
                { "type": "string", "description": "Holds `${stage}` and `${app}` for their names." },
                {
                    "type": "object",
                    "description": "A parameter of AWS Systems Manager's Parameter Store, read at deployment.",
                    "properties": {
                        "ssm": { "type": "string", "pattern": filled_pattern("[A-Za-z0-9_./-]+") },
                        "version": { "type": "integer", "minimum": 1, "maximum": u32::MAX },
                    },
                    "required": ["ssm"],
                    "additionalProperties": false,
                },
                {
                    "type": "object",
                    "description": "A secret of AWS Secrets Manager, or a member of one, read at deployment.",
                    "properties": {
                        "secrets_manager": {
                            "type": "string",
                            "pattern": filled_pattern("[A-Za-z0-9/_+=.@:-]+"),
                        },
                        "key": { "type": "string", "pattern": filled_pattern("[^:{}]+") },
                    },
                    "required": ["secrets_manager"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}

fn no_text() -> Refusal {
    Refusal::new(
        "an environment variable is a text, or refers to one: `{ \"ssm\": \"/path\" }` to a parameter of AWS Systems \
         Manager, `{ \"secrets_manager\": \"name\", \"key\": \"member\" }` to a secret",
        "write its value in quotes, or leave the variable out",
    )
}

impl fmt::Debug for EnvironmentVariables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(&self.0).finish()
    }
}

impl fmt::Debug for EnvironmentValue {
    // Texts may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EnvironmentValue::Text(_) => f.write_str("Text(..)"),
            EnvironmentValue::Ssm(reference) => reference.fmt(f),
            EnvironmentValue::SecretsManager(reference) => reference.fmt(f),
        }
    }
}

/// Whether a function can have that variable.
///
/// # Errors
///
/// When the name is none that AWS Lambda takes, or is one that it keeps for
/// itself; and when the value holds a NUL character. The value is not repeated.
pub fn check_environment_variable(name: &str, value: &str) -> Result<(), Refusal> {
    check_name(name)?;
    check_text(value)
}

fn check_name(name: &str) -> Result<(), Refusal> {
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
    Ok(())
}

fn check_text(value: &str) -> Result<(), Refusal> {
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
