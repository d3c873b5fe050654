//! The resources of a state, by their types, and what is known of each on AWS.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// Takes a member out of a record. `null` is nothing, and stays where it is.
fn take<T: DeserializeOwned>(
    members: &mut Map<String, Value>,
    key: &'static str,
) -> Result<Option<T>, &'static str> {
    match members.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => {
            let taken = T::deserialize(value).map_err(|_| key)?;
            members.remove(key);
            Ok(Some(taken))
        }
    }
}

fn put<T: Serialize>(
    members: &mut Vec<(&'static str, Value)>,
    key: &'static str,
    value: Option<&T>,
) {
    // Texts and lists of texts have a form in JSON.
    if let Some(Ok(value)) = value.map(serde_json::to_value) {
        members.push((key, value));
    }
}

/// Defines the types of resources: a struct each, and the way from and to JSON.
macro_rules! resources {
    ($(
        $(#[doc = $doc:literal])+
        $Name:ident = $tag:literal {
            $( $(#[doc = $field_doc:literal])+ $field:ident: $Type:ty, )+
        }
    )+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, Debug, Default, PartialEq, Eq)]
            pub struct $Name {
                $( $(#[doc = $field_doc])+ pub $field: Option<$Type>, )+
            }

            impl From<$Name> for Resource {
                fn from(resource: $Name) -> Resource {
                    Resource::$Name(resource)
                }
            }
        )+

        /// A resource on AWS, and what AWS calls it. What is not known (yet) is `None`: AWS gives an ARN or an id to
        /// what it has created, and not to what is about to be.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Resource {
            $( $(#[doc = $doc])+ $Name($Name), )+
            /// A type that this version does not know: it is kept as it is, and neither changed nor deleted.
            Unknown(UnknownResource),
        }

        impl Resource {
            /// The type, as the file has it: `lambda_function`.
            pub fn resource_type(&self) -> &str {
                match self {
                    $( Resource::$Name(_) => $tag, )+
                    Resource::Unknown(unknown) => &unknown.resource_type,
                }
            }

            /// Takes what is known of a resource of that type out of the members of its record; or names the member
            /// that has no form of its own.
            pub(crate) fn take(
                resource_type: &str,
                members: &mut Map<String, Value>,
            ) -> Result<Resource, &'static str> {
                Ok(match resource_type {
                    $( $tag => Resource::$Name($Name {
                        $( $field: take(members, stringify!($field))?, )+
                    }), )+
                    _ => Resource::Unknown(UnknownResource {
                        resource_type: resource_type.to_owned(),
                    }),
                })
            }

            /// What is known of it, as members of its record.
            pub(crate) fn members(&self) -> Vec<(&'static str, Value)> {
                let mut members = Vec::new();
                match self {
                    $( Resource::$Name(resource) => {
                        $( put(&mut members, stringify!($field), resource.$field.as_ref()); )+
                    } )+
                    Resource::Unknown(_) => {}
                }
                members
            }
        }
    };
}

resources! {
    /// A role that functions have.
    IamRole = "iam_role" {
        /// Its ARN.
        role_arn: String,
        /// Its name.
        role_name: String,
    }

    /// A function of AWS Lambda.
    LambdaFunction = "lambda_function" {
        /// Its ARN, without a version.
        lambda_arn: String,
    }

    /// A version of a layer.
    LambdaLayer = "lambda_layer" {
        /// Its ARN, with the version.
        layer_version_arn: String,
    }

    /// A log group whose retention the app has set.
    LogGroup = "log_group" {
        /// Its name: `/aws/lambda/shop-dev-report`.
        log_group_name: String,
    }

    /// A rule of Amazon EventBridge: an event pattern or a schedule.
    CloudWatchEvent = "cloudwatch_event" {
        /// Its name.
        rule_name: String,
    }

    /// The notifications of a bucket to a function.
    S3Event = "s3_event" {
        /// The bucket's name.
        bucket: String,
        /// The function's ARN.
        lambda_arn: String,
    }

    /// A function's subscription to a topic.
    SnsEvent = "sns_event" {
        /// The topic as the app names it: its name or its ARN.
        topic: String,
        /// The function's ARN.
        lambda_arn: String,
        /// The subscription's ARN.
        subscription_arn: String,
        /// The topic's ARN.
        topic_arn: String,
    }

    /// A function's event source mapping of a queue.
    SqsEvent = "sqs_event" {
        /// The queue's ARN.
        queue_arn: String,
        /// The id of the event source mapping.
        event_uuid: String,
        /// The queue's name.
        queue: String,
        /// The function's ARN.
        lambda_arn: String,
    }

    /// A function's event source mapping of a stream of Amazon Kinesis.
    KinesisEvent = "kinesis_event" {
        /// The stream's ARN.
        kinesis_arn: String,
        /// The id of the event source mapping.
        event_uuid: String,
        /// The stream's name.
        stream: String,
        /// The function's ARN.
        lambda_arn: String,
    }

    /// A function's event source mapping of a table's stream.
    DynamodbEvent = "dynamodb_event" {
        /// The stream's ARN.
        stream_arn: String,
        /// The id of the event source mapping.
        event_uuid: String,
        /// The function's ARN.
        lambda_arn: String,
    }

    /// A REST API.
    RestApi = "rest_api" {
        /// Its id.
        rest_api_id: String,
        /// Where it is called, with the API's stage.
        rest_api_url: String,
    }

    /// A WebSocket API.
    WebsocketApi = "websocket_api" {
        /// Where it is called, with the API's stage.
        websocket_api_url: String,
        /// Its id.
        websocket_api_id: String,
    }

    /// A custom domain of an API.
    DomainName = "domain_name" {
        /// The hosted zone of the alias, for a record of Amazon Route 53.
        hosted_zone_id: String,
        /// The name on AWS that the domain's DNS record has to point to.
        alias_domain_name: String,
        /// The certificate's ARN.
        certificate_arn: String,
        /// The oldest TLS that is spoken: `TLS_1_2`.
        security_policy: String,
        /// The domain.
        domain_name: String,
        /// Which of its paths are the app's.
        api_mapping: Vec<ApiMapping>,
    }

    /// An HTTP API. AWS Chalice has none.
    HttpApi = "http_api" {
        /// Its id.
        http_api_id: String,
        /// Where it is called, with the API's stage.
        http_api_url: String,
    }

    /// An alias of a function. AWS Chalice has none.
    FunctionAlias = "function_alias" {
        /// Its ARN, which ends with its name.
        alias_arn: String,
        /// Its name.
        alias_name: String,
        /// The version that it stands for.
        function_version: String,
        /// The function's ARN.
        lambda_arn: String,
    }

    /// The HTTPS endpoint of one function. AWS Chalice has none.
    FunctionUrl = "function_url" {
        /// Where it is called.
        function_url: String,
        /// The function's ARN.
        lambda_arn: String,
        /// The alias that is called. Without, the function itself.
        qualifier: String,
    }

    /// A statement of a function's policy, by which a service may invoke it. AWS Chalice keeps none.
    Permission = "permission" {
        /// The function's ARN.
        lambda_arn: String,
        /// The alias that may be invoked. Without, the function itself.
        qualifier: String,
        /// The statement's id.
        statement_id: String,
    }

    /// A policy of its own that roles have. AWS Chalice has none.
    ManagedPolicy = "managed_policy" {
        /// Its ARN.
        policy_arn: String,
        /// Its name.
        policy_name: String,
    }
}

/// A resource of a type that this version does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownResource {
    /// The type, as the file has it.
    pub resource_type: String,
}

/// A path of a custom domain that is the app's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiMapping {
    /// The path, with its slash: `/v1`, or `/` for all.
    pub key: String,
    /// What else the file says of it.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}
