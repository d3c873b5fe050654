//! State: derived, with skipped fields, by hand, in blueprints and in extractors.

use std::sync::Mutex;

use chalice::prelude::*;

struct Db {
    name: &'static str,
}

#[derive(Default)]
struct Counter(Mutex<u32>);

#[derive(AppState)]
struct AppState {
    db: Db,
    counter: Counter,
    greeting: String,
    #[state(skip)]
    farewell: String,
}

impl AppState {
    async fn connect() -> Result<AppState> {
        Ok(AppState {
            db: Db { name: "orders" },
            counter: Counter::default(),
            greeting: "hello".to_owned(),
            farewell: "bye".to_owned(),
        })
    }
}

/// Derived for a type without fields, with errors of another type.
#[derive(AppState)]
struct Nothing;

impl Nothing {
    async fn connect() -> std::io::Result<Nothing> {
        Ok(Nothing)
    }
}

/// A state that provides by hand.
struct ByHand(Db);

impl Provide<Db> for ByHand {
    fn provide(&self) -> &Db {
        &self.0
    }
}

impl ByHand {
    async fn connect() -> Result<Self> {
        Ok(ByHand(Db { name: "by hand" }))
    }
}

struct CurrentUser(&'static str);

impl<S: Provide<Db>> FromRequest<S> for CurrentUser {
    async fn from_request(_: &Request, state: &'static S) -> Result<CurrentUser> {
        let db: &Db = state.provide();
        Ok(CurrentUser(db.name))
    }
}

mod users {
    use chalice::prelude::*;

    use super::{Counter, CurrentUser, Db};

    #[route("/")]
    async fn list(db: State<Db>, user: CurrentUser) -> String {
        format!("{} {}", db.name, user.0)
    }

    #[route("/count")]
    fn count(counter: State<Counter>) -> Result<String> {
        let mut count = counter
            .0
            .lock()
            .map_err(|_| HttpError::conflict("poisoned"))?;
        *count += 1;
        Ok(count.to_string())
    }

    #[blueprint]
    pub(super) static BLUEPRINT: Blueprint = Blueprint { handlers: [list] };

    #[blueprint]
    pub(super) static COUNTING: Blueprint = Blueprint { handlers: [count] };
}

#[route("/")]
async fn index(
    greeting: State<String>,
    whole: State<AppState>,
    user: Option<CurrentUser>,
) -> String {
    let user = user.map_or("nobody", |user| user.0);
    format!("{} {} {user} {}", *greeting, whole.db.name, whole.farewell)
}

#[route("/nothing")]
async fn nothing(nothing: State<Nothing>) {
    let _: &Nothing = &nothing;
}

#[app]
static APP: App = App {
    name: "state",
    handlers: [index],
    blueprints: [
        users::BLUEPRINT.at("/users"),
        users::COUNTING.at("/counter"),
    ],
    state: AppState::connect,
};

#[app]
static WITHOUT_FIELDS: App = App {
    name: "without-fields",
    handlers: [nothing],
    state: self::Nothing::connect,
};

#[app]
static BY_HAND: App = App {
    name: "by-hand",
    blueprints: [users::BLUEPRINT],
    state: ByHand::connect,
};

#[test]
fn state() {
    assert_eq!(
        crate::routes(&APP),
        [
            "index: GET /",
            "list: GET /users",
            "count: GET /counter/count"
        ]
    );
    assert_eq!(crate::routes(&WITHOUT_FIELDS), ["nothing: GET /nothing"]);
    assert_eq!(crate::routes(&BY_HAND), ["list: GET /"]);
}
