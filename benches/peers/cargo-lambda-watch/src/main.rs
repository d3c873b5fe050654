//! The function that `cargo lambda new --http` writes, with the answer of the apps that it is compared with.

use lambda_http::{Body, Error, Request, Response, run, service_fn, tracing};
use serde_json::json;

async fn function_handler(_event: Request) -> Result<Response<Body>, Error> {
    let response = Response::builder()
        .status(200)
        .header("content-type", "application/json")
        .body(json!({ "hello": "world" }).to_string().into())
        .map_err(Box::new)?;
    Ok(response)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();

    run(service_fn(function_handler)).await
}
