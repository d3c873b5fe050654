//! The class with a method for each operation, and the types that belong to it.

use crate::{
    client::Client,
    comment::{documentation, paragraphs},
    identifier::{optional_member, property, quoted},
    operation::{Answer, Encoding, Operation, Parameter, PathPart, Place},
    types::{Member, Type},
};

/// Types of the class and of the language that the runtime does not mention.
pub(crate) const FRAME: &str = "ClientOptions Credentials ReadableStream";

/// What of a source is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Code with types.
    TypeScript,
    /// Code without types, as TypeScript's compiler would make it of the former.
    JavaScript,
    /// Types without code.
    Declarations,
}

/// The class.
pub(crate) fn class(client: &Client, form: Form) -> String {
    let description = client.settings.description.as_deref().unwrap_or_default();
    let about = format!("A client of the REST API `{}`.", client.app);
    let mut text = documentation(&paragraphs([&*about, description]), "");
    text.push_str(match form {
        Form::Declarations => "export declare class ",
        Form::TypeScript | Form::JavaScript => "export class ",
    });
    text.push_str(&format!("{} {{\n", client.class));
    text.push_str(&constructor(client, form));
    for operation in &client.operations {
        text.push_str(&method(client, operation, form));
    }
    text.push_str("}\n");
    text
}

fn constructor(client: &Client, form: Form) -> String {
    let url = client.settings.url.as_deref();
    let connection = match url {
        Some(url) => format!(
            "{{ ...options, baseUrl: options.baseUrl ?? {} }}",
            quoted(url)
        ),
        None => "options".to_owned(),
    };
    let default = if url.is_some() { " = {}" } else { "" };
    let mark = if url.is_some() { "?" } else { "" };
    let body = format!(" {{\n        this.#connection = {connection};\n    }}\n");
    match form {
        Form::TypeScript => format!(
            "    readonly #connection: Connection;\n    constructor(options: ClientOptions{default}){body}"
        ),
        Form::JavaScript => format!("    #connection;\n    constructor(options{default}){body}"),
        Form::Declarations => {
            format!("    #private;\n    constructor(options{mark}: ClientOptions);\n")
        }
    }
}

fn method(client: &Client, operation: &Operation, form: Form) -> String {
    let about = documentation(&about(client, operation), "    ");
    let name = &operation.name;
    let signature = signature(operation, form);
    match form {
        Form::Declarations => format!("{about}    {name}{signature};\n"),
        Form::TypeScript | Form::JavaScript => format!(
            "{about}    async {name}{signature} {{\n        return send(this.#connection, {{\n{}        }}, options);\n    }}\n",
            call(client, operation)
        ),
    }
}

/// What people should know of an operation.
fn about(client: &Client, operation: &Operation) -> String {
    let request = format!("`{} {}`", operation.method, operation.path);
    let body = match operation.body.as_ref().map(|body| &body.encoding) {
        Some(Encoding::Raw(types)) if !types.is_empty() => {
            format!("The body is `{}`.", types.join("` or `"))
        }
        Some(Encoding::Form(_)) => "The body is sent as a form.".to_owned(),
        _ => String::new(),
    };
    let mut needs: Vec<String> = Vec::new();
    if operation.needs_api_key {
        needs.push("`apiKey`".to_owned());
    }
    if operation.is_signed {
        needs.push("`sign`".to_owned());
    }
    let known = operation.credentials.iter();
    needs.extend(
        known
            .filter(|it| client.credentials.contains_key(*it))
            .map(|name| format!("`credentials.{name}`")),
    );
    let needs = match needs.is_empty() {
        true => String::new(),
        false => format!("Needs {}.", needs.join(" and ")),
    };
    let failures = match operation.failures.is_empty() {
        true => String::new(),
        false => format!(
            "@throws {{@link ApiError}} {}",
            operation
                .failures
                .join(", ")
                .replace("default", "any other status")
        ),
    };
    paragraphs([
        &*operation.summary,
        &operation.description,
        &request,
        &body,
        &needs,
        &failures,
    ])
}

