//! Tests of whole apps: they are built as users build them, and their
//! binaries run as AWS Lambda runs them.
//!
//! Most of the time goes into builds, so tests share target directories. All
//! of it is for Linux, as AWS Lambda is: the tests look into ELF files.
#![cfg(target_os = "linux")]

mod cargo;
mod diagnostics;
mod duplicate_route;
mod event_sources;
mod executable;
mod gateways;
mod generated_app;
mod helloworld;
mod lambda_function;
mod lambda_invocations;
mod local;
mod localstack;
mod manifest_schema;
mod manifest_section;
mod many_routes;
mod new_project;
mod read_only_tables;
mod runtime_api;
mod streaming;
mod websocket_api;
mod websocket_chat;
