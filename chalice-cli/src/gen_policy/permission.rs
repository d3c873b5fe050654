//! Permissions one by one, whatever statements they stand in, and the one form of a policy that has them.

use std::collections::{BTreeMap, BTreeSet};

use chalice_resources::{Arn, Statement};
use serde::Serialize;
use serde_json::Value;

/// The version of the language of policies (AWS Identity and Access Management, "IAM JSON policy elements:
/// Version").
const VERSION: &str = "2012-10-17";

/// What one statement of a policy says about one action and one resource.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Permission {
    /// `Allow` or `Deny`.
    pub(super) effect: String,
    /// The action, which may be a pattern; after `NotAction ` all actions that are excepted.
    pub(super) action: String,
    /// The resource, which may be a pattern; after `NotResource ` all resources that are excepted.
    pub(super) resource: String,
    /// When, if not always: the value of `Condition`, as JSON.
    #[serde(serialize_with = "as_json", skip_serializing_if = "Option::is_none")]
    pub(super) condition: Option<String>,
}

/// Actions that are allowed, or denied, on the same resources.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Group {
    #[serde(rename = "Effect")]
    pub(super) effect: String,
    /// Sorted.
    #[serde(rename = "Action")]
    pub(super) actions: BTreeSet<String>,
    /// Sorted.
    #[serde(rename = "Resource", serialize_with = "one_or_several")]
    pub(super) resources: BTreeSet<String>,
    #[serde(
        rename = "Condition",
        serialize_with = "as_json",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) condition: Option<String>,
}

/// A policy, in the order in which people write its members.
#[derive(Debug, Serialize)]
pub(super) struct Document {
    #[serde(rename = "Version")]
    version: &'static str,
    #[serde(rename = "Statement")]
    statements: Vec<Group>,
}

impl Permission {
    /// Those of a statement of a role. What only AWS knows of its ARNs is `*`.
    pub(super) fn of_statement(statement: &Statement) -> Vec<Permission> {
        let resources = statement.resources.iter().map(text);
        let resources: Vec<String> = resources.collect();
        let condition = statement.condition.as_ref().map(Value::to_string);
        let actions = statement.actions.iter();
        actions
            .flat_map(|action| {
                resources.iter().map(|resource| Permission {
                    effect: "Allow".to_owned(),
                    action: action.clone(),
                    resource: resource.clone(),
                    condition: condition.clone(),
                })
            })
            .collect()
    }

    /// The action, and that it is denied if it is.
    pub(super) fn words(&self) -> String {
        match &*self.effect {
            "Allow" => self.action.clone(),
            effect => format!("{effect} {}", self.action),
        }
    }

    /// Those of a policy that is written somewhere; an error is what is wrong with it.
    pub(super) fn of_document(document: &Value) -> Result<BTreeSet<Permission>, String> {
        let statements = match document.get("Statement") {
            Some(Value::Array(statements)) => &statements[..],
            Some(statement @ Value::Object(_)) => std::slice::from_ref(statement),
            _ => return Err("it has no `Statement`".to_owned()),
        };
        let mut permissions = BTreeSet::new();
        for (position, statement) in statements.iter().enumerate() {
            let problem = |member: &str| format!("`Statement[{position}]` has no `{member}`");
            let effect = statement.get("Effect").and_then(Value::as_str);
            let effect = effect.ok_or_else(|| problem("Effect"))?;
            let actions = members(statement, "Action").ok_or_else(|| problem("Action"))?;
            let resources = members(statement, "Resource").ok_or_else(|| problem("Resource"))?;
            let condition = statement.get("Condition").map(Value::to_string);
            for action in &actions {
                permissions.extend(resources.iter().map(|resource| Permission {
                    effect: effect.to_owned(),
                    action: action.clone(),
                    resource: resource.clone(),
                    condition: condition.clone(),
                }));
            }
        }
        Ok(permissions)
    }
}

impl Document {
    /// The policy with these permissions. Whatever statements they came from, it is the same.
    pub(super) fn of(permissions: &BTreeSet<Permission>) -> Document {
        Document {
            version: VERSION,
            statements: groups(permissions),
        }
    }
}

/// The permissions as statements: each action stands in one for each condition, with the others of the same resources. Sorted.
pub(super) fn groups(permissions: &BTreeSet<Permission>) -> Vec<Group> {
    let mut by_action: BTreeMap<(&str, &str, &Option<String>), BTreeSet<&str>> = BTreeMap::new();
    for it in permissions {
        let key = (&*it.effect, &*it.action, &it.condition);
        by_action.entry(key).or_default().insert(&it.resource);
    }
    let mut by_resources: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for ((effect, action, condition), resources) in by_action {
        let key = (effect, resources, condition);
        let actions = by_resources.entry(key).or_default();
        actions.insert(action.to_owned());
    }
    let groups = by_resources.into_iter();
    let mut groups: Vec<Group> = groups
        .map(|((effect, resources, condition), actions)| Group {
            effect: effect.to_owned(),
            actions,
            resources: resources.into_iter().map(str::to_owned).collect(),
            condition: condition.clone(),
        })
        .collect();
    groups.sort();
    groups
}

