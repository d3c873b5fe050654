//! The counterparts of the apps whose documents are in `chalice/`, and others.

pub(crate) use golden::counterparts::{auths, basic, cfg, dom, layered, merge, private, wsmsg};

/// Without routes.
pub(crate) mod pure {
    use chalice::prelude::*;

    #[lambda_function]
    fn function() {}

    #[app]
    pub(crate) static APP: App = App {
        name: "pure",
        handlers: [function],
    };
}

/// What AWS Chalice has not: several origins, authorizers by the whole request, streams,
/// JSON Web Tokens.
pub(crate) mod beyond {
    use chalice::prelude::*;

    const LOGIN: JwtAuthorizer =
        JwtAuthorizer::new("login", "https://login.example.com", &["my-client"]);

    #[authorizer(identity_sources = [header("X-Key"), query("tenant")], ttl_seconds = 0)]
    fn key(_request: AuthRequest) -> AuthResponse {
        AuthResponse::deny("nobody")
    }

    #[route("/origins/<id>", cors(allow_origin = ["https://a.example.com", "https://b.example.com"]), authorizer = key)]
    fn origins(id: u64) -> Json<u64> {
        Json(id)
    }

    #[route("/stream", stream)]
    fn stream() -> StreamingBody {
        StreamingBody::channel().1
    }

    #[app]
    pub(crate) static APP: App = App {
        name: "beyond",
        handlers: [key, origins, stream],
    };

    pub(crate) mod tokens {
        use chalice::prelude::*;

        #[route("/orders", authorizer = super::LOGIN.scopes(["orders"]))]
        fn orders() {}

        #[app]
        pub(crate) static APP: App = App {
            name: "tokens",
            handlers: [orders],
        };
    }
}
