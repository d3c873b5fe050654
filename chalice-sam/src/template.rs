//! A template.

use serde::Serialize;
use serde_json::{Map, Value, json};

/// A template of the AWS Serverless Application Model.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Template {
    #[serde(rename = "AWSTemplateFormatVersion")]
    version: &'static str,
    transform: &'static str,
    outputs: Map<String, Value>,
    resources: Map<String, Value>,
    /// How many resources the stack has when SAM has taken its own apart.
    #[serde(skip)]
    pub(crate) expanded: usize,
}

impl Template {
    pub(crate) fn new(
        resources: Map<String, Value>,
        outputs: Map<String, Value>,
        expanded: usize,
    ) -> Template {
        Template {
            version: "2010-09-09",
            transform: "AWS::Serverless-2016-10-31",
            outputs,
            resources,
            expanded,
        }
    }

    /// Its resources by their logical ids.
    pub fn resources(&self) -> &Map<String, Value> {
        &self.resources
    }

    /// Its outputs by their names.
    pub fn outputs(&self) -> &Map<String, Value> {
        &self.outputs
    }
}

impl From<Template> for Value {
    fn from(template: Template) -> Value {
        json!({
            "AWSTemplateFormatVersion": template.version,
            "Transform": template.transform,
            "Outputs": template.outputs,
            "Resources": template.resources,
        })
    }
}
