//! The answers that API Gateway gives without the function.

use chalice_core::manifest::model::{AllowOrigin, Cors};
use serde_json::{Map, Value, json};

use super::RestApi;

/// The function's own form of an error. The message is API Gateway's, in quotation marks.
const BAD_REQUEST: &str = r#"{"Code":"BadRequestError","Message":$context.error.messageString}"#;

impl RestApi {
    /// The value of `x-amazon-apigateway-gateway-responses` in the API's definition: the headers that let pages
    /// read why a request was refused (a missing key, a refusing authorizer, throttling) before it came to the
    /// function (Amazon API Gateway, "Gateway responses in API Gateway"). An API that checks requests refuses
    /// them in the form in which the function would. `None` if no route has CORS and nothing is checked.
    ///
    /// These answers are the same for all routes. Where routes differ in their origins, any page
    /// may read them: they hold nothing but the status and API Gateway's own message.
    pub fn gateway_responses(&self) -> Option<Value> {
        let headers = self.cors_headers();
        let mut responses = Map::new();
        if let Some(headers) = &headers {
            for kind in ["DEFAULT_4XX", "DEFAULT_5XX"] {
                responses.insert(kind.to_owned(), json!({ "responseParameters": headers }));
            }
        }
        if self.validates_requests() {
            for kind in ["BAD_REQUEST_BODY", "BAD_REQUEST_PARAMETERS"] {
                let mut response = json!({
                    "statusCode": 400,
                    "responseTemplates": { "application/json": BAD_REQUEST },
                });
                // A response of its own has none of what the default one has.
                if let Some(headers) = &headers {
                    response["responseParameters"] = headers.clone().into();
                }
                responses.insert(kind.to_owned(), response);
            }
        }
        (!responses.is_empty()).then(|| responses.into())
    }

    fn cors_headers(&self) -> Option<Map<String, Value>> {
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
        Some(headers)
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
