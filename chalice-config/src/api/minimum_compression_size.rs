//! `minimum_compression_size`: from which size on the REST API compresses answers.

use serde_json::{Value, json};

use crate::{Refusal, reading::Scalar};

/// The size in bytes, 0 to 10,485,760, from which on Amazon API Gateway compresses an answer
/// ("Enable payload compression for an API").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MinimumCompressionSize(u32);

impl MinimumCompressionSize {
    const MAX: u32 = 10_485_760;

    /// That many bytes.
    ///
    /// # Errors
    ///
    /// When Amazon API Gateway does not take it.
    pub fn new(bytes: u64) -> Result<MinimumCompressionSize, Refusal> {
        match u32::try_from(bytes) {
            Ok(bytes) if bytes <= MinimumCompressionSize::MAX => Ok(MinimumCompressionSize(bytes)),
            _ => Err(refusal()),
        }
    }

    /// The size in bytes.
    pub const fn bytes(self) -> u32 {
        self.0
    }
}

impl Scalar for MinimumCompressionSize {
    fn read(value: &Value) -> Result<MinimumCompressionSize, Refusal> {
        MinimumCompressionSize::new(value.as_u64().ok_or_else(refusal)?)
    }

    fn schema() -> Value {
        json!({ "type": "integer", "minimum": 0, "maximum": MinimumCompressionSize::MAX })
    }
}

fn refusal() -> Refusal {
    Refusal::new(
        format!(
            "Amazon API Gateway takes a whole number of bytes from 0 to {} as the least size that it compresses",
            MinimumCompressionSize::MAX
        ),
        "write such a number without quotes; without the setting, it compresses nothing",
    )
}
