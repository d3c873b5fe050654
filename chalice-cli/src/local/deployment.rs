//! One build of the app, in service: its gateway and its running functions.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use chalice_core::manifest::model::{Authorizer, Function, FunctionKind, Manifest, Route};
use chalice_core::name::API_HANDLER;
use chalice_core::suggest::list;
use chalice_gateway::{Gateway, Settings, websocket};

use super::configuration::Configuration;
use super::connections_api;
use super::environment::{AppOutput, FunctionSettings};
use super::functions::Functions;
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
    /// Where what the app prints goes.
    pub(super) output: AppOutput,
}

/// One build of the app, in service.
pub(super) struct Deployment {
    /// The API.
    pub(super) gateway: Gateway,
    /// The WebSocket API, if the app has one.
    pub(super) websocket: Option<websocket::Gateway>,
    /// The Lambda functions.
    functions: Functions,
    manifest: Manifest,
    configuration: Configuration,
    fingerprint: Fingerprint,
}

impl Deployment {
    /// Puts the executable into service.
    pub(super) fn new(app: &App, executable: &Path, place: &Place) -> Result<Deployment, Error> {
        let fingerprint = Fingerprint::of(executable)?;
        let manifest = section::read(executable)?;
        let configuration = Configuration::read(app, &place.stage, &manifest)?;
        let stage = configuration.stage();
        let settings = Settings {
            stage: stage.api_gateway_stage().to_string(),
            domain_name: place.address.to_string(),
            scheme: "http".to_owned(),
            port: place.address.port(),
            ..Settings::default()
        };
        let websocket = websocket::Gateway::new(&manifest, settings.clone());
        let variables: Arc<[_]> = match &websocket {
            Some(websocket) => connections_api::variables(place.address, websocket.stage()).into(),
            None => Arc::default(),
        };
        let mut gateway = Gateway::new(&manifest, settings)?;
        for (authorizer, keys) in place.keys.iter() {
            gateway = gateway.with_key_set(authorizer.as_deref(), keys.clone())?;
        }
        let copy = Arc::new(PrivateCopy::new(executable, app.target_directory())?);
        let pool = |lambda_name: String, handler: &str| {
            let configuration = stage.function(handler);
            let function = FunctionSettings {
                executable: copy.clone(),
                directory: app.directory().to_owned(),
                name: lambda_name,
                handler: handler.to_owned(),
                configuration,
                variables: variables.clone(),
                output: place.output,
            };
            Pool::new(function, place.concurrency)
        };
        let functions = Functions::new(&manifest, &place.stage, pool);
        Ok(Deployment {
            gateway,
            websocket,
            functions,
            manifest,
            configuration,
            fingerprint,
        })
    }

    /// The Lambda function of that name within the app.
    pub(super) fn function(&self, name: &str) -> Option<&Arc<Pool>> {
        self.functions.get(name)
    }

    /// The Lambda functions.
    pub(super) fn functions(&self) -> &Functions {
        &self.functions
    }

    /// What the app consists of.
    pub(super) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Whether the deployment runs the executable as it is now, with the app's settings of now.
    pub(super) fn is_of(&self, app: &App, executable: &Path) -> bool {
        let is_built = Fingerprint::of(executable).is_ok_and(|it| it == self.fingerprint);
        is_built && self.configuration.is_of(app)
    }

    /// The app's name.
    pub(super) fn app_name(&self) -> &str {
        &self.manifest.app.name
    }

    /// Whether there is nothing to serve.
    pub(super) fn is_empty(&self) -> bool {
        self.manifest.functions.is_empty()
    }

    /// Whether a function has a schedule.
    pub(super) fn has_schedules(&self) -> bool {
        let is_scheduled =
            |function: &Function| matches!(function.kind, FunctionKind::Scheduled(_));
        self.manifest.functions.iter().any(is_scheduled)
    }

