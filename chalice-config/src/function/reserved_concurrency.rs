//! `reserved_concurrency`: how many of a function's invocations may run at once.

use serde_json::{Value, json};

use crate::{Refusal, reading::Scalar};

/// How many invocations of a function may run at the same time, of those that the account
/// has; 0 stops the function (AWS Lambda, "Configuring reserved concurrency for a function").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReservedConcurrency(u32);

impl ReservedConcurrency {
    /// That many invocations.
    pub const fn new(executions: u32) -> ReservedConcurrency {
        ReservedConcurrency(executions)
    }

    /// How many invocations.
    pub const fn executions(self) -> u32 {
        self.0
    }
}

impl Scalar for ReservedConcurrency {
    fn read(value: &Value) -> Result<ReservedConcurrency, Refusal> {
        // AWS Lambda's own type is a signed integer of 32 bits.
        let executions = value
            .as_u64()
            .and_then(|executions| i32::try_from(executions).ok());
        match executions {
            Some(executions) => Ok(ReservedConcurrency(executions.unsigned_abs())),
            None => Err(Refusal::new(
                "AWS Lambda reserves a whole number of concurrent executions, 0 or more, and keeps 100 of an account's \
                 1000 for all other functions",
                "write such a number without quotes; 0 stops the function, and without the setting nothing is reserved",
            )),
        }
    }

    fn schema() -> Value {
        json!({ "type": "integer", "minimum": 0, "maximum": i32::MAX })
    }
}
