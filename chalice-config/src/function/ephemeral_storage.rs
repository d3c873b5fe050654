//! `ephemeral_storage`: how large a function's `/tmp` is.

use serde_json::{Value, json};

use crate::{Refusal, reading::Scalar};

/// A function's `/tmp` in MB, 512 to 10,240 (AWS Lambda, "Configure ephemeral storage
/// for Lambda functions").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EphemeralStorage(u16);

impl EphemeralStorage {
    /// AWS Lambda's default.
    pub const DEFAULT: EphemeralStorage = EphemeralStorage(512);

    /// That many MB.
    ///
    /// # Errors
    ///
    /// When AWS Lambda does not take it.
    pub fn new(megabytes: u64) -> Result<EphemeralStorage, Refusal> {
        match u16::try_from(megabytes) {
            Ok(megabytes @ 512..=10_240) => Ok(EphemeralStorage(megabytes)),
            _ => Err(refusal()),
        }
    }

    /// The size in MB.
    pub const fn megabytes(self) -> u16 {
        self.0
    }
}

impl Scalar for EphemeralStorage {
    fn read(value: &Value) -> Result<EphemeralStorage, Refusal> {
        EphemeralStorage::new(value.as_u64().ok_or_else(refusal)?)
    }

    fn schema() -> Value {
        json!({ "type": "integer", "minimum": 512, "maximum": 10_240, "default": 512 })
    }
}

fn refusal() -> Refusal {
    Refusal::new(
        "AWS Lambda takes a whole number of megabytes from 512 to 10240 as the size of /tmp",
        "write such a number without quotes",
    )
}