fn signature(operation: &Operation, form: Form) -> String {
    // A compiler may ask that what is not used has such a name.
    let name = |name: &str, is_used: bool| match is_used || form == Form::Declarations {
        true => name.to_owned(),
        false => format!("_{name}"),
    };
    let params = name("params", operation.parameters_type.is_some());
    let body_name = name("body", operation.body.is_some());
    if form == Form::JavaScript {
        return format!("({params}, {body_name}, options)");
    }
    let body = match &operation.body {
        None => format!("{body_name}?: undefined"),
        Some(body) => {
            let kind = match &body.encoding {
                Encoding::Json { kind, .. } | Encoding::Form(kind) => kind.write("    "),
                Encoding::Raw(_) => "BinaryBody".to_owned(),
            };
            let mark = if body.is_required { "" } else { "?" };
            format!("{body_name}{mark}: {kind}")
        }
    };
    let kind = operation.parameters_type.as_deref().unwrap_or("NoParams");
    let is_required = operation.parameters.iter().any(|it| it.is_required);
    let is_followed = operation.body.as_ref().is_some_and(|it| it.is_required);
    let params = match (is_required, is_followed) {
        (true, _) => format!("{params}: {kind}"),
        (false, true) => format!("{params}: {kind} | undefined"),
        (false, false) => format!("{params}?: {kind}"),
    };
    let answer = match &operation.answer {
        Answer::Json(kind) => kind.write("    "),
        Answer::Text(_) => "string".to_owned(),
        Answer::Bytes => "Uint8Array".to_owned(),
        Answer::Stream => "ReadableStream<Uint8Array>".to_owned(),
        Answer::Any => "unknown".to_owned(),
        Answer::None => "undefined".to_owned(),
    };
    format!("({params}, {body}, options?: CallOptions): Promise<ApiResponse<{answer}>>")
}

/// The members of what is sent.
fn call(client: &Client, operation: &Operation) -> String {
    let (accept, answer) = match &operation.answer {
        Answer::Json(_) => ("application/json", "json"),
        Answer::Text(content_type) => (content_type.as_str(), "text"),
        // API Gateway turns base64 into bytes for those who ask for a binary type.
        Answer::Bytes => ("application/octet-stream", "bytes"),
        Answer::Stream => ("*/*", "stream"),
        Answer::Any => ("*/*", "any"),
        Answer::None => ("*/*", "none"),
    };
    let mut members = vec![
        ("operation", quoted(&operation.name)),
        ("method", quoted(operation.method)),
        ("path", path(operation)),
    ];
    let query: Vec<String> = operation.parameters.iter().filter_map(in_query).collect();
    if !query.is_empty() {
        members.push(("query", format!("[{}]", query.join(", "))));
    }
    if let Some(body) = &operation.body {
        let body = match &body.encoding {
            Encoding::Json { content_type, .. } => {
                format!("jsonBody({}, body)", quoted(content_type))
            }
            Encoding::Form(_) => "formBody(body)".to_owned(),
            Encoding::Raw(types) => match types.first() {
                Some(first) => format!("rawBody({}, body)", quoted(first)),
                None => "rawBody(undefined, body)".to_owned(),
            },
        };
        members.push(("body", body));
    }
    members.push(("accept", quoted(accept)));
    members.push(("answer", quoted(answer)));
    if operation.needs_api_key {
        members.push(("needsApiKey", "true".to_owned()));
    }
    let credentials: Vec<String> = operation
        .credentials
        .iter()
        .filter_map(|name| {
            let credential = client.credentials.get(name)?;
            let parts = [name, &credential.place, &credential.field].map(|it| quoted(it));
            Some(format!("[{}]", parts.join(", ")))
        })
        .collect();
    if !credentials.is_empty() {
        members.push(("credentials", format!("[{}]", credentials.join(", "))));
    }
    if operation.is_signed {
        members.push(("isSigned", "true".to_owned()));
    }
    let lines = members
        .into_iter()
        .map(|(name, value)| format!("            {name}: {value},\n"));
    lines.collect()
}

