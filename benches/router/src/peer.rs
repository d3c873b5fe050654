//! Routers of others, each filled and asked in the way that its documentation shows.

use generated_apps::Route;

/// A router whose value is the place of a route.
pub trait Peer: Sized + 'static {
    /// What a look-up gives: the value, and access to what the placeholders match.
    type Found<'a>;

    /// A route as the router writes it.
    fn pattern(route: &Route) -> String;

    /// The router with these routes.
    fn build(patterns: &[String]) -> Self;

    /// Looks a path up.
    fn find<'a>(&'a self, path: &'a str) -> Option<Self::Found<'a>>;

    /// What was found, to be checked.
    fn answer(found: &Self::Found<'_>) -> (usize, Vec<String>);
}

/// matchit's router.
#[derive(Debug)]
pub struct Matchit(matchit::Router<usize>);

impl Peer for Matchit {
    type Found<'a> = matchit::Match<'a, 'a, &'a usize>;

    fn pattern(route: &Route) -> String {
        route.path(|name| format!("{{{name}}}"))
    }

    fn build(patterns: &[String]) -> Matchit {
        let mut router = matchit::Router::new();
        for (at, pattern) in patterns.iter().enumerate() {
            let inserted = router.insert(pattern, at);
            assert!(inserted.is_ok(), "{pattern}: {inserted:?}");
        }
        Matchit(router)
    }

    #[inline]
    fn find<'a>(&'a self, path: &'a str) -> Option<Self::Found<'a>> {
        self.0.at(path).ok()
    }

    fn answer(found: &Self::Found<'_>) -> (usize, Vec<String>) {
        let values = found.params.iter().map(|(_, value)| value.to_owned());
        (*found.value, values.collect())
    }
}

/// path-tree's router.
#[derive(Debug)]
pub struct PathTree(path_tree::PathTree<usize>);

impl Peer for PathTree {
    type Found<'a> = (&'a usize, path_tree::Path<'a, 'a>);

    fn pattern(route: &Route) -> String {
        route.path(|name| format!(":{name}"))
    }

    fn build(patterns: &[String]) -> PathTree {
        let mut router = path_tree::PathTree::new();
        for (at, pattern) in patterns.iter().enumerate() {
            let _ = router.insert(pattern, at);
        }
        PathTree(router)
    }

    #[inline]
    fn find<'a>(&'a self, path: &'a str) -> Option<Self::Found<'a>> {
        self.0.find(path)
    }

    fn answer((value, path): &Self::Found<'_>) -> (usize, Vec<String>) {
        let values = path.params_iter().map(|(_, value)| value.to_owned());
        (**value, values.collect())
    }
}

/// wayfind's router.
pub struct Wayfind(wayfind::Router<usize>);

impl Peer for Wayfind {
    type Found<'a> = wayfind::Match<'a, 'a, usize>;

    fn pattern(route: &Route) -> String {
        route.path(|name| format!("<{name}>"))
    }

    fn build(patterns: &[String]) -> Wayfind {
        let mut builder = wayfind::RouterBuilder::new();
        for (at, pattern) in patterns.iter().enumerate() {
            let inserted = builder.insert(pattern, at);
            assert!(inserted.is_ok(), "{pattern}: {inserted:?}");
        }
        Wayfind(builder.build())
    }

    #[inline]
    fn find<'a>(&'a self, path: &'a str) -> Option<Self::Found<'a>> {
        self.0.search(path)
    }

    fn answer(found: &Self::Found<'_>) -> (usize, Vec<String>) {
        let values = found.parameters().iter();
        let values = values.map(|(_, value)| (*value).to_owned());
        (*found.data(), values.collect())
    }
}

/// actix-router's router.
pub struct Actix(actix_router::Router<usize>);

impl Peer for Actix {
    type Found<'a> = (&'a usize, actix_router::Path<&'a str>);

    fn pattern(route: &Route) -> String {
        route.path(|name| format!("{{{name}}}"))
    }

    fn build(patterns: &[String]) -> Actix {
        let mut builder = actix_router::Router::<usize>::build();
        for (at, pattern) in patterns.iter().enumerate() {
            builder.path(pattern.as_str(), at);
        }
        Actix(builder.finish())
    }

    #[inline]
    fn find<'a>(&'a self, path: &'a str) -> Option<Self::Found<'a>> {
        let mut path = actix_router::Path::new(path);
        let (value, _) = self.0.recognize(&mut path)?;
        Some((value, path))
    }

    fn answer((value, path): &Self::Found<'_>) -> (usize, Vec<String>) {
        let values = path.iter().map(|(_, value)| value.to_owned());
        (**value, values.collect())
    }
}
