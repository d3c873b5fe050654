//! A made-up input, and what its maker knows of it.

use base64::{Engine, engine::general_purpose::STANDARD};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::case::Driver;

/// A made-up input, and what its maker knows of it.
#[derive(Clone, Debug)]
pub struct Question {
    /// How it gets to the app.
    pub driver: Driver,
    /// The input.
    pub input: Value,
    /// The route whose path it has, such as `/foo/{p}`; `None` for a path that the app lacks.
    pub route: Option<String>,
    /// What the placeholders of the route's path stand for, percent-encoded, in their order.
    pub parameters: Vec<(String, String)>,
    /// The claims of the token that it carries for the user pool, if it carries one.
    pub claims: Option<Map<String, Value>>,
}

impl Question {
    /// Whether it has a path of this route.
    pub fn is_for(&self, route: &str) -> bool {
        self.route.as_deref() == Some(route)
    }

    /// The method.
    pub fn method(&self) -> &str {
        let method = match self.driver {
            Driver::Lambda => &self.input["requestContext"]["httpMethod"],
            Driver::Local | Driver::Authorizer => &self.input["method"],
        };
        method.as_str().unwrap_or_default()
    }

    /// The path of a local request, without its query string.
    pub fn path(&self) -> &str {
        let path = self.input["path"].as_str().unwrap_or_default();
        path.split('?').next().unwrap_or_default()
    }

    /// The value of a header, which is the last one of those whose names differ in case alone.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.input["headers"]
            .as_object()?
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .filter_map(|(_, value)| value.as_str())
            .next_back()
    }

    /// The body, decoded.
    pub fn body(&self) -> Vec<u8> {
        let body = self.input["body"].as_str().unwrap_or_default();
        if self.input["isBase64Encoded"] == true {
            return STANDARD.decode(body).unwrap_or_default();
        }
        body.as_bytes().to_vec()
    }

    /// The raw value of a placeholder.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let parameter = self.parameters.iter().find(|(known, _)| known == name);
        parameter.map(|(_, value)| value.as_str())
    }

    /// What the placeholders stand for; an error is the name of the first whose value is not UTF-8.
    pub fn decoded_parameters(&self) -> Result<Vec<(&str, String)>, &str> {
        self.parameters
            .iter()
            .map(|(name, raw)| match percent_decode_str(raw).decode_utf8() {
                Ok(value) => Ok((name.as_str(), value.into_owned())),
                Err(_) => Err(name.as_str()),
            })
            .collect()
    }
}
