//! Events of an HTTP API with payload format version 1.0: AWS, "Create AWS
//! Lambda proxy integrations for HTTP APIs".

use std::borrow::Cow;

use super::{Envelope, RequestContext, Route, Target, Text, text::text, without_stage};

/// The route, as API Gateway matched it; its catch-all route is `$default`.
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
    let stage = context.stage.and_then(text);
    let path = match envelope.path.and_then(text).unwrap_or(Cow::Borrowed("")) {
        Cow::Borrowed(path) => Cow::Borrowed(without_stage(path, stage.as_deref())),
        Cow::Owned(path) => Cow::Owned(without_stage(&path, stage.as_deref()).to_owned()),
    };
    let target = match &*template {
        "$default" => Target::Path,
        _ => Target::Template(Text::of(json, template)),
    };
    Some(Route {
        method: Text::of(json, method),
        target,
        path: Text::of(json, path),
    })
}
