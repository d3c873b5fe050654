//! `app_name`: the first part of the names of the app's resources.

use chalice_core::name;
use serde_json::{Value, json};

use crate::{Refusal, reading::Scalar};

/// The name of the app: letters, digits, `-` and `_`, at most 60, since a function's name,
/// `<app>-<stage>-<function>`, has at most 64 (AWS Lambda, "CreateFunction").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AppName(String);

impl AppName {
    /// An app of that name.
    ///
    /// # Errors
    ///
    /// When AWS Lambda does not take it in names of functions.
    pub fn new(name: impl Into<String>) -> Result<AppName, Refusal> {
        let name = name.into();
        match name::problem(&name) {
            None => Ok(AppName(name)),
            Some(problem) => Err(Refusal::new(
                format!("it is a part of the names of AWS resources, and {problem}"),
                "write the name that `#[app]` has in the code",
            )),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands for the name of an app whose file says none that could be one.
    pub(crate) fn unknown() -> AppName {
        AppName("app".to_owned())
    }

    /// Why there has to be one.
    pub(crate) fn missing() -> Refusal {
        Refusal::new(
            "the names of all AWS resources of the app begin with it",
            "write `\"app_name\": \"..\"` with the name that `#[app]` has in the code",
        )
    }
}

impl Scalar for AppName {
    fn read(value: &Value) -> Result<AppName, Refusal> {
        match value.as_str() {
            Some(name) => AppName::new(name),
            None => Err(AppName::missing()),
        }
    }

    fn schema() -> Value {
        json!({ "type": "string", "pattern": "^[A-Za-z0-9_-]{1,60}$" })
    }
}
