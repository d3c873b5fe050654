//! A handler of events that has passed every check an attribute alone can make.

use syn::{Expr, Type};

use super::given::Given;
use crate::{errors::Errors, route::function::Function};

/// An attribute: what it is called, and which settings it has.
pub(crate) struct Attribute {
    /// As messages name it: `#[on_s3_event]`
    pub(crate) name: &'static str,
    /// What stands in its parentheses before all settings: the key that it is short for.
    pub(super) positional: Option<&'static str>,
    /// The settings besides `name`, `description` and `grants`, which all have.
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
    /// What the function's source lets one function alone have.
    pub(super) claim: Claim,
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
            claim: Claim::None,
            default_name: None,
            batch: None,
        }
    }

    /// Adds what the manifest says under `key`, in JSON.
    pub(super) fn member(&mut self, key: &'static str, json: impl ToString) {
        self.members.push((key, json.to_string()));
    }
}

/// What of a source one function alone can have; other functions of the app that ask for
/// it are found in const evaluation.
pub(super) enum Claim {
    None,
    /// A route of the WebSocket API.
    Route(String),
    /// Events of a bucket, for keys of a prefix and a suffix.
    Notification {
        bucket: String,
        events: Vec<String>,
        prefix: String,
        suffix: String,
    },
    /// The messages of a queue, by its name or its ARN.
    Queue(String),
}

/// How the records of a batch are handled.
pub(super) struct Batch {
    /// How many at a time.
    pub(super) concurrency: u32,
    /// Whether the answer names the failed ones.
    pub(super) report_batch_item_failures: bool,
    /// Whether the answer has the state of a window.
    pub(super) has_window: bool,
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
    /// What the function may do on AWS: expressions of type `Grant`.
    pub(super) grants: Vec<Expr>,
}
