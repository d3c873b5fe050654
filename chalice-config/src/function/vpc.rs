//! `subnet_ids`, `security_group_ids`: the VPC that a function is connected to.

use serde_json::{Value, json};

use crate::{
    Problem, Refusal,
    reading::{Given, Setting, text_setting},
};

/// How many of each AWS Lambda takes ("VpcConfig").
const MAX_SUBNETS: usize = 16;
const MAX_SECURITY_GROUPS: usize = 5;

text_setting! {
    /// The id of a subnet (AWS Lambda, "VpcConfig").
    pub struct SubnetId;
    pattern: "subnet-[0-9a-z]+",
    is_taken: |id| id.strip_prefix("subnet-").is_some_and(is_id),
    refusal: "ids of subnets are `subnet-` and then digits and lowercase letters",
    "write the id of a subnet, not its name or ARN",
}

text_setting! {
    /// The id of a security group (AWS Lambda, "VpcConfig").
    pub struct SecurityGroupId;
    pattern: "sg-[0-9a-z]+",
    is_taken: |id| id.strip_prefix("sg-").is_some_and(is_id),
    refusal: "ids of security groups are `sg-` and then digits and lowercase letters",
    "write the id of a security group, not its name or ARN",
}

fn is_id(digits: &str) -> bool {
    !digits.is_empty()
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
}

/// The subnets of a function's network interfaces: at most 16, in which the order counts
/// for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubnetIds(Vec<SubnetId>);

/// The security groups of a function's network interfaces: at most 5.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecurityGroupIds(Vec<SecurityGroupId>);

/// How a function is connected to a VPC (AWS Lambda, "Giving Lambda functions access to
/// resources in an Amazon VPC").
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Vpc {
    /// At least one.
    pub subnet_ids: Vec<SubnetId>,
    /// At least one.
    pub security_group_ids: Vec<SecurityGroupId>,
}

impl Vpc {
    /// The VPC, if both halves of it are there. Empty lists take a function out of its
    /// stage's VPC.
    pub(crate) fn of(
        subnet_ids: Option<&SubnetIds>,
        security_group_ids: Option<&SecurityGroupIds>,
    ) -> Option<Vpc> {
        let vpc = Vpc {
            subnet_ids: subnet_ids?.0.clone(),
            security_group_ids: security_group_ids?.0.clone(),
        };
        (!vpc.subnet_ids.is_empty() && !vpc.security_group_ids.is_empty()).then_some(vpc)
    }
}

impl SubnetIds {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ids.
    pub fn iter(&self) -> impl Iterator<Item = &SubnetId> {
        self.0.iter()
    }
}

impl SecurityGroupIds {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ids.
    pub fn iter(&self) -> impl Iterator<Item = &SecurityGroupId> {
        self.0.iter()
    }
}

impl Setting for SubnetIds {
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<SubnetIds> {
        ids(given, "ids of subnets", MAX_SUBNETS, problems).map(SubnetIds)
    }

    fn schema() -> Value {
        list_schema(<SubnetId as Setting>::schema(), MAX_SUBNETS)
    }
}

impl Setting for SecurityGroupIds {
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<SecurityGroupIds> {
        let what = "ids of security groups";
        ids(given, what, MAX_SECURITY_GROUPS, problems).map(SecurityGroupIds)
    }

    fn schema() -> Value {
        list_schema(<SecurityGroupId as Setting>::schema(), MAX_SECURITY_GROUPS)
    }
}

fn list_schema(id: Value, max: usize) -> Value {
    json!({ "type": "array", "items": id, "maxItems": max, "uniqueItems": true })
}

fn ids<T: Setting + PartialEq>(
    given: &Given<'_>,
    what: &str,
    max: usize,
    problems: &mut Vec<Problem>,
) -> Option<Vec<T>> {
    let elements = given.elements(what, problems)?;
    if elements.len() > max {
        let refusal = Refusal::new(
            format!("AWS Lambda takes at most {max} {what} for a function"),
            format!("leave out all but {max}"),
        );
        given.refuse(refusal, problems);
        return None;
    }
    let mut ids = Vec::new();
    for element in &elements {
        match T::read(element, problems) {
            Some(id) if ids.contains(&id) => {
                let refusal = Refusal::new("it stands in the list twice", "leave one of them out");
                element.refuse(refusal, problems);
            }
            id => ids.extend(id),
        }
    }
    (ids.len() == elements.len()).then_some(ids)
}
