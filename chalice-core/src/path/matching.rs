//! Matching by definition: slow, small, and obviously right.
//!
//! The local gateway matches with it, and the router is tested against it.

use std::cmp::Ordering;

use super::{PathPattern, Segment};

/// A pattern that matches a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Which of the patterns.
    pub index: usize,
    /// The placeholders' names and values, in the order in which they occur;
    /// the values as they stand in the path, not decoded.
    pub parameters: Vec<(String, String)>,
}

/// The pattern that API Gateway chooses for `path`: of those that match, the
/// one which at the first difference is literal where others are not, or a
/// placeholder where others are greedy.
///
/// ```
/// use chalice_core::path::{PathPattern, best_match};
/// let patterns = ["/<rest..>", "/users/<id>", "/users/me"].map(|path| PathPattern::parse(path).unwrap());
/// assert_eq!(best_match(&patterns, "/users/me").unwrap().index, 2);
/// assert_eq!(best_match(&patterns, "/users/7").unwrap().index, 1);
/// assert_eq!(best_match(&patterns, "/users/7/files").unwrap().index, 0);
/// ```
pub fn best_match<'a>(
    patterns: impl IntoIterator<Item = &'a PathPattern>,
    path: &str,
) -> Option<Match> {
    patterns
        .into_iter()
        .enumerate()
        .filter_map(|(index, pattern)| {
            let parameters = captures(pattern, path)?;
            Some((pattern, Match { index, parameters }))
        })
        // `min_by` keeps the first of equals.
        .min_by(|(a, _), (b, _)| specificity(a, b))
        .map(|(_, found)| found)
}

fn specificity(a: &PathPattern, b: &PathPattern) -> Ordering {
    let rank = |segment: &Segment| match segment {
        Segment::Literal(_) => 0,
        Segment::Parameter(_) => 1,
        Segment::Greedy(_) => 2,
    };
    a.segments()
        .iter()
        .map(rank)
        .cmp(b.segments().iter().map(rank))
}

fn captures(pattern: &PathPattern, path: &str) -> Option<Vec<(String, String)>> {
    let mut rest = path.strip_prefix('/')?;
    let mut captures = Vec::new();
    let mut at_end = rest.is_empty();
    for segment in pattern.segments() {
        if at_end {
            return None;
        }
        if let Segment::Greedy(name) = segment {
            captures.push((name.clone(), rest.to_owned()));
            return (!rest.is_empty()).then_some(captures);
        }
        let part = match rest.split_once('/') {
            Some((part, after)) => {
                rest = after;
                part
            }
            None => {
                at_end = true;
                rest
            }
        };
        match segment {
            Segment::Literal(text) if text == part => {}
            Segment::Parameter(name) if !part.is_empty() => {
                captures.push((name.clone(), part.to_owned()))
            }
            _ => return None,
        }
    }
    at_end.then_some(captures)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(paths: &[&str]) -> Vec<PathPattern> {
        paths
            .iter()
            .map(|path| PathPattern::parse(path).unwrap())
            .collect()
    }

    #[test]
    fn order_and_backtracking() {
        let patterns = patterns(&["/a/b/c", "/a/<x>/d", "/<y>/b/e", "/<z..>", "/"]);
        let found = |path| best_match(&patterns, path).map(|found| found.index);
        assert_eq!(found("/a/b/c"), Some(0));
        assert_eq!(found("/a/b/d"), Some(1));
        assert_eq!(found("/a/b/e"), Some(2));
        assert_eq!(found("/a/b/f"), Some(3));
        assert_eq!(found("/"), Some(4));
        assert_eq!(found("//"), Some(3));
        assert_eq!(found(""), None);
        assert_eq!(found("a"), None);
    }

    #[test]
    fn captures_are_raw() {
        let patterns = patterns(&["/x/<a>/<b..>"]);
        let found = best_match(&patterns, "/x/%2F/p/q%20r").unwrap();
        assert_eq!(
            found.parameters,
            [("a".into(), "%2F".into()), ("b".into(), "p/q%20r".into())]
        );
        assert_eq!(best_match(&patterns, "/x//p"), None);
        assert_eq!(best_match(&patterns, "/x/a/"), None);
        assert_eq!(best_match(&patterns, "/x/a"), None);
    }
}
