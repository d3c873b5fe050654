use chalice_core::binary_types::binary_types;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{Bytes, HeaderMap, HeaderName, IntoResponse, Redirect, StatusCode};

fn wire(kind: Kind, response: impl IntoResponse) -> Value {
    let (response, _) = response.into_response().checked();
    let binary_types = binary_types(Some(&["application/x-protobuf"]));
    serde_json::to_value(Reply {
        kind,
        response,
        binary_types,
        transfer: Transfer::Buffered,
    })
    .unwrap()
}

const KINDS: [Kind; 6] = [
    Kind::RestApi,
    Kind::HttpApiV1,
    Kind::HttpApiV2,
    Kind::FunctionUrl,
    Kind::LoadBalancer { multi_value: false },
    Kind::LoadBalancer { multi_value: true },
];

fn cookies() -> Response {
    Response::text("é")
        .with_status(StatusCode::CREATED)
        .with_appended_header("set-cookie", "a=1")
        .with_appended_header("set-cookie", "b=2")
        .with_appended_header("vary", "Origin")
        .with_appended_header("vary", "Accept")
        .with_header("x-one", "1")
}

#[test]
fn version_1_puts_every_header_in_one_place() {
    let expected = json!({
        "statusCode": 201,
        "headers": { "content-type": "text/plain; charset=utf-8", "x-one": "1" },
        "multiValueHeaders": { "set-cookie": ["a=1", "b=2"], "vary": ["Origin", "Accept"] },
        "body": "é",
        "isBase64Encoded": false,
    });
    assert_eq!(wire(Kind::RestApi, cookies()), expected);
    assert_eq!(wire(Kind::HttpApiV1, cookies()), expected);
}

#[test]
fn version_2_joins_headers_and_has_cookies_apart() {
    let expected = json!({
        "statusCode": 201,
        "headers": { "content-type": "text/plain; charset=utf-8", "vary": "Origin, Accept", "x-one": "1" },
        "cookies": ["a=1", "b=2"],
        "body": "é",
        "isBase64Encoded": false,
    });
    assert_eq!(wire(Kind::HttpApiV2, cookies()), expected);
    assert_eq!(wire(Kind::FunctionUrl, cookies()), expected);
}

#[test]
fn load_balancers_get_headers_as_they_give_them() {
    assert_eq!(
        wire(Kind::LoadBalancer { multi_value: true }, cookies()),
        json!({
            "statusCode": 201,
            "statusDescription": "201 Created",
            "multiValueHeaders": {
                "content-type": ["text/plain; charset=utf-8"],
                "set-cookie": ["a=1", "b=2"],
                "vary": ["Origin", "Accept"],
                "x-one": ["1"],
            },
            "body": "é",
            "isBase64Encoded": false,
        })
    );
    assert_eq!(
        wire(Kind::LoadBalancer { multi_value: false }, cookies()),
        json!({
            "statusCode": 201,
            "statusDescription": "201 Created",
            "headers": {
                "content-type": "text/plain; charset=utf-8",
                "set-cookie": "a=1",
                "vary": "Origin, Accept",
                "x-one": "1",
            },
            "body": "é",
            "isBase64Encoded": false,
        })
    );
    let unknown = Response::json(&1).with_status(StatusCode::from_u16(599).unwrap());
    let reply = wire(Kind::LoadBalancer { multi_value: false }, unknown);
    assert_eq!(reply["statusDescription"], "599 Unknown");
    assert_eq!(
        reply["headers"],
        json!({ "content-type": "application/json" })
    );
}

#[test]
fn cookies_are_lost_only_where_there_is_no_place_for_them() {
    for kind in KINDS {
        let lost = lost_cookies(kind, &cookies());
        match kind {
            Kind::LoadBalancer { multi_value: false } => assert_eq!(lost, ["b"]),
            _ => assert!(lost.is_empty()),
        }
    }
    let single = Kind::LoadBalancer { multi_value: false };
    let one = Response::text("").with_appended_header("set-cookie", "a=secret");
    assert!(lost_cookies(single, &one).is_empty());
}