    /// The functions that no request to the API invokes, as a list, if there are any.
    pub(super) fn invocable(&self) -> Option<String> {
        let others = |name: &&str| *name != API_HANDLER;
        let names = list(self.functions.names().filter(others));
        (!names.is_empty()).then_some(names)
    }

    /// What the developer must know about this server, one sentence each.
    pub(super) fn warnings(&self) -> Vec<String> {
        let routes = self.manifest.routes.iter();
        let unprotected =
            routes.filter_map(|route| unprotected(route, |name| self.gateway.has_keys_for(name)));
        unprotected.chain(self.notices().iter().cloned()).collect()
    }

    /// What the configuration says without an effect, and what it does not say.
    pub(super) fn notices(&self) -> &[String] {
        self.configuration.notices()
    }
}

/// What makes this server check tokens.
const KEYS: &str = "; with `--jwks`, this server checks its tokens, too";

/// Says that a route is more open on this server than on AWS.
fn unprotected(route: &Route, has_keys: impl Fn(&str) -> bool) -> Option<String> {
    let key = route
        .api_key_required
        .then(|| "its API key".to_owned())
        .into_iter();
    let name = route.authorizer.as_ref().map(routes::authorizer_name);
    let (guard, hint) = match (&route.authorizer, &name) {
        (None | Some(Authorizer::Function { .. }), _) | (_, None) => (None, ""),
        (Some(Authorizer::CognitoUserPools { .. } | Authorizer::Jwt { .. }), Some(name))
            if has_keys(name) =>
        {
            (None, "")
        }
        (Some(Authorizer::CognitoUserPools { .. }), Some(name)) => {
            let guard = format!("that a token is one of its authorizer `{name}`");
            (Some(guard), KEYS)
        }
        (Some(Authorizer::Jwt { .. }), Some(name)) => {
            (Some(format!("its authorizer `{name}`")), KEYS)
        }
        (Some(_), Some(name)) => (Some(format!("its authorizer `{name}`")), ""),
    };
    let is_open = match &route.authorizer {
        None => true,
        Some(Authorizer::Function { .. } | Authorizer::CognitoUserPools { .. }) => false,
        Some(_) => guard.is_some(),
    };
    let guards: Vec<String> = guard.into_iter().chain(key).collect();
    if guards.is_empty() {
        return None;
    }
    let guard = guards.join(" and ");
    let protection = match is_open {
        true => "unprotected on this server",
        false => "less protected on this server than on AWS",
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

    /// Ends the processes that do nothing, when the returned value is dropped.
    pub(super) fn end_idle_processes_on_drop(self: &Arc<Self>) -> ProcessGuard {
        ProcessGuard(self.clone())
    }

    /// Puts another deployment in place. The old one ends when its last request has.
    pub(super) fn replace(&self, deployment: Deployment) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(deployment);
    }
}

/// Ends processes when the server does. Connections that are still open keep the deployment,
/// and its processes would complain of a Runtime API that goes away before they do.
pub(super) struct ProcessGuard(Arc<Current>);

impl Drop for ProcessGuard {
    fn drop(&mut self) {
        self.0.get().functions.end_idle_processes();
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
    pub(super) fn new(executable: &Path, target_directory: &Path) -> Result<PrivateCopy, Error> {
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
                "content_types": [], "stream": false, "summary": null, "description": null,
                "source": { "module": "m", "item": "index", "file": "src/main.rs", "line": 1 },
            }))
            .unwrap()
        };
        let said = |authorizer, key| unprotected(&route(authorizer, key), |_| false);
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
                "less protected on this server than on AWS: only AWS enforces that a token is one of its authorizer \
                 `pool`; with `--jwks`, this server checks its tokens, too",
            ),
            (
                pool(),
                true,
                "less protected on this server than on AWS: only AWS enforces that a token is one of its authorizer \
                 `pool` and its API key; with `--jwks`, this server checks its tokens, too",
            ),
        ] {
            assert_eq!(said(authorizer, key), Some(format!("GET / is {expected}")));
        }
        assert_eq!(unprotected(&route(pool(), false), |_| true), None);
    }
}
