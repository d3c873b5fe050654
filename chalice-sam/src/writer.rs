//! What all resources are written with.

use std::collections::BTreeMap;

use chalice_resources::{Function, Id, Resources};
use serde_json::{Map, Value, json};

use crate::{
    SamError, Template,
    intrinsic::{arn_of, reference},
    logical_id::function_id,
};

/// A template that is being written.
pub(crate) struct Writer<'a> {
    pub(crate) resources: &'a Resources,
    written: Map<String, Value>,
    outputs: Map<String, Value>,
    /// By logical id: what has it.
    subjects: BTreeMap<String, String>,
    expanded: usize,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(resources: &'a Resources) -> Writer<'a> {
        Writer {
            resources,
            written: Map::new(),
            outputs: Map::new(),
            subjects: BTreeMap::new(),
            expanded: 0,
        }
    }

    pub(crate) fn finish(self) -> Template {
        Template::new(self.written, self.outputs, self.expanded)
    }

    /// Adds a resource. `subject` is what errors call it.
    pub(crate) fn add(
        &mut self,
        id: &str,
        subject: impl Into<String>,
        resource_type: &str,
        properties: Value,
    ) -> Result<(), SamError> {
        let subject = subject.into();
        if id.is_empty() {
            return Err(SamError::NoLogicalId { subject });
        }
        if let Some(first) = self.subjects.get(id) {
            return Err(SamError::DuplicateLogicalId {
                id: id.to_owned(),
                first: first.clone(),
                second: subject,
            });
        }
        self.subjects.insert(id.to_owned(), subject);
        let resource = json!({ "Type": resource_type, "Properties": properties });
        self.written.insert(id.to_owned(), resource);
        self.count(1);
        Ok(())
    }

    /// Lets the resource of that id, which is there, wait for others.
    pub(crate) fn depends_on(&mut self, id: &str, others: Vec<String>) {
        if let Some(resource) = self.written.get_mut(id) {
            resource["DependsOn"] = others.into();
        }
    }

    /// So many resources more, which are SAM's.
    pub(crate) fn count(&mut self, resources: usize) {
        self.expanded += resources;
    }

    pub(crate) fn output(&mut self, name: impl Into<String>, value: Value) {
        self.outputs.insert(name.into(), json!({ "Value": value }));
    }

    /// The logical id of a function.
    pub(crate) fn function_id(&self, function: Id<Function>) -> String {
        function_id(&self.resources.functions[function].name)
    }

    /// The name of the function, or the ARN of its alias if it is invoked through one.
    pub(crate) fn invocable(&self, function: Id<Function>) -> Value {
        let id = self.function_id(function);
        match self.resources.functions[function].alias {
            Some(_) => reference(&format!("{id}.Alias")),
            None => reference(&id),
        }
    }

    /// The ARN of the function, or of its alias if it is invoked through one.
    pub(crate) fn invocable_arn(&self, function: Id<Function>) -> Value {
        match self.resources.functions[function].alias {
            Some(_) => self.invocable(function),
            None => arn_of(&self.function_id(function)),
        }
    }

    /// That ARN as a reference in a text.
    pub(crate) fn invocable_attribute(&self, function: &str) -> String {
        let id = function_id(function);
        let mut functions = self.resources.functions.iter();
        let has_alias = functions.any(|it| it.name == function && it.alias.is_some());
        match has_alias {
            true => format!("{id}.Alias"),
            false => format!("{id}.Arn"),
        }
    }
}

/// Sets a property, if there is one.
pub(crate) fn set(properties: &mut Value, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        properties[name] = value.into();
    }
}
