//! Events of Amazon EventBridge.

use serde::Serialize;
use serde_json::{Value, json};

use super::event;

/// An event of Amazon EventBridge; made by [`cloudwatch`] and [`schedule`](super::schedule).
#[derive(Clone, Debug, Serialize)]
#[must_use]
pub struct CloudWatch(Value);

event!(CloudWatch);

/// An event that a rule of Amazon EventBridge matches.
///
/// ```
/// # use chalice_events as events;
/// use serde_json::json;
///
/// let event = events::cloudwatch("aws.ec2", "EC2 Instance State-change Notification", json!({ "state": "pending" }))
///     .resources(["arn:aws:ec2:us-west-2:123456789012:instance/i-abcd1111"]);
/// ```
pub fn cloudwatch(source: &str, detail_type: &str, detail: Value) -> CloudWatch {
    CloudWatch(json!({
        "version": 0,
        "id": "7bf73129-1428-4cd3-a780-95db273d1602",
        "detail-type": detail_type,
        "source": source,
        "account": "123456789012",
        "time": "2015-11-11T21:29:54Z",
        "region": "us-west-2",
        "resources": [],
        "detail": detail,
    }))
}

impl CloudWatch {
    fn with(mut self, name: &str, value: Value) -> CloudWatch {
        self.0[name] = value;
        self
    }

    /// The ARNs of what it happened to.
    pub fn resources<R: Into<String>>(self, arns: impl IntoIterator<Item = R>) -> CloudWatch {
        let arns = arns.into_iter().map(|arn| Value::String(arn.into()));
        self.with("resources", arns.collect())
    }

    /// The region in which it happened, `us-west-2` if it is left out.
    pub fn region(self, region: &str) -> CloudWatch {
        self.with("region", region.into())
    }

    /// The id of the account in which it happened.
    pub fn account(self, id: &str) -> CloudWatch {
        self.with("account", id.into())
    }

    /// When it happened: `2015-11-11T21:29:54Z`.
    pub fn time(self, time: &str) -> CloudWatch {
        self.with("time", time.into())
    }

    /// The id of the event.
    pub fn id(self, id: &str) -> CloudWatch {
        self.with("id", id.into())
    }
}
