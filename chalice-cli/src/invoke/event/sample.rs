//! One maker of events per source. What the options leave out is the function's.

use std::time::SystemTime;

use bytes::Bytes;
use chalice_core::event_source::schedule::FiringTime;
use chalice_core::manifest::model::{Function, FunctionKind};
use chalice_events::{self as events, DynamoDbChange, KinesisData, SqsMessage};
use http::{Method, Request, Uri};
use serde_json::{Value, json};

use super::{EventError, EventOptions, Made, Source};

/// Makes the event of that source, from options that belong to it.
pub(super) fn make(
    source: Source,
    options: &EventOptions,
    function: &Function,
) -> Result<Made, EventError> {
    let kind = &function.kind;
    Ok(Made::Event(match source {
        Source::S3 => s3(options, kind),
        Source::Sns => sns(options, kind),
        Source::Sqs => sqs(options, kind),
        Source::Kinesis => kinesis(options, kind),
        Source::Dynamodb => dynamodb(options, kind),
        Source::Cloudwatch => cloudwatch(options, kind)?,
        Source::Schedule => schedule(options, function),
        Source::Websocket => websocket(options, kind)?,
        Source::Http => return request(options).map(|request| Made::Request(Box::new(request))),
    }))
}

fn s3(options: &EventOptions, kind: &FunctionKind) -> Value {
    let own = match kind {
        FunctionKind::S3(s3) => Some(s3.bucket.as_str()),
        _ => None,
    };
    let bucket = options.bucket.as_deref().or(own).unwrap_or("bucket-name");
    let mut event = events::s3(bucket, options.key.as_deref().unwrap_or_default());
    if let Some(name) = &options.event_name {
        // Settings of notifications have the prefix, and the notifications do not.
        event = event.event_name(name.strip_prefix("s3:").unwrap_or(name));
    }
    if let Some(size) = options.size {
        event = event.size(size);
    }
    event.into()
}

fn sns(options: &EventOptions, kind: &FunctionKind) -> Value {
    let own = match kind {
        FunctionKind::Sns(sns) => sns.topic.as_deref().or_else(|| last_of(&sns.topic_arn)),
        _ => None,
    };
    let mut event =
        events::sns(options.message.as_deref().unwrap_or_default()).attributes(json!({}));
    if let Some(subject) = &options.subject {
        event = event.subject(subject);
    }
    if let Some(topic) = options.topic.as_deref().or(own) {
        event = event.topic(topic);
    }
    for (name, value) in &options.attribute {
        event = event.attribute(name, value);
    }
    event.into()
}

fn sqs(options: &EventOptions, kind: &FunctionKind) -> Value {
    let own = match kind {
        FunctionKind::Sqs(sqs) => sqs.queue.as_deref().or_else(|| last_of(&sqs.queue_arn)),
        _ => None,
    };
    let messages = options.body.iter().map(|body| {
        let mut message = SqsMessage::new(body.as_str());
        for (name, value) in &options.attribute {
            message = message.attribute(name, value);
        }
        match &options.group_id {
            Some(id) => message.group_id(id),
            None => message,
        }
    });
    let event = events::sqs(messages);
    match options.queue.as_deref().or(own) {
        Some(queue) => event.queue(queue).into(),
        None => event.into(),
    }
}

fn kinesis(options: &EventOptions, kind: &FunctionKind) -> Value {
    let own = match kind {
        FunctionKind::Kinesis(kinesis) => Some(kinesis.stream.as_str()),
        _ => None,
    };
    let event = events::kinesis(options.data.iter().map(|data| {
        let data = KinesisData::from(data.as_str());
        match &options.partition_key {
            Some(key) => data.partition_key(key),
            None => data,
        }
    }));
    match options.stream.as_deref().or(own) {
        Some(stream) => event.stream(stream).into(),
        None => event.into(),
    }
}

fn dynamodb(options: &EventOptions, kind: &FunctionKind) -> Value {
    let own = match kind {
        // arn:aws:dynamodb:us-east-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000
        FunctionKind::Dynamodb(dynamodb) => dynamodb.stream_arn.split('/').nth(1),
        _ => None,
    };
    let change = match (&options.old_image, &options.new_image) {
        (Some(old), Some(new)) => DynamoDbChange::modify(old, new),
        (Some(old), None) => DynamoDbChange::remove(old),
        (None, new) => DynamoDbChange::insert(new.clone().unwrap_or_default()),
    };
    let change = match &options.keys {
        Some(keys) => change.keys(keys),
        None => change,
    };
    let event = events::dynamodb([change]);
    match options.table.as_deref().or(own) {
        Some(table) => event.table(table).into(),
        None => event.into(),
    }
}

