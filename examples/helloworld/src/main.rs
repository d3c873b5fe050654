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

#[cfg(test)]
mod tests {
    use chalice::test::Client;

    use super::*;

    #[tokio::test]
    async fn index_says_hello() {
        let client = Client::new(&APP).await.unwrap();
        let response = client.http().get("/").await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.json::<Value>(), json!({ "hello": "world" }));
    }

    #[tokio::test]
    async fn cities_are_known_or_not() {
        let client = Client::new(&APP).await.unwrap();
        let known = client.http().get("/cities/seattle").await;
        assert_eq!(known.json::<Value>(), json!({ "state": "WA" }));

        let unknown = client.http().get("/cities/atlantis").await;
        assert_eq!(unknown.status(), 400);
        let error = json!({ "Code": "BadRequestError", "Message": "unknown city 'atlantis'" });
        assert_eq!(unknown.json::<Value>(), error);
    }
}
