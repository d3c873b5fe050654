//! The JSON Schemas of the types that handlers take and return.

use std::collections::BTreeMap;

use chalice_core::manifest::model::Source;
use serde::Deserialize;
use serde_json::{Map, Value};

/// What an app that is built with the feature `export` says of its types, and
/// `cargo chalice manifest --schemas` prints as `schemas`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Schemas {
    /// By the handler's module and function: `todo::items::list`.
    pub handlers: BTreeMap<String, HandlerSchemas>,
    /// The schemas that others refer to, as `#/definitions/<name>`.
    pub definitions: Map<String, Value>,
}

/// The schemas of one handler. `None` stands for a type without one.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct HandlerSchemas {
    /// What it takes, by the argument's name.
    pub arguments: BTreeMap<String, Option<Value>>,
    /// What it returns: the value inside of `Json` and the like.
    pub returns: Option<Value>,
}

impl Schemas {
    /// The schema of an argument, if it is known.
    pub(crate) fn argument(&self, handler: &Source, name: &str) -> Option<&Value> {
        self.handler(handler)?.arguments.get(name)?.as_ref()
    }

    /// The schema of what the handler returns, if it is known.
    pub(crate) fn returns(&self, handler: &Source) -> Option<&Value> {
        self.handler(handler)?.returns.as_ref()
    }

    fn handler(&self, handler: &Source) -> Option<&HandlerSchemas> {
        self.handlers
            .get(&format!("{}::{}", handler.module, handler.item))
    }
}
