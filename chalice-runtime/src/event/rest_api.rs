//! Events of a REST API: AWS, "Input format of a Lambda function for proxy integration".

use std::borrow::Cow;

use super::{Envelope, RequestContext, Route, Target, Text, text::text};

/// The route, as API Gateway matched it.
pub(super) fn route(
    json: &str,
    envelope: &Envelope<'_>,
    context: &RequestContext<'_>,
) -> Option<Route> {
    let template = context.resource_path.or(envelope.resource).and_then(text)?;
    let method = context
        .http_method
        .or(envelope.http_method)
        .and_then(text)?;
    let path = envelope.path.and_then(text).unwrap_or(Cow::Borrowed(""));
    Some(Route {
        method: Text::of(json, method),
        target: Target::Template(Text::of(json, template)),
        path: Text::of(json, path),
    })
}
