//! An app with grants of every kind: what its manifest says, and the names at run time.

use chalice::{
    Application,
    grant::{
        Bucket, EventBus, Function, Grant, Parameter, Queue, Secret, StateMachine, Table, Topic,
    },
    prelude::*,
    test::Client,
};
use chalice_core::manifest::model::Manifest;
use serde_json::json;

const PHOTOS: Bucket = Bucket::named("photos");
const ORDERS: Table = Table::from_env("ORDERS_TABLE").index("by_customer");
const MAIL: Grant = Grant::allow(&["ses:SendEmail"]).on(&["arn:aws:ses:*:*:identity/example.com"]);

#[route("/plain")]
fn plain() -> &'static str {
    "plain"
}

#[route("/objects/<key>", methods = [GET, PUT], grants = [PHOTOS.get(), PHOTOS.put()])]
async fn object(key: String) -> Result<String> {
    Ok(format!("{key} in {}, {}", PHOTOS.name()?, ORDERS.name()?))
}

#[route("/orders", authorizer = auth, content_types = ["text/plain"], grants = [ORDERS.query()])]
fn orders() -> &'static str {
    "orders"
}

#[authorizer(grants = [Secret::named("tokens").read()])]
fn auth(_request: &AuthRequest) -> AuthResponse {
    AuthResponse::deny("nobody")
}

#[on_sqs_message(queue = "orders", grants = [ORDERS.read_write(), MAIL])]
fn order(_event: SqsEvent) {}

#[schedule("rate(1 hour)", grants = [
    Queue::named("work").send(),
    Topic::named("news").publish(),
    Parameter::named("/app/limits").read_by_path(),
    Function::named("resize").invoke(),
    EventBus::named("default").put_events(),
    StateMachine::named("checkout").start(),
])]
fn hourly() {}

#[lambda_function]
fn nothing() {}

#[on_ws_message(grants = [PHOTOS.list()])]
fn message(_event: WebsocketEvent) {}

#[blueprint]
static INNER: Blueprint = Blueprint {
    handlers: [orders, order],
    grants: [MAIL],
};

#[blueprint]
static OUTER: Blueprint = Blueprint {
    handlers: [auth],
    blueprints: [INNER.at("/shop").prefix("shop_")],
};

#[app]
static APP: App = App {
    name: "grants",
    handlers: [plain, object, hourly, nothing, message],
    blueprints: [OUTER],
    grants: [PHOTOS.delete()],
};

fn manifest() -> (Value, Manifest) {
    let json = <APP as Application>::manifest();
    (
        serde_json::from_slice(json).unwrap(),
        Manifest::from_json(json).unwrap(),
    )
}

/// Grants without their places, which a line more would change: actions, kinds, names or variables, ARNs.
fn of(grants: &Value) -> Value {
    let grants = grants.as_array().into_iter().flatten();
    grants
        .map(|grant| {
            let resources = grant["resources"].as_array().unwrap().iter();
            let resources = resources.map(|it| {
                assert!(it["name"].is_null() || it["variable"].is_null());
                let name = it["name"].as_str().or(it["variable"].as_str());
                json!([it["kind"], name, it["arn"]])
            });
            assert_eq!(grant["source"]["file"], file!());
            assert!(grant["source"]["line"].as_u64().unwrap() > 10);
            json!({"actions": grant["actions"], "resources": resources.collect::<Vec<_>>()})
        })
        .collect()
}

