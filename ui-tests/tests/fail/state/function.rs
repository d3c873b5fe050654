//! `state` is a function of the state's type.

use chalice::prelude::*;

#[derive(AppState)]
struct AppState {}

async fn connect() -> Result<AppState> {
    Ok(AppState {})
}

#[app]
pub static FREE: App = App {
    name: "fixture",
    handlers: [],
    state: connect,
};

#[app]
pub static CALLED: App = App {
    name: "fixture",
    handlers: [],
    state: AppState::connect(),
};

#[app]
pub static VALUE: App = App {
    name: "fixture",
    handlers: [],
    state: AppState {},
};

fn main() -> ExitCode {
    chalice::run(&FREE)
}
