//! A to-do list: create, read, update and delete, over state that all requests share.
//!
//! ```text
//! cargo chalice local -p todo
//! curl 127.0.0.1:8000/items --json '{"title": "buy milk"}'
//! curl 127.0.0.1:8000/items?done=false
//! curl -X PATCH 127.0.0.1:8000/items/1 --json '{"done": true}'
//! ```
//!
//! What is where:
//!
//! - `main.rs`: the app, which lists its handlers and says how its state is built.
//! - `items.rs`: the routes below `/items`, as a blueprint that the app mounts there.
//! - `store.rs`: the items and the rules that hold for them; nothing there knows HTTP.
//! - `error.rs`: what can go wrong, and the status that a client sees for it.
//! - `tests.rs`: the app's tests, which send requests without a server.
//!
//! The items are in memory: they are gone when AWS Lambda ends the execution
//! environment, and each environment has its own. That is enough to show how a
//! state is shared. An app for real users keeps the methods of `Store`, and in
//! them calls Amazon DynamoDB.

mod error;
mod items;
mod store;
#[cfg(test)]
mod tests;

use chalice::prelude::*;

use store::{Counts, Store};

/// What handlers share: each field is something that a handler can ask for, as `State<Store>`.
#[derive(AppState)]
pub struct AppState {
    store: Store,
}

impl AppState {
    /// Builds the state, once per cold start. An error would keep the app from
    /// starting, and be in the function's log.
    async fn connect() -> Result<AppState> {
        let store = Store::connect().await?;
        Ok(AppState { store })
    }
}

/// Count the items.
#[route("/")]
fn index(store: State<Store>) -> Json<Counts> {
    Json(store.counts())
}

/// The app.
#[app]
pub static APP: App = App {
    name: "todo",
    handlers: [index],
    blueprints: [items::BLUEPRINT.at("/items")],
    state: AppState::connect,
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
