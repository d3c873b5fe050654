//! The routes of a set, and what is asked.

use std::collections::{BTreeSet, HashSet};

use crate::{Route, Segment, github_routes, routes};

/// Routes, and requests to look up among them.
#[derive(Clone, Debug)]
pub struct Set {
    /// The routes; a router has to give a route's place in this list.
    pub routes: Vec<Route>,
    /// One request per route, with the answer.
    pub hits: Vec<Request>,
    /// Paths that no route answers.
    pub misses: Vec<String>,
}

/// A path, and what it has to lead to.
#[derive(Clone, Debug)]
pub struct Request {
    /// The path.
    pub path: String,
    /// The place of the route that answers it.
    pub route: usize,
    /// What the placeholders match, in their order.
    pub captured: Vec<String>,
}

impl Set {
    /// 10 routes.
    pub fn few() -> Set {
        Set::of(routes(10))
    }

    /// The 130 routes of GitHub's API.
    pub fn github() -> Set {
        Set::of(github_routes())
    }

    /// 1,000 routes.
    pub fn many() -> Set {
        Set::of(routes(1000))
    }

    /// The same with at most `count` hits and misses, taken from the whole at equal distances: for
    /// routers that take long.
    pub fn sample(mut self, count: usize) -> Set {
        self.hits = every_nth(self.hits, count);
        self.misses = every_nth(self.misses, count);
        self
    }

    fn of(routes: Vec<Route>) -> Set {
        let hits: Vec<Request> = routes
            .iter()
            .enumerate()
            .map(|(at, route)| request(at, route))
            .collect();
        let misses = misses(&routes, &hits);
        Set {
            routes,
            hits,
            misses,
        }
    }
}

fn every_nth<T>(items: Vec<T>, count: usize) -> Vec<T> {
    let step = items.len().div_ceil(count).max(1);
    items.into_iter().step_by(step).collect()
}

fn request(at: usize, route: &Route) -> Request {
    let path = route.request_path();
    let parts = path.split('/').skip(1).zip(&route.segments);
    let captured = parts.filter_map(|(part, segment)| match segment {
        Segment::Literal(_) => None,
        Segment::Parameter(..) => Some(part.to_owned()),
    });
    Request {
        captured: captured.collect(),
        path: path.clone(),
        route: at,
    }
}

/// What goes wrong in practice: near every route, a path with one segment too many, with its last
/// segment missing, with its last literal segment misspelt, and one below another root.
fn misses(routes: &[Route], hits: &[Request]) -> Vec<String> {
    let mut misses = BTreeSet::new();
    for (hit, route) in hits.iter().zip(routes) {
        misses.insert(format!("{}/more", hit.path));
        misses.insert(format!("/old{}", hit.path));
        if let Some((shorter, _)) = hit.path.rsplit_once('/')
            && !shorter.is_empty()
        {
            misses.insert(shorter.to_owned());
        }
        let mut parts: Vec<String> = hit.path.split('/').map(str::to_owned).collect();
        let is_literal = |segment: &Segment| matches!(segment, Segment::Literal(_));
        if let Some(last) = route.segments.iter().rposition(is_literal) {
            parts[last + 1].push('x');
            misses.insert(parts.join("/"));
        }
    }
    let shapes = Shapes::of(routes);
    misses.retain(|path| !shapes.answer(path));
    misses.into_iter().collect()
}

/// The routes with all placeholders alike, and how each begins.
struct Shapes {
    whole: HashSet<String>,
    beginnings: HashSet<String>,
}

impl Shapes {
    fn of(routes: &[Route]) -> Shapes {
        let whole: HashSet<String> = routes
            .iter()
            .map(|route| route.path(|_| "{}".to_owned()))
            .collect();
        let beginnings = whole.iter().flat_map(|shape| {
            let slashes = shape.match_indices('/').map(|(at, _)| at);
            slashes.map(|at| shape[..at].to_owned()).collect::<Vec<_>>()
        });
        Shapes {
            beginnings: beginnings.collect(),
            whole,
        }
    }

    /// Matching by its definition: whether a route has, segment by segment, the path's text or a
    /// placeholder.
    fn answer(&self, path: &str) -> bool {
        let mut found = vec![String::new()];
        for part in path.split('/').skip(1) {
            found.retain(|shape| self.beginnings.contains(shape));
            found = found
                .iter()
                .flat_map(|shape| [format!("{shape}/{part}"), format!("{shape}/{{}}")])
                .collect();
        }
        found.iter().any(|shape| self.whole.contains(shape))
    }
}
