//! In what two outputs differ.

use serde_json::Value;

use crate::{
    json_equality::equal,
    output::{Answer, Output},
};

/// In what the outputs differ, one line each; none when they agree.
///
/// Header names have no case, repeated headers have all their values, bodies
/// are compared as JSON where both are JSON. Two failed invocations agree,
/// whatever the languages call the error.
pub fn differences(expected: &Output, found: &Output) -> Vec<String> {
    match (expected, found) {
        (Output::Answer(expected), Output::Answer(found)) => answers(expected, found),
        (Output::Policy(expected), Output::Policy(found)) => {
            difference("policy", equal(expected, found), expected, found)
                .into_iter()
                .collect()
        }
        (Output::Failure { .. }, Output::Failure { .. }) => Vec::new(),
        _ => vec![format!("{} != {}", short(expected), short(found))],
    }
}

fn answers(expected: &Answer, found: &Answer) -> Vec<String> {
    let mut differences = Vec::new();
    differences.extend(difference(
        "status",
        expected.status == found.status,
        expected.status,
        found.status,
    ));
    let names = expected.headers.keys().chain(
        found
            .headers
            .keys()
            .filter(|name| !expected.headers.contains_key(*name)),
    );
    for name in names {
        let values = |answer: &Answer| answer.headers.get(name).cloned().unwrap_or_default();
        let (expected, found) = (values(expected), values(found));
        let what = format!("header {name}");
        differences.extend(difference(
            &what,
            expected == found,
            format!("{expected:?}"),
            format!("{found:?}"),
        ));
    }
    differences.extend(difference(
        "base64",
        expected.base64 == found.base64,
        expected.base64,
        found.base64,
    ));
    let same_body = expected.body == found.body
        || match (expected.json(), found.json()) {
            (Some(expected), Some(found)) => equal(&expected, &found),
            _ => false,
        };
    differences.extend(difference(
        "body",
        same_body,
        expected.body.escape_ascii(),
        found.body.escape_ascii(),
    ));
    differences
}

fn difference(
    what: &str,
    same: bool,
    expected: impl std::fmt::Display,
    found: impl std::fmt::Display,
) -> Option<String> {
    (!same).then(|| format!("{what}: {expected} != {found}"))
}

/// The output on one line.
pub fn short(output: &Output) -> String {
    match output {
        Output::Answer(answer) => {
            let headers: Vec<String> = answer
                .headers
                .iter()
                .map(|(name, values)| format!("{name}: {}", values.join(" | ")))
                .collect();
            format!(
                "{} [{}] {}{}",
                answer.status,
                headers.join("; "),
                if answer.base64 { "(base64) " } else { "" },
                answer.body.escape_ascii()
            )
        }
        Output::Policy(Value::Null) => "no policy".to_owned(),
        Output::Policy(policy) => policy.to_string(),
        Output::Failure { kind, message } => format!("failure {kind}: {message}"),
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use serde_json::json;

    use super::*;

    fn answer(result: Value) -> Output {
        Output::Answer(Answer::of_function(&result).unwrap())
    }

    #[test]
    fn what_makes_no_difference() {
        let left = answer(json!({
            "statusCode": 200, "body": "{\"a\": 1, \"b\": \"\\u00e9\"}", "isBase64Encoded": false,
            "headers": { "X-A": "1", "Content-Type": "application/json", "Allow": "GET, POST" },
            "multiValueHeaders": { "Set-Cookie": ["a=1", "b=2"] },
        }));
        let right = answer(json!({
            "statusCode": 200, "body": "{\"b\":\"é\",\"a\":1.0}",
            "headers": { "x-a": "1", "allow": "POST,GET" },
            "multiValueHeaders": { "set-cookie": ["a=1", "b=2"] },
        }));
        assert_eq!(differences(&left, &right), [""; 0]);
        let empty = |body: Value| answer(json!({ "statusCode": 200, "body": body }));
        assert_eq!(differences(&empty(Value::Null), &empty(json!(""))), [""; 0]);
    }

    #[test]
    fn each_difference_is_a_line() {
        let left = answer(json!({
            "statusCode": 200, "body": "eA==", "isBase64Encoded": true,
            "multiValueHeaders": { "set-cookie": ["a=1", "b=2"] }, "headers": { "x-a": "1" },
        }));
        let right = answer(json!({
            "statusCode": 404, "body": "y", "headers": { "set-cookie": "a=1", "x-b": "2" },
        }));
        assert_eq!(
            differences(&left, &right),
            [
                "status: 200 != 404",
                r#"header set-cookie: ["a=1", "b=2"] != ["a=1"]"#,
                r#"header x-a: ["1"] != []"#,
                r#"header x-b: [] != ["2"]"#,
                "base64: true != false",
                "body: x != y",
            ]
        );
    }

    #[test]
    fn kinds_of_outputs_differ() {
        let failure = |kind: &str| Output::Failure {
            kind: kind.to_owned(),
            message: "m".to_owned(),
        };
        assert!(differences(&failure("KeyError"), &failure("Chalice.Panic")).is_empty());
        let answer = Output::Answer(Answer {
            status: 200,
            body: Bytes::from("x"),
            ..Answer::default()
        });
        assert_eq!(
            differences(&failure("KeyError"), &answer),
            ["failure KeyError: m != 200 [] x"]
        );
        let policy = |value| Output::Policy(value);
        assert_eq!(
            differences(&policy(Value::Null), &policy(json!(1))),
            ["policy: null != 1"]
        );
    }
}
