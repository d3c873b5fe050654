//! Settings of the whole API.

use chalice::{Application, prelude::*};

#[route("/1")]
fn inherits() {}

#[route("/2", cors = false)]
fn off() {}

#[route("/3", cors(allow_origin = ["https://c.example.com"]))]
fn own() {}

/// With CORS from the app, a path may still answer `OPTIONS` itself.
#[route("/4", methods = [GET, OPTIONS])]
fn options() {}

#[route("/5")]
fn first_of_one_path() {}

#[route("/5", methods = [POST], cors(
    allow_origin = ["https://a.example.com", "https://b.example.com"],
    allow_headers = ["X-Special"],
    expose_headers = ["X-Special"],
    max_age = 600,
    allow_credentials,
))]
fn same_as_the_app() {}

#[app]
static APP: App = App {
    name: "api",
    handlers: [
        inherits,
        off,
        own,
        options,
        first_of_one_path,
        same_as_the_app,
    ],
    api: Api {
        cors: Cors {
            allow_origin: ["https://a.example.com", "https://b.example.com"],
            allow_headers: ["X-Special"],
            expose_headers: ["X-Special"],
            max_age: 600,
            allow_credentials: true,
        },
        binary_types: ["application/x-protobuf"],
        compression: 1024,
    },
    debug: true,
};

mod plain {
    use chalice::prelude::*;

    #[app]
    pub static APP: App = App {
        name: "plain",
        api: Api {
            cors: true,
            binary_types: [],
            compression: 0,
        },
        debug: false,
    };
}

mod empty {
    #[chalice::app]
    pub static APP: chalice::App = chalice::App {
        name: "empty",
        api: chalice::Api {
            cors: chalice::Cors {},
        },
    };
}

fn manifest<A: Application>(_: &A) -> Value {
    serde_json::from_slice(A::manifest()).unwrap()
}

#[test]
fn api() {
    assert_eq!(crate::routes(&APP).len(), 6);
    let manifest = manifest(&APP);
    let cors = json!({
        "allow_origin": ["https://a.example.com", "https://b.example.com"],
        "allow_headers": [
            "Authorization", "Content-Type", "X-Amz-Date", "X-Amz-Security-Token", "X-Api-Key", "X-Special"
        ],
        "expose_headers": ["X-Special"],
        "max_age": 600,
        "allow_credentials": true,
    });
    assert_eq!(
        manifest["app"]["api"],
        json!({
            "cors": cors, "binary_types": ["application/x-protobuf"], "compression": 1024, "debug": true,
        })
    );
    let routes: Vec<&Value> = manifest["routes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|route| &route["cors"])
        .collect();
    assert_eq!(routes[..2], [&Value::Null, &json!(false)]);
    assert_eq!(routes[2]["allow_origin"], "https://c.example.com");
    assert_eq!(routes[3..], [&Value::Null, &Value::Null, &cors]);
}

#[test]
fn little_of_it() {
    let every = |manifest: &Value| manifest["app"]["api"]["cors"]["allow_origin"] == "*";
    let plain = manifest(&plain::APP);
    assert!(every(&plain));
    assert_eq!(plain["app"]["api"]["compression"], 0);
    let empty = manifest(&empty::APP);
    assert!(every(&empty));
    assert_eq!(empty["app"]["api"]["compression"], Value::Null);
}
