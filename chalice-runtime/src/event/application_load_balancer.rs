//! Events of an Application Load Balancer: Elastic Load Balancing, "Use Lambda
//! functions as targets of an Application Load Balancer".

use super::{Envelope, Route, Target, Text, text::text};

/// The route, which is for the function to find: a load balancer has rules, and
/// no resources. Its path is as the client sent it, percent-encoded.
pub(super) fn route(json: &str, envelope: &Envelope<'_>) -> Option<Route> {
    let method = envelope.http_method.and_then(text)?;
    let path = envelope.path.and_then(text)?;
    Some(Route {
        method: Text::of(json, method),
        target: Target::Path,
        path: Text::of(json, path),
    })
}
