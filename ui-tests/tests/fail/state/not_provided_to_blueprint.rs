//! A blueprint whose handler asks for what the app's state does not have.

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

mod users {
    use super::*;

    #[route("/")]
    async fn list(db: State<Db>, cache: State<Cache>) {
        let _ = (db, cache);
    }

    #[blueprint]
    pub static BLUEPRINT: Blueprint = Blueprint { handlers: [list] };
}

#[app]
pub static APP: App = App {
    name: "fixture",
    blueprints: [users::BLUEPRINT.at("/users")],
    state: AppState::connect,
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
