//! A state that threads cannot share.

use chalice::prelude::*;

use std::cell::Cell;

#[derive(AppState)]
struct AppState {
    count: Cell<u32>,
}

impl AppState {
    async fn connect() -> Result<AppState> {
        Ok(AppState {
            count: Cell::new(0),
        })
    }
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [],
    state: AppState::connect,
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
