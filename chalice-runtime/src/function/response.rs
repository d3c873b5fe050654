//! What an invocation of a function comes to.

use std::fmt;

use serde::{Serialize, Serializer, de::DeserializeOwned};
use serde_json::value::{RawValue, to_raw_value};

use super::FunctionError;

/// What `next.run(event)` gives a middleware of any kind but `http` and `all`, and what it returns.
pub type FunctionResult = Result<FunctionResponse, FunctionError>;

/// What a function answers to whoever invoked it: any JSON.
///
/// For event sources it means little: Amazon SQS, Kinesis and DynamoDB look
/// for `batchItemFailures` in it, API Gateway for a status.
#[derive(Clone)]
pub struct FunctionResponse(Box<RawValue>);

impl FunctionResponse {
    /// The response `null`.
    pub fn null() -> FunctionResponse {
        FunctionResponse(RawValue::NULL.to_owned())
    }

    /// The response that is `value`, as JSON.
    ///
    /// # Errors
    ///
    /// When JSON cannot express the value, as with maps whose keys are no texts:
    /// `Chalice.MalformedAnswer`.
    pub fn new<T: Serialize + ?Sized>(value: &T) -> FunctionResult {
        match to_raw_value(value) {
            Ok(json) => Ok(FunctionResponse(json)),
            Err(error) => Err(FunctionError::new(
                "Chalice.MalformedAnswer",
                format!("what the function returned cannot be written as JSON: {error}"),
            )),
        }
    }

    /// The JSON.
    pub fn get(&self) -> &str {
        self.0.get()
    }

    /// The response as a `T`.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.0.get())
    }

    pub(crate) fn into_raw(self) -> Box<RawValue> {
        self.0
    }
}

impl Default for FunctionResponse {
    fn default() -> FunctionResponse {
        FunctionResponse::null()
    }
}

impl Serialize for FunctionResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl fmt::Debug for FunctionResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FunctionResponse")
            .field(&self.get())
            .finish()
    }
}
