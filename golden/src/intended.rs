//! Differences that are meant to be.

use serde_json::Value;

use crate::{Difference, app::NAMES, differences};

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

impl Intended {
    /// Whether the app may have it: any app may that is in none of the lists.
    fn is_of(&self, app: &str) -> bool {
        self.apps.contains(&app) || !NAMES.contains(&app)
    }
}

/// The differences of one stage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// How many values are equal: texts, numbers and the like, wherever they are.
    pub equal: usize,
    /// Those that are meant to be, with the index of their entry in the list of these.
    pub intended: Vec<(usize, Difference)>,
    /// All others.
    pub unintended: Vec<Difference>,
}

pub(crate) fn compare(list: &[Intended], app: &str, expected: &Value, found: &Value) -> Comparison {
    let mut comparison = Comparison {
        equal: values(expected),
        ..Comparison::default()
    };
    for difference in differences(expected, found) {
        comparison.equal -= difference.expected.as_ref().map_or(0, values);
        let is_meant = |it: &Intended| it.is_of(app) && is_match(it.path, &difference.path);
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

/// How many values there are that hold no others.
fn values(value: &Value) -> usize {
    match value {
        Value::Array(elements) => elements.iter().map(values).sum(),
        Value::Object(members) => members.values().map(values).sum(),
        _ => 1,
    }
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
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_counted() {
        let expected = json!({ "a": [1, "2", {}], "b": { "c": null, "d": [true, false] }, "e": 5 });
        let found = json!({ "a": [1, "2", {}], "b": { "c": null, "d": {} }, "e": 6, "f": 7 });
        let comparison = compare(&[], "none", &expected, &found);
        assert_eq!((comparison.equal, comparison.unintended.len()), (3, 3));
    }

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
