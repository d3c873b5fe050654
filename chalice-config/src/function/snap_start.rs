//! `snap_start`: whether functions start from a snapshot.

use crate::reading::words;

words! {
    /// Whether AWS Lambda starts a function from a snapshot of its published version. It documents
    /// that for Java, Python and .NET, and not for the runtimes without a language that Rust runs
    /// on (AWS Lambda, "Improving startup performance with Lambda SnapStart"), which
    /// [`Stage::notices`](crate::Stage::notices) tells.
    #[derive(Default)]
    pub enum SnapStart: "the values of AWS Lambda's SnapStart" {
        /// It does not.
        #[default]
        None = "None",
        /// It does, for published versions.
        PublishedVersions = "PublishedVersions",
    }
}
