//! What templates of a pipeline have in common.

use serde_json::{Map, Value, json};

use super::GENERATED;
use super::bucket;
use super::deploy_role;
use super::project::Project;

/// The bucket for deployment packages. They stay: AWS CloudFormation takes the one before, when it rolls back.
pub(super) const PACKAGE_BUCKET: &str = "PackageBucket";

/// A template that is being written.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) description: String,
    pub(super) parameters: Map<String, Value>,
    pub(super) conditions: Map<String, Value>,
    pub(super) resources: Map<String, Value>,
    pub(super) outputs: Map<String, Value>,
}

impl Template {
    /// A template with the bucket for packages and the roles with which AWS CloudFormation deploys the stages.
    pub(super) fn of_project(project: &Project, description: &str) -> Template {
        let mut template = Template {
            description: format!("{description} ({GENERATED}, which replaces this file)"),
            parameters: Map::new(),
            conditions: Map::new(),
            resources: Map::new(),
            outputs: Map::new(),
        };
        template.parameters.insert(
            "PermissionsBoundary".to_owned(),
            json!({
                "Type": "String",
                "Default": "",
                "AllowedPattern": "(arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/.+)?",
                "Description": "ARN of the IAM policy that every role of the app has to have as its permissions boundary (`permissions_boundary` in .chalice/config.json); empty for none",
            }),
        );
        template.parameters.insert(
            "DeployPolicyArns".to_owned(),
            json!({
                "Type": "CommaDelimitedList",
                "Default": "",
                "Description": "ARNs of IAM policies for deployments of what --merge-template adds to the app's own resources; empty for none",
            }),
        );
        template.condition_of_parameter(
            deploy_role::HAS_BOUNDARY,
            json!({ "Ref": "PermissionsBoundary" }),
        );
        template.condition_of_parameter(
            deploy_role::HAS_POLICIES,
            json!({ "Fn::Join": ["", { "Ref": "DeployPolicyArns" }] }),
        );
        bucket::add(&mut template.resources, PACKAGE_BUCKET, None);
        for stage in &project.stages {
            template
                .resources
                .insert(deploy_role::id(stage), deploy_role::role(stage));
        }
        template
    }

    /// A condition: that the value is not empty.
    pub(super) fn condition_of_parameter(&mut self, name: &str, value: Value) {
        let is_empty = json!({ "Fn::Equals": [value, ""] });
        self.conditions
            .insert(name.to_owned(), json!({ "Fn::Not": [is_empty] }));
    }

    /// A resource.
    pub(super) fn add(&mut self, id: &str, resource_type: &str, properties: Value) {
        self.resources.insert(
            id.to_owned(),
            json!({ "Type": resource_type, "Properties": properties }),
        );
    }

    /// An output.
    pub(super) fn output(&mut self, name: &str, description: &str, value: Value) {
        self.outputs.insert(
            name.to_owned(),
            json!({ "Description": description, "Value": value }),
        );
    }

    /// The template.
    pub(super) fn into_value(self) -> Value {
        json!({
            "AWSTemplateFormatVersion": "2010-09-09",
            "Description": self.description,
            "Parameters": self.parameters,
            "Conditions": self.conditions,
            "Resources": self.resources,
            "Outputs": self.outputs,
        })
    }
}
