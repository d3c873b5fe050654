//! Swagger documents beside those that AWS Chalice 1.34 writes for the same apps.

mod apps;
mod difference;

use chalice::Application;
use chalice_core::manifest::model::Manifest;
use chalice_openapi::{
    FunctionUris, InvocationPath, Placeholders, SwaggerError, SwaggerSettings, swagger,
};
use serde_json::{Value, json};
use verifiers::openapi_mistakes;

use difference::differences;

fn manifest<A: Application>() -> Manifest {
    Manifest::from_json(A::manifest()).unwrap()
}

fn written<A: Application>(settings: &SwaggerSettings, uris: &impl FunctionUris) -> Value {
    serde_json::to_value(swagger(&manifest::<A>(), settings, uris).unwrap()).unwrap()
}

/// As `cargo chalice generate-models --swagger` writes it.
fn generated<A: Application>() -> Value {
    written::<A>(&SwaggerSettings::default(), &Placeholders)
}

/// A document of Chalice's.
macro_rules! golden {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!("chalice/", $name, ".json"))).unwrap()
    };
}

/// Where the documents of `basic` differ, and why.
const INTENDED_OF_BASIC: [(&str, &str); 3] = [
    (
        "/paths/~1any/any",
        "Chalice's key for `ANY`, which is no extension of API Gateway and no method of Swagger",
    ),
    (
        "/paths/~1any/x-amazon-apigateway-any-method",
        "API Gateway's key for it",
    ),
    (
        "/paths/~1proxy~1{proxy+}/get/parameters",
        "greedy placeholders are parameters, too: their value is an argument here, and Swagger wants all declared",
    ),
];

#[track_caller]
fn assert_differences(expected: &Value, found: &Value, intended: &[(&str, &str)]) {
    let differences = differences(expected, found);
    let intended = intended.iter().map(|(place, _)| (*place).to_owned());
    assert_eq!(differences, intended.collect(), "found: {found:#}");
}

#[test]
fn as_chalice_generates_them() {
    use apps::*;
    let same: &[(&str, &str)] = &[];
    for (expected, found, intended) in [
        (
            golden!("basic-swagger"),
            generated::<basic::APP>(),
            &INTENDED_OF_BASIC[..],
        ),
        (golden!("auths-swagger"), generated::<auths::APP>(), same),
        (golden!("wsmsg-swagger"), generated::<wsmsg::APP>(), same),
        (golden!("cfg-swagger"), generated::<cfg::APP>(), same),
        (golden!("dom-swagger"), generated::<dom::APP>(), same),
        (golden!("priv-swagger"), generated::<private::APP>(), same),
        (
            golden!("layered-swagger"),
            generated::<layered::APP>(),
            same,
        ),
        (golden!("merge-swagger"), generated::<merge::APP>(), same),
    ] {
        assert_differences(&expected, &found, intended);
    }
    let found = generated::<basic::APP>();
    let any = &found["paths"]["/any"]["x-amazon-apigateway-any-method"];
    assert_eq!(*any, golden!("basic-swagger")["paths"]["/any"]["any"]);
}

/// The functions of a SAM template.
struct Sam;

impl FunctionUris for Sam {
    fn api_handler(&self, path: InvocationPath) -> Value {
        sub("APIHandler", path)
    }

    fn authorizer(&self, name: &str) -> Value {
        let words = name.split('_').map(|word| {
            let (first, rest) = word.split_at(1);
            first.to_uppercase() + rest
        });
        sub(&words.collect::<String>(), InvocationPath::Invocations)
    }
}

fn sub(resource: &str, path: InvocationPath) -> Value {
    let (version, path) = (path.api_version(), path.as_str());
    json!({ "Fn::Sub": format!(
        "arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:lambda:path/{version}/functions/${{{resource}.Arn}}/{path}"
    )})
}

/// The functions of a Terraform module.
struct Terraform;

impl FunctionUris for Terraform {
    fn api_handler(&self, _: InvocationPath) -> Value {
        self.authorizer("api_handler")
    }

    fn authorizer(&self, name: &str) -> Value {
        format!("${{aws_lambda_function.{name}.invoke_arn}}").into()
    }
}

#[test]
fn as_chalice_embeds_them_in_templates() {
    use apps::*;
    let none = SwaggerSettings::default();
    assert_differences(
        &golden!("basic-sam"),
        &written::<basic::APP>(&none, &Sam),
        &INTENDED_OF_BASIC,
    );
    assert_differences(
        &golden!("auths-sam"),
        &written::<auths::APP>(&none, &Sam),
        &[],
    );
    assert_differences(
        &golden!("auths-terraform"),
        &written::<auths::APP>(&none, &Terraform),
        &[],
    );
}

