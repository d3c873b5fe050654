//! A handler that asks for what the app's state does not have.

use chalice::prelude::*;

struct Db;
struct Cache;

#[derive(AppState)]
struct AppState {
    cache: Cache,
}

impl AppState {
    async fn connect() -> Result<AppState> {
        Ok(AppState { cache: Cache })
    }
}

#[route("/")]
async fn index(db: State<Db>, cache: State<Cache>) {
    let _ = (db, cache);
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [index],
    state: AppState::connect,
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
