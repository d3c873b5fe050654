//! `s3_events`: by which way events of buckets reach functions.

use crate::reading::words;

words! {
    /// By which way the events of buckets reach their functions (Amazon S3, "Event notification types and
    /// destinations").
    #[derive(Default)]
    pub enum S3Events: "the ways by which events of buckets reach functions" {
        /// Each bucket's own notifications, as AWS Chalice has it.
        #[default]
        Notification = "notification",
        /// Rules of Amazon EventBridge, to which the bucket sends all of its events.
        EventBridge = "eventbridge",
    }
}
