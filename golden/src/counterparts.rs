//! The apps, as modules.

#![allow(
    dead_code,
    reason = "`main` is for those who build the file as a program"
)]

#[path = "../02-authorizers/app.rs"]
pub mod auths;
#[path = "../01-basic-routes/app.rs"]
pub mod basic;
#[path = "../06-config-full/app.rs"]
pub mod cfg;
#[path = "../07-custom-domains/app.rs"]
pub mod dom;
#[path = "../03-events-sam/app.rs"]
pub mod events;
#[path = "../09-automatic-layer-arm64/app.rs"]
pub mod layered;
#[path = "../11-merge-template/app.rs"]
pub mod merge;
#[path = "../08-private-endpoint/app.rs"]
pub mod private;
#[path = "../13-pure-lambda-only/app.rs"]
pub mod purel;
#[path = "../04-s3-events/app.rs"]
pub mod s3app;
#[path = "../05-websockets/app.rs"]
pub mod wsapp;
#[path = "../05b-websockets-message-only/app.rs"]
pub mod wsmsg;
