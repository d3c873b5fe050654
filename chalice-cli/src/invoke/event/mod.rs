//! Events that are made from options, as their sources would send them.

mod options;
mod sample;
mod source;

use bytes::Bytes;
use chalice_core::manifest::model::Function;
use chalice_core::suggest::list;
use http::Request;
use serde_json::Value;

pub(crate) use options::EventOptions;
use source::Source;

/// An event, or what becomes one behind API Gateway.
#[derive(Debug)]
pub(super) enum Made {
    /// An event.
    Event(Value),
    /// A request to the REST API.
    Request(Box<Request<Bytes>>),
}

/// Why no event can be made.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum EventError {
    /// An option of another source.
    #[error("`{option}` says nothing about events of the source `{of}`, whose options are {known}")]
    NotOf {
        /// The option.
        option: &'static str,
        /// The source.
        of: &'static str,
        /// The source's own options, as a list.
        known: String,
    },
    /// The source does not say by itself what happens.
    #[error("an event of the source `{of}` needs `{option}`: {meaning}")]
    Missing {
        /// The source.
        of: &'static str,
        /// The option.
        option: &'static str,
        /// What the option says.
        meaning: &'static str,
    },
    /// Several bodies, where an event has one.
    #[error("an event of the source `{of}` has one body, and `--body` is given {count} times")]
    SeveralBodies {
        /// The source.
        of: &'static str,
        /// How often.
        count: usize,
    },
    /// No source sends events to the function.
    #[error(
        "no source of events invokes the function `{function}`: give its event with `--payload`, or name a \
         source with `--event`"
    )]
    NoSource {
        /// The function.
        function: String,
    },
    /// No client can send such a request.
    #[error("`--path {path}` is no path of an HTTP request: {reason}")]
    Path {
        /// The path.
        path: String,
        /// Why.
        reason: String,
    },
}

impl EventOptions {
    /// Whether anything is said about an event.
    pub(super) fn any(&self) -> bool {
        self.event.is_some() || self.given().next().is_some()
    }

    /// Finds mistakes that can be found before the function is known.
    ///
    /// # Errors
    ///
    /// When an option does not belong to the source, or when one is missing that no function can stand in for.
    pub(super) fn check(&self) -> Result<(), EventError> {
        match self.event {
            Some(source) => self.check_for(source),
            None => Ok(()),
        }
    }

    /// Makes the event, for that function unless the options name another source.
    pub(super) fn make(&self, function: &Function) -> Result<Made, EventError> {
        let source = match self.event.or_else(|| Source::of(&function.kind)) {
            Some(source) => source,
            None => {
                return Err(EventError::NoSource {
                    function: function.name.clone(),
                });
            }
        };
        self.check_for(source)?;
        sample::make(source, self, function)
    }

    fn check_for(&self, source: Source) -> Result<(), EventError> {
        let known = source.options();
        if let Some(option) = self.given().find(|option| !known.contains(option)) {
            return Err(EventError::NotOf {
                option,
                of: source.name(),
                known: list(known.iter().copied()),
            });
        }
        let missing = match source {
            Source::S3 if self.key.is_none() => Some(("--key", "the key of the object")),
            Source::Sns if self.message.is_none() => Some(("--message", "the text of the message")),
            Source::Sqs if self.body.is_empty() => {
                Some(("--body", "the body of a message, once per message"))
            }
            Source::Kinesis if self.data.is_empty() => {
                Some(("--data", "the data of a record, once per record"))
            }
            Source::Dynamodb if self.new_image.is_none() && self.old_image.is_none() => Some((
                "--new-image",
                "the item that was put into the table; `--old-image` for one that was removed, and both for one that \
                 was changed",
            )),
            _ => None,
        };
        if let Some((option, meaning)) = missing {
            return Err(EventError::Missing {
                of: source.name(),
                option,
                meaning,
            });
        }
        match (source, self.body.len()) {
            (Source::Websocket | Source::Http, count @ 2..) => Err(EventError::SeveralBodies {
                of: source.name(),
                count,
            }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
