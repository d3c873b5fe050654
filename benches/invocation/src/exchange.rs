//! From the bytes of an event to the bytes of its answer.

use std::fmt::Debug;

use lambda_runtime::{Context, LambdaEvent, Service};
use serde::{Serialize, de::DeserializeOwned};

use crate::ready;

/// The answer, or in one sentence why there is none.
pub type Exchanged = Result<Vec<u8>, String>;

/// One invocation. Nothing that is measured here waits for anything, so one poll is enough.
pub fn exchange<S, P>(service: &mut S, event: &[u8], context: Context) -> Exchanged
where
    S: Service<LambdaEvent<P>, Response: Serialize, Error: Debug>,
    P: DeserializeOwned,
{
    let mut json = serde_json::Deserializer::from_slice(event);
    let payload: P = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| format!("the event was not understood: {error}"))?;
    match ready(service.call(LambdaEvent::new(payload, context))) {
        Some(Ok(answer)) => serde_json::to_vec(&answer)
            .map_err(|error| format!("the answer cannot be written: {error}")),
        Some(Err(error)) => Err(format!("the invocation failed: {error:?}")),
        None => Err("the service waits for something".to_owned()),
    }
}
