//! Requests for a connection.

use std::{
    error::Error,
    fmt,
    future::{Future, IntoFuture},
    net::{IpAddr, Ipv4Addr},
    pin::Pin,
    time::SystemTime,
};

use bytes::Bytes;
use chalice_gateway::websocket::{ConnectInvocation, Handshake, Verdict};
use form_urlencoded::Serializer;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use super::{Socket, client};
use crate::{
    Application, log,
    test::{Client, HttpResponse},
};

/// A request for a connection, which is sent by `.await`; made by
/// [`WebsocketClient::connect`](super::WebsocketClient::connect).
#[must_use = "a connection is asked for by `.await`"]
pub struct WebsocketHandshake<'a, A: Application> {
    client: &'a Client<A>,
    headers: HeaderMap,
    query: String,
    source_ip: IpAddr,
}

/// A connection that the app, or API Gateway in front of it, has refused.
///
/// Of what a handler of `#[on_ws_connect]` answers, API Gateway passes on the status alone.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the connection was refused: {} {}", .0.status(), .0.body().escape_ascii())]
pub struct RefusedHandshake(Box<HttpResponse>);

impl RefusedHandshake {
    fn new(response: http::Response<Bytes>) -> RefusedHandshake {
        RefusedHandshake(Box::new(HttpResponse::new(response)))
    }

    /// The status that the client gets.
    pub fn status(&self) -> StatusCode {
        self.0.status()
    }

    /// The headers that the client gets.
    pub fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    /// The first value of that header; `None` when there is none, or it is not UTF-8.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.header(name)
    }

    /// The body that the client gets.
    pub fn body(&self) -> &Bytes {
        self.0.body()
    }

    /// The whole response.
    pub fn response(&self) -> &HttpResponse {
        &self.0
    }
}

impl<'a, A: Application> WebsocketHandshake<'a, A> {
    pub(super) fn new(client: &'a Client<A>) -> WebsocketHandshake<'a, A> {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            (header::CONNECTION, "upgrade"),
            (header::UPGRADE, "websocket"),
            (header::SEC_WEBSOCKET_VERSION, "13"),
            // Any 16 bytes, in base64; nothing in between caches.
            (header::SEC_WEBSOCKET_KEY, "Y2hhbGljZS10ZXN0LWtleQ=="),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        WebsocketHandshake {
            client,
            headers,
            query: String::new(),
            source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
        }
    }

    /// The request with one more header: `Origin`, `Cookie`, `Sec-WebSocket-Protocol`. Browsers
    /// let scripts set the last of these alone.
    ///
    /// # Panics
    ///
    /// When HTTP does not allow the name or the value.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let header_name = match HeaderName::from_bytes(name.as_bytes()) {
            Ok(header_name) => header_name,
            Err(error) => panic!("`{name}` is no name of a header: {error}"),
        };
        match HeaderValue::from_bytes(value.as_bytes()) {
            Ok(value) => self.headers.append(header_name, value),
            Err(error) => panic!("the header `{name}` has the value {value:?}: {error}"),
        };
        self
    }

    /// The request with one more parameter of the query string; it is encoded here.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        let mut query = Serializer::for_suffix(self.query, 0);
        self.query = query.append_pair(name, value).finish();
        self
    }

    /// The request from that address; from 127.0.0.1 without it.
    pub fn source_ip(mut self, address: impl Into<IpAddr>) -> Self {
        self.source_ip = address.into();
        self
    }

    async fn send(self) -> Result<Socket<'a, A>, RefusedHandshake> {
        let gateway = client::gateway(self.client);
        let query = self.query;
        let separator = if query.is_empty() { "" } else { "?" };
        let request = http::Request::get(format!("/{}{separator}{query}", gateway.stage()));
        let mut request = match request.body(()) {
            Ok(request) => request,
            Err(error) => {
                panic!("the handshake is no request, with the query string `{query}`: {error}")
            }
        };
        *request.headers_mut() = self.headers;
        match gateway.connect(&request, self.source_ip, SystemTime::now()) {
            Handshake::Refuse(response) => Err(RefusedHandshake::new(response)),
            Handshake::Open(connection) => Ok(Socket::new(self.client, connection, None)),
            Handshake::Invoke(invocation) => match decide(self.client, &invocation).await {
                Verdict::Refuse(response) => Err(RefusedHandshake::new(response)),
                Verdict::Open { subprotocol } => {
                    let connection = invocation.connection().clone();
                    Ok(Socket::new(self.client, connection, subprotocol))
                }
            },
        }
    }
}

/// Asks the app's function for `$connect`.
async fn decide<A: Application>(client: &Client<A>, invocation: &ConnectInvocation) -> Verdict {
    let function = client.lambda(&invocation.function);
    let answer = match function.send_bytes(&invocation.event).await {
        Ok(answer) => answer.to_string(),
        Err(_) => return Verdict::Refuse(invocation.function_error()),
    };
    invocation
        .try_answer(answer.as_bytes())
        .unwrap_or_else(|error| {
            let error: &(dyn Error + 'static) = &error;
            tracing::error!(target: log::TARGET, error, "the invocation failed");
            Verdict::Refuse(invocation.function_error())
        })
}

impl<'a, A: Application> IntoFuture for WebsocketHandshake<'a, A> {
    type Output = Result<Socket<'a, A>, RefusedHandshake>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let client = self.client;
            client.settle_sockets().await;
            let socket = self.send().await;
            client.settle_sockets().await;
            socket
        })
    }
}

impl<A: Application> fmt::Debug for WebsocketHandshake<'_, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebsocketHandshake")
            .field("headers", &self.headers)
            .field("source_ip", &self.source_ip)
            .finish_non_exhaustive()
    }
}
