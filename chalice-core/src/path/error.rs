//! What can be wrong with a path, in the words of a compile error.

use std::fmt;

use super::{MAX_LENGTH, MAX_PLACEHOLDERS, MAX_SEGMENTS};

/// Something that is wrong with a path. Its `Display` says what, why, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathError {
    /// The path has no characters.
    Empty,
    /// The path does not start with `/`.
    NoLeadingSlash {
        /// The path.
        path: String,
    },
    /// The path ends with `/`.
    TrailingSlash {
        /// The path.
        path: String,
    },
    /// Two slashes with nothing between them.
    EmptySegment {
        /// The path.
        path: String,
    },
    /// A character that API Gateway does not allow in a path part.
    Character {
        /// The character.
        character: char,
        /// The segment it stands in.
        segment: String,
    },
    /// Brackets that do not enclose a whole segment.
    PartialPlaceholder {
        /// The segment.
        segment: String,
    },
    /// A placeholder whose name is not one that an argument can have.
    PlaceholderName {
        /// The name.
        name: String,
        /// The segment.
        segment: String,
    },
    /// A greedy placeholder that is not the last segment.
    GreedyNotLast {
        /// The segment.
        segment: String,
    },
    /// A name that two placeholders have.
    DuplicatePlaceholder {
        /// The name.
        name: String,
    },
    /// More bytes than [`MAX_LENGTH`].
    TooLong {
        /// How many.
        bytes: usize,
    },
    /// More segments than [`MAX_SEGMENTS`].
    TooManySegments {
        /// How many.
        count: usize,
    },
    /// More placeholders than [`MAX_PLACEHOLDERS`].
    TooManyPlaceholders {
        /// How many.
        count: usize,
    },
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PathError::Empty => f.write_str("the path is empty: the root of an API is written \"/\""),
            PathError::NoLeadingSlash { path } => {
                write!(f, "a path starts with `/`: write \"/{path}\"")
            }
            PathError::TrailingSlash { path } => write!(
                f,
                "a path does not end with `/`: API Gateway has no such resource; write \"{}\"",
                if path.trim_end_matches('/').is_empty() { "/" } else { path.trim_end_matches('/') }
            ),
            PathError::EmptySegment { path } => {
                let mut mended = String::new();
                for segment in path.split('/').filter(|segment| !segment.is_empty()) {
                    mended.push('/');
                    mended.push_str(segment);
                }
                if mended.is_empty() {
                    mended.push('/');
                }
                write!(
                    f,
                    "the path has an empty segment: API Gateway has no such resource; write \"{mended}\""
                )
            }
            PathError::Character { character: '?', .. } => f.write_str(
                "a path has no query string: take query parameters by an argument of type `Query<T>` \
                 and leave out `?` and what follows it",
            ),
            PathError::Character { character: '*', segment } => write!(
                f,
                "`*` is not allowed in the segment `{segment}`: for the rest of a path write a greedy \
                 placeholder, `<path..>`"
            ),
            PathError::Character { character, segment } => write!(
                f,
                "{character:?} is not allowed in the segment `{segment}`: API Gateway takes letters, \
                 digits, `.`, `_`, `-` and `:` in a path"
            ),
            PathError::PartialPlaceholder { segment } => write!(
                f,
                "`{segment}` is neither a literal segment nor a placeholder: a placeholder fills a whole \
                 segment, as in `/<name>/`"
            ),
            PathError::PlaceholderName { name, segment } if name.is_empty() => {
                write!(f, "the placeholder `{segment}` has no name: write `<name>`")
            }
            PathError::PlaceholderName { name, segment } => {
                if segment.starts_with('<') && name.ends_with('+') {
                    return write!(
                        f,
                        "`{segment}` mixes two notations: a greedy placeholder is `<{0}..>` or `{{{0}+}}`",
                        name.trim_end_matches('+')
                    );
                }
                if segment.starts_with('{') && name.ends_with("..") {
                    return write!(
                        f,
                        "`{segment}` mixes two notations: a greedy placeholder is `<{0}..>` or `{{{0}+}}`",
                        name.trim_end_matches('.')
                    );
                }
                if let Some((first, second)) = name.split_once(':') {
                    // Some frameworks write the type first.
                    let type_first = ["int", "float", "string", "str", "path", "uuid"].contains(&first);
                    let (name, kind) = if type_first { (second, first) } else { (first, second) };
                    return write!(
                        f,
                        "a placeholder has no type of its own: write `<{name}>` and give the argument \
                         `{name}` the type that `{kind}` stands for"
                    );
                }
                write!(
                    f,
                    "`{name}` cannot be the name of a placeholder: it is also the name of an argument, so \
                     it consists of letters, digits and `_` and does not start with a digit"
                )
            }
            PathError::GreedyNotLast { segment } => write!(
                f,
                "the greedy placeholder `{segment}` is not the last segment: API Gateway lets it match the \
                 whole rest of a path, so nothing can follow it"
            ),
            PathError::DuplicatePlaceholder { name } => write!(
                f,
                "the placeholder `{name}` occurs twice: each placeholder is one argument, so their names differ"
            ),
            PathError::TooLong { bytes } => {
                write!(f, "the path has {bytes} bytes, and at most {MAX_LENGTH} are supported")
            }
            PathError::TooManySegments { count } => {
                write!(f, "the path has {count} segments, and at most {MAX_SEGMENTS} are supported")
            }
            PathError::TooManyPlaceholders { count } => write!(
                f,
                "the path has {count} placeholders, and at most {MAX_PLACEHOLDERS} are supported"
            ),
        }
    }
}

impl std::error::Error for PathError {}
