//! What a client has not as one would expect.

use std::fmt;

use chalice_openapi::Note;

/// Something about a client that whoever generates it should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientNote {
    /// A type of a handler has no JSON Schema, so that the client cannot say what is in it.
    Untyped(Note),
    /// Two operations would have one name, so the one that the app lists later has a number behind it.
    Renamed {
        /// The request, such as `GET /a/b`.
        request: String,
        /// The name that another operation has.
        wanted: String,
        /// The name that the operation has.
        name: String,
    },
}

impl fmt::Display for ClientNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ClientNote::Untyped(note) => write!(
                f,
                "{}, a type without a JSON Schema, so the client does not know its content: put \
                 `#[derive(JsonSchema)]` on the type inside",
                note.subject()
            ),
            ClientNote::Renamed {
                request,
                wanted,
                name,
            } => write!(
                f,
                "`{request}` is `{name}` in the client: another route's path and method make `{wanted}` as well"
            ),
        }
    }
}
