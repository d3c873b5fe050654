//! The app that the unit tests put behind a WebSocket API.

use chalice_core::manifest::model::Manifest;

use super::Gateway;
use crate::Settings;

/// An app with functions for `$connect`, `$disconnect`, `$default` and `join`.
pub(super) fn gateway() -> Gateway {
    Gateway::new(&manifest(), Settings::default()).unwrap()
}

/// The same app, with those functions alone whose routes are given.
pub(super) fn gateway_of(route_keys: &[&str]) -> Option<Gateway> {
    use chalice_core::manifest::model::FunctionKind;
    let mut manifest = manifest();
    manifest.functions.retain(|function| match &function.kind {
        FunctionKind::Websocket(route) => route_keys.contains(&route.route_key.as_str()),
        _ => true,
    });
    Gateway::new(&manifest, Settings::default())
}

fn manifest() -> Manifest {
    Manifest::from_json(include_bytes!("../../tests/websocket.json")).unwrap()
}