#[test]
fn private_apis() {
    use apps::private;
    let endpoints = |ids: &[&str]| SwaggerSettings {
        vpc_endpoint_ids: ids.iter().map(|id| (*id).to_owned()).collect(),
        ..SwaggerSettings::default()
    };
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "*" },
        ],
    });
    for (expected, settings) in [
        (golden!("priv-sam"), endpoints(&["vpce-abc"])),
        (golden!("priv-multi-sam"), endpoints(&["vpce-1", "vpce-2"])),
        (
            golden!("priv-polfile-sam"),
            SwaggerSettings {
                policy: Some(policy),
                ..SwaggerSettings::default()
            },
        ),
    ] {
        assert_differences(&expected, &written::<private::APP>(&settings, &Sam), &[]);
    }
}

/// The document as Swagger without API Gateway's notation of greedy placeholders, which the
/// validator takes for a part of the name.
fn without_plus(document: &Value) -> Value {
    serde_json::from_str(&document.to_string().replace("+}\":", "}\":")).unwrap()
}

#[test]
fn a_validator_takes_them_and_not_all_of_chalices() {
    use apps::*;
    let mut planted = generated::<basic::APP>();
    planted["paths"]["/"]["get"]["responses"] = json!({});
    let documents = [
        planted,
        golden!("basic-swagger"),
        generated::<basic::APP>(),
        generated::<auths::APP>(),
        generated::<wsmsg::APP>(),
        generated::<cfg::APP>(),
        generated::<dom::APP>(),
        generated::<private::APP>(),
        generated::<layered::APP>(),
        generated::<merge::APP>(),
        generated::<beyond::APP>(),
    ];
    let mistakes = openapi_mistakes(&documents.each_ref().map(without_plus));
    let mistakes = mistakes.unwrap_or_else(|error| panic!("{error}"));
    assert!(
        mistakes[0].iter().any(|it| it.contains("responses")),
        "{:?}",
        mistakes[0]
    );
    // The key for `ANY`, and the parameter of the greedy placeholder.
    assert_eq!(mistakes[1].len(), 2, "{:?}", mistakes[1]);
    for (document, mistakes) in documents.iter().zip(&mistakes).skip(2) {
        assert_eq!(mistakes, &[""; 0], "{document:#}");
    }
}

#[test]
fn beyond_chalice() {
    let document = generated::<apps::beyond::APP>();
    let origins = &document["paths"]["/origins/{id}"];
    // Answered by the function, without an authorizer.
    let preflight = &origins["options"];
    assert_eq!(
        preflight["x-amazon-apigateway-integration"]["type"],
        "aws_proxy"
    );
    assert_eq!(preflight.get("security"), None);
    assert_eq!(preflight["parameters"], origins["get"]["parameters"]);
    assert_eq!(origins["get"]["security"], json!([{ "key": [] }]));
    assert_eq!(
        document["securityDefinitions"]["key"],
        json!({
            "type": "apiKey",
            "in": "header",
            "name": "Unused",
            "x-amazon-apigateway-authtype": "custom",
            "x-amazon-apigateway-authorizer": {
                "type": "request",
                "identitySource": "method.request.header.X-Key, method.request.querystring.tenant",
                "authorizerResultTtlInSeconds": 0,
                "authorizerUri": "arn:{partition}:apigateway:{region_name}:lambda:path/2015-03-31/functions/\
                                  {key_lambda_arn}/invocations",
            },
        })
    );
    assert_eq!(
        document["paths"]["/stream"]["get"]["x-amazon-apigateway-integration"],
        json!({
            "type": "aws_proxy",
            "httpMethod": "POST",
            "uri": "arn:{partition}:apigateway:{region_name}:lambda:path/2021-11-15/functions/\
                    {api_handler_lambda_arn}/response-streaming-invocations",
            "passthroughBehavior": "when_no_match",
            "responseTransferMode": "STREAM",
            "responses": { "default": { "statusCode": "200" } },
        })
    );
}

#[test]
fn what_no_rest_api_is() {
    let refused = |manifest: &Manifest| {
        let refusal = swagger(manifest, &SwaggerSettings::default(), &Placeholders);
        refusal.unwrap_err()
    };
    let error = refused(&manifest::<apps::pure::APP>());
    assert!(matches!(error, SwaggerError::NoRoutes(_)), "{error}");
    assert_eq!(
        error.to_string(),
        "the app `pure` has no routes, so there is no REST API to describe: give it a function with `#[route]`"
    );
    let error = refused(&manifest::<apps::beyond::tokens::APP>()).to_string();
    assert!(
        error.starts_with(
            "the route `orders` has the authorizer `login`, which judges JSON Web Tokens"
        ),
        "{error}"
    );
}
