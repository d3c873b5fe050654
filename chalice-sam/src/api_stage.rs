//! What the stages of HTTP and WebSocket APIs have in common.

use chalice_config::Throttling;
use chalice_resources::AccessLog;
use serde_json::{Value, json};

use crate::writer::{Writer, set};

impl Writer<'_> {
    /// Adds to the stage what its access log and its limits are.
    pub(crate) fn add_logs_and_limits(
        &self,
        stage: &mut Value,
        log: Option<&AccessLog>,
        throttling: Option<Throttling>,
    ) {
        let log = log.map(|log| self.access_log(log));
        set(stage, "AccessLogSettings", log);
        if let Some(throttling) = throttling {
            stage["DefaultRouteSettings"] = json!({
                "ThrottlingRateLimit": throttling.rate_limit,
                "ThrottlingBurstLimit": throttling.burst_limit,
            });
        }
    }
}
