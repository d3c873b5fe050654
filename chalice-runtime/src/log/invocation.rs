//! What every line of an invocation says of it.

use std::sync::atomic::{AtomicBool, Ordering};

use tracing::{Metadata, Span, field};

use super::TARGET;
use crate::LambdaContext;

/// The name of the span that an invocation runs in.
const NAME: &str = "invocation";

/// The span's fields, in the order in which a line has them.
pub(super) const REQUEST_ID: &str = "requestId";
pub(super) const COLD_START: &str = "coldStart";
pub(super) const XRAY_TRACE_ID: &str = "xrayTraceId";
pub(super) const ROUTE: &str = "route";

/// The span of an invocation; `coldStart` is true for the first one of the
/// process alone. Everything that the invocation does runs in it.
pub(crate) fn invocation(context: &LambdaContext) -> Span {
    static COLD: AtomicBool = AtomicBool::new(true);
    // Of the highest level, for the log of every level has its fields.
    tracing::error_span!(
        target: TARGET,
        NAME,
        requestId = context.request_id,
        coldStart = COLD.swap(false, Ordering::Relaxed),
        xrayTraceId = context.xray_trace_id,
        route = field::Empty,
    )
}

/// Notes which route answers the invocation: `GET /users/{id}`.
pub(crate) fn answered_by(method: &str, path: &str) {
    // A text and not something to be formatted, which is ten times the work.
    Span::current().record(ROUTE, [method, " ", path].concat().as_str());
}

/// Whether it describes the span of an invocation.
pub(super) fn is_its_span(metadata: &Metadata<'_>) -> bool {
    metadata.is_span() && metadata.target() == TARGET && metadata.name() == NAME
}
