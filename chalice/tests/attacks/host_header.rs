//! The `Host` header, which a client chooses: it routes nothing, builds nothing and
//! breaks nothing.

use chalice::{prelude::*, test::Client};

#[route("/")]
fn index(request: &Request) -> String {
    let context = request.context();
    format!("{} {:?}", request.path(), context.domain_name().as_deref())
}

#[route("/new")]
fn new() -> chalice::Redirect {
    chalice::Redirect::to("/")
}

#[app]
static APP: App = App {
    name: "hosts",
    handlers: [index, new],
};

const HOSTS: [&str; 8] = [
    "evil.example",
    "evil.example/admin",
    "[bad",
    "a b",
    "",
    "127.0.0.1:99999",
    "a.lambda-url.b.on.aws",
    "user:password@evil.example",
];

#[tokio::test]
async fn the_host_is_data_only() {
    let client = Client::new(&APP).await.unwrap();
    let expected = client.http().get("/").await.text().to_owned();
    for host in HOSTS {
        for name in ["host", "x-forwarded-host", "forwarded"] {
            let response = client.http().get("/").header(name, host).await;
            assert_eq!(
                (response.status().as_u16(), response.text()),
                (200, expected.as_str())
            );
            let response = client.http().get("/new").header(name, host).await;
            assert_eq!(response.header("location"), Some("/"));
        }
    }
}

#[tokio::test]
async fn the_host_does_not_say_which_gateway_it_is() {
    let client = Client::new(&APP).await.unwrap();
    for host in HOSTS {
        let event = json!({
            "version": "2.0", "routeKey": "GET /", "rawPath": "/nowhere", "headers": { "host": host },
            "requestContext": { "http": { "method": "GET" }, "domainName": "x.execute-api.y.amazonaws.com" },
        });
        let reply = client
            .lambda("api_handler")
            .invoke_json(&event.to_string())
            .await
            .unwrap();
        assert_eq!(reply["statusCode"], 200, "{host}");
    }
}
