//! An extractor that works with one state only.

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

impl FromRequest<AppState> for CurrentUser {
    async fn from_request(_: &Request, _: &'static AppState) -> Result<CurrentUser> {
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