fn cloudwatch(options: &EventOptions, kind: &FunctionKind) -> Result<Value, EventError> {
    // The first text that the function's pattern accepts, if it lists texts.
    let accepted = |name: &str| match kind {
        FunctionKind::Cloudwatch(rule) => rule.pattern.get(name)?.get(0)?.as_str(),
        _ => None,
    };
    let missing = |option, meaning| EventError::Missing {
        of: Source::Cloudwatch.name(),
        option,
        meaning,
    };
    let source = options
        .source
        .as_deref()
        .or_else(|| accepted("source"))
        .ok_or(missing("--source", "who says that something happened"))?;
    let detail_type = options
        .detail_type
        .as_deref()
        .or_else(|| accepted("detail-type"))
        .ok_or(missing("--detail-type", "what kind of thing happened"))?;
    let detail = Value::Object(options.detail.clone().unwrap_or_default());
    let event = events::cloudwatch(source, detail_type, detail).resources(&options.resource);
    Ok(at(event, options))
}

fn schedule(options: &EventOptions, function: &Function) -> Value {
    let rule = options.rule.as_deref().unwrap_or(&function.name);
    at(events::schedule(rule), options)
}

/// The event at the time of the options, or now.
fn at(event: events::CloudWatch, options: &EventOptions) -> Value {
    let now = || FiringTime::from(SystemTime::now()).rfc_3339();
    match options.time.clone().or_else(now) {
        Some(time) => event.time(&time).into(),
        None => event.into(),
    }
}

fn websocket(options: &EventOptions, kind: &FunctionKind) -> Result<Value, EventError> {
    let own = match kind {
        FunctionKind::Websocket(websocket) => Some(websocket.route_key.as_str()),
        _ => None,
    };
    let key = match options.route_key.as_deref().or(own) {
        Some("connect") => "$connect",
        Some("disconnect") => "$disconnect",
        Some("message") | None => "$default",
        Some(key) => key,
    };
    let connection = options.connection_id.as_deref().unwrap_or("connection-1");
    let not_of = |option, known: &str| EventError::NotOf {
        option,
        of: "websocket",
        known: format!("{known} for the route `{key}`"),
    };
    let mut event = match key {
        "$connect" | "$disconnect" if !options.body.is_empty() => {
            let known = "`--connection-id`, and for `$connect` `--header` and `--query`,";
            return Err(not_of("--body", known));
        }
        "$connect" => events::websocket_connect(connection),
        _ if !options.header.is_empty() => {
            return Err(not_of("--header", "`--connection-id` and `--body`"));
        }
        _ if !options.query.is_empty() => {
            return Err(not_of("--query", "`--connection-id` and `--body`"));
        }
        "$disconnect" => events::websocket_disconnect(connection),
        key => {
            let body = options.body.first().map_or("", String::as_str);
            events::websocket_message(connection, body).route_key(key)
        }
    };
    for (name, value) in &options.header {
        event = event.header(name, value);
    }
    for (name, value) in &options.query {
        event = event.query(name, value);
    }
    Ok(event.into())
}

fn request(options: &EventOptions) -> Result<Request<Bytes>, EventError> {
    let path = options.path.as_deref().unwrap_or("/");
    let refused = |reason: String| EventError::Path {
        path: path.to_owned(),
        reason,
    };
    if !path.starts_with('/') {
        return Err(refused("it starts with `/`".to_owned()));
    }
    let uri: Uri = path
        .parse()
        .map_err(|error: http::uri::InvalidUri| refused(error.to_string()))?;
    let body = options.body.first().cloned().unwrap_or_default();
    let mut request = Request::new(Bytes::from(body));
    *request.method_mut() = options.method.clone().unwrap_or(Method::GET);
    *request.uri_mut() = uri;
    for (name, value) in &options.header {
        // The options' parser has made sure of both.
        if let (Ok(name), Ok(value)) = (
            http::HeaderName::try_from(name),
            http::HeaderValue::try_from(value),
        ) {
            request.headers_mut().append(name, value);
        }
    }
    Ok(request)
}

/// The name at the end of an ARN.
fn last_of(arn: &Option<String>) -> Option<&str> {
    arn.as_deref()?.rsplit(':').next()
}
