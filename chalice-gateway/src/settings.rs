//! Facts about an API that do not come from the app.

/// Facts about the API that its events tell a function, and that AWS would
/// otherwise decide: where it is deployed, and under which name it is called.
///
/// None of them has a part in the choice of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The API Gateway stage: `requestContext.stage`, and the first part of
    /// `requestContext.path`. Chalice's default is `api`.
    pub stage: String,
    /// The API's id: `requestContext.apiId` and `requestContext.domainPrefix`.
    pub api_id: String,
    /// The region: a part of the ARNs that authorizers get.
    pub region: String,
    /// The AWS account: `requestContext.accountId`.
    pub account_id: String,
    /// The name under which clients reach the API: `requestContext.domainName`.
    pub domain_name: String,
    /// The scheme that clients use, `http` or `https`: the header `X-Forwarded-Proto`.
    pub scheme: String,
    /// The port that clients use: the header `X-Forwarded-Port`.
    pub port: u16,
}

impl Default for Settings {
    /// A deployed API of a fictitious account: stage `api`, reached over HTTPS.
    fn default() -> Settings {
        Settings {
            stage: "api".to_owned(),
            api_id: "a1b2c3d4e5".to_owned(),
            region: "us-east-1".to_owned(),
            account_id: "123456789012".to_owned(),
            domain_name: "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com".to_owned(),
            scheme: "https".to_owned(),
            port: 443,
        }
    }
}
