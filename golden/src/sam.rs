//! Templates of SAM beside AWS Chalice's.

use serde_json::{Map, Value};

use crate::{Comparison, Intended, intended};

const WITH_CORS: &[&str] = &["01-basic-routes", "02-authorizers"];
const WITH_WEBSOCKETS: &[&str] = &[
    "05-websockets",
    "05b-websockets-message-only",
    "07-custom-domains",
];

/// Every difference between templates of SAM that is meant to be.
pub const INTENDED: &[Intended] = &[
    Intended {
        apps: &["01-basic-routes"],
        path: "/Resources/RestAPI/Properties/DefinitionBody/paths/~1any/any",
        reason: "Chalice's key for `ANY`, which is no extension of API Gateway and no method of Swagger",
    },
    Intended {
        apps: &["01-basic-routes"],
        path: "/Resources/RestAPI/Properties/DefinitionBody/paths/~1any/x-amazon-apigateway-any-method",
        reason: "API Gateway's key for it",
    },
    Intended {
        apps: &["01-basic-routes"],
        path: "/Resources/RestAPI/Properties/DefinitionBody/paths/~1proxy~1{proxy+}/get/parameters",
        reason: "greedy placeholders are parameters, too: Swagger wants all declared",
    },
    Intended {
        apps: WITH_CORS,
        path: "/Resources/RestAPI/Properties/DefinitionBody/x-amazon-apigateway-gateway-responses",
        reason: "pages can read why API Gateway refuses a request",
    },
    Intended {
        apps: &["03-events-sam"],
        path: "/Resources/SchedRate/Properties/Description",
        reason: "the description is also the function's",
    },
    Intended {
        apps: &["03-events-sam"],
        path: "/Resources/SchedRate/Properties/Events/SchedRateEvent/Properties/Description",
        reason: "Chalice drops the description of a schedule",
    },
    Intended {
        apps: &["03-events-sam"],
        path: "/Resources/SnsArn/Properties/Events/SnsArnSnsSubscription/Properties/Region",
        reason: "without it, the topic is looked for in the region of the stack",
    },
    Intended {
        apps: &["03-events-sam"],
        path: "/Resources/*/Properties/Events/*/Properties/FunctionResponseTypes",
        reason: "failures are reported record by record",
    },
    Intended {
        apps: &["03-events-sam"],
        path: "/Resources/*/Properties/Events/*DynamodbEventSource/Properties/Stream",
        reason: "the tables of Chalice's app have names of one letter, which Amazon DynamoDB refuses",
    },
    Intended {
        apps: WITH_WEBSOCKETS,
        path: "/Resources/WebsocketAPIDeployment*",
        reason: "the id changes with the routes, so that they are deployed",
    },
    Intended {
        apps: WITH_WEBSOCKETS,
        path: "/Resources/WebsocketAPIStage/Properties/DeploymentId/Ref",
        reason: "the stage has that deployment",
    },
    Intended {
        apps: &["06-config-full"],
        path: "/Resources/DefaultRole/Properties/Policies/0/PolicyDocument/Statement/ec2:CreateNetworkInterface (2)",
        reason: "Chalice has the statement for VPCs twice",
    },
    Intended {
        apps: &["06-config-full"],
        path: "/Resources/ApiHandlerLogGroup/Properties/LogGroupName/Fn::Sub",
        reason: "Chalice refers to `${ApiHandler}`, which is not there",
    },
    Intended {
        apps: &["06-config-full"],
        path: "/Resources/FnTop/Properties/Environment/Variables/NOT_MERGED",
        reason: "Chalice ignores variables of a function at the top of the configuration",
    },
    Intended {
        apps: &["06-config-full"],
        path: "/Resources/RestAPI/Properties/TracingEnabled",
        reason: "`xray` is for the stage of the API, too",
    },
    Intended {
        apps: &["07-custom-domains"],
        path: "/Resources/ApiGatewayCustomDomain/Properties/SecurityPolicy",
        reason: "API Gateway has no security policy TLS_1_1",
    },
    Intended {
        apps: &["07-custom-domains"],
        path: "/Resources/ApiGatewayCustomDomainMapping/Properties/Stage",
        reason: "a reference, because the stage has to be there before the mapping",
    },
    Intended {
        apps: &["07-custom-domains"],
        path: "/Resources/WebsocketApiCustomDomain/Properties/DomainNameConfigurations/0/SecurityPolicy",
        reason: "Chalice ignores `tls_version` of a WebSocket API's domain",
    },
    Intended {
        apps: &["09-automatic-layer-arm64"],
        path: "/Resources/ManagedLayer",
        reason: "dependencies are in the executable",
    },
    Intended {
        apps: &["09-automatic-layer-arm64"],
        path: "/Resources/*/Properties/Layers/*",
        reason: "there is no layer of dependencies before the others",
    },
];

