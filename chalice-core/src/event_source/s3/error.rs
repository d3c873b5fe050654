//! What can be wrong with an event notification, in the words of a compile error.

use std::fmt;

use super::{EVENTS, MAX_FILTER_LENGTH};
use crate::suggest::{list, nearest};

/// Something that is wrong with a notification. Its `Display` says what, why, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum S3Error {
    /// An event that Amazon S3 does not have.
    UnknownEvent {
        /// The event.
        event: String,
    },
    /// The event that Amazon S3 sends on its own when notifications are set up.
    TestEvent,
    /// The event occurs twice.
    DuplicateEvent {
        /// The event.
        event: &'static str,
    },
    /// One event is part of another.
    OverlappingEvents {
        /// The group, such as `s3:ObjectCreated:*`.
        group: &'static str,
        /// The event that the group contains.
        event: &'static str,
    },
    /// No event at all.
    NoEvents,
    /// A filter longer than [`MAX_FILTER_LENGTH`].
    TooLong {
        /// `prefix` or `suffix`.
        filter: &'static str,
        /// How many characters it has.
        characters: usize,
    },
    /// `*` in a filter.
    Wildcard {
        /// `prefix` or `suffix`.
        filter: &'static str,
        /// The filter's text.
        text: String,
    },
    /// A URL where the beginning of a key belongs.
    Url {
        /// The filter's text.
        text: String,
    },
    /// A character that keys in notifications have in its encoded form only.
    Unencoded {
        /// `prefix` or `suffix`.
        filter: &'static str,
        /// The character.
        character: char,
        /// The whole filter as S3 compares it.
        encoded: String,
    },
}

impl fmt::Display for S3Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            S3Error::UnknownEvent { event } => {
                write!(f, "`{event}` is not an event of Amazon S3")?;
                let full = format!("s3:{}", event.trim_start_matches("s3:"));
                // A name without its last part, and one without `s3:`, are
                // nearer to their event than a count of letters says.
                let group = format!("{}:*", full.trim_end_matches([':', '*']));
                let known = [full.as_str(), group.as_str()]
                    .into_iter()
                    .find(|candidate| EVENTS.iter().any(|known| known.eq_ignore_ascii_case(candidate)));
                match known.and_then(|found| nearest(found, EVENTS)).or_else(|| nearest(&full, EVENTS)) {
                    Some(known) => write!(f, "; did you mean `{known}`?"),
                    None => {
                        write!(f, ": it has ")?;
                        f.write_str(&list(EVENTS.iter().copied().filter(|known| {
                            known.ends_with(":*") || known.matches(':').count() == 1
                        })))?;
                        f.write_str(" and parts of them")
                    }
                }
            }
            S3Error::TestEvent => f.write_str(
                "`s3:TestEvent` cannot be asked for: Amazon S3 sends it once when notifications are set up",
            ),
            S3Error::DuplicateEvent { event } => {
                write!(f, "the event `{event}` occurs twice: Amazon S3 takes each once")
            }
            S3Error::OverlappingEvents { group, event } => write!(
                f,
                "`{event}` is part of `{group}`, and Amazon S3 refuses events that overlap: leave out `{event}`"
            ),
            S3Error::NoEvents => f.write_str(
                "no event is given, and Amazon S3 expects at least one, such as `s3:ObjectCreated:*`",
            ),
            S3Error::TooLong { filter, characters } => write!(
                f,
                "the {filter} has {characters} characters, and a key has at most {MAX_FILTER_LENGTH}: no key matches it"
            ),
            S3Error::Wildcard { filter, text } => {
                write!(
                    f,
                    "the {filter} `{text}` contains `*`: Amazon S3 has no wildcards in filters, and no key matches it"
                )?;
                let mended = match *filter {
                    "prefix" => text.strip_suffix('*'),
                    _ => text.strip_prefix('*'),
                };
                match mended {
                    Some("") => write!(f, "; leave out `{filter}`, so that every key matches"),
                    Some(mended) if !mended.contains('*') => write!(f, "; write \"{mended}\""),
                    _ => f.write_str(
                        "; filter by the parts before and after it with `prefix` and `suffix`, and by the rest in the \
                         handler",
                    ),
                }
            }
            S3Error::Url { text } => {
                write!(f, "the prefix `{text}` is a URL, and no key begins so: write what follows the bucket's name")?;
                match text.trim_start_matches("s3://").split_once('/') {
                    Some((_, key)) if !key.is_empty() => write!(f, ", \"{key}\""),
                    _ => Ok(()),
                }
            }
            S3Error::Unencoded {
                filter,
                character,
                encoded,
            } => write!(
                f,
                "{character:?} in the {filter} matches no key: Amazon S3 compares filters with keys in their \
                 URL-encoded form; write \"{encoded}\""
            ),
        }
    }
}

impl std::error::Error for S3Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions() {
        let unknown = |event: &str| {
            S3Error::UnknownEvent {
                event: event.to_owned(),
            }
            .to_string()
        };
        assert!(unknown("ObjectCreated:*").ends_with("did you mean `s3:ObjectCreated:*`?"));
        assert!(unknown("s3:ObjectCreated").ends_with("did you mean `s3:ObjectCreated:*`?"));
        assert!(unknown("s3:objectcreated:put").ends_with("did you mean `s3:ObjectCreated:Put`?"));
        assert!(unknown("s3:ObjectCreate:*").ends_with("did you mean `s3:ObjectCreated:*`?"));
        assert!(
            unknown("s3:ObjectRemoved:Deleted")
                .ends_with("did you mean `s3:ObjectRemoved:Delete`?")
        );
        assert!(unknown("upload").contains("`s3:ObjectCreated:*`, "));
    }
}
