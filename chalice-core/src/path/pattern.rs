//! A path, parsed.

use std::fmt;

use crate::{
    definition::{SegmentDef, SegmentKind},
    router::segment_hash,
};

use super::{
    MAX_LENGTH, MAX_PLACEHOLDERS, MAX_SEGMENTS, PathError, is_literal, is_placeholder_name,
};

/// A path, parsed and checked.
///
/// ```
/// use chalice_core::path::PathPattern;
/// let pattern = PathPattern::parse("/users/<id>/files/<path..>").unwrap();
/// assert_eq!(pattern.to_string(), "/users/{id}/files/{path+}");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    segments: Vec<Segment>,
}

/// One segment of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Matches itself.
    Literal(String),
    /// Matches one segment; holds the placeholder's name.
    Parameter(String),
    /// Matches the rest of the path; holds the placeholder's name.
    Greedy(String),
}

impl Segment {
    /// The name of the placeholder, unless the segment is literal.
    pub fn placeholder(&self) -> Option<&str> {
        match self {
            Segment::Literal(_) => None,
            Segment::Parameter(name) | Segment::Greedy(name) => Some(name),
        }
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Segment::Literal(text) => f.write_str(text),
            Segment::Parameter(name) => write!(f, "{{{name}}}"),
            Segment::Greedy(name) => write!(f, "{{{name}+}}"),
        }
    }
}

impl PathPattern {
    /// Parses a path in either notation.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the path, in the order in which it occurs.
    pub fn parse(path: &str) -> Result<PathPattern, Vec<PathError>> {
        if path.is_empty() {
            return Err(vec![PathError::Empty]);
        }
        if path.len() > MAX_LENGTH {
            return Err(vec![PathError::TooLong { bytes: path.len() }]);
        }
        let mut errors = Vec::new();
        let body = match path.strip_prefix('/') {
            Some(body) => body,
            None => {
                errors.push(PathError::NoLeadingSlash {
                    path: path.to_owned(),
                });
                path
            }
        };
        if body.is_empty() {
            return Ok(PathPattern {
                segments: Vec::new(),
            });
        }
        let parts: Vec<&str> = body.split('/').collect();
        let (parts, trailing_slash) = match parts.as_slice() {
            [init @ .., ""] => (init, true),
            all => (all, false),
        };
        if trailing_slash && !body.trim_matches('/').is_empty() {
            errors.push(PathError::TrailingSlash {
                path: path.to_owned(),
            });
        }
        if parts.contains(&"") || body.trim_matches('/').is_empty() {
            errors.push(PathError::EmptySegment {
                path: path.to_owned(),
            });
        }

        let mut segments: Vec<Segment> = Vec::with_capacity(parts.len());
        for (index, part) in parts.iter().filter(|part| !part.is_empty()).enumerate() {
            match parse_segment(part) {
                Ok(segment) => {
                    if matches!(segment, Segment::Greedy(_)) && index + 1 < parts.len() {
                        errors.push(PathError::GreedyNotLast {
                            segment: (*part).to_owned(),
                        });
                    }
                    if let Some(name) = segment.placeholder()
                        && segments
                            .iter()
                            .any(|earlier| earlier.placeholder() == Some(name))
                    {
                        errors.push(PathError::DuplicatePlaceholder {
                            name: name.to_owned(),
                        });
                    }
                    segments.push(segment);
                }
                Err(error) => errors.push(error),
            }
        }
        if segments.len() > MAX_SEGMENTS {
            errors.push(PathError::TooManySegments {
                count: segments.len(),
            });
        }
        let pattern = PathPattern { segments };
        let placeholders = pattern.placeholders().count();
        if placeholders > MAX_PLACEHOLDERS {
            errors.push(PathError::TooManyPlaceholders {
                count: placeholders,
            });
        }
        if errors.is_empty() {
            Ok(pattern)
        } else {
            Err(errors)
        }
    }

