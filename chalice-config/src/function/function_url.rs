//! `function_url`: an HTTPS endpoint of a function alone, without API Gateway.

use serde_json::{Value, json};

use crate::{
    Problem, Refusal,
    reading::{Given, Setting, words},
};

words! {
    /// Who may call the URL.
    pub enum AuthType: "the kinds of authorization of function URLs" {
        /// Everybody.
        None = "NONE",
        /// Whoever IAM permits `lambda:InvokeFunctionUrl`, with signed requests.
        AwsIam = "AWS_IAM",
    }
}

words! {
    /// How the URL answers.
    pub enum InvokeMode: "the modes of function URLs" {
        /// When the answer is whole.
        Buffered = "BUFFERED",
        /// While the answer is made.
        ResponseStream = "RESPONSE_STREAM",
    }
}

/// A function's URL (AWS Lambda, "Creating and managing Lambda function URLs").
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FunctionUrl {
    /// Who may call it. It has no default, because one of the two opens the function to everybody.
    pub auth_type: AuthType,
    /// How it answers; without, it streams if the app does.
    pub invoke_mode: Option<InvokeMode>,
    /// CORS as the URL itself does it; without, the app's own.
    pub cors: Option<FunctionUrlCors>,
}

/// CORS of a function URL (AWS Lambda, "Cors").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FunctionUrlCors {
    /// Whether pages may send credentials.
    pub allow_credentials: bool,
    /// The headers that pages may send.
    pub allow_headers: Vec<String>,
    /// The methods that pages may use.
    pub allow_methods: Vec<String>,
    /// The origins of these pages; `*` is any.
    pub allow_origins: Vec<String>,
    /// The headers that pages may read.
    pub expose_headers: Vec<String>,
    /// For how many seconds browsers may remember all that, at most 86,400.
    pub max_age: Option<u32>,
}

/// A list of CORS: its key, how many elements AWS takes, and how long they may be.
const LISTS: [(&str, usize, usize); 4] = [
    ("allow_headers", 100, 1024),
    ("allow_methods", 6, 6),
    ("allow_origins", 100, 253),
    ("expose_headers", 100, 1024),
];
const MAX_AGE: u32 = 86_400;

impl Setting for FunctionUrl {
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<FunctionUrl> {
        let section = given.section(problems)?;
        section.no_keys_but(&["auth_type", "invoke_mode", "cors"], problems);
        let invoke_mode = section.setting("invoke_mode", problems);
        let cors = section.setting("cors", problems);
        let refusal = Refusal::new(
            "whether everybody may call the function is not left to a default",
            "write \"AWS_IAM\" for signed requests alone, or \"NONE\" for everybody",
        );
        Some(FunctionUrl {
            auth_type: section.required("auth_type", refusal, problems)?,
            invoke_mode,
            cors,
        })
    }

    fn schema() -> Value {
        json!({
            "type": "object",
            "properties": {
                "auth_type": <AuthType as Setting>::schema(),
                "invoke_mode": <InvokeMode as Setting>::schema(),
                "cors": FunctionUrlCors::schema(),
            },
            "required": ["auth_type"],
            "additionalProperties": false,
        })
    }
}

impl Setting for FunctionUrlCors {
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<FunctionUrlCors> {
        let section = given.section(problems)?;
        let mut keys = vec!["allow_credentials", "max_age"];
        keys.extend(LISTS.map(|(key, ..)| key));
        section.no_keys_but(&keys, problems);
        let [allow_headers, allow_methods, allow_origins, expose_headers] =
            LISTS.map(|(key, elements, length)| {
                let list = section.given(key);
                list.and_then(|list| texts(&list, elements, length, problems))
            });
        let cors = FunctionUrlCors {
            allow_credentials: section
                .setting("allow_credentials", problems)
                .unwrap_or_default(),
            allow_headers: allow_headers.unwrap_or_default(),
            allow_methods: allow_methods.unwrap_or_default(),
            allow_origins: allow_origins.unwrap_or_default(),
            expose_headers: expose_headers.unwrap_or_default(),
            max_age: section
                .given("max_age")
                .and_then(|age| max_age(&age, problems)),
        };
        if cors.allow_credentials && cors.allow_origins.iter().any(|origin| origin == "*") {
            let refusal = Refusal::new(
                "browsers refuse credentials where every origin is allowed, and so does AWS Lambda",
                "list the origins, or leave `allow_credentials` out",
            );
            given.refuse(refusal, problems);
            return None;
        }
        Some(cors)
    }

    fn schema() -> Value {
        let mut properties = json!({
            "allow_credentials": <bool as Setting>::schema(),
            "max_age": { "type": "integer", "minimum": 0, "maximum": MAX_AGE },
        });
        for (key, elements, length) in LISTS {
            let text = json!({ "type": "string", "minLength": 1, "maxLength": length });
            properties[key] = json!({ "type": "array", "items": text, "maxItems": elements });
        }
        json!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}

fn texts(
    given: &Given<'_>,
    max: usize,
    length: usize,
    problems: &mut Vec<Problem>,
) -> Option<Vec<String>> {
    let elements = given.elements("texts", problems)?;
    let texts: Option<Vec<String>> = elements
        .iter()
        .map(|element| element.value.as_str())
        .map(|text| text.filter(|text| (1..=length).contains(&text.len())))
        .map(|text| text.map(str::to_owned))
        .collect();
    let texts = texts.filter(|texts| texts.len() <= max);
    if texts.is_none() {
        let refusal = Refusal::new(
            format!("AWS Lambda takes at most {max} texts here, of 1 to {length} characters each"),
            "write such a list",
        );
        given.refuse(refusal, problems);
    }
    texts
}

fn max_age(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<u32> {
    let age = given
        .value
        .as_u64()
        .and_then(|age| u32::try_from(age).ok())
        .filter(|age| *age <= MAX_AGE);
    if age.is_none() {
        let refusal = Refusal::new(
            format!("AWS Lambda takes a whole number of seconds from 0 to {MAX_AGE}"),
            "write such a number without quotes",
        );
        given.refuse(refusal, problems);
    }
    age
}