/// For people: a row for each action and resource.
pub(super) fn table(permissions: &BTreeSet<Permission>) -> String {
    let rows: Vec<[String; 3]> = permissions
        .iter()
        .map(|it| {
            let condition = it.condition.clone().unwrap_or_default();
            [it.words(), it.resource.clone(), condition]
        })
        .collect();
    super::table::table(["ACTION", "RESOURCE", "CONDITION"], &rows)
}

/// An ARN with `*` for what only AWS knows: the partition, the region, the account, the id of an API.
fn text(arn: &Arn) -> String {
    arn.text("*", "*", "*", "*")
}

/// The texts of `Action` or `Resource`; of `NotAction` and `NotResource`, which except all of theirs at once, a
/// single one.
fn members(statement: &Value, name: &str) -> Option<Vec<String>> {
    if let Some(value) = statement.get(name) {
        return texts(value);
    }
    let not = format!("Not{name}");
    let mut excepted = texts(statement.get(&not)?)?;
    excepted.sort();
    Some(vec![format!("{not} {}", excepted.join(", "))])
}

fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Array(values) => values
            .iter()
            .map(|value| value.as_str().map(str::to_owned))
            .collect(),
        _ => None,
    }
}

/// One text, or a list, as policies have it.
fn one_or_several<S: serde::Serializer>(
    texts: &BTreeSet<String>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match texts.first() {
        Some(one) if texts.len() == 1 => one.serialize(serializer),
        _ => texts.serialize(serializer),
    }
}

fn as_json<S: serde::Serializer>(
    condition: &Option<String>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let value: Option<Value> = match condition {
        Some(text) => Some(serde_json::from_str(text).map_err(serde::ser::Error::custom)?),
        None => None,
    };
    value.serialize(serializer)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn canonical(document: &Value) -> Value {
        let permissions = Permission::of_document(document).unwrap();
        serde_json::to_value(Document::of(&permissions)).unwrap()
    }

    #[test]
    fn statements_are_sorted_and_put_together() {
        let document = json!({ "Version": "2012-10-17", "Statement": [
            { "Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject"], "Resource": "b" },
            { "Effect": "Allow", "Action": "s3:PutObject", "Resource": ["a", "b"] },
            { "Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "t" },
            { "Effect": "Allow", "Action": ["dynamodb:PutItem"], "Resource": ["t"] },
            { "Effect": "Allow", "Action": ["dynamodb:PutItem"], "Resource": ["t"],
                "Condition": { "Bool": { "x": "true" } } },
        ] });
        assert_eq!(
            canonical(&document),
            json!({ "Version": "2012-10-17", "Statement": [
                { "Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:PutItem"], "Resource": "t" },
                { "Effect": "Allow", "Action": ["dynamodb:PutItem"], "Resource": "t",
                    "Condition": { "Bool": { "x": "true" } } },
                { "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "b" },
                { "Effect": "Allow", "Action": ["s3:PutObject"], "Resource": ["a", "b"] },
            ] })
        );
    }

    #[test]
    fn exceptions_stay_together() {
        let document = json!({ "Statement": {
            "Effect": "Deny", "NotAction": ["s3:B", "s3:A"], "NotResource": "x",
        } });
        let permissions = Permission::of_document(&document).unwrap();
        let [it] = &permissions.into_iter().collect::<Vec<_>>()[..] else {
            panic!();
        };
        assert_eq!(
            (&*it.effect, &*it.action, &*it.resource),
            ("Deny", "NotAction s3:A, s3:B", "NotResource x")
        );
    }

    #[test]
    fn what_is_no_policy() {
        let problem = |document| Permission::of_document(&document).unwrap_err();
        assert_eq!(problem(json!([])), "it has no `Statement`");
        assert_eq!(
            problem(json!({ "Statement": [{}] })),
            "`Statement[0]` has no `Effect`"
        );
        let no_text =
            json!({ "Statement": [{ "Effect": "Allow", "Action": [1], "Resource": "*" }] });
        assert_eq!(problem(no_text), "`Statement[0]` has no `Action`");
        let no_resource = json!({ "Statement": { "Effect": "Allow", "Action": "s3:*" } });
        assert_eq!(problem(no_resource), "`Statement[0]` has no `Resource`");
    }

    proptest! {
        /// Putting statements together neither adds a permission nor loses one.
        #[test]
        fn a_document_has_the_permissions_it_is_made_of(
            all in proptest::collection::btree_set(("[ab]", "[cd]", "[ef]", proptest::option::of("[0-9]")), 0..12),
        ) {
            let permissions: BTreeSet<Permission> = all
                .into_iter()
                .map(|(effect, action, resource, condition)| Permission {
                    effect,
                    action,
                    resource,
                    condition,
                })
                .collect();
            let document = serde_json::to_value(Document::of(&permissions)).unwrap();
            prop_assert_eq!(Permission::of_document(&document).unwrap(), permissions);
        }
    }
}
