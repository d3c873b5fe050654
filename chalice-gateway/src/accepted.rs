//! A request whose route has been found.

use std::net::IpAddr;
use std::time::SystemTime;

use bytes::Bytes;
use http::request::Parts;

/// A request whose route has been found.
#[derive(Clone, Debug)]
pub(crate) struct Accepted {
    /// The number of its resource.
    pub(crate) resource: usize,
    /// The values of the path's placeholders, not decoded.
    pub(crate) parameters: Vec<(String, String)>,
    /// API Gateway's id of the request.
    pub(crate) request_id: String,
    /// The client.
    pub(crate) source_ip: IpAddr,
    /// When it arrived.
    pub(crate) time: SystemTime,
    /// Method, path, headers.
    pub(crate) head: Parts,
    /// The body.
    pub(crate) body: Bytes,
}