#[test]
fn the_manifest_has_all_grants() {
    let (value, manifest) = manifest();
    assert_eq!(serde_json::to_value(manifest).unwrap(), value);
    let objects = json!([["bucket", "photos", "arn:{partition}:s3:::{name}/*"]]);
    let mail = json!({
        "actions": ["ses:SendEmail"],
        "resources": [["arn", null, "arn:aws:ses:*:*:identity/example.com"]],
    });
    let table = json!([
        "table",
        "ORDERS_TABLE",
        "arn:{partition}:dynamodb:{region}:{account}:table/{name}"
    ]);
    let index = json!([
        "table",
        "ORDERS_TABLE",
        "arn:{partition}:dynamodb:{region}:{account}:table/{name}/index/by_customer"
    ]);
    let routes = &value["routes"];
    assert_eq!(routes[0].get("grants"), None);
    assert_eq!(
        of(&routes[1]["grants"]),
        json!([
            {"actions": ["s3:GetObject"], "resources": objects},
            {"actions": ["s3:PutObject"], "resources": objects},
        ])
    );
    assert_eq!(routes[2]["path"], "/shop/orders");
    assert_eq!(routes[2]["authorizer"]["name"], "auth");
    assert_eq!(
        of(&routes[2]["grants"]),
        json!([{"actions": ["dynamodb:Query"], "resources": [table, index]}])
    );
    let functions = value["functions"].as_array().unwrap();
    let function = |name: &str| {
        let found = functions.iter().find(|it| it["name"] == name);
        of(&found.unwrap_or_else(|| panic!("{name}"))["grants"])
    };
    assert_eq!(function("api_handler"), json!([]));
    assert_eq!(function("nothing"), json!([]));
    assert_eq!(
        function("auth"),
        json!([{
            "actions": ["secretsmanager:GetSecretValue"],
            "resources": [[
                "secret", "tokens", "arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-??????"
            ]],
        }])
    );
    assert_eq!(function("shop_order")[2], mail);
    assert_eq!(
        function("shop_order")[1]["resources"],
        json!([table, index])
    );
    let kinds: Vec<Value> = function("hourly")
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["resources"][0][0].clone())
        .collect();
    assert_eq!(
        json!(kinds),
        json!([
            "queue",
            "topic",
            "parameter",
            "function",
            "event_bus",
            "state_machine"
        ])
    );
    assert_eq!(
        of(&value["app"]["grants"]),
        json!([{"actions": ["s3:DeleteObject"], "resources": objects}])
    );
    let scopes = value["app"]["blueprint_grants"].as_array().unwrap();
    assert_eq!(scopes.len(), 1);
    assert_eq!(scopes[0]["source"]["item"], "INNER");
    assert_eq!(scopes[0]["functions"], json!(["shop_order"]));
    assert_eq!(scopes[0]["routes"], json!({"start": 2, "end": 3}));
    assert_eq!(of(&scopes[0]["grants"]), json!([mail]));
}

#[test]
fn what_each_may_do() {
    let (_, manifest) = manifest();
    let actions = |grants: Option<Vec<&chalice_core::manifest::model::Grant>>| -> Vec<String> {
        let grants = grants.unwrap().into_iter();
        grants.flat_map(|grant| grant.actions.clone()).collect()
    };
    assert_eq!(actions(manifest.grants_of_route(0)), ["s3:DeleteObject"]);
    assert_eq!(
        actions(manifest.grants_of_route(2)),
        ["dynamodb:Query", "ses:SendEmail", "s3:DeleteObject"]
    );
    assert_eq!(
        actions(manifest.grants_of_function("api_handler")),
        [
            "s3:GetObject",
            "s3:PutObject",
            "dynamodb:Query",
            "ses:SendEmail",
            "s3:DeleteObject"
        ]
    );
    assert_eq!(
        actions(manifest.grants_of_function("nothing")),
        ["s3:DeleteObject"]
    );
    assert_eq!(manifest.grants_of_function("none"), None);
    assert_eq!(manifest.grants_of_route(3), None);
}

#[tokio::test]
async fn names_at_run_time() {
    let client = Client::builder(&APP)
        .env("ORDERS_TABLE", "orders-dev")
        .build()
        .await
        .unwrap();
    let response = client.http().get("/objects/a.jpg").await;
    assert_eq!(response.text(), "a.jpg in photos, orders-dev");
}
