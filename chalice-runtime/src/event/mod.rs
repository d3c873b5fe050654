//! The event of an invocation: which kind it is, and where in it things are.
//!
//! An event is read in one pass that only finds the ends of its top-level
//! members, and decodes a body that has escapes on the way. What any other
//! member holds is decoded when a handler asks for it.
//!
//! One module per kind of event says where that kind keeps what every request has.

mod application_load_balancer;
mod envelope;
mod event_text;
mod http_api_v1;
mod http_api_v2;
pub(crate) mod records;
mod rest_api;
mod scan;
pub(crate) mod text;
mod unescape;

use bytes::Bytes;
use serde_json::value::RawValue;

use crate::event_source::explain;
use envelope::{Envelope, RequestContext, Scanned};
pub(crate) use event_text::EventText;
use text::{Span, Text};

/// Which service made the event, and in which format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// API Gateway, REST API.
    RestApi,
    /// API Gateway, HTTP API, payload format version 1.0.
    HttpApiV1,
    /// API Gateway, HTTP API, payload format version 2.0.
    HttpApiV2,
    /// AWS Lambda, function URL, which speaks payload format version 2.0.
    FunctionUrl,
    /// Elastic Load Balancing, Application Load Balancer.
    LoadBalancer {
        /// Whether the target group has `lambda.multi_value_headers.enabled`:
        /// then the event's headers and query parameters have all their
        /// values, and the answer's headers have to have theirs in the same way.
        multi_value: bool,
    },
}

impl Kind {
    /// Whether the event's path, and what the gateway found in it, is percent-encoded.
    /// HTTP APIs decode it, the others pass on what the client sent.
    pub(crate) fn path_is_encoded(self) -> bool {
        match self {
            Kind::RestApi | Kind::FunctionUrl | Kind::LoadBalancer { .. } => true,
            Kind::HttpApiV1 | Kind::HttpApiV2 => false,
        }
    }

    /// Whether the maps of query parameters are percent-encoded: load balancers
    /// pass on what the client sent, API Gateway decodes it.
    pub(crate) fn query_maps_are_encoded(self) -> bool {
        matches!(self, Kind::LoadBalancer { .. })
    }
}

/// Which resource of the API an event is for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// The one whose template the gateway matched.
    Template(Text),
    /// The one that the path leads to: the gateway matched its catch-all route.
    Path,
}

/// What is found in an event of any kind; the spans point into its JSON.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) kind: Kind,
    pub(crate) method: Text,
    pub(crate) target: Target,
    pub(crate) path: Text,
    pub(crate) spans: Spans,
    pub(crate) body_is_base64: bool,
    /// What the body's text says, where it was decoded on the way.
    pub(crate) decoded_body: Option<Bytes>,
}

/// Where the members are that are decoded on demand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spans {
    pub(crate) body: Option<Span>,
    pub(crate) cookies: Option<Span>,
    pub(crate) headers: Option<Span>,
    pub(crate) multi_value_headers: Option<Span>,
    pub(crate) query: Option<Span>,
    pub(crate) multi_value_query: Option<Span>,
    pub(crate) raw_query: Option<Span>,
    pub(crate) path_parameters: Option<Span>,
    pub(crate) stage_variables: Option<Span>,
    pub(crate) request_context: Option<Span>,
}

/// An event that no function of an API is invoked with.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EventError {
    #[error("the event is not a JSON object, as every event of an API is")]
    NoObject,
    #[error("the event is not a JSON object with the members of an API's event: {0}")]
    Malformed(String),
}

impl From<serde_json::Error> for EventError {
    /// Without what serde quotes: authorizers' events hold tokens.
    fn from(error: serde_json::Error) -> EventError {
        EventError::Malformed(explain(&error))
    }
}

impl From<EventError> for lambda_runtime::Diagnostic {
    fn from(error: EventError) -> lambda_runtime::Diagnostic {
        lambda_runtime::Diagnostic {
            error_type: "Chalice.MalformedEvent".to_owned(),
            error_message: error.to_string(),
        }
    }
}

/// Finds the parts of an event; `None` for a JSON object that does not say which
/// route it is for.
pub(crate) fn read(json: &str) -> Result<Option<Parts>, EventError> {
    let Scanned {
        envelope,
        context,
        decoded_body,
    } = match envelope::scan(json) {
        Some(scanned) => scanned,
        None => parse(json)?,
    };
    let spans = spans(json, &envelope);
    let body_is_base64 = envelope
        .is_base64_encoded
        .is_some_and(|flag| flag.get() == "true");
    let Some(context) = context else {
        return Ok(None);
    };
    let kind = envelope.kind(&context);
    let route = match kind {
        Kind::RestApi => rest_api::route(json, &envelope, &context),
        Kind::HttpApiV1 => http_api_v1::route(json, &envelope, &context),
        Kind::HttpApiV2 | Kind::FunctionUrl => http_api_v2::route(json, &envelope, &context),
        Kind::LoadBalancer { .. } => application_load_balancer::route(json, &envelope),
    };
    Ok(route.map(
        |Route {
             method,
             target,
             path,
         }| Parts {
            kind,
            method,
            target,
            path,
            spans,
            body_is_base64,
            decoded_body: decoded_body.map(Bytes::from),
        },
    ))
}

/// Finds the members of any event, or says what is wrong with it.
fn parse(json: &str) -> Result<Scanned<'_>, EventError> {
    if !json.trim_start().starts_with('{') {
        return Err(EventError::NoObject);
    }
    let envelope: Envelope<'_> = serde_json::from_str(json)?;
    Ok(Scanned {
        context: envelope.request_context(),
        envelope,
        decoded_body: None,
    })
}

/// Finds the members of an event that is no request of a route, but has parts of one.
pub(crate) fn read_members(event: &RawValue) -> Result<Spans, EventError> {
    let json = event.get();
    Ok(spans(json, &parse(json)?.envelope))
}

fn spans(json: &str, envelope: &Envelope<'_>) -> Spans {
    Spans {
        body: Span::of(json, envelope.body),
        cookies: Span::of(json, envelope.cookies),
        headers: Span::of(json, envelope.headers),
        multi_value_headers: Span::of(json, envelope.multi_value_headers),
        query: Span::of(json, envelope.query_string_parameters),
        multi_value_query: Span::of(json, envelope.multi_value_query_string_parameters),
        raw_query: Span::of(json, envelope.raw_query_string),
        path_parameters: Span::of(json, envelope.path_parameters),
        stage_variables: Span::of(json, envelope.stage_variables),
        request_context: Span::of(json, envelope.request_context),
    }
}

/// What a kind's module finds.
struct Route {
    method: Text,
    target: Target,
    path: Text,
}

/// The path of an HTTP API without the stage: where the stage is not
/// `$default`, the API's own address carries it as the first segment.
fn without_stage<'a>(path: &'a str, stage: Option<&str>) -> &'a str {
    match stage {
        Some(stage) if stage != "$default" && !stage.is_empty() => {
            match path
                .strip_prefix('/')
                .and_then(|path| path.strip_prefix(stage))
            {
                Some("") => "/",
                Some(rest) if rest.starts_with('/') => rest,
                _ => path,
            }
        }
        _ => path,
    }
}

#[cfg(test)]
pub(crate) mod tests;
