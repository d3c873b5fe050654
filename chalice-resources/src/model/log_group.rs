//! Log groups.

use chalice_config::LogRetention;

use super::Function;
use crate::Id;

/// A log group of Amazon CloudWatch Logs that is created with the app.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LogGroup {
    /// Its name within the app, such as `<function>-log-group`.
    pub name: String,
    /// Its name in AWS.
    pub log_group_name: String,
    /// For how long lines are kept; without, for ever.
    pub retention_in_days: Option<LogRetention>,
    /// Whose lines it has.
    pub source: LogSource,
}

/// Whose lines a log group has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogSource {
    /// A function's.
    Function(Id<Function>),
    /// The access log of the REST or HTTP API.
    Api,
    /// The access log of the WebSocket API.
    WebsocketApi,
}