fn path(operation: &Operation) -> String {
    let value = |name: &str| {
        let value = optional_member("params", name);
        format!("({}, {value})", quoted(name))
    };
    let parts = operation.parts.iter().map(|part| match part {
        PathPart::Literal(text) => quoted(text),
        PathPart::Segment(name) => format!("segment{}", value(name)),
        PathPart::Rest(name) => format!("rest{}", value(name)),
    });
    parts.collect::<Vec<String>>().join(" + ")
}

fn in_query(parameter: &Parameter) -> Option<String> {
    let value = optional_member("params", &parameter.property);
    match &parameter.place {
        Place::Path => None,
        Place::Query(name) => Some(format!("[{}, {value}]", quoted(name))),
        Place::QueryMembers => Some(format!("...Object.entries({value} ?? {{}})")),
    }
}

/// The types of the class's settings and parameters, and those of the app.
pub(crate) fn types(client: &Client) -> String {
    let mut parts = vec![options(client)];
    if !client.credentials.is_empty() {
        parts.push(credentials(client));
    }
    for operation in &client.operations {
        let Some(name) = &operation.parameters_type else {
            continue;
        };
        let members = operation.parameters.iter().map(|parameter| Member {
            name: parameter.property.clone(),
            is_optional: !parameter.is_required,
            documentation: parameter.documentation.clone(),
            kind: match parameter.is_required {
                true => parameter.kind.clone(),
                false => parameter.kind.clone().or_undefined(),
            },
        });
        let object = Type::Object {
            members: members.collect(),
            index: None,
        };
        let about = format!("The parameters of `{}`.", operation.name);
        parts.push(object.declare(name, &about));
    }
    let definitions = client.definitions.iter();
    parts.extend(definitions.map(|it| it.kind.declare(&it.name, &it.documentation)));
    parts.join("\n")
}

fn options(client: &Client) -> String {
    let stage = &client.settings.api_gateway_stage;
    let example = format!("https://REST_API_ID.execute-api.us-east-1.amazonaws.com/{stage}");
    let mut text = "/** Where the API is, and what is sent with requests. */\nexport interface ClientOptions {\n".to_owned();
    let mut member = |about: &str, declaration: &str| {
        text.push_str(&documentation(about, "    "));
        text.push_str(&format!("    readonly {declaration};\n"));
    };
    match &client.settings.url {
        Some(url) => member(
            &format!("The URL of the API.\n\n@defaultValue `{url}`"),
            "baseUrl?: string | undefined",
        ),
        None => member(
            &format!("The URL of the API, such as `{example}`."),
            "baseUrl: string",
        ),
    }
    member(
        "Headers of every request.",
        "headers?: Readonly<Record<string, string>> | undefined",
    );
    if client.has(|it| it.needs_api_key) {
        member(
            "The API key, for the operations that need one.",
            "apiKey?: Credential | undefined",
        );
    }
    if !client.credentials.is_empty() {
        member(
            "What shows who sends a request, for the operations that need it.",
            "credentials?: Credentials | undefined",
        );
    }
    if client.has(|it| it.is_signed) {
        member(
            "Signs requests with AWS Signature Version 4, for the service `execute-api`, where an operation needs that.",
            "sign?: Signer | undefined",
        );
    }
    member(
        "What sends requests, instead of the global `fetch`.",
        "fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined",
    );
    text.push_str("}\n");
    text
}

fn credentials(client: &Client) -> String {
    let mut text =
        "/** What shows who sends a request, by the authorizers that judge it. */\nexport interface Credentials {\n"
            .to_owned();
    for (name, credential) in &client.credentials {
        let place = match credential.place.as_str() {
            "query" => format!("The member `{}` of the query string.", credential.field),
            _ => format!("The header `{}`.", credential.field),
        };
        let about = paragraphs([&*credential.documentation, &place]);
        text.push_str(&documentation(&about, "    "));
        let name = property(name);
        text.push_str(&format!("    readonly {name}?: Credential | undefined;\n"));
    }
    text.push_str("}\n");
    text
}
