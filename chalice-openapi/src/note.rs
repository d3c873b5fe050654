//! What the document cannot say, and how to change that.

use std::fmt;

use chalice_core::manifest::model::Route;

/// A type of a handler that has no JSON Schema, so that the document says nothing about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    handler: String,
    place: String,
    what: String,
}

impl Note {
    pub(crate) fn argument(route: &Route, name: &str, kind: &str) -> Note {
        Note::new(route, format!("takes `{name}: {kind}`"))
    }

    pub(crate) fn returns(route: &Route) -> Note {
        Note::new(route, format!("returns `{}`", route.returns))
    }

    fn new(route: &Route, what: String) -> Note {
        let source = &route.source;
        Note {
            handler: format!("{}::{}", source.module, source.item),
            place: format!("{}:{}", source.file, source.line),
            what,
        }
    }
}

impl Note {
    /// Which type of which handler it is, as the beginning of a sentence.
    pub fn subject(&self) -> String {
        format!("`{}` ({}) {}", self.handler, self.place, self.what)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, a type without a JSON Schema, so the document says nothing about its content: \
             put `#[derive(JsonSchema)]` on the type inside",
            self.subject()
        )
    }
}
