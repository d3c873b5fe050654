//! The gateway: from a request to the function, or straight to a response.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::SystemTime;

use bytes::Bytes;
use chalice_core::manifest::model::{FunctionKind, Manifest};
use chalice_core::path::{PathPattern, without_trailing_slash};
use http::{Request, Response};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::accepted::Accepted;
use crate::authorizer::{Cache, Protection};
use crate::clock::Instant;
use crate::event::{self, Facts};
use crate::gateway_response::GatewayResponse;
use crate::limits::{MAX_EVENT, MAX_REQUEST_BODY};
use crate::path_tree::PathTree;
use crate::resource::{Answerer, Resource};
use crate::{Authorization, GatewayError, Invocation, Settings};

/// The REST API of an app, as Amazon API Gateway would serve it.
#[derive(Clone, Debug)]
pub struct Gateway {
    pub(crate) settings: Settings,
    /// What authorizers have decided.
    pub(crate) decisions: Cache,
    /// What tokens are checked with.
    #[cfg(feature = "jwt")]
    pub(crate) key_sets: crate::token::KeySets,
    function: String,
    /// The paths of `resources`, in their order.
    paths: PathTree,
    pub(crate) resources: Vec<Resource>,
}

/// What becomes of a request.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The gateway answers by itself.
    Respond(Response<Bytes>),
    /// The function has to be invoked.
    Invoke(Invocation),
    /// The route's authorizer has to be asked first.
    Authorize(Authorization),
}

impl Gateway {
    /// Sets up the API that the manifest describes.
    ///
    /// # Errors
    ///
    /// When API Gateway would refuse one of the routes, or when no function
    /// answers them. Neither occurs in a manifest that the framework wrote.
    pub fn new(manifest: &Manifest, settings: Settings) -> Result<Gateway, GatewayError> {
        let function = manifest
            .functions
            .iter()
            .find(|function| matches!(function.kind, FunctionKind::RestApi {}));
        if function.is_none() && !manifest.routes.is_empty() {
            return Err(GatewayError::NoFunction {
                app: manifest.app.name.clone(),
            });
        }
        let mut gateway = Gateway {
            settings,
            decisions: Cache::default(),
            #[cfg(feature = "jwt")]
            key_sets: Default::default(),
            function: function
                .map(|function| function.name.clone())
                .unwrap_or_default(),
            paths: PathTree::default(),
            resources: Vec::new(),
        };
        let mut positions = HashMap::<&str, usize>::new();
        for route in &manifest.routes {
            let position = match positions.get(route.path.as_str()) {
                Some(position) => *position,
                None => {
                    let pattern =
                        PathPattern::parse(&route.path).map_err(|problems| GatewayError::Path {
                            route: route.name.clone(),
                            path: route.path.clone(),
                            problem: problems
                                .iter()
                                .map(ToString::to_string)
                                .collect::<Vec<_>>()
                                .join("; "),
                        })?;
                    gateway.paths.add(pattern);
                    gateway.resources.push(Resource::new(&route.path));
                    positions.insert(&route.path, gateway.resources.len() - 1);
                    gateway.resources.len() - 1
                }
            };
            gateway.resources[position].add(route, Protection::of(route, manifest)?)?;
        }
        for resource in &mut gateway.resources {
            resource.add_preflight(manifest);
        }
        Ok(gateway)
    }

    /// Takes a request from `source_ip`: chooses the route and makes the event.
    ///
    /// The route is chosen by the path first, as it stands in the request and
    /// without one trailing slash, then by the method. Neither the `Host`
    /// header nor any other has a part in it.
    pub fn accept(&self, request: Request<Bytes>, source_ip: IpAddr) -> Outcome {
        self.accept_at(request, source_ip, SystemTime::now())
    }

