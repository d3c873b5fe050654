//! The connections as an argument of handlers.

use super::WebsocketApi;
use crate::{AuthRequest, Event, FromAuthRequest, FromInvocation, FromRequest, Request, Result};

/// Of a WebSocket API's event, the connections of that API; see [`WebsocketApi`].
impl<S: Sync + 'static> FromInvocation<S> for WebsocketApi {
    async fn from_invocation(event: &Event, _: &'static S) -> Result<WebsocketApi> {
        Ok(match event {
            Event::Websocket(event) => WebsocketApi::from_event(event)?,
            event => WebsocketApi::from_context(event.context())?,
        })
    }
}

/// The connections of the API that the environment names; see [`WebsocketApi`].
impl<S: Sync + 'static> FromRequest<S> for WebsocketApi {
    async fn from_request(request: &Request, _: &'static S) -> Result<WebsocketApi> {
        Ok(WebsocketApi::from_context(request.lambda_context())?)
    }
}

/// The connections of the API that the environment names; see [`WebsocketApi`].
impl<S: Sync + 'static> FromAuthRequest<S> for WebsocketApi {
    async fn from_auth_request(request: &AuthRequest, _: &'static S) -> Result<WebsocketApi> {
        Ok(WebsocketApi::from_context(request.lambda_context())?)
    }
}
