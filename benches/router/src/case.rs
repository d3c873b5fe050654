//! A router with the paths that it is asked.

use std::hint::black_box;

use generated_apps::Set;

use crate::Peer;

/// A router of others, filled and checked, with what it is asked.
pub struct Case<P> {
    router: P,
    hits: Vec<String>,
    misses: Vec<String>,
}

impl<P: Peer> Case<P> {
    /// Fills the router and checks that it answers every hit rightly and no miss.
    ///
    /// # Panics
    ///
    /// When it does not.
    pub fn checked(set: Set) -> &'static Case<P> {
        let router = P::build(&Self::patterns(&set));
        for hit in &set.hits {
            let found = router.find(&hit.path);
            let answer = found.as_ref().map(P::answer);
            let expected = Some((hit.route, hit.captured.clone()));
            assert_eq!(answer, expected, "{}", hit.path);
        }
        for miss in &set.misses {
            let found = router.find(miss);
            assert_eq!(found.as_ref().map(P::answer), None, "{miss}");
        }
        Box::leak(Box::new(Case {
            router,
            hits: set.hits.into_iter().map(|hit| hit.path).collect(),
            misses: set.misses,
        }))
    }

    /// The routes as the router writes them.
    pub fn patterns(set: &Set) -> Vec<String> {
        set.routes.iter().map(P::pattern).collect()
    }

    /// Looks up one path per route.
    pub fn hits(&self) {
        self.all(&self.hits);
    }

    /// Looks up paths that no route answers.
    pub fn misses(&self) {
        self.all(&self.misses);
    }

    #[inline]
    fn all(&self, paths: &[String]) {
        for path in paths {
            black_box(self.router.find(black_box(path)));
        }
    }
}
