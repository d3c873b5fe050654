//! How functions of a WebSocket API find this server's `@connections`.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// What the AWS SDKs read the endpoint of `@connections` from: AWS SDKs and
/// Tools Reference Guide, "Service-specific endpoints".
const ENDPOINT: &str = "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI";

/// The variables that give, or lead to, AWS credentials: AWS SDKs and Tools
/// Reference Guide, "Environment variables list".
const CREDENTIALS: [&str; 6] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
];

/// The files with AWS credentials: the variable that names one, and where it is otherwise.
const FILES: [(&str, &str); 2] = [
    ("AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials"),
    ("AWS_CONFIG_FILE", ".aws/config"),
];

/// The environment variables of functions. The SDKs send nothing unsigned: where
/// there are no credentials to be seen, these are made up.
pub(super) fn variables(address: SocketAddr, stage: &str) -> Vec<(&'static str, String)> {
    let mut variables = vec![(ENDPOINT, endpoint(address, stage))];
    if !has_credentials() {
        variables.push(("AWS_ACCESS_KEY_ID", "local".to_owned()));
        variables.push(("AWS_SECRET_ACCESS_KEY", "local".to_owned()));
    }
    variables
}

/// The endpoint; a server that listens on all addresses is reached at its own.
fn endpoint(address: SocketAddr, stage: &str) -> String {
    let mut address = address;
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        });
    }
    format!("http://{address}/{stage}")
}

fn has_credentials() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    CREDENTIALS.into_iter().any(is_set)
        || FILES.into_iter().any(|(variable, path)| {
            let named = std::env::var_os(variable).map(PathBuf::from);
            let file = named.or_else(|| Some(std::env::home_dir()?.join(path)));
            file.is_some_and(|file| file.exists())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_api_is() {
        for (address, expected) in [
            ("127.0.0.1:8000", "http://127.0.0.1:8000/api"),
            ("0.0.0.0:8000", "http://127.0.0.1:8000/api"),
            ("[::]:8000", "http://[::1]:8000/api"),
            ("192.0.2.7:80", "http://192.0.2.7:80/api"),
        ] {
            assert_eq!(endpoint(address.parse().unwrap(), "api"), expected);
        }
    }

    #[test]
    fn made_up_credentials_come_in_pairs() {
        let variables = variables("127.0.0.1:8000".parse().unwrap(), "api");
        let names: Vec<&str> = variables.iter().map(|(name, _)| *name).collect();
        assert!(
            names == [ENDPOINT]
                || names == [ENDPOINT, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
            "{names:?}"
        );
    }
}
