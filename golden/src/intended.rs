//! Differences that are meant to be.

use serde_json::Value;

use crate::{Difference, differences};

/// A difference that is meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intended {
    /// The apps that have it, each in one of its stages at least.
    pub apps: &'static [&'static str],
    /// Where it is: a JSON pointer, of which `*` is any segment, and any end of one.
    pub path: &'static str,
    /// Why.
    pub reason: &'static str,
}

/// The differences of one stage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Those that are meant to be, with the index of their entry in the list of these.
    pub intended: Vec<(usize, Difference)>,
    /// All others.
    pub unintended: Vec<Difference>,
}

pub(crate) fn compare(list: &[Intended], app: &str, expected: &Value, found: &Value) -> Comparison {
    let mut comparison = Comparison::default();
    for difference in differences(expected, found) {
        let is_meant =
            |it: &Intended| it.apps.contains(&app) && is_match(it.path, &difference.path);
        match list.iter().position(is_meant) {
            Some(index) => comparison.intended.push((index, difference)),
            None => comparison.unintended.push(difference),
        }
    }
    comparison
}

/// The entries of the list for the app that none of its stages has.
pub(crate) fn without_effect<'a>(
    list: &'a [Intended],
    app: &str,
    comparisons: &[Comparison],
) -> Vec<&'a Intended> {
    let is_used = |index: usize| {
        comparisons
            .iter()
            .any(|comparison| comparison.intended.iter().any(|(used, _)| *used == index))
    };
    list.iter()
        .enumerate()
        .filter(|(index, intended)| intended.apps.contains(&app) && !is_used(*index))
        .map(|(_, intended)| intended)
        .collect()
}

fn is_match(pattern: &str, path: &str) -> bool {
    let segments = pattern.split('/').count();
    segments == path.split('/').count()
        && pattern
            .split('/')
            .zip(path.split('/'))
            .all(|(pattern, segment)| match pattern.split_once('*') {
                Some((start, end)) => segment
                    .strip_prefix(start)
                    .is_some_and(|rest| rest.ends_with(end)),
                None => pattern == segment,
            })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_matched() {
        for (pattern, path, matches) in [
            ("/a/*/c", "/a/b/c", true),
            ("/a/*/c", "/a/c", false),
            ("/a/*/c", "/a/b/b/c", false),
            ("/a/b*", "/a/b12", true),
            ("/a/b*", "/a/c12", false),
            ("/a/*End", "/a/theEnd", true),
            ("/a/*End", "/a/theEnd2", false),
            ("/a", "/a/b", false),
        ] {
            assert_eq!(is_match(pattern, path), matches, "{pattern} {path}");
        }
    }
}
