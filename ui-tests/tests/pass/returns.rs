//! Every return type, and errors of the user's own.

use std::{convert::Infallible, error::Error, io};

use chalice::prelude::*;

#[derive(Serialize)]
struct City {
    state: &'static str,
}

struct Csv(&'static str);

impl IntoResponse for Csv {
    fn into_response(self) -> Response {
        Response::text(self.0).with_content_type("text/csv")
    }
}

struct SoldOut;

impl IntoHttpError for SoldOut {
    fn into_http_error(self) -> HttpError {
        HttpError::conflict("sold out")
    }
}

fn read() -> io::Result<String> {
    Ok("text".to_owned())
}

#[route("/1")]
fn nothing() {}

#[route("/2")]
#[expect(clippy::unused_unit, reason = "what macros write")]
fn unit() -> () {}

#[route("/3")]
async fn json() -> Json<City> {
    Json(City { state: "WA" })
}

#[route("/4")]
fn value() -> Json<Value> {
    Json(json!({ "hello": "world" }))
}

#[route("/5")]
fn text() -> String {
    "text".to_owned()
}

#[route("/6")]
fn static_text() -> &'static str {
    "text"
}

#[route("/7")]
async fn bytes() -> Bytes {
    Bytes::from_static(b"bytes")
}

#[route("/8")]
async fn vector() -> Vec<u8> {
    vec![1, 2, 3]
}

#[route("/9")]
fn status() -> StatusCode {
    StatusCode::NO_CONTENT
}

#[route("/10")]
fn status_and_value() -> (StatusCode, Json<City>) {
    (StatusCode::CREATED, Json(City { state: "OR" }))
}

#[route("/11")]
async fn redirect() -> Redirect {
    Redirect::to("/1")
}

#[route("/12")]
async fn response() -> Response {
    Response::text("text").with_status(StatusCode::ACCEPTED)
}

#[route("/13")]
async fn option() -> Option<Json<City>> {
    None
}

#[route("/14")]
async fn result() -> Result<Json<City>> {
    let _ = read()?;
    Err(HttpError::bad_request("no such city"))
}

#[route("/15")]
async fn result_of_option() -> Result<Option<String>> {
    Ok(Some(read()?))
}

#[route("/16")]
async fn own_error() -> std::result::Result<String, SoldOut> {
    Err(SoldOut)
}

#[route("/17")]
async fn boxed_error() -> std::result::Result<String, Box<dyn Error + Send + Sync>> {
    Ok(read()?)
}

#[route("/18")]
fn no_error() -> std::result::Result<String, Infallible> {
    Ok(String::new())
}

#[route("/19")]
fn own_type() -> Csv {
    Csv("a,b")
}

#[route("/20")]
async fn some_response() -> impl IntoResponse {
    (StatusCode::OK, "text")
}

#[route("/21")]
async fn result_of_some_response() -> Result<impl IntoResponse> {
    Ok(Redirect::permanent("/1"))
}

#[route("/22")]
fn error() -> HttpError {
    HttpError::not_found("gone")
}

#[app]
static APP: App = App {
    name: "returns",
    handlers: [
        nothing,
        unit,
        json,
        value,
        text,
        static_text,
        bytes,
        vector,
        status,
        status_and_value,
        redirect,
        response,
        option,
        result,
        result_of_option,
        own_error,
        boxed_error,
        no_error,
        own_type,
        some_response,
        result_of_some_response,
        error,
    ],
};

#[test]
fn returns() {
    assert_eq!(crate::routes(&APP).len(), 22);
}
