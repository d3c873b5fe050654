//! `provisioned_concurrency`: how many execution environments of a function are kept ready.

use serde_json::{Value, json};

use crate::{
    Problem, Refusal,
    reading::{Given, Setting, text_setting},
};

text_setting! {
    /// The name of a function's alias: 1 to 128 letters, digits, `-` and `_`, not digits alone,
    /// which would be a version (AWS Lambda, "CreateAlias").
    pub struct AliasName;
    pattern: "(?![0-9]+$)[A-Za-z0-9_-]{1,128}",
    is_taken: |name| (1..=128).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        && !name.bytes().all(|byte| byte.is_ascii_digit()),
    refusal: "AWS Lambda takes 1 to 128 letters, digits, `-` and `_` as the name of an alias, and not digits alone",
    "write such a name, for example \"live\"",
}

impl Default for AliasName {
    fn default() -> AliasName {
        AliasName("live".to_owned())
    }
}

/// Execution environments that AWS Lambda keeps ready for an alias of the function, so that
/// invocations through it have no cold start; they cost money whether used or not (AWS Lambda,
/// "Configuring provisioned concurrency for a function").
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProvisionedConcurrency {
    /// How many, at least 1.
    pub concurrent_executions: u32,
    /// The alias that has them, and through which the function is then invoked.
    pub alias: AliasName,
}

impl Setting for ProvisionedConcurrency {
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<ProvisionedConcurrency> {
        if !given.value.is_object() {
            let concurrent_executions = executions(given, problems)?;
            return Some(ProvisionedConcurrency {
                concurrent_executions,
                alias: AliasName::default(),
            });
        }
        let section = given.section(problems)?;
        section.no_keys_but(&["concurrent_executions", "alias"], problems);
        let alias = section.setting("alias", problems);
        let Some(number) = section.given("concurrent_executions") else {
            given.refuse(refusal(), problems);
            return None;
        };
        Some(ProvisionedConcurrency {
            concurrent_executions: executions(&number, problems)?,
            alias: alias.unwrap_or_default(),
        })
    }

    fn schema() -> Value {
        let executions = json!({ "type": "integer", "minimum": 1, "maximum": i32::MAX });
        json!({
            "anyOf": [
                executions,
                {
                    "type": "object",
                    "properties": {
                        "concurrent_executions": executions,
                        "alias": <AliasName as Setting>::schema(),
                    },
                    "required": ["concurrent_executions"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}

fn executions(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<u32> {
    let executions = given.value.as_u64().filter(|executions| *executions > 0);
    let executions = executions.and_then(|executions| i32::try_from(executions).ok());
    if executions.is_none() {
        given.refuse(refusal(), problems);
    }
    executions.map(i32::unsigned_abs)
}

fn refusal() -> Refusal {
    Refusal::new(
        "AWS Lambda keeps a whole number of execution environments ready, at least 1",
        "write such a number, or `{ \"concurrent_executions\": 5, \"alias\": \"live\" }`; without the setting, none is",
    )
}
