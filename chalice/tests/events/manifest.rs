//! What the manifest says about functions.

use super::*;

#[test]
fn the_manifest_lists_all_functions() {
    use chalice::Application;

    let manifest: Value = serde_json::from_slice(<APP as Application>::manifest()).unwrap();
    let functions = manifest["functions"].as_array().unwrap();
    assert_eq!(functions.len(), 20);
    let function = |name: &str| {
        functions
            .iter()
            .find(|function| function["name"] == name)
            .unwrap()
            .clone()
    };
    let resize = function("resize");
    assert_eq!(resize["type"], "s3");
    assert_eq!(resize["bucket"], "mybucket");
    assert_eq!(resize["prefix"], "images/");
    assert_eq!(resize["description"], "Makes thumbnails");
    assert_eq!(resize["on_failure"], Value::Null);
    assert_eq!(
        function("each_object")["events"],
        json!(["s3:ObjectCreated:*"])
    );
    assert_eq!(function("notify")["topic"], "mytopic");
    assert_eq!(function("notify_each")["topic"], Value::Null);
    let order = function("order");
    assert_eq!(
        (&order["queue"], &order["batch_size"]),
        (&json!("orders"), &json!(10))
    );
    assert_eq!(order["report_batch_item_failures"], true);
    assert_eq!(
        function("all_or_nothing")["report_batch_item_failures"],
        false
    );
    assert_eq!(function("measure")["starting_position"], "TRIM_HORIZON");
    assert_eq!(function("measure")["batch_size"], 100);
    assert_eq!(
        function("changed")["filters"],
        json!([{ "eventName": ["INSERT"] }])
    );
    let stopped = function("stopped");
    assert_eq!(
        stopped["pattern"]["detail"],
        json!({ "state": ["stopped"] })
    );
    assert_eq!(stopped["event_bus"], "machines");
    assert_eq!(function("sweep")["schedule"], "rate(1 hour)");
    assert_eq!(function("tick")["schedule"], "rate(5 minutes)");
    assert_eq!(
        function("closing_time")["schedule"],
        "cron(0 18 ? * MON-FRI *)"
    );
    assert_eq!(function("websocket_connect")["route_key"], "$connect");
    assert_eq!(function("subscribe")["route_key"], "subscribe");
}
