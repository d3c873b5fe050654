//! One build of the app, in service: its gateway and its running functions.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use chalice_core::manifest::model::{Authorizer, Function, FunctionKind, Manifest, Route};
use chalice_gateway::{Gateway, Settings};

use super::environment::FunctionSettings;
use super::pool::Pool;
use crate::app_build::App;
use crate::{Error, routes, section};

/// Where and how deployments run, the same for each of them.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The address of the server.
    pub(super) address: SocketAddr,
    /// The stage.
    pub(super) stage: String,
    /// How many requests are served at once.
    pub(super) concurrency: usize,
}

/// One build of the app, in service.
pub(super) struct Deployment {
    /// The API.
    pub(super) gateway: Gateway,
    /// The function that answers its routes.
    pub(super) pool: Arc<Pool>,
    /// The functions that decide whether requests may pass, by name.
    authorizers: HashMap<String, Arc<Pool>>,
    manifest: Manifest,
    fingerprint: Fingerprint,
}

impl Deployment {
    /// Puts the executable into service.
    pub(super) fn new(app: &App, executable: &Path, place: &Place) -> Result<Deployment, Error> {
        let fingerprint = Fingerprint::of(executable)?;
        let manifest = section::read(executable)?;
        let settings = Settings {
            domain_name: place.address.to_string(),
            scheme: "http".to_owned(),
            port: place.address.port(),
            ..Settings::default()
        };
        let gateway = Gateway::new(&manifest, settings)?;
        let copy = Arc::new(PrivateCopy::new(executable, app.target_directory())?);
        let pool = |lambda_name: String, handler: &str| {
            let function = FunctionSettings {
                executable: copy.clone(),
                directory: app.directory().to_owned(),
                name: lambda_name,
                handler: handler.to_owned(),
            };
            Pool::new(function, place.concurrency)
        };
        let prefix = format!("{}-{}", manifest.app.name, place.stage);
        let is_api = |function: &&Function| matches!(function.kind, FunctionKind::RestApi {});
        let api = manifest.functions.iter().find(is_api);
        let api = api.map(|function| function.name.as_str());
        let authorizers = manifest
            .functions
            .iter()
            .filter(|function| matches!(function.kind, FunctionKind::Authorizer(_)))
            .map(|function| {
                let name = &function.name;
                (name.clone(), pool(format!("{prefix}-{name}"), name))
            })
            .collect();
        Ok(Deployment {
            gateway,
            pool: pool(prefix, api.unwrap_or_default()),
            authorizers,
            manifest,
            fingerprint,
        })
    }

    /// The authorizer function of that name.
    pub(super) fn authorizer(&self, name: &str) -> Option<&Arc<Pool>> {
        self.authorizers.get(name)
    }

    /// Whether the deployment runs the executable as it is now.
    pub(super) fn is_of(&self, executable: &Path) -> bool {
        Fingerprint::of(executable).is_ok_and(|fingerprint| fingerprint == self.fingerprint)
    }

    /// The app's name.
    pub(super) fn app_name(&self) -> &str {
        &self.manifest.app.name
    }

    /// Whether there is nothing to serve.
    pub(super) fn has_no_routes(&self) -> bool {
        self.manifest.routes.is_empty()
    }

    /// What the developer must know about this server, one sentence each.
    pub(super) fn warnings(&self) -> Vec<String> {
        self.manifest
            .routes
            .iter()
            .filter_map(unprotected)
            .collect()
    }
}

/// Says that a route is more open on this server than on AWS.
fn unprotected(route: &Route) -> Option<String> {
    let name = route.authorizer.as_ref().map(routes::authorizer_name);
    let key = route.api_key_required;
    let authorizer = |name| format!("its authorizer `{name}`");
    let (protection, guard) = match (&route.authorizer, name) {
        // The gateway enforces these, the one wholly, the other in part.
        (Some(Authorizer::Function { .. }), _) => (
            "less protected on this server than on AWS",
            key.then(|| "its API key".to_owned())?,
        ),
        (Some(Authorizer::CognitoUserPools { .. }), Some(name)) => {
            let guard = format!("that a token is one of its authorizer `{name}`");
            (
                "less protected on this server than on AWS",
                if key {
                    format!("{guard}, and its API key")
                } else {
                    guard
                },
            )
        }
        (_, Some(name)) => (
            "unprotected on this server",
            if key {
                format!("{} and its API key", authorizer(name))
            } else {
                authorizer(name)
            },
        ),
        (_, None) => (
            "unprotected on this server",
            key.then(|| "its API key".to_owned())?,
        ),
    };
    Some(format!(
        "{} {} is {protection}: only AWS enforces {guard}",
        route.methods.join(","),
        route.path
    ))
}

/// The deployment that takes new requests.
pub(super) struct Current(RwLock<Arc<Deployment>>);

