//! The app that the unit tests put behind a gateway.

use std::net::{IpAddr, Ipv4Addr};

use bytes::Bytes;
use chalice_core::manifest::model::Manifest;
use http::Request;

use crate::{Gateway, Invocation, Outcome, Settings};

/// Where the tests' requests come from.
pub(crate) const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));

pub(crate) fn manifest() -> Manifest {
    Manifest::from_json(include_bytes!("../tests/manifest.json")).unwrap()
}

pub(crate) fn gateway() -> Gateway {
    Gateway::new(&manifest(), Settings::default()).unwrap()
}

/// The invocation that a request without a body leads to.
pub(crate) fn invocation(method: &str, target: &str) -> Invocation {
    invoke(
        Request::builder()
            .method(method)
            .uri(target)
            .body(Bytes::new())
            .unwrap(),
    )
}

/// The invocation that a request leads to.
pub(crate) fn invoke(request: Request<Bytes>) -> Invocation {
    match gateway().accept(request, CLIENT) {
        Outcome::Invoke(invocation) => invocation,
        outcome => panic!("expected an invocation, got {outcome:?}"),
    }
}
