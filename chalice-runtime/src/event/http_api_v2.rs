//! Events of an HTTP API with payload format version 2.0: AWS, "Create AWS
//! Lambda proxy integrations for HTTP APIs". Function URLs use the same format,
//! with the route key `$default`: AWS Lambda, "Invoking Lambda function URLs".

use std::borrow::Cow;

use super::{
    Envelope, RequestContext, Route, Target, Text,
    text::{members, text},
    without_stage,
};

/// The route, as API Gateway matched it: `routeKey` is `GET /users/{id}`, `ANY
/// /users/{id}`, or `$default`.
pub(super) fn route(
    json: &str,
    envelope: &Envelope<'_>,
    context: &RequestContext<'_>,
) -> Option<Route> {
    let (_, method) = members(context.http?.get()).find(|(name, _)| name == "method")?;
    let method = text(method)?;
    let stage = context.stage.and_then(text);
    let path = match envelope
        .raw_path
        .and_then(text)
        .unwrap_or(Cow::Borrowed(""))
    {
        Cow::Borrowed(path) => Cow::Borrowed(without_stage(path, stage.as_deref())),
        Cow::Owned(path) => Cow::Owned(without_stage(&path, stage.as_deref()).to_owned()),
    };
    let target = match envelope.route_key.and_then(text)? {
        key if key == "$default" => Target::Path,
        Cow::Borrowed(key) => {
            Target::Template(Text::of(json, Cow::Borrowed(key.split_once(' ')?.1)))
        }
        Cow::Owned(key) => Target::Template(Text::Is(key.split_once(' ')?.1.to_owned())),
    };
    Some(Route {
        method: Text::of(json, method),
        target,
        path: Text::of(json, path),
    })
}
