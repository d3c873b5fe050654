//! The answers that API Gateway gives without the function.

use chalice_core::manifest::model::{AllowOrigin, Cors};
use serde_json::{Map, Value, json};

use super::RestApi;

impl RestApi {
    /// The value of `x-amazon-apigateway-gateway-responses` in the API's definition: the headers that let pages
    /// read why a request was refused (a missing key, a refusing authorizer, throttling) before it came to the
    /// function (Amazon API Gateway, "Gateway responses in API Gateway"). `None` if no route has CORS.
    ///
    /// These answers are the same for all routes. Where routes differ in their origins, any page
    /// may read them: they hold nothing but the status and API Gateway's own message.
    pub fn gateway_responses(&self) -> Option<Value> {
        let api = &self.manifest.app.api;
        let routes = self.manifest.routes.iter();
        let mut settings = routes.filter_map(|route| route.cors_within(api));
        let first = settings.next()?;
        let mut headers = Map::new();
        let mut header = |name: &str, value: &str| {
            // A constant is in quotation marks; anything else would be a mapping expression.
            let name = format!("gatewayresponse.header.{name}");
            headers.insert(name, format!("'{value}'").into());
        };
        match common_origin(first, settings) {
            Some((origin, credentials)) => {
                header("Access-Control-Allow-Origin", origin);
                if credentials {
                    header("Access-Control-Allow-Credentials", "true");
                }
            }
            None => header("Access-Control-Allow-Origin", "*"),
        }
        let response = json!({ "responseParameters": headers });
        Some(json!({ "DEFAULT_4XX": response, "DEFAULT_5XX": response }))
    }
}

/// The one origin that all settings have, and whether all of them let credentials through.
fn common_origin<'a>(
    first: &'a Cors,
    others: impl Iterator<Item = &'a Cors>,
) -> Option<(&'a str, bool)> {
    let AllowOrigin::One(origin) = &first.allow_origin else {
        return None;
    };
    let mut credentials = first.allow_credentials;
    for cors in others {
        if cors.allow_origin != first.allow_origin {
            return None;
        }
        credentials &= cors.allow_credentials;
    }
    Some((origin, credentials))
}
