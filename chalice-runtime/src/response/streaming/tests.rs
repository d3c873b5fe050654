use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::Waker,
};

use futures_util::{FutureExt, StreamExt, stream};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{contained::*, prelude::Streamed, transfer::Transfer, *};
use crate::{event::Kind, response::wire::Reply};

fn reply(kind: Kind, response: Response) -> Reply {
    Reply {
        kind,
        response,
        binary_types: chalice_core::binary_types::binary_types(None),
        transfer: Transfer::Streamed,
    }
}

/// What a stream that never waits sends.
fn sent(mut streamed: Streamed) -> (Vec<Bytes>, bool) {
    let mut chunks = Vec::new();
    loop {
        match streamed.poll_chunk(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Some(Ok(chunk))) => chunks.push(chunk),
            Poll::Ready(Some(Err(EndedEarly))) => return (chunks, false),
            Poll::Ready(None) => return (chunks, true),
            Poll::Pending => panic!("it waits"),
        }
    }
}

fn sent_by(body: StreamingBody) -> (Vec<Bytes>, bool) {
    sent(Streamed::new(reply(Kind::RestApi, body.into_response())))
}

fn prelude(kind: Kind, response: Response) -> Value {
    let streamed = Streamed::new(reply(kind, response));
    let (json, delimiter) = streamed.prelude.split_at(streamed.prelude.len() - 8);
    assert_eq!(delimiter, [0; 8]);
    serde_json::from_slice(json).unwrap()
}

#[test]
fn the_prelude_has_status_and_headers() {
    let response = || {
        Response::json(&17)
            .with_status(StatusCode::ACCEPTED)
            .with_appended_header("set-cookie", "a=1")
            .with_appended_header("set-cookie", "b=2")
            .with_appended_header("vary", "origin")
            .with_appended_header("vary", "accept")
    };
    assert_eq!(
        prelude(Kind::RestApi, response()),
        json!({
            "statusCode": 202,
            "headers": { "content-type": "application/json" },
            "multiValueHeaders": { "set-cookie": ["a=1", "b=2"], "vary": ["origin", "accept"] },
        })
    );
    assert_eq!(
        prelude(Kind::FunctionUrl, response()),
        json!({
            "statusCode": 202,
            "headers": { "content-type": "application/json", "vary": "origin, accept" },
            "cookies": ["a=1", "b=2"],
        })
    );
    assert_eq!(
        prelude(Kind::FunctionUrl, Response::new(StatusCode::NO_CONTENT)),
        json!({ "statusCode": 204, "headers": {} })
    );
}