    /// [`accept`](Self::accept), for a request that arrives at the time `now`:
    /// authorizers' decisions expire by that clock.
    pub fn accept_at(
        &self,
        request: Request<Bytes>,
        source_ip: IpAddr,
        now: SystemTime,
    ) -> Outcome {
        let (head, body) = request.into_parts();
        let request_id = Uuid::new_v4().to_string();
        if body.len() > MAX_REQUEST_BODY {
            return Outcome::Respond(GatewayResponse::RequestTooLarge.to_response(&request_id));
        }
        let found = self
            .paths
            .best_match(without_trailing_slash(head.uri.path()));
        let answerer = found.as_ref().map_or(Answerer::Nobody, |found| {
            self.resources[found.index].answerer(&head.method)
        });
        let (found, protection) = match (answerer, found) {
            (Answerer::Function(protection), Some(found)) => (found, protection),
            (Answerer::Preflight(preflight), _) => {
                return Outcome::Respond(preflight.to_response(&request_id));
            }
            _ => {
                let response = GatewayResponse::no_route(&head.headers);
                return Outcome::Respond(response.to_response(&request_id));
            }
        };
        let accepted = Accepted {
            resource: found.index,
            parameters: found.parameters,
            request_id,
            source_ip,
            time: now,
            head,
            body,
        };
        match protection {
            Some(Protection::Function(guard)) => self.authorize(accepted, guard, now),
            #[cfg(feature = "jwt")]
            Some(Protection::Token(rule)) => self.check_token(&accepted, rule),
            #[cfg(not(feature = "jwt"))]
            Some(Protection::UserPool(pool)) => self.admit(&accepted, pool),
            None => self.invoke(&accepted, None),
        }
    }

    /// The invocation of the function; `authorizer` is what the route's authorizer says.
    pub(crate) fn invoke(
        &self,
        accepted: &Accepted,
        authorizer: Option<&Map<String, Value>>,
    ) -> Outcome {
        let request_id = accepted.request_id.clone();
        // An event is never shorter than the body that it holds: such a one need not be made.
        let event = match accepted.body.len() {
            0..=MAX_EVENT => Some(self.event(accepted, authorizer)),
            _ => None,
        };
        let Some(event) = event.filter(|event| event.len() <= MAX_EVENT) else {
            return Outcome::Respond(GatewayResponse::RequestTooLarge.to_response(&request_id));
        };
        Outcome::Invoke(Invocation {
            function: self.function.clone(),
            event,
            request_id,
            method: accepted.head.method.clone(),
            stream: self.resources[accepted.resource].streams(&accepted.head.method),
        })
    }

    /// The event of a request.
    pub(crate) fn event(
        &self,
        accepted: &Accepted,
        authorizer: Option<&Map<String, Value>>,
    ) -> Vec<u8> {
        event::build(Facts {
            settings: &self.settings,
            resource: &self.resources[accepted.resource],
            parameters: &accepted.parameters,
            request_id: &accepted.request_id,
            source_ip: accepted.source_ip,
            time: Instant::at(accepted.time),
            head: &accepted.head,
            body: &accepted.body,
            authorizer,
        })
    }

    /// The response to a request whose body is known to be longer than
    /// [`MAX_REQUEST_BODY`], for servers that do not read such a body to its end.
    pub fn request_too_large(&self) -> Response<Bytes> {
        GatewayResponse::RequestTooLarge.to_response(&Uuid::new_v4().to_string())
    }
}

#[cfg(test)]
mod tests {
    use chalice_core::manifest::model::Route;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::sample::{self, CLIENT, gateway, invocation};

    fn respond(method: &str, target: &str) -> Response<Bytes> {
        let request = Request::builder()
            .method(method)
            .uri(target)
            .body(Bytes::new())
            .unwrap();
        match gateway().accept(request, CLIENT) {
            Outcome::Respond(response) => response,
            outcome => panic!("expected a response, got {outcome:?}"),
        }
    }

    fn resource_of(target: &str) -> Value {
        let event: Value = serde_json::from_slice(&invocation("GET", target).event).unwrap();
        json!([event["resource"], event["pathParameters"]])
    }

    #[test]
    fn the_most_specific_path_wins() {
        assert_eq!(resource_of("/"), json!(["/", null]));
        assert_eq!(resource_of("/files/list"), json!(["/files/list", null]));
        assert_eq!(
            resource_of("/files/a/b%2Fc"),
            json!(["/files/{path+}", {"path": "a/b%2Fc"}])
        );
        assert_eq!(
            resource_of("/cities/s%20x"),
            json!(["/cities/{city}", {"city": "s%20x"}])
        );
    }

    #[test]
    fn one_trailing_slash_is_ignored() {
        assert_eq!(
            resource_of("/cities/seattle/"),
            json!(["/cities/{city}", {"city": "seattle"}])
        );
        assert_eq!(respond("GET", "/cities/seattle//").status(), 403);
    }

    #[test]
    fn no_such_path_or_method() {
        for (method, target) in [
            ("GET", "/nope"),
            ("POST", "/"),
            ("GET", "//"),
            ("GET", "///"),
            ("GET", "//cities/x"),
            ("HEAD", "/"),
            ("OPTIONS", "/"),
            ("OPTIONS", "*"),
        ] {
            let response = respond(method, target);
            assert_eq!(response.status(), 403, "{method} {target}");
            assert_eq!(
                response.body(),
                r#"{"message":"Missing Authentication Token"}"#
            );
        }
    }

