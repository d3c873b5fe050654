//! Intrinsic functions and dynamic references of AWS CloudFormation.

use crate::websocket_api;
use chalice_config::EnvironmentValue;
use chalice_resources::Arn;
use serde_json::{Value, json};

/// What `Ref` of a resource or of a pseudo parameter returns.
pub(crate) fn reference(id: &str) -> Value {
    json!({ "Ref": id })
}

/// The attribute `Arn` of a resource.
pub(crate) fn arn_of(id: &str) -> Value {
    attribute(id, "Arn")
}

/// An attribute of a resource.
pub(crate) fn attribute(id: &str, name: &str) -> Value {
    json!({ "Fn::GetAtt": [id, name] })
}

/// A text in which `${..}` are references.
pub(crate) fn substituted(text: impl Into<String>) -> Value {
    json!({ "Fn::Sub": text.into() })
}

/// A text as a part of what is [`substituted`]: none of it is a reference.
pub(crate) fn escaped(text: &str) -> String {
    text.replace("${", "${!")
}

/// An ARN, of which AWS CloudFormation knows partition, region and account.
pub(crate) fn arn(arn: &Arn) -> Value {
    let arn = match arn {
        Arn::Literal(arn) => return arn.as_str().into(),
        Arn::Regional { service, resource } => Arn::Regional {
            service,
            resource: escaped(resource),
        },
        Arn::Global { service, resource } => Arn::Global {
            service,
            resource: escaped(resource),
        },
        Arn::WebsocketApi { resource } => Arn::WebsocketApi {
            resource: escaped(resource),
        },
    };
    substituted(arn.text(
        "${AWS::Partition}",
        "${AWS::Region}",
        "${AWS::AccountId}",
        &format!("${{{}}}", websocket_api::ID),
    ))
}

/// The value of a variable (AWS CloudFormation, "Get values stored in other services using dynamic
/// references").
pub(crate) fn variable(value: &EnvironmentValue) -> String {
    match value {
        EnvironmentValue::Text(text) => text.clone(),
        EnvironmentValue::Ssm(parameter) => match parameter.version {
            Some(version) => format!("{{{{resolve:ssm:{}:{version}}}}}", parameter.name),
            None => format!("{{{{resolve:ssm:{}}}}}", parameter.name),
        },
        EnvironmentValue::SecretsManager(secret) => {
            let key = secret
                .key
                .as_deref()
                .map_or(String::new(), |key| format!(":{key}"));
            format!(
                "{{{{resolve:secretsmanager:{}:SecretString{key}}}}}",
                secret.secret_id
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_users_are_no_references() {
        let topic = Arn::Regional {
            service: "sns",
            resource: "${topic}".to_owned(),
        };
        assert_eq!(
            arn(&topic),
            json!({ "Fn::Sub": "arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:${!topic}" })
        );
        let known = Arn::Literal("arn:aws:sns:us-east-1:123456789012:${topic}".to_owned());
        assert_eq!(arn(&known), "arn:aws:sns:us-east-1:123456789012:${topic}");
    }

    /// AWS CloudFormation, "Fn::Sub": `${!Literal}` is `${Literal}`, and `${Name}` a reference.
    fn resolved(text: &str) -> String {
        let mut resolved = String::new();
        let mut rest = text;
        while let Some(at) = rest.find("${") {
            resolved.push_str(&rest[..at]);
            rest = match rest[at + 2..].strip_prefix('!') {
                Some(rest) => {
                    resolved.push_str("${");
                    rest
                }
                None => panic!("a reference in {text}"),
            };
        }
        resolved + rest
    }

    proptest::proptest! {
        #[test]
        fn what_is_escaped_is_resolved_to_itself(text in "[$a-z{}!]{0,30}") {
            proptest::prop_assert_eq!(resolved(&escaped(&text)), text);
        }
    }
}
