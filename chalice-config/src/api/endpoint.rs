//! `api_gateway_endpoint_type`, `api_gateway_endpoint_vpce`: where the REST API is reached.

use serde_json::{Value, json};

use crate::{
    Problem, Refusal,
    reading::{Given, Setting, text_setting, words},
};

words! {
    /// Where clients reach a REST API (Amazon API Gateway, "API endpoint types for REST APIs").
    #[derive(Default)]
    pub enum EndpointType: "the kinds of endpoints of Amazon API Gateway" {
        /// Through Amazon CloudFront: AWS Chalice's default.
        #[default]
        Edge = "EDGE",
        /// In the region.
        Regional = "REGIONAL",
        /// In a VPC alone.
        Private = "PRIVATE",
    }
}

text_setting! {
    /// The id of a VPC endpoint. That it begins with `vpce-` is checked with the stage that has it.
    pub struct VpcEndpointId;
    pattern: "[A-Za-z0-9-]+",
    is_taken: |id| !id.is_empty()
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'),
    refusal: "ids of VPC endpoints are `vpce-` and then digits and lowercase letters",
    "write the id of an endpoint, or a list of ids",
}

impl VpcEndpointId {
    /// Whether it begins as ids of VPC endpoints do.
    pub(crate) fn is_whole(&self) -> bool {
        self.0.strip_prefix("vpce-").is_some_and(|id| {
            !id.is_empty()
                && id
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
        })
    }
}

/// The VPC endpoints through which a private REST API is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VpcEndpointIds(Vec<VpcEndpointId>);

impl VpcEndpointIds {
    /// The ids, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &VpcEndpointId> {
        self.0.iter()
    }
}

impl Setting for VpcEndpointIds {
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<VpcEndpointIds> {
        if given.value.is_string() {
            let id = <VpcEndpointId as Setting>::read(given, problems)?;
            return Some(VpcEndpointIds(vec![id]));
        }
        let elements = given.elements("ids of VPC endpoints", problems)?;
        if elements.is_empty() {
            let refusal = Refusal::new(
                "a list of VPC endpoints without any permits nobody",
                "write the id of one, or leave the setting out",
            );
            given.refuse(refusal, problems);
            return None;
        }
        let ids: Vec<VpcEndpointId> = elements
            .iter()
            .filter_map(|element| <VpcEndpointId as Setting>::read(element, problems))
            .collect();
        (ids.len() == elements.len()).then_some(VpcEndpointIds(ids))
    }

    fn schema() -> Value {
        let id = <VpcEndpointId as Setting>::schema();
        json!({ "anyOf": [id, { "type": "array", "items": id, "minItems": 1 }] })
    }
}