    #[test]
    fn path_before_method() {
        // `/files/list` has GET only; API Gateway does not fall back to `/files/{path+}`.
        assert_eq!(respond("HEAD", "/files/list").status(), 403);
        assert_eq!(invocation("HEAD", "/files/other").function, "api_handler");
    }

    #[test]
    fn body_above_the_quota() {
        let accept = |length: usize| {
            let request = Request::put("/special")
                .body(Bytes::from(vec![b' '; length]))
                .unwrap();
            gateway().accept(request, CLIENT)
        };
        for length in [MAX_REQUEST_BODY + 1, MAX_EVENT] {
            match accept(length) {
                Outcome::Respond(response) => {
                    assert_eq!(response.status(), 413);
                    assert_eq!(response.body(), r#"{"message":"Request Too Long"}"#);
                }
                _ => panic!("{length} bytes were accepted"),
            }
        }
        assert!(matches!(accept(MAX_EVENT - 10_000), Outcome::Invoke(_)));
        assert_eq!(gateway().request_too_large().status(), 413);
    }

    #[test]
    fn each_method_has_its_own_transfer_mode() {
        let mut manifest = sample::manifest();
        assert!(!manifest.streams());
        let path = "/files/{path+}";
        let of_path = |route: &&mut Route| route.path == path;
        let route = manifest.routes.iter_mut().find(of_path).unwrap();
        route.methods = vec!["ANY".to_owned()];
        route.stream = true;
        let mut get = route.clone();
        get.methods = vec!["GET".to_owned()];
        get.stream = false;
        manifest.routes.push(get);
        assert!(manifest.streams());
        let gateway = Gateway::new(&manifest, Settings::default()).unwrap();
        for (method, target, streams) in [
            ("GET", "/files/a", false),
            ("POST", "/files/a", true),
            ("GET", "/cities/x", false),
        ] {
            let request = Request::builder().method(method).uri(target);
            let request = request.body(Bytes::new()).unwrap();
            match gateway.accept(request, CLIENT) {
                Outcome::Invoke(invocation) => assert_eq!(invocation.stream, streams, "{method}"),
                outcome => panic!("{outcome:?}"),
            }
        }
    }

    #[test]
    fn a_manifest_that_aws_would_refuse() {
        let mut manifest = sample::manifest();
        manifest.functions.clear();
        let error = Gateway::new(&manifest, Settings::default()).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("the app `sample` has routes, but"),
            "{error}"
        );

        let mut manifest = sample::manifest();
        manifest.routes[0].path = "nope".to_owned();
        let error = Gateway::new(&manifest, Settings::default()).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("route `index` has the path \"nope\""),
            "{error}"
        );
    }

    proptest! {
        #[test]
        fn accept_never_panics(
            method in "[A-Z]{1,8}",
            path in r"(/[a-z%/.{}+~:;@!$&'()*,=-]{0,20}){1,6}",
            query in r"\PC{0,40}",
            name in "[a-z-]{1,10}",
            value in proptest::collection::vec(any::<u8>(), 0..40),
            body in proptest::collection::vec(any::<u8>(), 0..200),
        ) {
            let request = Request::builder().method(method.as_str());
            let request = match http::HeaderValue::from_bytes(&value) {
                Ok(value) => request.header(name, value),
                Err(_) => request,
            };
            for target in [format!("{path}?{query}"), format!("/cities/x?{query}"), format!("http://h{path}")] {
                if let Ok(uri) = target.parse::<http::Uri>() {
                    let (mut head, ()) = request_clone(&request).into_parts();
                    head.uri = uri;
                    let request = Request::from_parts(head, Bytes::from(body.clone()));
                    if let Outcome::Invoke(invocation) = gateway().accept(request, CLIENT) {
                        prop_assert!(serde_json::from_slice::<Value>(&invocation.event).is_ok());
                    }
                }
            }
        }

        #[test]
        fn any_value_of_a_placeholder_arrives_as_it_was_sent(value in "[A-Za-z0-9%._~-]{1,30}") {
            let found = resource_of(&format!("/cities/{value}"));
            prop_assert_eq!(found, json!(["/cities/{city}", {"city": value}]));
        }
    }

    /// A request with the builder's method and headers.
    fn request_clone(builder: &http::request::Builder) -> Request<()> {
        let mut request = Request::new(());
        if let Some(method) = builder.method_ref() {
            *request.method_mut() = method.clone();
        }
        if let Some(headers) = builder.headers_ref() {
            *request.headers_mut() = headers.clone();
        }
        request
    }
}
