//! Events of type `TOKEN`, to the authorizer.

use chalice::{Application, test::Client};
use serde_json::Value;

use super::context;
use crate::output::Output;

pub(super) async fn drive<A: Application>(client: &Client<A>, event: &Value) -> Output {
    match client.lambda("auth").context(context()).invoke(event).await {
        Ok(policy) => Output::Policy(policy),
        Err(error) => Output::Failure {
            kind: error.error_type,
            message: error.error_message,
        },
    }
}
