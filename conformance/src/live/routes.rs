//! What the app's manifest says about its routes.

use chalice::Application;
use serde::Deserialize;

use crate::app::APP;

/// A path of the app.
#[derive(Clone, Debug)]
pub struct KnownRoute {
    /// The path as API Gateway writes it.
    pub path: String,
    /// Every method of it.
    pub methods: Vec<String>,
}

impl KnownRoute {
    /// What the placeholders stand for in `path`, if it is one of the route.
    pub fn values(&self, path: &str) -> Option<Vec<String>> {
        let mut values = Vec::new();
        let mut given = path.split('/');
        for segment in self.path.split('/') {
            if segment.ends_with("+}") {
                let rest: Vec<&str> = given.collect();
                values.push(Some(rest.join("/")).filter(|_| !rest.is_empty())?);
                return Some(values);
            }
            let found = given.next()?;
            if segment.starts_with('{') {
                values.push(found.to_owned());
            } else if segment != found {
                return None;
            }
        }
        given.next().is_none().then_some(values)
    }

    /// The names of the path's placeholders, and whether they are greedy.
    pub fn placeholders(&self) -> impl Iterator<Item = (&str, bool)> {
        self.path.split('/').filter_map(|segment| {
            let name = segment.strip_prefix('{')?.strip_suffix('}')?;
            Some(match name.strip_suffix('+') {
                Some(name) => (name, true),
                None => (name, false),
            })
        })
    }
}

/// Every path of the app.
///
/// # Panics
///
/// When the app's manifest is none.
pub fn routes() -> Vec<KnownRoute> {
    #[derive(Deserialize)]
    struct Manifest {
        routes: Vec<Route>,
    }
    #[derive(Deserialize)]
    struct Route {
        path: String,
        methods: Vec<String>,
    }
    let manifest: Manifest =
        serde_json::from_slice(APP::manifest()).expect("the framework writes manifests");
    let mut known: Vec<KnownRoute> = Vec::new();
    for Route { path, methods } in manifest.routes {
        match known.iter_mut().find(|route| route.path == path) {
            Some(route) => route.methods.extend(methods),
            None => known.push(KnownRoute { path, methods }),
        }
    }
    known
}
