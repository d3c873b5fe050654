//! A path of the API and the methods that it has.

use bytes::Bytes;
use chalice_core::manifest::model::{self, Cors, Manifest, Route};
use chalice_core::method::Method;
use http::Response;
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, HeaderName,
    HeaderValue,
};

use crate::GatewayError;
use crate::authorizer::Guard;
use crate::gateway_response::REQUEST_ID;

/// A path of the API and the methods that it has.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    /// The path, such as `/users/{id}`: `requestContext.resourcePath`.
    pub(crate) path: String,
    /// The resource's id: `requestContext.resourceId`.
    pub(crate) id: String,
    methods: Vec<Method>,
    /// The authorizers of `methods`.
    guards: Vec<Option<Guard>>,
    /// Whether the response transfer mode of `methods` is `STREAM`.
    streams: Vec<bool>,
    preflight: Option<Automatic>,
}

/// What `OPTIONS` leads to where no route answers it and there is CORS.
#[derive(Clone, Debug)]
enum Automatic {
    Preflight(Preflight),
    Function,
}

/// What answers a request for a resource.
pub(crate) enum Answerer<'a> {
    /// The function, once the route's authorizer has let the request pass.
    Function(Option<&'a Guard>),
    /// The gateway, as the route's CORS settings say.
    Preflight(&'a Preflight),
    /// Nothing: the resource does not have the method.
    Nobody,
}

impl Resource {
    /// The resource at `path` without a method.
    pub(crate) fn new(path: &str) -> Resource {
        Resource {
            path: path.to_owned(),
            id: resource_id(path),
            methods: Vec::new(),
            guards: Vec::new(),
            streams: Vec::new(),
            preflight: None,
        }
    }

    /// Gives the resource the methods of one more route, with its authorizer.
    pub(crate) fn add(&mut self, route: &Route, guard: Option<Guard>) -> Result<(), GatewayError> {
        for name in &route.methods {
            let method = Method::from_name(name).ok_or_else(|| GatewayError::Method {
                route: route.name.clone(),
                method: name.clone(),
            })?;
            self.methods.push(method);
            self.guards.push(guard.clone());
            self.streams.push(route.stream);
        }
        Ok(())
    }

    /// Gives the resource what answers preflights, as the manifest says.
    pub(crate) fn add_preflight(&mut self, manifest: &Manifest) {
        self.preflight = manifest
            .preflight(&self.path)
            .map(|preflight| match preflight {
                model::Preflight::Function => Automatic::Function,
                model::Preflight::Static {
                    origin,
                    allow_methods,
                    cors,
                } => Automatic::Preflight(Preflight {
                    allow_origin: origin.to_owned(),
                    allow_methods,
                    cors: cors.clone(),
                }),
            });
    }

    /// What answers a request with this method.
    ///
    /// An `OPTIONS` route goes before the automatic answer to preflights, and
    /// that goes before a route for `ANY`: API Gateway prefers a resource's own
    /// method to `ANY`, and the preflight is such a method.
    pub(crate) fn answerer(&self, method: &http::Method) -> Answerer<'_> {
        let Some(method) =
            Method::from_name(method.as_str()).filter(|method| *method != Method::Any)
        else {
            return Answerer::Nobody;
        };
        if let Some(function) = self.function(method) {
            return function;
        }
        match &self.preflight {
            Some(Automatic::Preflight(preflight)) if method == Method::Options => {
                Answerer::Preflight(preflight)
            }
            // A preflight carries no credentials, so nothing is asked about it.
            Some(Automatic::Function) if method == Method::Options => Answerer::Function(None),
            _ => self.function(Method::Any).unwrap_or(Answerer::Nobody),
        }
    }
}

impl Resource {
    /// Whether the response to a request with this method, which the function
    /// answers, is streamed.
    pub(crate) fn streams(&self, method: &http::Method) -> bool {
        let own = Method::from_name(method.as_str());
        let position = |wanted| self.methods.iter().position(|known| Some(*known) == wanted);
        let is_preflight = own == Some(Method::Options) && self.preflight.is_some();
        position(own)
            .or_else(|| position(Some(Method::Any)).filter(|_| !is_preflight))
            .is_some_and(|route| self.streams[route])
    }

    /// The function, if a route has exactly this method.
    fn function(&self, method: Method) -> Option<Answerer<'_>> {
        let route = self.methods.iter().position(|known| *known == method)?;
        Some(Answerer::Function(self.guards.get(route)?.as_ref()))
    }
}

/// The answer to CORS preflights (Fetch standard, "CORS protocol").
#[derive(Clone, Debug)]
pub(crate) struct Preflight {
    allow_origin: String,
    allow_methods: String,
    cors: Cors,
}

