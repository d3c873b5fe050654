//! The state's function is `async fn() -> Result<AppState>`.

use chalice::prelude::*;

#[derive(AppState)]
struct AppState {}

impl AppState {
    fn not_async() -> Result<AppState> {
        Ok(AppState {})
    }

    async fn arguments(table: &str) -> Result<AppState> {
        let _ = table;
        Ok(AppState {})
    }

    async fn no_result() -> AppState {
        AppState {}
    }

    async fn another_type() -> Result<String> {
        Ok(String::new())
    }
}

#[app]
pub static NOT_ASYNC: App = App {
    name: "fixture",
    handlers: [],
    state: AppState::not_async,
};

#[app]
pub static ARGUMENTS: App = App {
    name: "fixture",
    handlers: [],
    state: AppState::arguments,
};

#[app]
pub static NO_RESULT: App = App {
    name: "fixture",
    handlers: [],
    state: AppState::no_result,
};

#[app]
pub static ANOTHER_TYPE: App = App {
    name: "fixture",
    handlers: [],
    state: AppState::another_type,
};

#[app]
pub static MISSPELT: App = App {
    name: "fixture",
    handlers: [],
    state: AppState::not_asynk,
};

fn main() {}