/// Compares a template of the app of that name with Chalice's.
pub fn compare(app: &str, expected: &Value, found: &Value) -> Comparison {
    intended::compare(INTENDED, app, &normalized(expected), &normalized(found))
}

/// The entries of [`INTENDED`] for the app that none of its stages has.
pub fn without_effect(app: &str, comparisons: &[Comparison]) -> Vec<&'static Intended> {
    intended::without_effect(INTENDED, app, comparisons)
}

/// Without what cannot be the same: the language, the names of handlers, the version of the
/// framework, the order of a policy's statements.
fn normalized(template: &Value) -> Value {
    let mut template = template.clone();
    let resources = template["Resources"].as_object_mut();
    for resource in resources.into_iter().flat_map(Map::values_mut) {
        if resource["Type"] == "AWS::Serverless::Function" {
            if let Some(properties) = resource["Properties"].as_object_mut() {
                for name in ["Runtime", "Handler", "CodeUri"] {
                    properties.remove(name);
                }
            }
            let tag = &mut resource["Properties"]["Tags"]["aws-chalice"];
            if let Some((_, rest)) = tag.as_str().and_then(|tag| tag.split_once(':')) {
                *tag = format!("version=*:{rest}").into();
            }
        }
    }
    normalize_statements(&mut template);
    template
}

/// Statements of policies as members of an object, by the first of their actions.
pub(crate) fn normalize_statements(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::Array(statements) if name == "Statement" => {
                        *member = by_action(statements)
                    }
                    _ => normalize_statements(member),
                }
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(normalize_statements),
        _ => {}
    }
}

fn by_action(statements: &[Value]) -> Value {
    let mut members = Map::new();
    for statement in statements {
        let action = &statement["Action"];
        let action = action.as_str().or(action[0].as_str()).unwrap_or_default();
        let same = (1..).map(|number| match number {
            1 => action.to_owned(),
            number => format!("{action} ({number})"),
        });
        for name in same {
            if !members.contains_key(&name) {
                members.insert(name, statement.clone());
                break;
            }
        }
    }
    Value::Object(members)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn role(statements: Value) -> Value {
        json!({ "Resources": { "R": { "Type": "AWS::IAM::Role", "Properties": { "Statement": statements } } } })
    }

    #[test]
    fn statements_have_no_order_and_are_counted() {
        let [a, b] = ["a:A", "b:B"].map(|action| json!({ "Action": [action, "c:C"] }));
        let compared = |expected, found| {
            let comparison = compare("none", &role(expected), &role(found));
            let places = comparison.unintended.into_iter();
            places.map(|difference| difference.path).collect::<Vec<_>>()
        };
        assert_eq!(compared(json!([a, b]), json!([b, a])), [""; 0]);
        assert_eq!(
            compared(json!([a, b, a]), json!([b, a])),
            ["/Resources/R/Properties/Statement/a:A (2)"]
        );
        assert_eq!(
            compared(json!([a, b]), json!([{ "Action": ["b:B"] }, a])),
            ["/Resources/R/Properties/Statement/b:B/Action/1"]
        );
    }

    #[test]
    fn a_difference_is_meant_for_its_apps_alone() {
        let template = |tracing: Option<bool>| match tracing {
            Some(tracing) => {
                json!({ "Resources": { "RestAPI": { "Type": "AWS::Serverless::Api", "Properties": { "TracingEnabled": tracing } } } })
            }
            None => {
                json!({ "Resources": { "RestAPI": { "Type": "AWS::Serverless::Api", "Properties": {} } } })
            }
        };
        let meant = compare("06-config-full", &template(None), &template(Some(true)));
        assert_eq!((meant.intended.len(), meant.unintended.len()), (1, 0));
        let other = compare("01-basic-routes", &template(None), &template(Some(true)));
        assert_eq!((other.intended.len(), other.unintended.len()), (0, 1));
        assert_eq!(without_effect("06-config-full", &[meant]).len(), 3);
        assert_eq!(without_effect("06-config-full", &[]).len(), 4);
    }
}