#[test]
fn json_is_what_rest_apis_assume() {
    let reply = |headers: Value| json!({ "statusCode": 200, "headers": headers, "body": "[1]", "isBase64Encoded": false });
    let json = || Response::json(&[1]);
    assert_eq!(wire(Kind::RestApi, json()), reply(json!({})));
    let explicit = reply(json!({ "content-type": "application/json" }));
    assert_eq!(wire(Kind::HttpApiV1, json()), explicit);
    assert_eq!(wire(Kind::HttpApiV2, json()), explicit);
    let other = json().with_content_type("application/json; charset=utf-8");
    assert_eq!(
        wire(Kind::RestApi, other),
        reply(json!({ "content-type": "application/json; charset=utf-8" }))
    );
}

#[test]
fn what_is_binary_goes_out_as_base64() {
    for (response, body, is_base64) in [
        (Response::binary("abc"), "YWJj", true),
        (
            Response::text("abc").with_content_type("IMAGE/PNG; x=y"),
            "YWJj",
            true,
        ),
        (
            Response::text("").with_body(Bytes::from_static(&[0xFF])),
            "/w==",
            true,
        ),
        (
            Response::text("abc").with_content_type("application/x-protobuf"),
            "YWJj",
            true,
        ),
        (Response::new(StatusCode::OK).with_body("abc"), "abc", false),
        (
            Response::text("a\u{0}\"\u{2028}"),
            "a\u{0}\"\u{2028}",
            false,
        ),
    ] {
        for kind in KINDS {
            let (mut same, _) = response.body().clone().into_response().checked();
            *same.headers_mut() = response.headers().clone();
            let reply = wire(kind, same);
            assert_eq!(
                (&reply["body"], &reply["isBase64Encoded"]),
                (&json!(body), &json!(is_base64))
            );
        }
    }
}

#[test]
fn an_app_may_call_everything_binary() {
    for response in [
        Response::json(&1),
        Response::new(StatusCode::OK).with_body("1"),
    ] {
        let reply = Reply {
            kind: Kind::RestApi,
            response,
            binary_types: binary_types(Some(&["*/*"])),
            transfer: Transfer::Buffered,
        };
        let reply = serde_json::to_value(reply).unwrap();
        assert_eq!(
            (&reply["body"], &reply["isBase64Encoded"]),
            (&json!("MQ=="), &json!(true))
        );
    }
}

#[test]
fn a_header_that_is_not_utf_8_is_read_as_latin_1() {
    let mut response = Response::new(StatusCode::OK);
    response
        .headers_mut()
        .insert("x-name", HeaderValue::from_bytes(b"Zo\xEB").unwrap());
    response.headers_mut().insert(
        "x-utf-8",
        HeaderValue::from_bytes("Zoë".as_bytes()).unwrap(),
    );
    assert_eq!(
        wire(Kind::RestApi, response)["headers"],
        json!({ "x-name": "Zoë", "x-utf-8": "Zoë" })
    );
}

#[test]
fn return_values_become_responses() {
    let answer = |response: Response| {
        let content_type = response
            .headers()
            .get(CONTENT_TYPE)
            .map(|it| it.to_str().unwrap().to_owned());
        let body = String::from_utf8_lossy(response.body()).into_owned();
        (
            response.status().as_u16(),
            content_type.unwrap_or_default(),
            body,
        )
    };
    let expect = |status: u16, content_type: &str, body: &str| {
        (status, content_type.to_owned(), body.to_owned())
    };
    let text = "text/plain; charset=utf-8";
    assert_eq!(answer("a".into_response()), expect(200, text, "a"));
    assert_eq!(
        answer("a".to_owned().into_response()),
        expect(200, text, "a")
    );
    assert_eq!(answer(().into_response()), expect(200, "", ""));
    assert_eq!(
        answer(StatusCode::NO_CONTENT.into_response()),
        expect(204, "", "")
    );
    assert_eq!(
        answer((StatusCode::ACCEPTED, "a").into_response()),
        expect(202, text, "a")
    );
    let octets = "application/octet-stream";
    assert_eq!(answer(vec![b'a'].into_response()), expect(200, octets, "a"));
    assert_eq!(
        answer(Bytes::from("a").into_response()),
        expect(200, octets, "a")
    );
    assert_eq!(
        answer(None::<String>.into_response()),
        expect(
            404,
            "application/json",
            r#"{"Code":"NotFoundError","Message":"Not Found"}"#
        )
    );
    assert_eq!(
        answer(Response::html("<p>").into_response()),
        expect(200, "text/html; charset=utf-8", "<p>")
    );
    let theirs = http::Response::builder()
        .status(418)
        .header("content-type", "x/y");
    let theirs = theirs
        .body(lambda_http::Body::from("short and stout"))
        .unwrap();
    assert_eq!(
        answer(theirs.into_response()),
        expect(418, "x/y", "short and stout")
    );
    let keys = std::collections::BTreeMap::from([((1, 2), 3)]);
    assert_eq!(answer(crate::Json(keys).into_response()).0, 500);
}

