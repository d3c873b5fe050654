//! Gathers the schemas of an app's handlers into one document.

use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::probe::SchemaFn;
use crate::Handler;

/// A handler, or a group of them, whose types can be described.
pub trait Schemas {
    /// Adds what the handlers take and return.
    fn collect(collector: &mut Collector);
}

/// The document, while handlers are added to it.
#[derive(Debug)]
pub struct Collector {
    generator: SchemaGenerator,
    handlers: Map<String, Value>,
}

impl Collector {
    /// The document of everything that `S` consists of.
    pub fn document<S: Schemas>() -> Value {
        let settings = SchemaSettings::draft2020_12().with(|settings| {
            settings.definitions_path = "/definitions".into();
        });
        let mut collector = Collector {
            generator: settings.into_generator(),
            handlers: Map::new(),
        };
        S::collect(&mut collector);
        let definitions = collector.generator.take_definitions(true);
        json!({ "handlers": collector.handlers, "definitions": definitions })
    }

    /// Adds a handler. One that is mounted twice is added once.
    pub fn handler<H: Handler>(&mut self, arguments: &[(&str, SchemaFn)], returns: SchemaFn) {
        let key = format!("{}::{}", H::DEF.module, H::DEF.function);
        let mut schema =
            |make: SchemaFn| make(&mut self.generator).map_or(Value::Null, Value::from);
        let arguments: Map<String, Value> = arguments
            .iter()
            .map(|(name, make)| ((*name).to_owned(), schema(*make)))
            .collect();
        let returns = schema(returns);
        self.handlers
            .insert(key, json!({ "arguments": arguments, "returns": returns }));
    }
}
