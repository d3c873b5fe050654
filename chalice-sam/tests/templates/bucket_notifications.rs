//! The function that sets notifications of buckets, run.

use serde_json::json;
use verifiers::bucket_notifications_trial;

use crate::rich;

#[test]
fn a_stack_has_its_own_notifications_and_no_others() {
    let template = rich::template();
    let code = &template["Resources"]["BucketNotifications"]["Properties"]["Code"]["ZipFile"];
    let steps = bucket_notifications_trial(code.as_str().unwrap());
    let steps = steps.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        steps,
        [
            json!(["SUCCESS", ["one:a", "one:b", "other"], true]),
            json!(["SUCCESS", ["one:a", "one:b", "other", "two:a"], true]),
            json!(["SUCCESS", ["one:c", "other", "two:a"], true]),
            json!(["SUCCESS", ["other", "two:a"], true]),
            // Of a bucket that is gone nothing has to be taken away.
            json!(["SUCCESS", ["other", "two:a"], true]),
            json!(["FAILED", ["other", "two:a"], true]),
        ]
    );
}
