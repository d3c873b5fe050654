//! Which operations a path has: a route for each method, as API Gateway picks it.

use chalice_core::{
    manifest::model::{Manifest, Route},
    method::Method,
};

/// A method of a path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation<'m> {
    pub(crate) method: Method,
    pub(crate) route: &'m Route,
}

/// The paths, in the order in which the app lists them, each with its routes.
pub(crate) fn paths(manifest: &Manifest) -> Vec<(&str, Vec<&Route>)> {
    let mut paths: Vec<(&str, Vec<&Route>)> = Vec::new();
    for route in &manifest.routes {
        match paths.iter_mut().find(|(path, _)| *path == route.path) {
            Some((_, routes)) => routes.push(route),
            None => paths.push((&route.path, vec![route])),
        }
    }
    paths
}

/// The operations of a path, `ANY` taken apart: it answers what no other route does, but
/// not the `OPTIONS` of a path with CORS, which are preflight requests.
pub(crate) fn operations<'m>(
    manifest: &Manifest,
    path: &str,
    routes: &[&'m Route],
) -> Vec<Operation<'m>> {
    let answering = |method: Method| {
        let of = |name: &str| {
            let mut routes = routes.iter().copied();
            routes.find(|route| route.methods.iter().any(|it| it == name))
        };
        if let Some(route) = of(method.name()) {
            return Some(route);
        }
        match method {
            Method::Options if manifest.preflight(path).is_some() => None,
            _ => of(Method::Any.name()),
        }
    };
    Method::ALL
        .into_iter()
        .filter(|method| *method != Method::Any)
        .filter_map(|method| {
            let route = answering(method)?;
            Some(Operation { method, route })
        })
        .collect()
}

/// The member of a path item that a method is to API Gateway.
pub(crate) fn operation_key(method: &str) -> String {
    match method {
        "ANY" => "x-amazon-apigateway-any-method".to_owned(),
        name => name.to_ascii_lowercase(),
    }
}

/// The path's placeholders, each with whether it is greedy.
pub(crate) fn placeholders(path: &str) -> Vec<(&str, bool)> {
    path.split('/')
        .filter_map(|segment| {
            let name = segment.strip_prefix('{')?.strip_suffix('}')?;
            Some(match name.strip_suffix('+') {
                Some(name) => (name, true),
                None => (name, false),
            })
        })
        .collect()
}
