//! Our apps with those routes: their tables are made in const evaluation, by what makes those of
//! every app.

use std::hint::black_box;

use chalice_core::{
    conflict::{Conflicts, PER_HANDLER},
    cors::CorsSetting,
    definition::{HandlerDef, HandlerKind, RouteDef, STUB},
    flatten::{AuthorizerReference, FlatHandler, PathPrefix},
    method::{Method, MethodList, MethodSet},
    router::{Build, Captures, Router, Tables, build, edge_slots, max_nodes, pack, power_of_two},
};
use generated_apps::{Route, Set};

/// An app, and the look-ups in its tables as the runtime does them.
pub trait Ours {
    /// The app's tables.
    fn router() -> Router;

    /// The handler that answers a method and a raw path; what the placeholders match is left in
    /// `captures`.
    #[inline]
    fn find(path: &str, method: Method, captures: &mut Captures) -> Option<usize> {
        let router = Self::router();
        router.handler(router.find(path, captures)?, Some(method))
    }

    /// The handler that answers a method and a resource, which the gateway has matched.
    #[inline]
    fn handler(template: &str, method: Method) -> Option<usize> {
        let router = Self::router();
        router.handler(router.resource(template)?, Some(method))
    }
}

/// What `#[route]` says of a route, as far as look-ups need it.
const fn route(
    path: &'static str,
    path_hash: u64,
    segments: &'static [[u64; 2]],
    method: &str,
) -> HandlerDef {
    let methods = match Method::from_name(method) {
        Some(method) => MethodSet::EMPTY.with(method),
        None => panic!("not a method of HTTP"),
    };
    HandlerDef {
        kind: HandlerKind::Route(RouteDef {
            path,
            path_hash,
            segments,
            methods,
            declared_methods: MethodList::EMPTY,
            cors: CorsSetting::Inherit,
            authorizer: None,
            content_types: &[],
            stream: false,
        }),
        ..STUB
    }
}

/// What `#[app]` makes of it.
const fn handler(def: &'static HandlerDef, path: &'static str) -> FlatHandler {
    FlatHandler {
        def,
        name: "",
        is_renamed: false,
        path,
        prefix: PathPrefix::NONE,
        authorizer: AuthorizerReference::None,
    }
}

macro_rules! app {
    ($(#[$about:meta])* $name:ident, $module:ident, $file:literal) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Ours for $name {
            #[inline]
            fn router() -> Router {
                $module::TABLES.router()
            }
        }

        mod $module {
            use super::*;

            include!(concat!(env!("OUT_DIR"), "/", $file));
        }
    };
}

app!(
    /// The app of 10 routes.
    Few,
    few,
    "few.rs"
);
app!(
    /// The app with the routes of GitHub's API.
    Github,
    github,
    "github.rs"
);
app!(
    /// The app of 1,000 routes.
    Many,
    many,
    "many.rs"
);

/// What an app is asked.
#[derive(Clone, Debug)]
pub struct OursCase {
    hits: Vec<(String, Method)>,
    misses: Vec<String>,
    templates: Vec<(String, Method)>,
}

impl OursCase {
    /// Checks that the app answers every hit rightly and no miss.
    ///
    /// # Panics
    ///
    /// When it does not.
    pub fn checked<O: Ours>(set: Set) -> &'static OursCase {
        let method = |route: &Route| Method::from_name(route.method).expect("a method of HTTP");
        for hit in &set.hits {
            let (id, captures) = answer::<O>(&hit.path, method(&set.routes[hit.route]));
            let answer = id.map(|id| {
                let captured = captures.iter(&hit.path).map(str::to_owned);
                (id, captured.collect::<Vec<_>>())
            });
            let expected = Some((hit.route, hit.captured.clone()));
            assert_eq!(answer, expected, "{}", hit.path);
        }
        for miss in &set.misses {
            assert_eq!(answer::<O>(miss, Method::Get).0, None, "{miss}");
        }
        let templates: Vec<(String, Method)> = set
            .routes
            .iter()
            .map(|route| (route.template(), method(route)))
            .collect();
        for (at, (template, method)) in templates.iter().enumerate() {
            assert_eq!(O::handler(template, *method), Some(at), "{template}");
            assert_eq!(O::handler(&format!("{template}/more"), *method), None);
        }
        let hits = set.hits.iter();
        let hits = hits.map(|hit| (hit.path.clone(), method(&set.routes[hit.route])));
        Box::leak(Box::new(OursCase {
            hits: hits.collect(),
            misses: set.misses,
            templates,
        }))
    }

    /// Looks up one path per route.
    pub fn hits<O: Ours>(&self) {
        for (path, method) in &self.hits {
            black_box(answer::<O>(black_box(path), black_box(*method)));
        }
    }

    /// Looks up paths that no route answers.
    pub fn misses<O: Ours>(&self) {
        for path in &self.misses {
            black_box(answer::<O>(black_box(path), black_box(Method::Get)));
        }
    }

    /// Looks up every resource template with its method.
    pub fn templates<O: Ours>(&self) {
        for (template, method) in &self.templates {
            black_box(O::handler(black_box(template), black_box(*method)));
        }
    }
}

#[inline]
fn answer<O: Ours>(path: &str, method: Method) -> (Option<usize>, Captures) {
    let mut captures = Captures::NONE;
    let id = O::find(path, method, &mut captures);
    (id, captures)
}
