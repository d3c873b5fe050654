//! What the handler of a batch within a window of aggregation returns.

use serde::Serialize;

use super::{
    Answered, BatchItemFailures, BatchReport, FunctionError, FunctionResponse, FunctionResult,
};

/// What the records of a window come to so far, for the next call of its handler:
/// [`TumblingWindow::state`](crate::TumblingWindow::state). As JSON at most 1 MB per shard.
///
/// The state may come with records that have not been handled, as
/// [`BatchItemFailures`]; an error is the failure of the whole batch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WindowState<S> {
    state: S,
    #[serde(flatten)]
    failures: BatchItemFailures,
}

impl<S> WindowState<S> {
    /// The state, after every record has been handled.
    pub fn new(state: S) -> WindowState<S> {
        WindowState {
            state,
            failures: BatchItemFailures::new(),
        }
    }

    /// The same state, without these records.
    #[must_use]
    pub fn with_failures(self, failures: BatchItemFailures) -> WindowState<S> {
        WindowState { failures, ..self }
    }
}

/// What a handler within a window can return, by itself or in a `Result`.
#[diagnostic::on_unimplemented(
    message = "a handler within a tumbling window returns a `WindowState<S>`, and not a `{Self}`",
    label = "without a state, AWS Lambda takes the invocation for a failed one",
    note = "`S` has to implement `serde::Serialize`: `#[derive(Serialize)]`"
)]
pub trait IntoWindowResponse {
    /// The response.
    fn into_window_response(self) -> FunctionResult;
}

impl<S: Serialize> IntoWindowResponse for WindowState<S> {
    fn into_window_response(self) -> FunctionResult {
        FunctionResponse::new(&self)
    }
}

/// What handlers of some kind return: those that take a whole batch.
#[diagnostic::on_unimplemented(
    message = "a handler within a tumbling window takes the whole event, and not one record at a time",
    label = "it returns the window's state once per batch: `KinesisEvent` or `DynamoDbEvent` is what it takes"
)]
pub trait OfWholeBatch {}

impl OfWholeBatch for BatchReport {}

/// The response of what a handler within a window returned: where a type is reported that
/// has no state.
pub fn answer_in_window<Kind: OfWholeBatch, T: IntoWindowResponse>(
    returned: Result<T, FunctionError>,
) -> Result<Answered<Kind>, FunctionError> {
    returned?.into_window_response().map(Answered::of)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn state_and_failures() {
        let state = WindowState::new(BTreeMap::from([("clicks", 7)]));
        let response =
            answer_in_window::<BatchReport, _>(Ok(state.clone())).map(Answered::into_response);
        assert_eq!(
            response.unwrap().get(),
            r#"{"state":{"clicks":7},"batchItemFailures":[]}"#
        );
        let failed = state.with_failures(BatchItemFailures::from_iter(["42"]));
        assert_eq!(
            serde_json::to_string(&failed).unwrap(),
            r#"{"state":{"clicks":7},"batchItemFailures":[{"itemIdentifier":"42"}]}"#
        );
        let error = FunctionError::new("SoldOut", "nothing is left");
        assert!(answer_in_window::<BatchReport, WindowState<u8>>(Err(error)).is_err());
    }
}
