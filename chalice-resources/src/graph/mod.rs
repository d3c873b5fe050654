//! The resources as a graph: for people a tree or a diagram, for machines JSON.

mod mermaid;
mod nodes;
mod tree;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::Resources;

/// The resources of a stage, and what belongs to what.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Graph {
    /// The app's name.
    pub app: String,
    /// The name of the app's stage.
    pub stage: String,
    /// The resources that belong to no other.
    pub resources: Vec<Node>,
}

/// A resource.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Node {
    /// Its kind, such as `function`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Its name within the app.
    pub name: String,
    /// What a person wants to know of it first.
    #[serde(skip)]
    pub summary: String,
    /// What it is deployed with.
    #[serde(flatten)]
    pub properties: Map<String, Value>,
    /// What belongs to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Node>,
}

impl Resources {
    /// The resources as a graph. The values of environment variables are no part of it, since they may be secrets.
    pub fn graph(&self) -> Graph {
        Graph {
            app: self.app.as_str().to_owned(),
            stage: self.stage.clone(),
            resources: nodes::of(self),
        }
    }
}
