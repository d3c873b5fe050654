//! Two routes: a constant answer, and one that depends on the path.
//!
//! ```text
//! cargo chalice local -p helloworld
//! curl 127.0.0.1:8000/cities/seattle
//! ```

use chalice::prelude::*;

#[derive(Serialize, JsonSchema)]
struct City {
    state: &'static str,
}

#[route("/")]
fn index() -> Json<Value> {
    Json(json!({ "hello": "world" }))
}

/// Look up a city's state.
///
/// The first line becomes the operation's summary, the rest its description.
#[route("/cities/<city>", methods = [GET], cors)]
async fn state_of_city(city: String) -> Result<Json<City>> {
    match city.as_str() {
        "seattle" => Ok(Json(City { state: "WA" })),
        "portland" => Ok(Json(City { state: "OR" })),
        other => Err(HttpError::bad_request(format!("unknown city '{other}'"))),
    }
}

/// The app.
#[app]
pub static APP: App = App {
    name: "helloworld",
    handlers: [index, state_of_city],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
