//! The end of a connection.

/// Why a connection is gone, by the status codes of RFC 6455, section 7.4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    status_code: u16,
    reason: String,
}

/// No status code in the client's close frame, RFC 6455, section 7.4.1.
const NO_STATUS: u16 = 1005;
/// No close frame, RFC 6455, section 7.4.1.
const ABNORMAL: u16 = 1006;

impl Closing {
    fn new(status_code: u16, reason: &str) -> Closing {
        Closing {
            status_code,
            reason: reason.to_owned(),
        }
    }

    /// The client has closed it, with this status code and reason, or with none (1005).
    pub fn by_client(frame: Option<(u16, &str)>) -> Closing {
        match frame {
            Some((status_code, reason)) => Closing::new(status_code, reason),
            None => Closing::new(NO_STATUS, "Client-side close frame status not set"),
        }
    }

    /// The client is gone without a close frame: 1006.
    pub fn lost() -> Closing {
        Closing::new(ABNORMAL, "")
    }

    /// A function has closed it, through `@connections`: 1000.
    pub fn by_function() -> Closing {
        Closing::new(1000, "Connection Closed Normally")
    }

    /// It was idle for [`WEBSOCKET_IDLE_TIMEOUT`](crate::limits::WEBSOCKET_IDLE_TIMEOUT), or
    /// open for [`WEBSOCKET_DURATION`](crate::limits::WEBSOCKET_DURATION), or the gateway stops: 1001.
    pub fn going_away() -> Closing {
        Closing::new(1001, "Going away")
    }

    /// The client has broken the protocol: 1002.
    pub fn protocol_error() -> Closing {
        Closing::new(1002, "")
    }

    /// The client has sent a binary message, which WebSocket APIs do not take: 1003.
    ///
    /// Amazon API Gateway, "Binary media types for WebSocket APIs".
    pub fn binary_message() -> Closing {
        Closing::new(1003, "")
    }

    /// The client has sent a text that is not UTF-8: 1007.
    pub fn not_utf8() -> Closing {
        Closing::new(1007, "")
    }

    /// The client has sent a message above [`MAX_WEBSOCKET_MESSAGE`](crate::limits::MAX_WEBSOCKET_MESSAGE),
    /// or a frame above [`MAX_WEBSOCKET_FRAME`](crate::limits::MAX_WEBSOCKET_FRAME): 1009.
    ///
    /// Amazon API Gateway, "Quotas for configuring and running a WebSocket API".
    pub fn message_too_large() -> Closing {
        Closing::new(1009, "")
    }

    /// The status code.
    pub fn status_code(&self) -> u16 {
        self.status_code
    }

    /// The reason in words, which may be empty.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The status code for a close frame; `None` for one that must not be sent,
    /// because it says that none came.
    pub fn sendable_status_code(&self) -> Option<u16> {
        let none_came = [NO_STATUS, ABNORMAL].contains(&self.status_code);
        (!none_came).then_some(self.status_code)
    }
}

/// An invocation of the function of `$disconnect`. Nobody waits for what it returns.
#[derive(Clone, Debug)]
pub struct DisconnectInvocation {
    /// The function's name within the app.
    pub function: String,
    /// The event, as JSON.
    pub event: Vec<u8>,
    /// API Gateway's id of the event.
    pub request_id: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_say_that_none_came_are_not_sent() {
        assert_eq!(Closing::by_client(None).status_code(), 1005);
        assert_eq!(Closing::by_client(None).sendable_status_code(), None);
        assert_eq!(Closing::lost().sendable_status_code(), None);
        assert_eq!(Closing::going_away().sendable_status_code(), Some(1001));
        let closing = Closing::by_client(Some((4001, "bye")));
        assert_eq!(
            (closing.sendable_status_code(), closing.reason()),
            (Some(4001), "bye")
        );
    }
}
