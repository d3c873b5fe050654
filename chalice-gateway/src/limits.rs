//! Limits of Amazon API Gateway and AWS Lambda, as numbers.

use std::time::Duration;

/// The largest request body that API Gateway accepts, in bytes: 10 MB.
///
/// Amazon API Gateway, "Quotas for configuring and running a REST API".
pub const MAX_REQUEST_BODY: usize = 10 * 1024 * 1024;

/// The largest event that Lambda accepts in a synchronous invocation, in bytes: 6 MB.
///
/// AWS Lambda, "Lambda quotas", with the number of bytes that Lambda names in its error message.
pub const MAX_EVENT: usize = 6_291_456;

/// The largest response that Lambda returns from a synchronous invocation, in bytes: 6 MB.
///
/// AWS Lambda, "Lambda quotas", with the number of bytes that Lambda names in its error message.
pub const MAX_LAMBDA_RESPONSE: usize = 6_291_556;

/// How long API Gateway waits for a function.
///
/// Amazon API Gateway, "Quotas for configuring and running a REST API": 29 seconds.
pub const INTEGRATION_TIMEOUT: Duration = Duration::from_secs(29);

/// For how long API Gateway lets a function stream a response.
///
/// Amazon API Gateway, "Stream the integration response for your proxy integrations": 15 minutes.
pub const STREAM_TIMEOUT: Duration = Duration::from_secs(15 * 60);

/// The longest message on a connection of a WebSocket API, in bytes, in either direction: 128 KB.
///
/// Amazon API Gateway, "Quotas for configuring and running a WebSocket API".
pub const MAX_WEBSOCKET_MESSAGE: usize = 128 * 1024;

/// The longest frame of such a message, in bytes: 32 KB. A longer message has to be
/// sent in several frames.
///
/// Amazon API Gateway, "Quotas for configuring and running a WebSocket API".
pub const MAX_WEBSOCKET_FRAME: usize = 32 * 1024;

/// After how long without any message a WebSocket API closes a connection: 10 minutes.
///
/// Amazon API Gateway, "Quotas for configuring and running a WebSocket API".
pub const WEBSOCKET_IDLE_TIMEOUT: Duration = Duration::from_secs(10 * 60);

/// After how long a WebSocket API closes any connection: 2 hours.
///
/// Amazon API Gateway, "Quotas for configuring and running a WebSocket API".
pub const WEBSOCKET_DURATION: Duration = Duration::from_secs(2 * 60 * 60);
