//! lambda_http for the events of one kind of API alone, as `cargo lambda new` sets it up: with more kinds it would
//! try to read each event as each of them.
//!
//! axum gets its requests from `lambda_http` as in `lambda_http::run(router)`.

mod bare;
mod with_axum;

use invocation::{Invoke, Work};

/// A function for one kind of requests, which looks at neither path nor method.
pub fn bare(work: Work) -> Invoke {
    bare::invoke(work)
}

/// A router of that many paths, `/orders/{id}` among them.
pub fn axum(routes: usize) -> Option<Invoke> {
    with_axum::invoke(routes)
}
