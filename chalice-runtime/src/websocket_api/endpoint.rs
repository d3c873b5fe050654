//! Where connections of a WebSocket API are reached.

use http::{Uri, uri::PathAndQuery};

use super::WebsocketError;
use crate::WebsocketEvent;

/// The environment variable that names the endpoint, to every AWS SDK and to apps.
pub(super) const VARIABLE: &str = "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI";

/// The URL before `/@connections`: that of the API and its stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Endpoint {
    url: String,
    host: String,
}

/// What an environment variable says; nothing where it is empty.
fn variable(name: &str, environment: impl Fn(&str) -> Option<String>) -> Option<String> {
    environment(name).filter(|value| !value.is_empty())
}

/// The region of the function.
pub(super) fn region(environment: impl Fn(&str) -> Option<String>) -> Option<String> {
    variable("AWS_REGION", &environment).or_else(|| variable("AWS_DEFAULT_REGION", &environment))
}

impl Endpoint {
    /// The endpoint that the environment names, or else the one of the API that sent the event.
    pub(super) fn find(
        environment: impl Fn(&str) -> Option<String>,
        event: Option<&WebsocketEvent>,
    ) -> Result<Endpoint, WebsocketError> {
        if let Some(url) = variable(VARIABLE, &environment) {
            return Endpoint::parse(&url).map_err(|error| match error {
                WebsocketError::InvalidEndpoint { found, reason } => {
                    WebsocketError::InvalidEndpoint {
                        found: format!("{found}, which the environment variable {VARIABLE} says,"),
                        reason,
                    }
                }
                other => other,
            });
        }
        let event = event.ok_or(WebsocketError::NoEndpoint)?;
        Endpoint::of_api(event.api_id(), event.stage(), region(environment))
    }

    /// The endpoint that AWS gives an API. The event's domain name may be a custom one, which
    /// maps paths as it likes and has no connections under the stage's.
    fn of_api(
        api_id: &str,
        stage: &str,
        region: Option<String>,
    ) -> Result<Endpoint, WebsocketError> {
        // What stands in a host name or a path must not end it.
        let is_word = |text: &str| {
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
            !text.is_empty() && text.bytes().all(allowed)
        };
        for (name, value) in [("apiId", api_id), ("stage", stage)] {
            if !is_word(value) {
                return Err(WebsocketError::InvalidEndpoint {
                    found: "what the event says about its API".to_owned(),
                    reason: format!(
                        "the member `{name}` of its `requestContext` is missing, or has other characters than letters, \
                         digits, `-` and `_`"
                    ),
                });
            }
        }
        let domain = format!("{api_id}.execute-api");
        let region =
            region
                .filter(|region| is_word(region))
                .ok_or_else(|| WebsocketError::NoRegion {
                    endpoint: format!("https://{domain}.<region>.amazonaws.com/{stage}"),
                })?;
        let host = format!("{domain}.{region}.{}", Partition::of(&region).suffix);
        Ok(Endpoint {
            url: format!("https://{host}/{stage}"),
            host,
        })
    }

    /// The endpoint of that URL.
    pub(super) fn parse(url: &str) -> Result<Endpoint, WebsocketError> {
        let invalid = |reason: String| WebsocketError::InvalidEndpoint {
            // A password would stand before an `@`; the text after `?` may hold a token.
            found: match url.split(['?', '#']).next() {
                Some(shown) if !shown.split("/@").next().unwrap_or(shown).contains('@') => {
                    format!("`{shown}`")
                }
                _ => "the URL".to_owned(),
            },
            reason,
        };
        let example = "`https://<API id>.execute-api.<region>.amazonaws.com/<stage>`";
        let uri: Uri = url
            .parse()
            .map_err(|error| invalid(format!("it is no URL ({error}); expected {example}")))?;
        match uri.scheme_str() {
            Some("https" | "http") => {}
            Some("wss" | "ws") => {
                return Err(invalid(
                    "it is the URL that clients connect to; that of the connections starts with `https://`".to_owned(),
                ));
            }
            _ => {
                return Err(invalid(format!(
                    "it does not start with `https://`; expected {example}"
                )));
            }
        }
        let Some(authority) = uri.authority().filter(|known| !known.host().is_empty()) else {
            return Err(invalid(format!("it names no host; expected {example}")));
        };
        if authority.as_str().contains('@') {
            return Err(invalid(
                "it has a user name; requests are signed with the credentials of the function"
                    .to_owned(),
            ));
        }
        if uri.query().is_some() || url.contains('#') {
            return Err(invalid(format!(
                "it goes on after the path; expected {example}"
            )));
        }
        let path = uri.path_and_query().map_or("", PathAndQuery::path);
        let path = path.trim_end_matches('/');
        if path.split('/').any(|segment| segment == "@connections") {
            return Err(invalid(
                "`/@connections` is left out, as the AWS SDKs add it: the URL ends with the stage"
                    .to_owned(),
            ));
        }
        let scheme = uri.scheme_str().unwrap_or("https");
        let endpoint = Endpoint {
            url: format!("{scheme}://{authority}{path}"),
            host: authority.host().to_ascii_lowercase(),
        };
        if endpoint.api().is_some() && path.is_empty() {
            return Err(invalid(format!("the stage is missing; expected {example}")));
        }
        Ok(endpoint)
    }

    /// The URL, without a slash at its end.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Whether it is a stand-in for AWS, where nobody checks signatures: on this machine, or
    /// without TLS, as an API on AWS never is.
    pub(super) fn is_stand_in(&self) -> bool {
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        self.url.starts_with("http://")
            || host == "localhost"
            || host
                .parse()
                .is_ok_and(|address: std::net::IpAddr| address.is_loopback())
    }

    /// The region that the API is in, where its host says it.
    pub(super) fn region(&self) -> Option<&str> {
        self.api().map(|(_, region)| region)
    }

    /// The ARN that `execute-api:ManageConnections` has to be allowed on, for requests of that
    /// method by a function of that ARN.
    pub(super) fn resource(&self, method: &str, function: &str) -> String {
        let (api, region) = self.api().unwrap_or(("*", "*"));
        let account = function
            .split(':')
            .nth(4)
            .filter(|account| !account.is_empty());
        let partition = match function.split(':').nth(1) {
            Some(partition) if !partition.is_empty() => partition,
            _ => Partition::of(region).name,
        };
        let stage = match self.api() {
            Some(_) => self.url.rsplit('/').next().unwrap_or("*"),
            None => "*",
        };
        format!(
            "arn:{partition}:execute-api:{region}:{account}:{api}/{stage}/{method}/@connections/*",
            account = account.unwrap_or("*")
        )
    }

    /// Id and region of the API, where the host is one that AWS gives.
    fn api(&self) -> Option<(&str, &str)> {
        let mut labels = self.host.split('.');
        let (api, service, region) = (labels.next()?, labels.next()?, labels.next()?);
        (service == "execute-api" && labels.next()? == "amazonaws").then_some((api, region))
    }
}

/// A partition of AWS: the regions that share domain names and ARNs.
struct Partition {
    name: &'static str,
    suffix: &'static str,
}

impl Partition {
    fn of(region: &str) -> Partition {
        let (name, suffix) = match region.split('-').next() {
            Some("cn") => ("aws-cn", "amazonaws.com.cn"),
            Some("eusc") => ("aws-eusc", "amazonaws.eu"),
            _ if region.starts_with("us-gov-") => ("aws-us-gov", "amazonaws.com"),
            _ => ("aws", "amazonaws.com"),
        };
        Partition { name, suffix }
    }
}

#[cfg(test)]
mod tests;
