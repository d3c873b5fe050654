//! Errors of functions, from what handlers return to what AWS Lambda gets.

use std::error::Error;

use serde_json::{json, value::to_raw_value};

use super::*;
use crate::{HttpError, LambdaContext, S3Event, SqsEvent, StreamingBody, event::EventText};

#[derive(Debug, thiserror::Error)]
#[error("{article} is sold out")]
struct SoldOut<T: std::fmt::Debug> {
    article: T,
    #[source]
    source: std::io::Error,
}

fn sold_out() -> SoldOut<&'static str> {
    SoldOut {
        article: "tea",
        source: std::io::Error::other("no disk"),
    }
}

#[test]
fn an_error_gives_the_name_of_its_type() {
    let error = FunctionError::from(sold_out());
    assert_eq!(error.error_type(), "SoldOut");
    assert_eq!(error.message(), "tea is sold out");
    assert_eq!(error.cause().unwrap().to_string(), "no disk");
    let error = FunctionError::from(std::io::Error::other("no disk"));
    assert_eq!(error.error_type(), "std::io::error::Error");
    assert!(error.cause().is_none());
}

#[test]
fn errors_keep_type_and_message_on_their_way() {
    let of_route: HttpError = sold_out().into();
    let error = FunctionError::from(of_route);
    assert_eq!((error.error_type(), error.status()), ("SoldOut", None));
    assert_eq!(error.cause().unwrap().to_string(), "no disk");
    let back = HttpError::from(error);
    assert_eq!(back.status(), 500);
    assert_eq!(
        FunctionError::from(back).to_string(),
        "SoldOut: tea is sold out"
    );
    let chosen = FunctionError::from(HttpError::conflict("sold out").with_cause("count is 0"));
    assert_eq!(chosen.to_string(), "ConflictError: sold out");
    assert_eq!(chosen.cause().unwrap().to_string(), "count is 0");
    let back = HttpError::from(chosen);
    assert_eq!(
        (back.status().as_u16(), back.code()),
        (409, "ConflictError")
    );
}

#[expect(
    clippy::needless_borrow,
    reason = "as generated code, which knows no type, writes it"
)]
#[test]
fn the_return_type_says_whether_a_handler_can_fail() {
    let plain = (&&&Returned::<u8>::NEW).converter();
    assert_eq!(plain(1).unwrap(), 1);
    let typed = (&&&Returned::<Result<u8, std::io::Error>>::NEW).converter();
    assert_eq!(
        typed(Err(std::io::Error::other("no disk")))
            .unwrap_err()
            .message(),
        "no disk"
    );
    let boxed = (&&&Returned::<Result<u8, Box<dyn Error + Send + Sync>>>::NEW).converter();
    assert_eq!(
        boxed(Err("boxed".into())).unwrap_err().error_type(),
        "Error"
    );
}

#[test]
fn messages_and_debug_output_repeat_nothing_of_an_event() {
    let raw = to_raw_value(&json!({ "age": "secret" })).unwrap();
    let context = LambdaContext::from(lambda_runtime::Context::default());
    let event = LambdaFunctionEvent::from_raw(raw, context);
    let error = event
        .parse::<std::collections::HashMap<String, u8>>()
        .unwrap_err();
    assert_eq!(
        error.message(),
        "the event is not what the function takes: invalid type, expected u8 at line 1 column 15"
    );
    assert!(!format!("{event:?}").contains("secret"), "{event:?}");
    let unread = Unread::new(event.raw().to_owned().into(), event.context().clone());
    assert!(!format!("{unread:?}").contains("secret"), "{unread:?}");
}

#[test]
fn what_is_no_json_is_a_malformed_event() {
    for event in ["{\"Records\": [", "secret"] {
        let event = || EventText::try_from(bytes::Bytes::from(event)).unwrap();
        let context = LambdaContext::default;
        for error in [
            Unread::new(event(), context()).read::<LambdaFunctionEvent>(),
            Unread::new(event(), context()).read::<SqsEvent>(),
            Unread::new(event(), context()).read::<S3Event>(),
        ] {
            let error = error.unwrap_err();
            assert_eq!(error.error_type(), "Chalice.MalformedEvent");
            assert!(error.message().contains(" at line 1 column "), "{error}");
            assert!(!error.message().contains("secret"), "{error}");
        }
    }
}

#[test]
fn a_websocket_answer_is_not_a_stream() {
    let stream = StreamingBody::written_by(async |chunks| {
        chunks.send("lost").await?;
        Ok(())
    });
    let error = Answered::<Answer>::new(Ok(stream)).unwrap_err();
    assert_eq!(error.error_type(), "Chalice.MalformedAnswer");
    assert!(error.message().contains("a stream"), "{error}");
    let answer = Answered::<Answer>::new(Ok("whole")).unwrap();
    let answer: serde_json::Value = answer.into_response().parse().unwrap();
    assert_eq!(answer["body"], "whole");
}
