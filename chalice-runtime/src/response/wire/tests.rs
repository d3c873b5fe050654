use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{Bytes, HeaderMap, HeaderName, IntoResponse, Redirect, StatusCode};

fn wire(kind: Kind, response: impl IntoResponse) -> Value {
    let (response, _) = response.into_response().checked();
    serde_json::to_value(Reply { kind, response }).unwrap()
}

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
    assert_eq!(
        wire(Kind::HttpApiV2, cookies()),
        json!({
            "statusCode": 201,
            "headers": { "content-type": "text/plain; charset=utf-8", "vary": "Origin, Accept", "x-one": "1" },
            "cookies": ["a=1", "b=2"],
            "body": "é",
            "isBase64Encoded": false,
        })
    );
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
        (Response::new(StatusCode::OK).with_body("abc"), "abc", false),
        (
            Response::text("a\u{0}\"\u{2028}"),
            "a\u{0}\"\u{2028}",
            false,
        ),
    ] {
        let reply = wire(Kind::HttpApiV2, response);
        assert_eq!(
            (&reply["body"], &reply["isBase64Encoded"]),
            (&json!(body), &json!(is_base64))
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
    ] {
        let (response, cause) = response.checked();
        assert_eq!(response.status(), 500);
        assert!(response.headers().keys().eq([CONTENT_TYPE]));
        assert!(cause.is_some());
    }
}

proptest! {
    #[test]
    fn nothing_is_lost_and_no_header_breaks_a_line(
        headers in prop::collection::vec(("[a-c]", prop::collection::vec(any::<u8>(), 0..8)), 0..8),
        body in prop::collection::vec(any::<u8>(), 0..40),
        kind in prop::sample::select(vec![Kind::RestApi, Kind::HttpApiV1, Kind::HttpApiV2]),
    ) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                map.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), value);
            }
        }
        let count = map.len();
        let mut response = Response::new(StatusCode::OK).with_body(body.clone());
        *response.headers_mut() = map.clone();
        let reply = wire(kind, response);
        let sent = reply["body"].as_str().unwrap();
        let received = match reply["isBase64Encoded"].as_bool().unwrap() {
            true => base64::Engine::decode(&STANDARD, sent).unwrap(),
            false => sent.as_bytes().to_vec(),
        };
        prop_assert_eq!(received, body);
        let single = reply["headers"].as_object().unwrap();
        let multi: Vec<&Value> = match reply["multiValueHeaders"].as_object() {
            Some(multi) => multi.values().flat_map(|values| values.as_array().unwrap()).collect(),
            None => Vec::new(),
        };
        if kind == Kind::HttpApiV2 {
            prop_assert_eq!(single.len(), map.keys_len());
        } else {
            prop_assert_eq!(single.len() + multi.len(), count);
        }
        for value in single.values().chain(multi) {
            prop_assert!(!value.as_str().unwrap().contains(['\r', '\n', '\0']));
        }
    }
}
