//! A handler of events that has passed every check an attribute alone can make.

use syn::Type;

use super::given::Given;
use crate::{errors::Errors, route::function::Function};

/// An attribute: what it is called, and which settings it has.
pub(crate) struct Attribute {
    /// As messages name it: `#[on_s3_event]`
    pub(crate) name: &'static str,
    /// What stands in its parentheses before all settings: the key that it is short for.
    pub(super) positional: Option<&'static str>,
    /// The settings besides `name` and `description`, which all have.
    pub(super) keys: &'static [&'static str],
    /// The first argument of its functions, as messages write it.
    pub(super) example: &'static str,
    /// Whether a function may do without its event.
    pub(super) event_is_optional: bool,
    /// Reads the settings.
    pub(super) source: fn(&Given<'_>, &mut Errors) -> Source,
}

/// What invokes a function, as its attribute says.
pub(super) struct Source {
    /// The function's type in the manifest.
    pub(super) kind: &'static str,
    /// The type of its events, as a path in the framework.
    pub(super) event: &'static str,
    /// What the manifest says of the source, in JSON.
    pub(super) members: Vec<(&'static str, String)>,
    /// The route of the WebSocket API that the function answers, if it answers one.
    pub(super) route_key: Option<String>,
    /// The function's name if the attribute has none, unless that is its own.
    pub(super) default_name: Option<&'static str>,
    /// How batches are handled.
    pub(super) batch: Option<Batch>,
}

impl Source {
    /// A source whose functions have nothing special about them.
    pub(super) fn new(kind: &'static str, event: &'static str) -> Source {
        Source {
            kind,
            event,
            members: Vec::new(),
            route_key: None,
            default_name: None,
            batch: None,
        }
    }

    /// Adds what the manifest says under `key`, in JSON.
    pub(super) fn member(&mut self, key: &'static str, json: impl ToString) {
        self.members.push((key, json.to_string()));
    }
}

/// How the records of a batch are handled.
pub(super) struct Batch {
    /// How many at a time.
    pub(super) concurrency: u32,
    /// Whether the answer names the failed ones.
    pub(super) report_batch_item_failures: bool,
}

/// An annotated function.
pub(super) struct Handler<'f> {
    pub(super) function: &'f Function,
    pub(super) name: String,
    pub(super) source: Source,
    /// The type of the argument that the event, or a record of it, fills.
    pub(super) event: Option<Type>,
    /// The types of the arguments behind it.
    pub(super) arguments: Vec<Type>,
    /// What AWS shows beside the function's name.
    pub(super) description: Option<String>,
}