impl Preflight {
    /// The response for the request with this id.
    pub(crate) fn to_response(&self, request_id: &str) -> Response<Bytes> {
        let cors = &self.cors;
        let mut response = Response::new(Bytes::new());
        let mut header = |name: HeaderName, value: &str| {
            // The framework checks these values when it compiles the app. A
            // manifest from elsewhere may lack that check, and API Gateway
            // would send nothing for such a value either.
            if let Ok(value) = HeaderValue::from_str(value) {
                response.headers_mut().insert(name, value);
            }
        };
        header(ACCESS_CONTROL_ALLOW_ORIGIN, &self.allow_origin);
        header(ACCESS_CONTROL_ALLOW_HEADERS, &cors.allow_headers.join(","));
        if !cors.expose_headers.is_empty() {
            header(
                ACCESS_CONTROL_EXPOSE_HEADERS,
                &cors.expose_headers.join(","),
            );
        }
        if let Some(max_age) = cors.max_age {
            header(ACCESS_CONTROL_MAX_AGE, &max_age.to_string());
        }
        if cors.allow_credentials {
            header(ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        header(ACCESS_CONTROL_ALLOW_METHODS, &self.allow_methods);
        header(REQUEST_ID, request_id);
        response
    }
}

/// An id as API Gateway makes them, of six letters and digits, and the same
/// for a path in every run.
fn resource_id(path: &str) -> String {
    // FNV-1a: small, and stable between releases of the compiler.
    let mut hash = path.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (0..6)
        .map(|_| {
            let digit = (hash % 36) as u32;
            hash /= 36;
            char::from_digit(digit, 36).unwrap_or('0')
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn resource(path: &str) -> Resource {
        let mut resource = Resource::new(path);
        for route in sample::manifest()
            .routes
            .iter()
            .filter(|route| route.path == path)
        {
            resource.add(route, None).unwrap();
        }
        resource.add_preflight(&sample::manifest());
        resource
    }

    fn preflight(path: &str) -> Response<Bytes> {
        match resource(path).answerer(&http::Method::OPTIONS) {
            Answerer::Preflight(preflight) => preflight.to_response("id"),
            _ => panic!("{path} has no automatic OPTIONS"),
        }
    }

    #[test]
    fn preflight_lists_the_methods_with_cors() {
        let response = preflight("/cities/{city}");
        assert_eq!(response.status(), 200);
        assert!(response.body().is_empty());
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
        assert_eq!(
            response.headers()["access-control-allow-headers"],
            "Authorization,Content-Type,X-Amz-Date,X-Amz-Security-Token,X-Api-Key"
        );
        assert_eq!(
            response.headers()["access-control-allow-methods"],
            "GET,PUT,POST,OPTIONS"
        );
        assert_eq!(response.headers().len(), 4);
    }

    #[test]
    fn preflight_with_every_setting() {
        let response = preflight("/special");
        assert_eq!(
            response.headers()["access-control-allow-origin"],
            "https://foo.example.com"
        );
        assert_eq!(response.headers()["access-control-expose-headers"], "A,B");
        assert_eq!(response.headers()["access-control-max-age"], "600");
        assert_eq!(
            response.headers()["access-control-allow-credentials"],
            "true"
        );
        assert_eq!(
            response.headers()["access-control-allow-methods"],
            "PUT,OPTIONS"
        );
    }

    #[test]
    fn any_is_spelt_out_for_browsers() {
        assert_eq!(
            preflight("/any").headers()["access-control-allow-methods"],
            "GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS"
        );
    }

    #[test]
    fn methods() {
        let nobody = |path: &str, method: &str| {
            matches!(
                resource(path).answerer(&method.parse().unwrap()),
                Answerer::Nobody
            )
        };
        let function = |path: &str, method: &str| {
            matches!(
                resource(path).answerer(&method.parse().unwrap()),
                Answerer::Function(None)
            )
        };
        assert!(function("/", "GET"));
        assert!(
            nobody("/", "HEAD"),
            "API Gateway does not derive HEAD from GET"
        );
        assert!(nobody("/", "OPTIONS"));
        assert!(nobody("/", "get"));
        assert!(function("/options", "OPTIONS"));
        assert!(function("/several", "OPTIONS"));
        assert!(function("/any", "PATCH"));
        assert!(nobody("/any", "TRACE"));
        assert!(nobody("/any", "ANY"));
    }

    #[test]
    fn unknown_method_in_a_manifest() {
        let mut route = sample::manifest().routes[0].clone();
        route.methods.push("FETCH".to_owned());
        let error = Resource::new("/").add(&route, None).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("`index` answers the method `FETCH`"),
            "{error}"
        );
    }

    #[test]
    fn ids_are_stable_and_differ() {
        assert_eq!(resource_id("/").len(), 6);
        assert_eq!(resource_id("/a"), resource_id("/a"));
        assert_ne!(resource_id("/a"), resource_id("/b"));
    }
}
