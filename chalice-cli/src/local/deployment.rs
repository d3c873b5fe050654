//! One build of the app, in service: its gateway and its running functions.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use chalice_core::manifest::model::{Authorizer, Function, FunctionKind, Manifest, Route};
use chalice_gateway::{Gateway, Settings};

use super::environment::FunctionSettings;
use super::key_source::Keys;
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
    /// What tokens are checked with.
    pub(super) keys: Arc<[Keys]>,
}

/// One build of the app, in service.
pub(super) struct Deployment {
    /// The API.
    pub(super) gateway: Gateway,
    /// The function that answers its routes.
    pub(super) pool: Pool,
    /// The functions that decide whether requests may pass, by name.
    authorizers: HashMap<String, Pool>,
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
        let mut gateway = Gateway::new(&manifest, settings)?;
        for (authorizer, keys) in place.keys.iter() {
            gateway = gateway.with_key_set(authorizer.as_deref(), keys.clone())?;
        }
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
    pub(super) fn authorizer(&self, name: &str) -> Option<&Pool> {
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
            .filter_map(|route| unprotected(route, &self.gateway))
            .collect()
    }
}

/// Says that a route is open on this server and closed on AWS.
fn unprotected(route: &Route, gateway: &Gateway) -> Option<String> {
    let is_enforced = |authorizer: &&Authorizer| match authorizer {
        Authorizer::Function { .. } => true,
        other => gateway.has_keys_for(&routes::authorizer_name(other)),
    };
    let has_tokens = |authorizer: &Authorizer| {
        matches!(
            authorizer,
            Authorizer::CognitoUserPools { .. } | Authorizer::Jwt { .. }
        )
    };
    let authorizer = route
        .authorizer
        .as_ref()
        .filter(|authorizer| !is_enforced(authorizer));
    let hint = match authorizer.is_some_and(has_tokens) {
        true => "; with `--jwks`, this server checks its tokens, too",
        false => "",
    };
    let guard = match (
        authorizer.map(routes::authorizer_name),
        route.api_key_required,
    ) {
        (Some(name), true) => format!("its authorizer `{name}` and its API key"),
        (Some(name), false) => format!("its authorizer `{name}`"),
        (None, true) => "its API key".to_owned(),
        (None, false) => return None,
    };
    let protection = match &route.authorizer {
        Some(authorizer) if is_enforced(&authorizer) => "less protected on this server than on AWS",
        _ => "unprotected on this server",
    };
    Some(format!(
        "{} {} is {protection}: only AWS enforces {guard}{hint}",
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
}