    /// The segments; none for `/`.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The segments as the router's tables need them, placed in the pattern's
    /// text in API Gateway's form.
    pub fn definitions(&self) -> Vec<SegmentDef> {
        let mut definitions = Vec::with_capacity(self.segments.len());
        let mut at = 1;
        for segment in &self.segments {
            let length = segment.to_string().len();
            let (kind, text, start) = match segment {
                Segment::Literal(text) => (SegmentKind::Literal, text, at),
                Segment::Parameter(name) => (SegmentKind::Placeholder, name, at + 1),
                Segment::Greedy(name) => (SegmentKind::Greedy, name, at + 1),
            };
            let hash = segment_hash(text.as_bytes());
            definitions.push(SegmentDef::new(
                kind,
                hash,
                start as u16,
                (start + text.len()) as u16,
            ));
            at += length + 1;
        }
        definitions
    }

    /// The names of the placeholders, in the order in which they occur.
    pub fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(Segment::placeholder)
    }
}

impl fmt::Display for PathPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.segments.is_empty() {
            return f.write_str("/");
        }
        self.segments
            .iter()
            .try_for_each(|segment| write!(f, "/{segment}"))
    }
}

fn parse_segment(part: &str) -> Result<Segment, PathError> {
    // Behind a `?`, nothing is meant to be a path.
    if part.contains('?') {
        return Err(PathError::Character {
            character: '?',
            segment: part.to_owned(),
        });
    }
    let bracketed =
        [('<', '>', ".."), ('{', '}', "+")]
            .into_iter()
            .find_map(|(open, close, greedy)| {
                let inner = part.strip_prefix(open)?.strip_suffix(close)?;
                Some(match inner.strip_suffix(greedy) {
                    Some(name) => (name, true),
                    None => (inner, false),
                })
            });
    if let Some((name, greedy)) = bracketed {
        if !is_placeholder_name(name.as_bytes()) {
            let brackets = |c| matches!(c, '<' | '>' | '{' | '}');
            return Err(if name.contains(brackets) {
                PathError::PartialPlaceholder {
                    segment: part.to_owned(),
                }
            } else {
                PathError::PlaceholderName {
                    name: name.to_owned(),
                    segment: part.to_owned(),
                }
            });
        }
        let name = name.to_owned();
        return Ok(if greedy {
            Segment::Greedy(name)
        } else {
            Segment::Parameter(name)
        });
    }
    if part.contains(['<', '>', '{', '}']) {
        return Err(PathError::PartialPlaceholder {
            segment: part.to_owned(),
        });
    }
    match part
        .chars()
        .find(|&c| !(c.is_ascii() && is_literal(c as u8)))
    {
        Some(character) => Err(PathError::Character {
            character,
            segment: part.to_owned(),
        }),
        None => Ok(Segment::Literal(part.to_owned())),
    }
}

