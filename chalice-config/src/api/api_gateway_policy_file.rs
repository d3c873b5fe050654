//! `api_gateway_policy_file`: who may call the REST API.

use crate::reading::text_setting;

text_setting! {
    /// A file with the resource policy of the REST API, relative to the folder `.chalice`.
    pub struct ApiGatewayPolicyFile;
    pattern: ".+",
    is_taken: |path| !path.is_empty() && !path.contains(char::is_control),
    refusal: "it is the path of a file, relative to the folder .chalice",
    "write one, such as \"api-policy.json\"",
}
