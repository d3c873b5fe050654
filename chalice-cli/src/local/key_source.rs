//! Where the keys come from that tokens are checked with.

use std::io::Read as _;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use chalice_gateway::{KeySet, MAX_KEY_SET};
use ureq::Agent;
use ureq::tls::TlsConfig;

use crate::Error;

/// How long a server may take to send its key set.
const TIMEOUT: Duration = Duration::from_secs(10);

/// What `--jwks` says: `[AUTHORIZER=]FILE_OR_URL`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeySource {
    /// The authorizer that the keys are for; all of them if there is none.
    authorizer: Option<String>,
    place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    File(PathBuf),
    Url(String),
}

/// Keys, and the authorizer that they are for.
pub(super) type Keys = (Option<String>, KeySet);

impl FromStr for KeySource {
    type Err = String;

    fn from_str(text: &str) -> Result<KeySource, String> {
        // What has one of these is a path or a URL in which there is a `=`.
        let is_name = |name: &str| !name.is_empty() && !name.contains(['/', '\\', ':', '.']);
        let (authorizer, place) = match text.split_once('=') {
            Some((name, place)) if is_name(name) => (Some(name.to_owned()), place),
            _ => (None, text),
        };
        if place.is_empty() {
            return Err("it names neither a file nor a URL".to_owned());
        }
        let place = match place.starts_with("https://") || place.starts_with("http://") {
            true => Place::Url(place.to_owned()),
            false => Place::File(PathBuf::from(place)),
        };
        Ok(KeySource { authorizer, place })
    }
}

/// Reads the key sets, each of them once: they hold as long as the server runs.
pub(super) async fn read(sources: Vec<KeySource>) -> Result<Vec<Keys>, Error> {
    // Files and a client that wait: neither may hold up the runtime.
    let read = tokio::task::spawn_blocking(move || {
        sources
            .into_iter()
            .map(|source| source.read())
            .collect::<Result<Vec<Keys>, Error>>()
    });
    read.await?
}

impl KeySource {
    fn read(self) -> Result<Keys, Error> {
        let (name, text) = match self.place {
            Place::File(path) => {
                let text = std::fs::read(&path).map_err(|error| {
                    format!("cannot read the key set {}: {error}", path.display())
                })?;
                (path.display().to_string(), text)
            }
            Place::Url(url) => {
                let text = fetched(&url)
                    .map_err(|reason| format!("cannot fetch the key set {url}: {reason}"))?;
                (url, text)
            }
        };
        let keys = KeySet::read(&text)
            .map_err(|error| format!("{name} is no key set to check tokens with: {error}"))?;
        Ok((self.authorizer, keys))
    }
}

/// What is at the URL, and at no other one: no redirects.
fn fetched(url: &str) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let tls = TlsConfig::builder()
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .build();
    let agent: Agent = Agent::config_builder()
        .tls_config(tls)
        .max_redirects(0)
        .timeout_global(Some(TIMEOUT))
        .build()
        .into();
    let mut response = agent.get(url).call()?;
    if response.status() != 200 {
        return Err(format!("the server answers {}", response.status()).into());
    }
    // One byte more, so that a set that is too large is seen to be.
    let limit = u64::try_from(MAX_KEY_SET).unwrap_or(u64::MAX) + 1;
    let mut text = Vec::new();
    response
        .body_mut()
        .as_reader()
        .take(limit)
        .read_to_end(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::net::TcpListener;

    use super::*;

    const JWKS: &str = include_str!("../../../chalice-gateway/tests/keys/jwks.json");

    fn source(text: &str) -> (Option<String>, Place) {
        let KeySource { authorizer, place } = text.parse().unwrap();
        (authorizer, place)
    }

    #[test]
    fn names_come_before_files_and_urls() {
        let file = |path: &str| Place::File(PathBuf::from(path));
        let url = "https://a.example/jwks?x=y";
        for (text, authorizer, place) in [
            ("jwks.json", None, file("jwks.json")),
            ("login=jwks.json", Some("login"), file("jwks.json")),
            ("./a=b.json", None, file("./a=b.json")),
            (url, None, Place::Url(url.to_owned())),
            (
                &format!("My-Pool={url}"),
                Some("My-Pool"),
                Place::Url(url.to_owned()),
            ),
        ] {
            assert_eq!(
                source(text),
                (authorizer.map(str::to_owned), place),
                "{text}"
            );
        }
        for text in ["", "login="] {
            assert!(
                text.parse::<KeySource>()
                    .unwrap_err()
                    .contains("neither a file")
            );
        }
    }

    /// A server that gives this answer once, and its address.
    fn server(answer: String) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/jwks.json", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 1024];
            let _ = stream.read(&mut request);
            let _ = stream.write_all(answer.as_bytes());
        });
        url
    }

    fn answer(status: &str, body: &str) -> String {
        let length = body.len();
        format!(
            "HTTP/1.1 {status}\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        )
    }

    async fn problem(text: String) -> String {
        let source = text.parse::<KeySource>().unwrap();
        read(vec![source]).await.unwrap_err().to_string()
    }

    #[tokio::test]
    async fn sets_are_fetched_from_their_address_alone() {
        let url = server(answer("200 OK", JWKS));
        let keys = read(vec![format!("login={url}").parse().unwrap()])
            .await
            .unwrap();
        assert_eq!(keys[0].0.as_deref(), Some("login"));
        assert!(format!("{:?}", keys[0].1).contains("signing"));

        let moved = problem(server(answer("302 Found", ""))).await;
        assert!(moved.contains("the server answers 302 Found"), "{moved}");
        let missing = problem(server(answer("404 Not Found", JWKS))).await;
        assert!(
            missing.starts_with("cannot fetch the key set http://127.0.0.1:"),
            "{missing}"
        );
        let large = problem(server(answer("200 OK", &" ".repeat(MAX_KEY_SET + 1000)))).await;
        assert!(
            large.contains("API Gateway reads at most 153600"),
            "{large}"
        );
        let file = problem("/no/such/file".to_owned()).await;
        assert!(
            file.starts_with("cannot read the key set /no/such/file"),
            "{file}"
        );
    }
}