/// The names of the placeholders of a path in API Gateway's form, in the order
/// in which they occur. The path has been checked before; no rule is applied.
///
/// ```
/// use chalice_core::path::placeholders;
/// assert!(placeholders("/users/{id}/{rest+}").eq(["id", "rest"]));
/// ```
pub fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template.split('/').filter_map(|segment| {
        let name = segment.strip_prefix('{')?.strip_suffix('}')?;
        Some(name.strip_suffix('+').unwrap_or(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn errors(path: &str) -> Vec<PathError> {
        PathPattern::parse(path).expect_err(path)
    }

    fn message(path: &str) -> String {
        errors(path)
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn both_notations_mean_the_same() {
        for (path, template) in [
            ("/", "/"),
            ("/users", "/users"),
            ("/users/<id>", "/users/{id}"),
            ("/users/{id}", "/users/{id}"),
            ("/files/<path..>", "/files/{path+}"),
            ("/files/{path+}", "/files/{path+}"),
            ("/v1.0/a_b-c:d/<x>/<_y>", "/v1.0/a_b-c:d/{x}/{_y}"),
        ] {
            assert_eq!(PathPattern::parse(path).unwrap().to_string(), template);
        }
    }

    #[test]
    fn every_mistake_has_its_error() {
        assert_eq!(errors(""), [PathError::Empty]);
        assert_eq!(message("users"), "a path starts with `/`: write \"/users\"");
        assert!(message("/users/").contains("write \"/users\""));
        assert!(message("//").contains("write \"/\""));
        assert!(message("/a//b").contains("write \"/a/b\""));
        assert!(message("/a?b=c").contains("Query<T>"));
        assert!(message("/a/*").contains("<path..>"));
        assert!(message("/a b").contains("' '"));
        assert!(message("/ä").contains("'ä'"));
        assert!(message("/a%20b").contains("'%'"));
        assert!(message("/v<id>").contains("whole segment"));
        assert!(message("/<id").contains("whole segment"));
        assert!(message("/<a><b>").contains("whole segment"));
        assert!(message("/<>").contains("has no name"));
        assert!(message("/{}").contains("has no name"));
        assert!(message("/<..>").contains("has no name"));
        assert!(message("/<9x>").contains("`9x` cannot be the name"));
        assert!(message("/<_>").contains("`_` cannot be the name"));
        assert!(message("/<id+>").contains("`<id..>` or `{id+}`"));
        assert!(message("/{id..}").contains("`<id..>` or `{id+}`"));
        assert!(message("/<id:int>").contains("give the argument `id` the type"));
        assert!(message("/<a..>/b").contains("`<a..>` is not the last"));
        assert!(message("/<a>/<a>").contains("`a` occurs twice"));
        assert!(message(&"/a".repeat(33)).contains("33 segments"));
        assert!(message(&format!("/{}", "a".repeat(4096))).contains("4097 bytes"));
        let many: String = (0..17).map(|n| format!("/<p{n}>")).collect();
        assert!(message(&many).contains("17 placeholders"));
    }

    #[test]
    fn all_mistakes_are_reported_at_once() {
        assert_eq!(errors("a//<b..>/<b>/?/").len(), 6);
    }

    fn segment() -> impl Strategy<Value = Segment> {
        prop_oneof![
            "[A-Za-z0-9._:-]{1,8}".prop_map(Segment::Literal),
            "[a-z_][a-z0-9_]{1,6}".prop_map(Segment::Parameter),
        ]
    }

    proptest! {
        #[test]
        fn what_is_printed_parses_back(segments in prop::collection::vec(segment(), 0..12), greedy in prop::option::of("[a-z]{2,6}")) {
            let mut segments = segments;
            segments.extend(greedy.map(|name| Segment::Greedy(format!("greedy_{name}"))));
            let mut seen = std::collections::HashSet::new();
            segments.retain(|segment| segment.placeholder().is_none_or(|name| seen.insert(name.to_owned())));
            let pattern = PathPattern { segments };
            let text = pattern.to_string();
            prop_assert_eq!(&PathPattern::parse(&text).unwrap(), &pattern);
            let angled = text.replace("+}", "..>").replace('{', "<").replace('}', ">");
            prop_assert_eq!(&PathPattern::parse(&angled).unwrap(), &pattern);
            prop_assert!(placeholders(&text).eq(pattern.placeholders()));
            for (segment, definition) in pattern.segments().iter().zip(pattern.definitions()) {
                let literal_or_name = match segment {
                    Segment::Literal(text) | Segment::Parameter(text) | Segment::Greedy(text) => text,
                };
                prop_assert_eq!(&text[definition.start() as usize..definition.end() as usize], literal_or_name);
            }
        }

        #[test]
        fn parsing_never_panics_and_never_lets_a_bad_path_through(path in "\\PC{0,40}") {
            if let Ok(pattern) = PathPattern::parse(&path) {
                let text = pattern.to_string();
                prop_assert!(text.starts_with('/'));
                prop_assert!(text == "/" || !text.ends_with('/'));
                prop_assert!(!text.contains("//"));
                prop_assert!(text.is_ascii());
            }
        }

        #[test]
        fn near_misses_never_panic(path in "[/<>{}+.a-b]{0,24}") {
            let _ = PathPattern::parse(&path);
        }
    }
}
