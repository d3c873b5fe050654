//! The guides in the repository's `docs/`: here so that their code is compiled
//! with the documentation's tests.

#[doc = include_str!("../../docs/routing.md")]
struct Routing;

#[doc = include_str!("../../docs/blueprints.md")]
struct Blueprints;

#[doc = include_str!("../../docs/middleware.md")]
struct Middleware;

#[doc = include_str!("../../docs/requests-and-responses.md")]
struct RequestsAndResponses;

#[doc = include_str!("../../docs/logging.md")]
struct Logging;

#[doc = include_str!("../../docs/authorization.md")]
struct Authorization;

#[doc = include_str!("../../docs/cors.md")]
struct Cors;

#[doc = include_str!("../../docs/errors.md")]
struct Errors;

#[doc = include_str!("../../docs/events.md")]
struct Events;

#[doc = include_str!("../../docs/running-locally.md")]
struct RunningLocally;
