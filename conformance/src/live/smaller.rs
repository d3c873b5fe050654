//! Inputs that are a little smaller.

use serde_json::Value;

/// The input without one of its parts, in every way; none when nothing is left to leave out.
pub fn inputs(input: &Value) -> Vec<Value> {
    let mut smaller = Vec::new();
    for name in ["body", "stageVariables", "multiValueQueryStringParameters"] {
        if input.get(name).is_some_and(|value| !value.is_null()) {
            let mut without = input.clone();
            without[name] = Value::Null;
            smaller.push(without);
        }
    }
    for name in ["multiValueHeaders", "resource", "httpMethod"] {
        smaller.extend(without_member(input, "", name));
    }
    // Of a local request, the path is where it goes.
    if input.get("requestContext").is_some() {
        smaller.extend(without_member(input, "", "path"));
        for name in members(input, "/requestContext") {
            if !["httpMethod", "resourcePath"].contains(&name.as_str()) {
                smaller.extend(without_member(input, "/requestContext", &name));
            }
        }
    } else {
        if let Some((path, _)) = input["path"].as_str().and_then(|path| path.split_once('?')) {
            let mut without = input.clone();
            without["path"] = path.into();
            smaller.push(without);
        }
    }
    for name in members(input, "/headers") {
        let mut without = input.clone();
        for map in ["/headers", "/multiValueHeaders"] {
            without = without_member(&without, map, &name).unwrap_or(without);
        }
        smaller.push(without);
    }
    smaller
}

fn members(input: &Value, object: &str) -> Vec<String> {
    match input.pointer(object) {
        Some(Value::Object(members)) => members.keys().cloned().collect(),
        _ => Vec::new(),
    }
}

fn without_member(input: &Value, object: &str, name: &str) -> Option<Value> {
    let mut without = input.clone();
    without.pointer_mut(object)?.as_object_mut()?.remove(name)?;
    Some(without)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What remains when everything is left out that `needed` does not need.
    fn least(mut input: Value, needed: impl Fn(&Value) -> bool) -> Value {
        while let Some(smaller) = inputs(&input).into_iter().find(|smaller| needed(smaller)) {
            input = smaller;
        }
        input
    }

    #[test]
    fn an_event_becomes_what_matters() {
        let event = json!({
            "requestContext": { "httpMethod": "GET", "resourcePath": "/", "identity": {}, "stage": "api" },
            "headers": { "X-A": "1", "X-B": "2" }, "multiValueHeaders": { "X-A": ["1"], "X-B": ["2"] },
            "body": "b", "stageVariables": { "a": "b" }, "multiValueQueryStringParameters": null,
            "pathParameters": null, "isBase64Encoded": false, "path": "/", "resource": "/", "httpMethod": "GET",
        });
        let needed = |event: &Value| event["headers"]["X-B"] == "2" && event["body"] == "b";
        assert_eq!(
            least(event, needed),
            json!({
                "requestContext": { "httpMethod": "GET", "resourcePath": "/" },
                "headers": { "X-B": "2" },
                "body": "b", "stageVariables": null, "multiValueQueryStringParameters": null,
                "pathParameters": null, "isBase64Encoded": false,
            })
        );
    }

    #[test]
    fn a_local_request_stays_one() {
        let request =
            json!({ "method": "GET", "path": "/a?b", "headers": { "X": "1" }, "body": "b" });
        assert_eq!(
            least(request, |_| true),
            json!({ "method": "GET", "path": "/a", "headers": {}, "body": null })
        );
        let event = json!({ "type": "TOKEN", "authorizationToken": "a", "methodArn": "b" });
        assert_eq!(least(event.clone(), |_| true), event);
    }
}
