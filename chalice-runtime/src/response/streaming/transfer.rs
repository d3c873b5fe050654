//! Whether a response is sent while it is made.

use chalice_core::flatten::{Need, needs};

use crate::{Application, event::Kind, route_rules::RouteRules};

/// How a response travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transfer {
    /// As one JSON document.
    Buffered,
    /// As a prelude and the bytes of the body.
    Streamed,
}

/// Whether one of the app's routes streams: known at compile time, so that other
/// apps carry no code for it.
pub(crate) const fn has_streaming_route<A: Application>() -> bool {
    const { needs(A::DEF.get(), Need::Streaming) }
}

impl Transfer {
    /// How the answer to a request has to travel; `route` is the one it is for, if any.
    ///
    /// An event does not say which form the service wants, so the function and
    /// the settings of the API have to agree on one. A REST API has a response
    /// transfer mode per method, and refuses the other form (Amazon API
    /// Gateway, "Set up a Lambda proxy integration with payload response
    /// streaming"). A function URL has one invoke mode for all requests (AWS
    /// Lambda, "Invoking a response streaming enabled function using Lambda
    /// function URLs"): `RESPONSE_STREAM` where one of the app's routes streams. Nothing else streams.
    pub(crate) fn of<A: Application>(kind: Kind, route: Option<&RouteRules>) -> Transfer {
        if !has_streaming_route::<A>() {
            return Transfer::Buffered;
        }
        match kind {
            Kind::RestApi if route.is_some_and(|route| route.stream) => Transfer::Streamed,
            Kind::FunctionUrl => Transfer::Streamed,
            _ => Transfer::Buffered,
        }
    }
}
