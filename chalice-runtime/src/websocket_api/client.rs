//! Requests to API Gateway, by the AWS SDK.

use std::{
    collections::BTreeMap,
    error::Error,
    future::Future,
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use aws_sdk_apigatewaymanagement::{
    Client,
    config::{BehaviorVersion, Config, Credentials, IdentityCache, Region, timeout::TimeoutConfig},
    error::{ProvideErrorMetadata, SdkError},
    primitives::{Blob, DateTime},
};
use serde::Deserialize;

use super::{
    ConnectionInfo, WebsocketError,
    endpoint::{self, Endpoint},
};

/// How long one attempt may take: API Gateway answers in milliseconds, and a function that
/// hears nothing shall say so before its own time is over.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(5);

/// The clients of this process, one per endpoint: each holds open TLS connections, which outlive invocations.
static CLIENTS: Mutex<BTreeMap<String, Client>> = Mutex::new(BTreeMap::new());

/// The connections of one API.
#[derive(Debug)]
pub(super) struct Remote {
    pub(super) endpoint: Endpoint,
    /// The ARN of the function, as far as it is known: errors name the account.
    pub(super) function: String,
}

impl Remote {
    pub(super) async fn send(&self, id: &str, message: Vec<u8>) -> Result<(), WebsocketError> {
        let size = message.len();
        let request = self
            .client()?
            .post_to_connection()
            .connection_id(id)
            .data(Blob::new(message));
        // Boxed, here and below: a handler's future shall not have room for all of the SDK.
        match self.answered(id, "POST", Box::pin(request.send())).await {
            Err(WebsocketError::PayloadTooLarge { .. }) => {
                Err(WebsocketError::PayloadTooLarge { size })
            }
            sent => sent.map(drop),
        }
    }

    pub(super) async fn close(&self, id: &str) -> Result<(), WebsocketError> {
        let request = self.client()?.delete_connection().connection_id(id);
        self.answered(id, "DELETE", Box::pin(request.send()))
            .await
            .map(drop)
    }

    pub(super) async fn info(&self, id: &str) -> Result<ConnectionInfo, WebsocketError> {
        let request = self.client()?.get_connection().connection_id(id);
        let known = self.answered(id, "GET", Box::pin(request.send())).await?;
        let time = |time: Option<DateTime>| SystemTime::try_from(time?).ok();
        let identity = known.identity;
        Ok(ConnectionInfo {
            connected_at: time(known.connected_at),
            last_active_at: time(known.last_active_at),
            source_ip: identity
                .as_ref()
                .and_then(|of| of.source_ip()?.parse().ok()),
            user_agent: identity.and_then(|of| of.user_agent),
        })
    }

    /// The client of the endpoint, made at the first call.
    fn client(&self) -> Result<Client, WebsocketError> {
        let mut clients = CLIENTS.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(self.endpoint.url()) {
            return Ok(client.clone());
        }
        let config = config(&self.endpoint, |name| std::env::var(name).ok())?;
        let client = Client::from_conf(config);
        clients.insert(self.endpoint.url().to_owned(), client.clone());
        Ok(client)
    }

    async fn answered<T, E>(
        &self,
        id: &str,
        method: &str,
        answer: impl Future<Output = Result<T, SdkError<E>>>,
    ) -> Result<T, WebsocketError>
    where
        E: Error + ProvideErrorMetadata + Send + Sync + 'static,
    {
        let error = match answer.await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        let connection_id = id.to_owned();
        let Some(response) = error.raw_response() else {
            let endpoint = self.endpoint.url().to_owned();
            return Err(match error {
                SdkError::ConstructionFailure(_) => WebsocketError::NotSent {
                    connection_id,
                    source: error.into(),
                },
                error => WebsocketError::Unreachable {
                    endpoint,
                    source: error.into(),
                },
            });
        };
        // By the status: the name of the exception is a header, which what stands between may lose.
        let status = response.status().as_u16();
        let message = || said(error.meta().code(), response.body().bytes());
        Err(match status {
            410 => WebsocketError::Disconnected { connection_id },
            413 => WebsocketError::PayloadTooLarge { size: 0 },
            429 => WebsocketError::Throttled { connection_id },
            403 => WebsocketError::AccessDenied {
                resource: self.endpoint.resource(method, &self.function),
                endpoint: self.endpoint.url().to_owned(),
                message: message(),
            },
            _ => WebsocketError::Refused {
                connection_id,
                status,
                message: message(),
            },
        })
    }
}

/// What API Gateway says about an error. The SDK drops the text of an error that has no code.
fn said(code: Option<&str>, body: Option<&[u8]>) -> String {
    #[derive(Deserialize)]
    struct Body {
        #[serde(alias = "Message")]
        message: String,
    }
    let body = serde_json::from_slice::<Body>(body.unwrap_or_default());
    match (code, body) {
        (Some(code), Ok(body)) => format!("{code}: {}", body.message),
        (Some(code), Err(_)) => code.to_owned(),
        (None, Ok(body)) => body.message,
        (None, Err(_)) => "without a reason".to_owned(),
    }
}

/// The settings of an endpoint's client. Credentials are those that AWS Lambda gives the
/// function, in its environment; they hold for as long as the process lives.
pub(super) fn config(
    endpoint: &Endpoint,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Config, WebsocketError> {
    let url = || endpoint.url().to_owned();
    let is_local = endpoint.is_stand_in();
    let region = match endpoint.region() {
        Some(region) => Some(region.to_owned()),
        None => endpoint::region(&environment),
    };
    let region = region.or_else(|| is_local.then(|| "us-east-1".to_owned()));
    let region = region.ok_or_else(|| WebsocketError::NoRegion { endpoint: url() })?;
    let credentials = match (
        environment("AWS_ACCESS_KEY_ID"),
        environment("AWS_SECRET_ACCESS_KEY"),
    ) {
        // What is signed here is checked by nobody, and a secret has no business there.
        _ if is_local => Credentials::new("local", "local", None, None, "local"),
        (Some(id), Some(secret)) if !id.is_empty() && !secret.is_empty() => {
            let token = environment("AWS_SESSION_TOKEN").filter(|token| !token.is_empty());
            Credentials::new(id, secret, token, None, "environment")
        }
        _ => return Err(WebsocketError::NoCredentials { endpoint: url() }),
    };
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT_TIMEOUT);
    Ok(Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(region))
        .endpoint_url(endpoint.url())
        .credentials_provider(credentials)
        .identity_cache(IdentityCache::no_cache())
        .timeout_config(timeouts.build())
        .build())
}
