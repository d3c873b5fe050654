//! Authorizers that are functions of the app: in every notation, named from
//! everywhere, in blueprints with name prefixes.

use chalice::prelude::*;

#[derive(AppState)]
struct State_ {
    greeting: String,
}

impl State_ {
    async fn connect() -> Result<State_> {
        Ok(State_ {
            greeting: "hello".to_owned(),
        })
    }
}

/// Who may pass.
#[authorizer]
fn plain(request: AuthRequest) -> AuthResponse {
    match request.token() {
        "allow" => AuthResponse::allow(["*"], "user"),
        _ => AuthResponse::deny("user"),
    }
}

#[authorizer(ttl_seconds = 0, identity_sources = [header("X-Key"), query("key")], name = "gate")]
async fn with_state(
    context: LambdaContext,
    request: &AuthRequest,
    greeting: State<String>,
) -> Result<AuthResponse> {
    let _ = (context, request.header("x-key"));
    Ok(AuthResponse::deny(greeting.as_str()))
}

mod shared {
    use chalice::prelude::*;

    #[authorizer(header = "X-Token")]
    pub(crate) async fn auth(request: AuthRequest) -> AuthResponse {
        let _ = request;
        AuthResponse::deny("nobody")
    }

    #[route("/", authorizer = auth)]
    fn own() {}

    #[route("/outer", authorizer = super::plain)]
    fn outer() {}

    #[blueprint]
    pub static BLUEPRINT: Blueprint = Blueprint {
        handlers: [own, outer, auth],
    };
}

struct Config;

impl Config {
    const LOGIN: JwtAuthorizer = JwtAuthorizer::new("login", "https://example.com", &["my-client"]);
}

#[route("/1", authorizer = plain)]
fn by_name() {}

#[route("/2", authorizer = self::with_state.scopes(["profile"]))]
fn by_path() {}

#[route("/3", authorizer = Config::LOGIN.scopes(["admin"]).header("X-Jwt"))]
fn associated_constant() {}

macro_rules! guarded {
    ($path:literal, $name:ident, $authorizer:expr) => {
        #[route($path, authorizer = $authorizer)]
        fn $name() {}
    };
}

guarded!("/4", by_macro, plain);

#[app]
static APP: App = App {
    name: "authorizer-functions",
    handlers: [
        plain,
        with_state,
        by_name,
        by_path,
        associated_constant,
        by_macro,
    ],
    blueprints: [
        shared::BLUEPRINT.at("/a").prefix("a_"),
        shared::BLUEPRINT.at("/b").prefix("b_"),
    ],
    state: State_::connect,
};

#[test]
fn authorizers() {
    let manifest: Value =
        serde_json::from_slice(<APP as chalice::Application>::manifest()).unwrap();
    let named = |value: &Value, name: &str| {
        let of = value.as_array().unwrap().iter();
        of.clone()
            .find(|entry| entry["name"] == name)
            .unwrap()
            .clone()
    };
    for (route, authorizer) in [
        ("by_name", "plain"),
        ("by_path", "gate"),
        ("by_macro", "plain"),
        ("a_own", "a_auth"),
        ("b_own", "b_auth"),
        ("a_outer", "plain"),
    ] {
        let route = named(&manifest["routes"], route);
        assert_eq!(route["authorizer"]["name"], authorizer, "{route}");
        assert_eq!(route["authorizer"]["type"], "function");
        assert_eq!(
            named(&manifest["functions"], authorizer)["type"],
            "authorizer"
        );
    }
    assert_eq!(
        named(&manifest["routes"], "by_path")["authorizer"]["scopes"],
        json!(["profile"])
    );
    assert_eq!(
        named(&manifest["routes"], "associated_constant")["authorizer"],
        json!({
            "type": "jwt", "name": "login", "issuer": "https://example.com", "audiences": ["my-client"],
            "header": "X-Jwt", "scopes": ["admin"],
        })
    );
    let gate = named(&manifest["functions"], "gate");
    assert_eq!(gate["ttl_seconds"], 0);
    assert_eq!(
        gate["identity"],
        json!({ "type": "request", "sources": [
            { "in": "header", "name": "X-Key" }, { "in": "query", "name": "key" },
        ]})
    );
    assert_eq!(
        named(&manifest["functions"], "plain")["summary"],
        "Who may pass."
    );
    assert_eq!(
        named(&manifest["functions"], "b_auth")["identity"]["header"],
        "X-Token"
    );
}
