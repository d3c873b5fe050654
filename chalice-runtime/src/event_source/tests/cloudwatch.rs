use serde_json::json;

use super::*;
use crate::{CloudWatchEvent, ScheduledEvent};

const CHANGE: &str = include_str!("../fixtures/cloudwatch.json");
const SCHEDULE: &str = include_str!("../fixtures/schedule.json");

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
struct StateChange {
    instance_id: String,
    state: String,
}

#[test]
fn every_attribute_is_there() {
    let event: CloudWatchEvent = event(CHANGE);
    assert_eq!(event.source(), "aws.ec2");
    assert_eq!(
        event.detail_type(),
        "EC2 Instance State-change Notification"
    );
    assert_eq!(event.id(), "7bf73129-1428-4cd3-a780-95db273d1602");
    assert_eq!(event.time(), at(1_447_277_394_000));
    assert_eq!(event.region(), "us-east-1");
    assert_eq!(event.account(), "123456789012");
    assert_eq!(
        event.resources(),
        ["arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"]
    );
    assert_eq!(event.version(), "0");
    assert_eq!(event.rule_name(), None);
    assert_eq!(event.detail()["state"], "pending");
    assert_eq!(
        event.into_detail(),
        json!({ "instance-id": "i-abcd1111", "state": "pending" })
    );
}

#[test]
fn details_have_the_type_of_the_handler() {
    let event: CloudWatchEvent<StateChange> = event(CHANGE);
    assert_eq!(event.detail().instance_id, "i-abcd1111");
    let json = json!({ "source": "a", "detail-type": "b", "detail": { "instance-id": 4711 } });
    assert_eq!(
        refusal::<CloudWatchEvent<StateChange>>(&json),
        "its `detail` is not JSON of `chalice_runtime::event_source::tests::cloudwatch::StateChange`: invalid type, \
         expected a string at line 1 column 19"
    );
    let json = json!({ "source": "a", "detail-type": "b" });
    assert!(refusal::<CloudWatchEvent<StateChange>>(&json).starts_with("its `detail` is not"));
}

#[test]
fn schedules_are_events() {
    let event: ScheduledEvent = event(SCHEDULE);
    assert_eq!(
        (event.source(), event.detail_type()),
        ("aws.events", "Scheduled Event")
    );
    assert_eq!(event.rule_name(), Some("nightly"));
    assert_eq!(event.time(), at(1_767_311_999_000));
    assert_eq!(event.detail(), &json!({}));
}

#[test]
fn rules_have_names() {
    for (arn, name) in [
        (
            "arn:aws:events:us-east-1:123456789012:rule/nightly",
            Some("nightly"),
        ),
        (
            "arn:aws:events:us-east-1:123456789012:rule/bus/nightly",
            Some("nightly"),
        ),
        ("arn:aws:events:us-east-1:123456789012:event-bus/b", None),
        ("rule/nightly", None),
    ] {
        let json = json!({ "source": "a", "detail-type": "b", "resources": [arn] });
        let event: ScheduledEvent = event(&json.to_string());
        assert_eq!(event.rule_name(), name);
    }
}

#[test]
fn what_is_optional_may_be_missing() {
    let event: CloudWatchEvent = event(r#"{"source": "a", "detail-type": "b", "version": 0}"#);
    assert_eq!((event.id(), event.account(), event.region()), ("", "", ""));
    assert_eq!((event.version(), event.time()), ("0", None));
    assert!(event.resources().is_empty() && event.detail().is_null());
}

#[test]
fn other_events_are_refused() {
    assert_eq!(
        refusal::<CloudWatchEvent>(&json!({ "Records": [] })),
        "missing field `detail-type` at line 1 column 14"
    );
    assert_eq!(
        refusal::<CloudWatchEvent>(&json!(["0", "id"])),
        "invalid type, expected a JSON object at line 1 column 0"
    );
}

#[test]
fn nothing_of_the_detail_is_shown() {
    let event: CloudWatchEvent = event(CHANGE);
    assert!(!format!("{event:?}").contains("pending"));
}
