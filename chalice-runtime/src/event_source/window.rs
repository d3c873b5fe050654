//! Windows of aggregation over the records of a stream.

use std::{fmt, time::SystemTime};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use super::{DynamoDbEvent, EventError, KinesisEvent, Source, json, time};

/// Where in a window of aggregation an invocation is, and what the ones before
/// it came to (AWS Lambda, "Implementing stateful Kinesis Data Streams processing in
/// Lambda", and the same of DynamoDB streams).
///
/// A handler with `tumbling_window_in_seconds` is called with the records of one shard and one window, a
/// batch at a time, and returns a [`WindowState`](crate::WindowState), with which the next
/// call within that window begins. The last call is the [final](TumblingWindow::is_final)
/// one, mostly without records.
///
/// ```
/// use chalice_runtime::{KinesisEvent, Result, WindowState};
///
/// async fn count(event: KinesisEvent) -> Result<WindowState<u64>> {
///     let window = event.window::<u64>()?;
///     let count = window.state + event.records().len() as u64;
///     if window.is_final {
///         println!("{count} records between {:?} and {:?}", window.start, window.end);
///     }
///     Ok(WindowState::new(count))
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TumblingWindow<S> {
    /// What the call before this one returned; in a window's first call, `S::default()`.
    pub state: S,
    /// When the window begins.
    pub start: Option<SystemTime>,
    /// When it ends.
    pub end: Option<SystemTime>,
    /// The shard of the records; each has windows of its own.
    pub shard_id: String,
    /// Whether this is the window's last call: what is to be done with the result is done now.
    pub is_final: bool,
    /// Whether AWS Lambda has ended the window before its time, because the state had more than 1 MB.
    pub is_terminated_early: bool,
}

impl<S: DeserializeOwned + Default> TumblingWindow<S> {
    fn read(event: &str, source: Source) -> Result<TumblingWindow<S>, EventError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Fields<'a> {
            window: Option<Bounds>,
            #[serde(borrow)]
            state: Option<&'a RawValue>,
            #[serde(default)]
            shard_id: String,
            #[serde(default)]
            is_final_invoke_for_window: bool,
            #[serde(default)]
            is_window_terminated_early: bool,
        }

        #[derive(Deserialize)]
        struct Bounds {
            #[serde(default)]
            start: String,
            #[serde(default)]
            end: String,
        }

        let fields: Fields<'_> = json::object(event, source)?;
        let Some(Bounds { start, end }) = fields.window else {
            return Err(EventError::new(
                source,
                "it has no `window`, as its event source mapping has no `TumblingWindowInSeconds`"
                    .to_owned(),
            ));
        };
        Ok(TumblingWindow {
            state: state(fields.state).map_err(|error| {
                EventError::new(
                    source,
                    format!("its `state` is not what the handler returns: {error}"),
                )
            })?,
            start: time::rfc3339(&start),
            end: time::rfc3339(&end),
            shard_id: fields.shard_id,
            is_final: fields.is_final_invoke_for_window,
            is_terminated_early: fields.is_window_terminated_early,
        })
    }
}

/// The state of the call before; AWS Lambda begins a window with an empty object.
fn state<S: DeserializeOwned + Default>(state: Option<&RawValue>) -> Result<S, impl fmt::Display> {
    let text = state.map_or("null", RawValue::get);
    let is_empty = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .eq(*b"{}");
    match is_empty || text == "null" {
        true => Ok(S::default()),
        false => serde_json::from_str(text).map_err(|error| json::explain(&error)),
    }
}

macro_rules! windows {
    ($Event:ty, $source:expr) => {
        impl $Event {
            /// Where in its window of aggregation the invocation is; `S` is the state that the handler
            /// returns.
            ///
            /// # Errors
            ///
            /// The event has no window, because its handler has no
            /// `tumbling_window_in_seconds`, or a state that is no `S`.
            pub fn window<S: DeserializeOwned + Default>(
                &self,
            ) -> Result<TumblingWindow<S>, EventError> {
                TumblingWindow::read(self.event_text(), $source)
            }
        }
    };
}

windows!(KinesisEvent, Source::Kinesis);
windows!(DynamoDbEvent, Source::DynamoDb);

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use serde_json::{Value, json, value::to_raw_value};

    use super::*;
    use crate::LambdaContext;

    #[derive(Debug, Default, Deserialize, PartialEq)]
    struct Totals {
        clicks: u32,
    }

    fn window(state: Value) -> Result<TumblingWindow<Totals>, EventError> {
        let event = json!({
            "Records": [],
            "window": { "start": "1970-01-01T00:01:00Z", "end": "1970-01-01T00:02:00Z" },
            "state": state,
            "shardId": "shardId-000000000006",
            "eventSourceARN": "arn:aws:kinesis:us-east-1:123456789012:stream/clicks",
            "isFinalInvokeForWindow": true,
            "isWindowTerminatedEarly": false,
        });
        let event = KinesisEvent::from_raw(to_raw_value(&event).unwrap(), LambdaContext::default());
        event.unwrap().window()
    }

    #[test]
    fn what_the_call_before_returned() {
        let at = |seconds| Some(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(
            window(json!({ "clicks": 7 })).unwrap(),
            TumblingWindow {
                state: Totals { clicks: 7 },
                start: at(60),
                end: at(120),
                shard_id: "shardId-000000000006".to_owned(),
                is_final: true,
                is_terminated_early: false,
            }
        );
        for beginning in [json!({}), Value::Null] {
            assert_eq!(window(beginning).unwrap().state, Totals::default());
        }
        let error = window(json!({ "clicks": "secret" })).unwrap_err();
        assert!(error.reason().contains("`state`"), "{error}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }

    #[test]
    fn an_event_without_a_window() {
        let event = to_raw_value(&json!({ "Records": [] })).unwrap();
        let event = DynamoDbEvent::from_raw(event, LambdaContext::default()).unwrap();
        let error = event.window::<Totals>().unwrap_err();
        assert!(error.reason().contains("no `window`"), "{error}");
    }
}
