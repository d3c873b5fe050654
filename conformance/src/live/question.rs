//! An input, and what follows from it: the route that it is for, the values in its path.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::case::Driver;

use super::routes::KnownRoute;

/// An input, and what follows from it.
#[derive(Clone, Debug)]
pub struct Question {
    /// How it gets to the app.
    pub driver: Driver,
    /// Whether the app is in debug mode.
    pub debug: bool,
    /// The input.
    pub input: Value,
    /// The route whose path it has; `None` for a path that the app lacks.
    pub route: Option<KnownRoute>,
    /// What the placeholders of the route's path stand for, percent-encoded, in their order.
    pub parameters: Vec<(String, String)>,
}

impl Question {
    /// What follows from an input, for an app with these routes.
    pub fn new(driver: Driver, debug: bool, input: Value, routes: &[KnownRoute]) -> Question {
        let mut question = Question {
            driver,
            debug,
            input,
            route: None,
            parameters: Vec::new(),
        };
        match driver {
            Driver::Authorizer => {}
            Driver::Lambda => {
                let path = question.input["requestContext"]["resourcePath"].as_str();
                let route = routes
                    .iter()
                    .find(|route| Some(route.path.as_str()) == path);
                question.route = route.cloned();
                let values = &question.input["pathParameters"];
                let placeholders = route.into_iter().flat_map(KnownRoute::placeholders);
                question.parameters = placeholders
                    .filter_map(|(name, _)| {
                        Some((name.to_owned(), values[name].as_str()?.to_owned()))
                    })
                    .collect();
            }
            Driver::Local => {
                let path = question.path();
                let path = path
                    .strip_suffix('/')
                    .filter(|rest| !["", "/"].contains(rest))
                    .unwrap_or(path);
                let found = routes
                    .iter()
                    .filter_map(|route| Some((route, route.values(path)?)))
                    // A literal segment goes before a placeholder.
                    .min_by_key(|(_, values)| values.len());
                if let Some((route, values)) = found {
                    let names = route.placeholders().map(|(name, _)| name.to_owned());
                    question.parameters = names.zip(values).collect();
                    question.route = Some(route.clone());
                }
            }
        }
        question
    }

    /// Whether it has a path of this route.
    pub fn is_for(&self, route: &str) -> bool {
        self.route.as_ref().is_some_and(|known| known.path == route)
    }

    /// Whether its path is known, and has its method.
    pub fn has_route(&self) -> bool {
        let has = |route: &KnownRoute| route.methods.iter().any(|method| method == self.method());
        self.route.as_ref().is_some_and(has)
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

    /// The body, decoded; `None` when it is said to be base64, and is not.
    pub fn body(&self) -> Option<Vec<u8>> {
        let body = self.input["body"].as_str().unwrap_or_default();
        if self.input["isBase64Encoded"] == true {
            return STANDARD.decode(body).ok();
        }
        Some(body.as_bytes().to_vec())
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

    /// The claims of the JSON Web Token in the header `Authorization`, if it is one.
    pub fn claims(&self) -> Option<Map<String, Value>> {
        let parts: Vec<&str> = self.header("authorization")?.split('.').collect();
        let [_, payload, _] = parts[..] else {
            return None;
        };
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::live::routes::routes;

    fn local(path: &str) -> (Option<String>, Vec<(String, String)>) {
        let input = json!({ "method": "GET", "path": path, "headers": {}, "body": null });
        let question = Question::new(Driver::Local, false, input, &routes());
        (question.route.map(|route| route.path), question.parameters)
    }

    #[test]
    fn paths_lead_to_routes() {
        let found = |route: &str, values: &[(&str, &str)]| {
            let values = values
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            (Some(route.to_owned()), values.collect::<Vec<_>>())
        };
        assert_eq!(local("/"), found("/", &[]));
        assert_eq!(local("/?a=/b"), found("/", &[]));
        assert_eq!(local("/foo/bar/"), found("/foo/bar", &[]));
        assert_eq!(local("/foo/x%20y"), found("/foo/{p}", &[("p", "x%20y")]));
        assert_eq!(local("/foo//"), found("/foo/{p}", &[("p", "")]));
        assert_eq!(
            local("/greedy/a/b"),
            found("/greedy/{proxy+}", &[("proxy", "a/b")])
        );
        for path in ["/nope", "//", "//foo/bar", "/greedy", "/echo/a/y/b"] {
            assert_eq!(local(path), (None, Vec::new()), "{path}");
        }
    }

    #[test]
    fn events_name_their_routes() {
        let input = json!({
            "requestContext": { "httpMethod": "PUT", "resourcePath": "/echo/{a}/x/{b}" },
            "pathParameters": { "b": "2", "a": "1" },
        });
        let question = Question::new(Driver::Lambda, false, input, &routes());
        assert!(question.is_for("/echo/{a}/x/{b}") && question.has_route());
        let expected =
            [("a", "1"), ("b", "2")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(question.parameters, expected);
    }
}