#[test]
fn redirects_say_where() {
    for (redirect, status) in [
        (Redirect::to("/a?b"), 303),
        (Redirect::temporary("/a?b"), 307),
        (Redirect::permanent("/a?b"), 308),
    ] {
        let response = redirect.into_response();
        assert_eq!(response.status(), status);
        assert_eq!(response.headers()["location"], "/a?b");
    }
}

#[test]
fn text_from_outside_cannot_add_headers() {
    for response in [
        Redirect::to("/\r\nset-cookie: a=b").into_response(),
        Response::text("fine").with_header("x-a", "b\nc"),
        Response::text("fine").with_header("x a", "b"),
        Response::text("fine")
            .with_appended_header("x-a", "\u{0}")
            .with_status(StatusCode::OK),
        Response::text("fine").with_cookie(crate::SetCookie::new("a", "b\r\nx: y")),
        Response::text("fine").with_header("x-a", "next\u{85}line"),
        Response::text("fine")
            .with_header("x-a", "fine")
            .with_appended_header("x-a", HeaderValue::from_bytes(b"next\x85line").unwrap()),
        Response::text("fine").with_appended_header("set-cookie", "a=\u{9b}"),
    ] {
        let (response, cause) = response.checked();
        assert_eq!(response.status(), 500);
        assert!(response.headers().keys().eq([CONTENT_TYPE]));
        assert!(cause.is_some());
    }
    let tab = Response::text("fine").with_header("x-a", "a\tb").checked();
    assert_eq!((tab.0.status().as_u16(), tab.1.is_none()), (200, true));
}

#[test]
fn pages() {
    let page = crate::Html("<p>é").into_response();
    assert_eq!(page.headers()[CONTENT_TYPE], "text/html; charset=utf-8");
    assert_eq!(page.body(), "<p>é");
    let page = (StatusCode::NOT_FOUND, crate::Html("gone".to_owned())).into_response();
    assert_eq!(
        (page.status().as_u16(), page.body().as_ref()),
        (404, &b"gone"[..])
    );
}

proptest! {
    #[test]
    fn nothing_is_lost_and_no_header_breaks_a_line(
        headers in prop::collection::vec(("[a-c]", prop::collection::vec(any::<u8>(), 0..8)), 0..8),
        body in prop::collection::vec(any::<u8>(), 0..40),
        kind in prop::sample::select(KINDS.to_vec()),
    ) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                map.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), value);
            }
        }
        let breaks = |text: &str| text.contains(|it: char| it.is_control() && it != '\t');
        let invalid = map.values().any(|value| breaks(&text(value)));
        let count = map.len();
        let mut response = Response::new(StatusCode::OK).with_body(body.clone());
        *response.headers_mut() = map.clone();
        let reply = wire(kind, response);
        let single = reply["headers"].as_object().into_iter().flatten();
        let single: Vec<&Value> = single.map(|(_, value)| value).collect();
        let multi = reply["multiValueHeaders"].as_object().into_iter().flatten();
        let multi: Vec<&Value> = multi.flat_map(|(_, values)| values.as_array().unwrap()).collect();
        for value in single.iter().chain(&multi) {
            prop_assert!(!breaks(value.as_str().unwrap()));
        }
        prop_assert_eq!(reply["statusCode"].as_u64(), Some(if invalid { 500 } else { 200 }));
        if !invalid {
            let sent = reply["body"].as_str().unwrap();
            let received = match reply["isBase64Encoded"].as_bool().unwrap() {
                true => base64::Engine::decode(&STANDARD, sent).unwrap(),
                false => sent.as_bytes().to_vec(),
            };
            prop_assert_eq!(received, body);
            match kind {
                Kind::RestApi | Kind::HttpApiV1 | Kind::LoadBalancer { multi_value: true } => {
                    prop_assert_eq!(single.len() + multi.len(), count);
                }
                _ => prop_assert_eq!(single.len(), map.keys_len()),
            }
        }
    }
}
