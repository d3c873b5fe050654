//! `lambda_memory_size`: how much memory a function has, and with it, how much of a processor.

use serde_json::{Value, json};

use crate::{Refusal, reading::Scalar};

/// A function's memory in MB, 128 to 10,240 (AWS Lambda, "Configure Lambda
/// function memory").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LambdaMemorySize(u16);

impl LambdaMemorySize {
    /// The default of AWS Lambda and of AWS Chalice.
    pub const DEFAULT: LambdaMemorySize = LambdaMemorySize(128);

    /// That many MB.
    ///
    /// # Errors
    ///
    /// When AWS Lambda does not take it.
    pub fn new(megabytes: u64) -> Result<LambdaMemorySize, Refusal> {
        match u16::try_from(megabytes) {
            Ok(megabytes @ 128..=10_240) => Ok(LambdaMemorySize(megabytes)),
            _ => Err(refusal()),
        }
    }

    /// The memory in MB.
    pub const fn megabytes(self) -> u16 {
        self.0
    }
}

impl Scalar for LambdaMemorySize {
    fn read(value: &Value) -> Result<LambdaMemorySize, Refusal> {
        LambdaMemorySize::new(value.as_u64().ok_or_else(refusal)?)
    }

    fn schema() -> Value {
        json!({ "type": "integer", "minimum": 128, "maximum": 10_240, "default": 128 })
    }
}

fn refusal() -> Refusal {
    Refusal::new(
        "AWS Lambda takes a whole number of megabytes from 128 to 10240 as a function's memory",
        "write such a number without quotes",
    )
}
