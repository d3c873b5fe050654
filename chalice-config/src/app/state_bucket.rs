//! `state_bucket`: where a team keeps what is deployed.

use chalice_core::event_source::resource_name;

use crate::reading::text_setting;

text_setting! {
    /// The bucket of Amazon S3 that keeps the deployed state of the app's stages, as `<app>/<stage>.json`, and their
    /// locks: a general purpose bucket, 3 to 63 lower-case letters, digits, `.` and `-` (Amazon S3, "General purpose
    /// bucket naming rules").
    pub struct StateBucket;
    pattern: r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
    is_taken: |name| resource_name::bucket(name).is_ok(),
    refusal: "Amazon S3 takes 3 to 63 lower-case letters, digits, `.` and `-` as the name of a general purpose bucket",
    "write the name of a bucket that exists, without `s3://` and `arn:`, such as \"my-team-state\"",
}
