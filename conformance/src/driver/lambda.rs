//! Events of a REST API, to the function that answers the routes.

use chalice::{Application, test::Client};
use serde_json::Value;

use super::{DriverError, context};
use crate::output::{Answer, Output};

pub(super) async fn drive<A: Application>(
    client: &Client<A>,
    event: &Value,
) -> Result<Output, DriverError> {
    let function = client.lambda("api_handler").context(context());
    match function.invoke(event).await {
        Ok(answer) => Ok(Output::Answer(Answer::of_function(&answer)?)),
        Err(error) => Ok(Output::Failure {
            kind: error.error_type,
            message: error.error_message,
        }),
    }
}