#[test]
fn headers_that_the_gateway_would_not_read_are_a_500() {
    let long = Response::text("x").with_header("x-long", "a".repeat(16 * 1024));
    let streamed = Streamed::new(reply(Kind::RestApi, long));
    assert!(streamed.prelude.starts_with(br#"{"statusCode":500,"#));
    let (body, is_whole) = sent(streamed);
    assert!(body[0].starts_with(br#"{"Code":"InternalServerError""#) && is_whole);
}

#[test]
fn an_ordinary_body_is_one_chunk() {
    let of = |response| sent(Streamed::new(reply(Kind::RestApi, response)));
    assert_eq!(of(Response::text("hello")), (vec!["hello".into()], true));
    assert_eq!(of(Response::new(StatusCode::OK)), (vec![], true));
}

#[test]
fn an_async_function_writes_while_it_is_read() {
    let body = StreamingBody::written_by(|chunks| async move {
        for number in 0..5 {
            chunks.send(number.to_string()).await?;
        }
        Ok(())
    });
    let (chunks, is_whole) = sent_by(body);
    assert_eq!((chunks.concat(), is_whole), (b"01234".to_vec(), true));
    assert_eq!(chunks.len(), 5);
}

#[test]
fn what_goes_wrong_comes_behind_what_was_sent() {
    type Body = StreamingBody;
    let bodies: [fn() -> StreamingBody; 5] = [
        || {
            Body::written_by(|chunks| async move {
                chunks.send("part").await?;
                Err(std::io::Error::other("the disk is on fire"))?
            })
        },
        || {
            Body::written_by(|chunks| async move {
                chunks.send("part").await?;
                panic!("out of paper")
            })
        },
        || {
            let chunks = [
                Ok("part"),
                Err(std::io::Error::other("on fire")),
                Ok("more"),
            ];
            Body::new(stream::iter(chunks))
        },
        || {
            let (chunks, body) = Body::channel();
            chunks.send("part").now_or_never().unwrap().unwrap();
            std::thread::spawn(move || {
                let _chunks = chunks;
                panic!("out of threads")
            })
            .join()
            .unwrap_err();
            body
        },
        || {
            Body::written_by(|chunks| async move {
                chunks.send("part").await?;
                chunks.fail("no more").await?;
                Ok(())
            })
        },
    ];
    for body in bodies {
        assert_eq!(sent_by(body()), (vec!["part".into()], false));
    }
}

#[test]
fn a_body_that_nobody_reads_is_dropped_with_its_writer() {
    struct OnDrop(Arc<AtomicBool>);
    impl Drop for OnDrop {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let dropped = Arc::new(AtomicBool::new(false));
    let guard = OnDrop(Arc::clone(&dropped));
    let body = StreamingBody::written_by(|chunks| async move {
        let _guard = guard;
        chunks.send("first").await?;
        std::future::pending().await
    });
    let mut streamed = Streamed::new(reply(Kind::RestApi, body.into_response()));
    let mut context = Context::from_waker(Waker::noop());
    assert!(streamed.poll_chunk(&mut context).is_ready());
    assert!(streamed.poll_chunk(&mut context).is_pending());
    drop(streamed);
    assert!(dropped.load(Ordering::Relaxed));

    let (chunks, body) = StreamingBody::channel();
    drop(body);
    assert_eq!(chunks.send("x").now_or_never(), Some(Err(StreamClosed)));
}

#[test]
fn the_sender_waits_for_the_reader() {
    let (chunks, mut body) = StreamingBody::channel();
    assert_eq!(chunks.send("a").now_or_never(), Some(Ok(())));
    assert_eq!(chunks.send("b").now_or_never(), None);
    assert_eq!(body.next().now_or_never().unwrap().unwrap().unwrap(), "a");
    assert_eq!(chunks.send("b").now_or_never(), Some(Ok(())));
}

#[test]
fn a_stream_is_collected_up_to_the_limit() {
    let collected = |sizes: &'static [usize]| {
        let chunks = sizes.iter().map(|&size| Ok::<_, Failure>(vec![b'x'; size]));
        let response = StreamingBody::new(stream::iter(chunks)).into_response();
        let (response, cause) = response
            .collected()
            .now_or_never()
            .expect("nothing to wait for")
            .checked();
        let cause = cause.map(|cause| cause.to_string());
        (response.status().as_u16(), response.body().len(), cause)
    };
    assert_eq!(collected(&[3, 0, 4]), (200, 7, None));
    assert_eq!(
        collected(&[MAX_COLLECTED - 1, 1]),
        (200, MAX_COLLECTED, None)
    );
    let (status, _, cause) = collected(&[MAX_COLLECTED, 1]);
    assert_eq!(status, 500);
    assert!(cause.unwrap().contains("put `stream` on the route"));
}

#[test]
fn a_whole_body_replaces_a_stream_and_the_other_way_round() {
    let (_, body) = StreamingBody::channel();
    let mut response = body.into_response();
    assert!(response.is_streaming() && response.body().is_empty());
    assert_eq!(response.headers()[CONTENT_TYPE], "application/octet-stream");
    let body = response.take_streaming_body().unwrap();
    assert!(!response.is_streaming());
    let response = Response::text("x").with_streaming_body(body);
    assert!(response.is_streaming() && response.body().is_empty());
    assert!(!response.with_body("y").is_streaming());
}

#[test]
fn responses_with_streams_are_shared_between_threads() {
    fn is_sync<T: Send + Sync>() {}
    is_sync::<Response>();
    is_sync::<StreamingBody>();
}

proptest! {
    #[test]
    fn any_header_and_any_body_arrive(
        value in any::<String>(),
        body in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..20), 0..10),
        url in any::<bool>(),
    ) {
        let kind = if url { Kind::FunctionUrl } else { Kind::RestApi };
        let chunks = body.clone().into_iter().map(Ok::<_, Failure>);
        let response = StreamingBody::new(stream::iter(chunks))
            .into_response()
            .with_header("x-value", value.as_bytes());
        let (response, cause) = response.checked();
        let streamed = Streamed::new(reply(kind, response));
        let prelude = &streamed.prelude[..streamed.prelude.len() - 8];
        prop_assert!(!prelude.iter().any(u8::is_ascii_control));
        prop_assert!(streamed.prelude.ends_with(&[0; 8]));
        let json: Value = serde_json::from_slice(prelude).unwrap();
        if cause.is_none() {
            prop_assert!(!value.contains(|c: char| c.is_control() && c != '\t'));
            prop_assert_eq!(&json["headers"]["x-value"], &json!(value));
            let (chunks, is_whole) = sent(streamed);
            prop_assert!(is_whole && chunks.iter().all(|chunk| !chunk.is_empty()));
            prop_assert_eq!(chunks.concat(), body.concat());
        } else {
            prop_assert_eq!(&json["statusCode"], &json!(500));
        }
    }
}