impl Current {
    /// Starts with the first deployment.
    pub(super) fn new(deployment: Deployment) -> Current {
        Current(RwLock::new(Arc::new(deployment)))
    }

    /// The deployment that takes a new request.
    pub(super) fn get(&self) -> Arc<Deployment> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Puts another deployment in place. The old one ends when its last request has.
    pub(super) fn replace(&self, deployment: Deployment) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(deployment);
    }
}

/// A copy of the executable that no build overwrites while it runs.
#[derive(Debug)]
pub(super) struct PrivateCopy {
    path: PathBuf,
    _directory: tempfile::TempDir,
}

impl PrivateCopy {
    /// Copies the executable into a folder of its own below the target
    /// directory: unlike the system's temporary folder, that one is sure to
    /// allow execution.
    fn new(executable: &Path, target_directory: &Path) -> Result<PrivateCopy, Error> {
        let describe = |error: std::io::Error| -> Error {
            format!(
                "cannot copy {} to {}: {error}",
                executable.display(),
                target_directory.display()
            )
            .into()
        };
        let name = executable.file_name().unwrap_or("bootstrap".as_ref());
        let directory = tempfile::Builder::new()
            .prefix("chalice-local-")
            .tempdir_in(target_directory)
            .map_err(describe)?;
        let path = directory.path().join(name);
        std::fs::copy(executable, &path).map_err(describe)?;
        Ok(PrivateCopy {
            path,
            _directory: directory,
        })
    }

    /// Where the copy is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// What tells one build of an executable from the next.
#[derive(Debug, PartialEq, Eq)]
struct Fingerprint {
    length: u64,
    modified: Option<SystemTime>,
}

impl Fingerprint {
    fn of(executable: &Path) -> Result<Fingerprint, Error> {
        let metadata = std::fs::metadata(executable)
            .map_err(|error| format!("cannot read {}: {error}", executable.display()))?;
        Ok(Fingerprint {
            length: metadata.len(),
            modified: metadata.modified().ok(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_survives_the_original_and_not_its_owner() {
        let target = tempfile::tempdir().unwrap();
        let original = target.path().join("app");
        std::fs::write(&original, "one").unwrap();
        let copy = PrivateCopy::new(&original, target.path()).unwrap();
        std::fs::write(&original, "two").unwrap();
        let path = copy.path().to_owned();
        assert_eq!(path.file_name().unwrap(), "app");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "one");
        drop(copy);
        assert!(!path.exists());
    }

    #[test]
    fn fingerprints_tell_builds_apart() {
        let target = tempfile::tempdir().unwrap();
        let executable = target.path().join("app");
        std::fs::write(&executable, "one").unwrap();
        let first = Fingerprint::of(&executable).unwrap();
        assert_eq!(Fingerprint::of(&executable).unwrap(), first);
        std::fs::write(&executable, "three").unwrap();
        assert_ne!(Fingerprint::of(&executable).unwrap(), first);
    }

    #[test]
    fn what_only_aws_enforces_is_said() {
        let route = |authorizer: serde_json::Value, key: bool| -> Route {
            serde_json::from_value(serde_json::json!({
                "name": "index", "path": "/", "methods": ["GET"], "parameters": [], "arguments": [],
                "returns": "()", "cors": null, "authorizer": authorizer, "api_key_required": key,
                "content_types": [], "summary": null, "description": null,
                "source": { "module": "m", "item": "index", "file": "src/main.rs", "line": 1 },
            }))
            .unwrap()
        };
        let said = |authorizer, key| unprotected(&route(authorizer, key));
        let function = || serde_json::json!({ "type": "function", "name": "auth", "scopes": [] });
        let pool = || {
            serde_json::json!({
                "type": "cognito_user_pools", "name": "pool", "provider_arns": [],
                "header": "Authorization", "scopes": [],
            })
        };
        let iam = || serde_json::json!({ "type": "aws_iam", "name": "sigv4", "scopes": [] });
        assert_eq!(said(serde_json::Value::Null, false), None);
        assert_eq!(said(function(), false), None);
        for (authorizer, key, expected) in [
            (
                serde_json::Value::Null,
                true,
                "unprotected on this server: only AWS enforces its API key",
            ),
            (
                function(),
                true,
                "less protected on this server than on AWS: only AWS enforces its API key",
            ),
            (
                iam(),
                false,
                "unprotected on this server: only AWS enforces its authorizer `sigv4`",
            ),
            (
                iam(),
                true,
                "unprotected on this server: only AWS enforces its authorizer `sigv4` and its API key",
            ),
            (
                pool(),
                false,
                "less protected on this server than on AWS: only AWS enforces that a token is one of its authorizer `pool`",
            ),
            (
                pool(),
                true,
                "less protected on this server than on AWS: only AWS enforces that a token is one of its authorizer \
                 `pool`, and its API key",
            ),
        ] {
            assert_eq!(said(authorizer, key), Some(format!("GET / is {expected}")));
        }
    }
}
