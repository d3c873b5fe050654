//! An own extractor that asks for what the app's state does not have.

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

struct CurrentUser;

impl<S: Provide<Db>> FromRequest<S> for CurrentUser {
    async fn from_request(_: &Request, state: &'static S) -> Result<CurrentUser> {
        let _: &Db = state.provide();
        Ok(CurrentUser)
    }
}

#[route("/")]
async fn index(user: CurrentUser) {
    let _ = user;
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
