//! What schedules send.

use serde_json::json;

use super::CloudWatch;

/// The event of a schedule that is due: a rule of Amazon EventBridge of that name.
///
/// ```
/// # use chalice_events as events;
///
/// let event = events::schedule("nightly").time("2026-01-01T23:59:59Z");
/// ```
pub fn schedule(rule: &str) -> CloudWatch {
    super::cloudwatch("aws.events", "Scheduled Event", json!({}))
        .resources([format!("arn:aws:events:us-west-2:123456789012:rule/{rule}")])
}
