//! The environment variables that AWS Lambda starts a runtime with: AWS,
//! "Working with Lambda environment variables", section "Defined runtime
//! environment variables".

use super::StartError;

/// What the environment says, read once.
#[derive(Debug)]
pub(super) struct Environment {
    runtime_api: Option<String>,
    handler: Option<String>,
    function_name: Option<String>,
    function_version: Option<String>,
    memory_size: Option<String>,
    max_concurrency: Option<String>,
}

impl Environment {
    /// Reads the variables with `get`.
    pub(super) fn new(get: impl Fn(&str) -> Option<String>) -> Environment {
        let get = |name: &str| get(name).filter(|value| !value.is_empty());
        Environment {
            runtime_api: get("AWS_LAMBDA_RUNTIME_API"),
            handler: get("_HANDLER"),
            function_name: get("AWS_LAMBDA_FUNCTION_NAME"),
            function_version: get("AWS_LAMBDA_FUNCTION_VERSION"),
            memory_size: get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"),
            max_concurrency: get("AWS_LAMBDA_MAX_CONCURRENCY"),
        }
    }

    /// Host and port of the Runtime API; only AWS Lambda, and what stands in for it, sets it.
    pub(super) fn runtime_api(&self) -> Option<&str> {
        self.runtime_api.as_deref()
    }

    /// The function's configured handler.
    pub(super) fn handler(&self) -> Option<&str> {
        self.handler.as_deref()
    }

    /// How many events Lambda sends at a time.
    pub(super) fn concurrency(&self) -> usize {
        self.max_concurrency
            .as_deref()
            .and_then(|count| count.parse().ok())
            .unwrap_or(1)
    }

    /// Checks the variables that `lambda_runtime` panics without.
    pub(super) fn check(&self) -> Result<(), StartError> {
        required("AWS_LAMBDA_FUNCTION_NAME", &self.function_name)?;
        required("AWS_LAMBDA_FUNCTION_VERSION", &self.function_version)?;
        let memory = required("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", &self.memory_size)?;
        if memory.parse::<i32>().is_err() {
            return Err(StartError::Environment {
                variable: "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                problem: format!("is `{memory}`, which is not a number of megabytes"),
            });
        }
        let api = required("AWS_LAMBDA_RUNTIME_API", &self.runtime_api)?;
        if api.parse::<http::uri::Authority>().is_err() {
            return Err(StartError::Environment {
                variable: "AWS_LAMBDA_RUNTIME_API",
                problem: format!("is `{api}`, which is not of the form `host:port`"),
            });
        }
        Ok(())
    }
}

fn required<'a>(variable: &'static str, value: &'a Option<String>) -> Result<&'a str, StartError> {
    value.as_deref().ok_or_else(|| StartError::Environment {
        variable,
        problem: "is not set".to_owned(),
    })
}
