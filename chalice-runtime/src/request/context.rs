//! The usual parts of an event's `requestContext`.

use std::{
    borrow::Cow,
    fmt,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::Request;
use crate::event::{
    Kind,
    text::{Member, members, text},
};

/// The usual parts of an event's `requestContext`, found where the service that
/// made the event keeps them; made by [`Request::context`].
///
/// `None` is what the event does not say. An Application Load Balancer says
/// nearly nothing: only the address and the user agent are known, from headers.
#[derive(Clone, Copy)]
pub struct RequestContext<'r> {
    request: &'r Request,
}

impl<'r> RequestContext<'r> {
    pub(super) fn of(request: &'r Request) -> RequestContext<'r> {
        RequestContext { request }
    }

    /// The id that the gateway gave the request. AWS Lambda's own is in
    /// [`Request::lambda_context`].
    pub fn request_id(self) -> Option<Cow<'r, str>> {
        self.text("requestId")
    }

    /// The stage that was called: `api`, or `$default`.
    pub fn stage(self) -> Option<Cow<'r, str>> {
        self.text("stage")
    }

    /// The id of the API, or of the function URL.
    pub fn api_id(self) -> Option<Cow<'r, str>> {
        self.text("apiId")
    }

    /// The domain name that was called: the API's own, or a custom one. It is
    /// the gateway's word, unlike the header `host` of a load balancer's request.
    pub fn domain_name(self) -> Option<Cow<'r, str>> {
        self.text("domainName")
    }

    /// The account that the API belongs to; for a function URL, the caller's, or `anonymous`.
    pub fn account_id(self) -> Option<Cow<'r, str>> {
        self.text("accountId")
    }

    /// The address that the request came from, as text: see [`Request::client_address`].
    pub fn source_ip(self) -> Option<Cow<'r, str>> {
        match self.request.kind {
            Kind::RestApi | Kind::HttpApiV1 => self.text_in("identity", "sourceIp"),
            Kind::HttpApiV2 | Kind::FunctionUrl => self.text_in("http", "sourceIp"),
            Kind::LoadBalancer { .. } => {
                let all = self.request.header_values("x-forwarded-for").last()?;
                let last = all.rsplit(',').next()?.trim();
                (!last.is_empty()).then_some(Cow::Borrowed(last))
            }
        }
    }

    /// The `User-Agent` that the client sent.
    pub fn user_agent(self) -> Option<Cow<'r, str>> {
        match self.request.kind {
            Kind::RestApi | Kind::HttpApiV1 => self.text_in("identity", "userAgent"),
            Kind::HttpApiV2 | Kind::FunctionUrl => self.text_in("http", "userAgent"),
            Kind::LoadBalancer { .. } => self.request.header("user-agent").map(Cow::Borrowed),
        }
    }

    /// When the gateway took the request, to the millisecond.
    pub fn request_time(self) -> Option<SystemTime> {
        let name = match self.request.kind {
            Kind::RestApi | Kind::HttpApiV1 => "requestTimeEpoch",
            Kind::HttpApiV2 | Kind::FunctionUrl => "timeEpoch",
            Kind::LoadBalancer { .. } => return None,
        };
        let milliseconds = self.member(name)?.get().parse().ok()?;
        UNIX_EPOCH.checked_add(Duration::from_millis(milliseconds))
    }

    fn member(self, name: &str) -> Option<Member<'r>> {
        member(
            self.request.json_of(&self.request.spans.request_context)?,
            name,
        )
    }

    fn text(self, name: &str) -> Option<Cow<'r, str>> {
        self.member(name).and_then(text)
    }

    fn text_in(self, object: &str, name: &str) -> Option<Cow<'r, str>> {
        member(self.member(object)?.get(), name).and_then(text)
    }
}

fn member<'r>(json: &'r str, name: &str) -> Option<Member<'r>> {
    members(json)
        .find(|(known, _)| known == name)
        .map(|(_, value)| value)
}

impl fmt::Debug for RequestContext<'_> {
    /// The request's id and stage, and nothing about the caller.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestContext")
            .field("request_id", &self.request_id())
            .field("stage", &self.stage())
            .finish_non_exhaustive()
    }
}
