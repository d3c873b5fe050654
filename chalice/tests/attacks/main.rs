//! Attacks on an app and its gateway, one file for each kind: what has gone wrong
//! in frameworks like this one, tried through the test client and raw events.

mod authorizer_cache;
mod body_bombs;
mod cross_origin;
mod debug_disclosure;
mod event_authenticity;
mod files;
mod header_injection;
mod host_header;
mod isolation;
mod path_differentials;
mod secrets_in_logs;
