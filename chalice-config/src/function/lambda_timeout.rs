//! `lambda_timeout`: how long an invocation may take.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{Refusal, reading::Scalar};

/// For how long AWS Lambda lets an invocation run, in whole seconds, 1 to 900
/// (AWS Lambda, "Configure Lambda function timeout").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LambdaTimeout(u16);

impl LambdaTimeout {
    /// AWS Chalice's default, which is not AWS Lambda's 3 seconds.
    pub const DEFAULT: LambdaTimeout = LambdaTimeout(60);

    /// The longest: 15 minutes.
    pub const MAX: LambdaTimeout = LambdaTimeout(900);

    /// A timeout of that many seconds.
    ///
    /// # Errors
    ///
    /// When AWS Lambda does not take it.
    pub fn new(seconds: u64) -> Result<LambdaTimeout, Refusal> {
        match u16::try_from(seconds) {
            Ok(seconds @ 1..=900) => Ok(LambdaTimeout(seconds)),
            _ => Err(refusal()),
        }
    }

    /// The timeout as a time span.
    pub const fn duration(self) -> Duration {
        Duration::from_secs(self.0 as u64)
    }
}

impl Scalar for LambdaTimeout {
    fn read(value: &Value) -> Result<LambdaTimeout, Refusal> {
        LambdaTimeout::new(value.as_u64().ok_or_else(refusal)?)
    }

    fn schema() -> Value {
        json!({ "type": "integer", "minimum": 1, "maximum": 900, "default": 60 })
    }
}

fn refusal() -> Refusal {
    Refusal::new(
        "AWS Lambda takes a whole number of seconds from 1 to 900 as a function's timeout",
        "write such a number without quotes",
    )
}
