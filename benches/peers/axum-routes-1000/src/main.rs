//! The app of 1,000 routes, as axum's router.

use axum::{Router, extract::Path, routing};
use lambda_http::{Error, run};

include!(concat!(env!("OUT_DIR"), "/app.rs"));

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(router()).await
}
