//! The counterparts of the apps whose documents are in `chalice/`.

/// Methods, documentation, placeholders, CORS, content types, API keys, `ANY`.
pub(crate) mod basic {
    use chalice::prelude::*;

    /// Index summary.
    ///
    /// Index description line 1.
    /// line 2.
    #[route("/")]
    fn index() {}

    /// One-line doc.
    #[route("/hello/{name}", methods = [GET, PUT, POST, PATCH, DELETE, HEAD], name = "named_hello")]
    fn hello(name: String) -> String {
        name
    }

    #[route("/cors-true", methods = [GET, POST], cors)]
    fn cors_true() {}

    #[route("/cors-custom", methods = [PUT], cors(
        allow_origin = "https://foo.example.com",
        allow_headers = ["X-Special-Header"],
        max_age = 600,
        expose_headers = ["X-Special-Header", "X-Other"],
        allow_credentials,
    ))]
    fn cors_custom() {}

    #[route("/cors-mixed", cors)]
    fn cors_mixed_get() {}

    #[route("/cors-mixed", methods = [POST])]
    fn cors_mixed_post() {}

    #[route("/apikey", api_key_required)]
    fn apikey() {}

    #[route("/form", methods = [POST], content_types = ["application/x-www-form-urlencoded", "text/plain"])]
    fn form() {}

    #[route("/binary", methods = [POST], content_types = ["application/octet-stream"])]
    fn binary(body: Bytes) -> Bytes {
        body
    }

    #[route("/a/{one}/b/{two}")]
    fn two(one: String, two: String) -> Json<[String; 2]> {
        Json([one, two])
    }

    #[route("/proxy/{proxy+}")]
    fn proxy(proxy: String) -> String {
        proxy
    }

    #[route("/user-options", methods = [OPTIONS, GET])]
    fn user_options() {}

    #[route("/any", methods = [ANY])]
    fn any_() {}

    #[app]
    pub(crate) static APP: App = App {
        name: "basic",
        handlers: [
            index,
            hello,
            cors_true,
            cors_custom,
            cors_mixed_get,
            cors_mixed_post,
            apikey,
            form,
            binary,
            two,
            proxy,
            user_options,
            any_,
        ],
        api: Api {
            binary_types: ["application/x-custom"],
        },
    };
}

/// Every kind of authorizer that REST APIs have.
pub(crate) mod auths {
    use chalice::prelude::*;

    const IAM: IamAuthorizer = IamAuthorizer::new();
    const COGNITO: CognitoUserPoolAuthorizer = CognitoUserPoolAuthorizer::new(
        "MyPool",
        &["arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abc"],
    )
    .header("Authorization")
    .scopes(&["email"]);
    const CUSTOM: CustomAuthorizer = CustomAuthorizer::new(
        "MyCustomAuth",
        "arn:aws:apigateway:us-west-2:lambda:path/2015-03-31/functions/arn:aws:lambda:us-west-2:123456789012:function:fn/invocations",
    )
    .header("X-Auth")
    .ttl_seconds(30)
    .invoke_role_arn("arn:aws:iam::123456789012:role/inv")
    .scopes(&["a", "b"]);
    const CUSTOM_MIN: CustomAuthorizer = CustomAuthorizer::new("MinCustom", "uri-min");

    #[authorizer]
    fn builtin_default(_request: AuthRequest) -> AuthResponse {
        AuthResponse::allow(["*"], "u")
    }

    #[authorizer(
        ttl_seconds = 120,
        execution_role = "arn:aws:iam::123456789012:role/exec",
        name = "NamedAuth",
        header = "X-Tok"
    )]
    fn builtin_full(_request: AuthRequest) -> AuthResponse {
        AuthResponse::allow(["/x"], "u").context("k", "v")
    }

    #[route("/iam", authorizer = IAM)]
    fn r_iam() {}

    #[route("/cognito", authorizer = COGNITO)]
    fn r_cog() {}

    #[route("/cognito-scopes", authorizer = COGNITO.scopes(["x/y", "z"]))]
    fn r_cog2() {}

    #[route("/custom", authorizer = CUSTOM)]
    fn r_custom() {}

    #[route("/custom-min", authorizer = CUSTOM_MIN)]
    fn r_custom_min() {}

    #[route("/builtin", authorizer = builtin_default)]
    fn r_b() {}

    #[route("/builtin-scoped", authorizer = builtin_default.scopes(["s1"]))]
    fn r_bs() {}

    #[route("/builtin-full", methods = [GET, POST], authorizer = builtin_full, api_key_required, cors)]
    fn r_bf() {}

    #[app]
    pub(crate) static APP: App = App {
        name: "auths",
        handlers: [
            builtin_default,
            builtin_full,
            r_iam,
            r_cog,
            r_cog2,
            r_custom,
            r_custom_min,
            r_b,
            r_bs,
            r_bf,
        ],
    };
}

/// A route of a WebSocket API beside those of a REST API.
pub(crate) mod wsmsg {
    use chalice::prelude::*;

    #[route("/")]
    fn index() {}

    #[on_ws_message]
    fn message(_event: WebsocketEvent) {}

    #[app]
    pub(crate) static APP: App = App {
        name: "wsmsg",
        handlers: [index, message],
    };
}

/// Functions that a configuration has much to say about.
pub(crate) mod cfg {
    use chalice::prelude::*;

    #[route("/")]
    fn index() {}

    #[lambda_function]
    fn fn_a() {}

    #[lambda_function]
    fn fn_role() {}

    #[lambda_function]
    fn fn_policy() {}

    #[lambda_function]
    fn fn_top() {}

    #[app]
    pub(crate) static APP: App = App {
        name: "cfg",
        handlers: [index, fn_a, fn_role, fn_policy, fn_top],
    };
}

/// Custom domains.
pub(crate) mod dom {
    use chalice::prelude::*;

    #[route("/")]
    fn index() {}

    #[on_ws_message]
    fn msg(_event: WebsocketEvent) {}

    #[app]
    pub(crate) static APP: App = App {
        name: "dom",
        handlers: [index, msg],
    };
}

/// A private API.
pub(crate) mod private {
    use chalice::prelude::*;

    #[route("/")]
    fn index() {}

    #[app]
    pub(crate) static APP: App = App {
        name: "priv",
        handlers: [index],
    };
}

/// Layers.
pub(crate) mod layered {
    use chalice::prelude::*;

    #[route("/")]
    fn index() {}

    #[lambda_function(name = "fn")]
    fn function() {}

    #[app]
    pub(crate) static APP: App = App {
        name: "layered",
        handlers: [index, function],
    };
}

/// A template that is merged with another.
pub(crate) mod merge {
    use chalice::prelude::*;

    #[route("/")]
    fn index() {}

    #[lambda_function(name = "fn")]
    fn function() {}

    #[app]
    pub(crate) static APP: App = App {
        name: "merge",
        handlers: [index, function],
    };
}

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
