//! The options that say what an event is to hold.

use clap::Args;
use serde_json::{Map, Value};

use super::Source;

/// The event, made from what the options say.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Events (see the examples below for what each source takes)")]
pub(crate) struct EventOptions {
    /// The source whose event is made [default: the one of the function].
    #[arg(long, value_name = "SOURCE")]
    pub(super) event: Option<Source>,
    /// s3: the bucket [default: the function's].
    #[arg(long, value_name = "NAME")]
    pub(super) bucket: Option<String>,
    /// s3: the object's key, as SDKs take it.
    #[arg(long, value_name = "KEY")]
    pub(super) key: Option<String>,
    /// s3: what happened [default: ObjectCreated:Put].
    #[arg(long, value_name = "NAME")]
    pub(super) event_name: Option<String>,
    /// s3: the object's size in bytes [default: 0].
    #[arg(long, value_name = "BYTES")]
    pub(super) size: Option<u64>,
    /// sns: the message.
    #[arg(long, value_name = "TEXT")]
    pub(super) message: Option<String>,
    /// sns: the subject.
    #[arg(long, value_name = "TEXT")]
    pub(super) subject: Option<String>,
    /// sns: the topic's name [default: the function's].
    #[arg(long, value_name = "NAME")]
    pub(super) topic: Option<String>,
    /// sns, sqs: an attribute of the messages, of type String; repeatable.
    #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
    pub(super) attribute: Vec<(String, String)>,
    /// sqs: a message, repeatable. websocket, http: the body.
    #[arg(long, value_name = "TEXT")]
    pub(super) body: Vec<String>,
    /// sqs: the queue's name [default: the function's].
    #[arg(long, value_name = "NAME")]
    pub(super) queue: Option<String>,
    /// sqs: the messages' group in a FIFO queue.
    #[arg(long, value_name = "ID")]
    pub(super) group_id: Option<String>,
    /// kinesis: the data of a record; repeatable.
    #[arg(long, value_name = "TEXT")]
    pub(super) data: Vec<String>,
    /// kinesis: the stream's name [default: the function's].
    #[arg(long, value_name = "NAME")]
    pub(super) stream: Option<String>,
    /// kinesis: the records' partition key [default: 1].
    #[arg(long, value_name = "KEY")]
    pub(super) partition_key: Option<String>,
    /// dynamodb: the item after the change; without an old image, it is new.
    #[arg(long, value_name = "JSON", value_parser = object)]
    pub(super) new_image: Option<Map<String, Value>>,
    /// dynamodb: the item before the change; without a new image, it is gone.
    #[arg(long, value_name = "JSON", value_parser = object)]
    pub(super) old_image: Option<Map<String, Value>>,
    /// dynamodb: the item's primary key [default: {}].
    #[arg(long, value_name = "JSON", value_parser = object)]
    pub(super) keys: Option<Map<String, Value>>,
    /// dynamodb: the table's name [default: the function's].
    #[arg(long, value_name = "NAME")]
    pub(super) table: Option<String>,
    /// cloudwatch: who says that something happened [default: what the function's pattern asks for].
    #[arg(long, value_name = "NAME")]
    pub(super) source: Option<String>,
    /// cloudwatch: what kind of thing happened [default: what the function's pattern asks for].
    #[arg(long, value_name = "TEXT")]
    pub(super) detail_type: Option<String>,
    /// cloudwatch: what happened [default: {}].
    #[arg(long, value_name = "JSON", value_parser = object)]
    pub(super) detail: Option<Map<String, Value>>,
    /// cloudwatch: the ARN of what it happened to; repeatable.
    #[arg(long, value_name = "ARN")]
    pub(super) resource: Vec<String>,
    /// cloudwatch, schedule: when, such as 2026-11-23T18:00:00Z [default: now].
    #[arg(long, value_name = "TIME")]
    pub(super) time: Option<String>,
    /// schedule: the rule's name [default: the function's].
    #[arg(long, value_name = "NAME")]
    pub(super) rule: Option<String>,
    /// websocket: connect, disconnect, message (for $connect, $disconnect, $default) or the value
    /// of a message's action [default: the function's].
    #[arg(long, value_name = "KEY")]
    pub(super) route_key: Option<String>,
    /// websocket: the connection [default: connection-1].
    #[arg(long, value_name = "ID")]
    pub(super) connection_id: Option<String>,
    /// websocket, http: a header; repeatable.
    #[arg(long, value_name = "NAME:VALUE", value_parser = header)]
    pub(super) header: Vec<(String, String)>,
    /// websocket: a parameter of the query string with which a client connects; repeatable.
    #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
    pub(super) query: Vec<(String, String)>,
    /// http: the method [default: GET].
    #[arg(long, value_name = "METHOD")]
    pub(super) method: Option<http::Method>,
    /// http: the path, with its query string if there is one [default: /].
    #[arg(long, value_name = "PATH")]
    pub(super) path: Option<String>,
}

impl EventOptions {
    /// The options that are given, beside `--event`.
    pub(super) fn given(&self) -> impl Iterator<Item = &'static str> {
        [
            ("--bucket", self.bucket.is_some()),
            ("--key", self.key.is_some()),
            ("--event-name", self.event_name.is_some()),
            ("--size", self.size.is_some()),
            ("--message", self.message.is_some()),
            ("--subject", self.subject.is_some()),
            ("--topic", self.topic.is_some()),
            ("--attribute", !self.attribute.is_empty()),
            ("--body", !self.body.is_empty()),
            ("--queue", self.queue.is_some()),
            ("--group-id", self.group_id.is_some()),
            ("--data", !self.data.is_empty()),
            ("--stream", self.stream.is_some()),
            ("--partition-key", self.partition_key.is_some()),
            ("--new-image", self.new_image.is_some()),
            ("--old-image", self.old_image.is_some()),
            ("--keys", self.keys.is_some()),
            ("--table", self.table.is_some()),
            ("--source", self.source.is_some()),
            ("--detail-type", self.detail_type.is_some()),
            ("--detail", self.detail.is_some()),
            ("--resource", !self.resource.is_empty()),
            ("--time", self.time.is_some()),
            ("--rule", self.rule.is_some()),
            ("--route-key", self.route_key.is_some()),
            ("--connection-id", self.connection_id.is_some()),
            ("--header", !self.header.is_empty()),
            ("--query", !self.query.is_empty()),
            ("--method", self.method.is_some()),
            ("--path", self.path.is_some()),
        ]
        .into_iter()
        .filter(|(_, given)| *given)
        .map(|(option, _)| option)
    }
}

/// `NAME=VALUE`
fn assignment(text: &str) -> Result<(String, String), String> {
    pair(text, '=').ok_or_else(|| "write NAME=VALUE".to_owned())
}

/// `NAME: VALUE`
fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = pair(text, ':').ok_or("write NAME:VALUE")?;
    http::HeaderName::try_from(&name).map_err(|_| "that is no name of a header")?;
    let value = value.trim();
    http::HeaderValue::try_from(value).map_err(|_| "that is no value of a header")?;
    Ok((name, value.to_owned()))
}

fn pair(text: &str, between: char) -> Option<(String, String)> {
    let (name, value) = text.split_once(between)?;
    (!name.is_empty()).then(|| (name.to_owned(), value.to_owned()))
}

/// A JSON object.
fn object(text: &str) -> Result<Map<String, Value>, String> {
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("a JSON object is needed, such as {\"id\": 17}".to_owned()),
        Err(error) => Err(format!("this is no JSON: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser, ValueEnum as _};

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        event: EventOptions,
    }

    /// An argument that the option takes.
    fn value_of(option: &str) -> &'static str {
        match option {
            "--size" => "7",
            "--attribute" | "--query" => "a=b",
            "--header" => "a:b",
            "--new-image" | "--old-image" | "--keys" | "--detail" => "{}",
            _ => "x",
        }
    }

    #[test]
    fn every_option_belongs_to_a_source_and_is_noticed() {
        let command = Line::command();
        let options = command
            .get_arguments()
            .filter_map(|argument| argument.get_long())
            .filter(|long| !["event", "help"].contains(long));
        let mut count = 0;
        for long in options {
            let option = format!("--{long}");
            let line = Line::parse_from(["x", &option, value_of(&option)]);
            assert_eq!(line.event.given().collect::<Vec<_>>(), [option.as_str()]);
            let sources = Source::value_variants();
            assert!(
                sources
                    .iter()
                    .any(|source| source.options().contains(&option.as_str())),
                "{option}"
            );
            count += 1;
        }
        let named = |source: &Source| source.to_possible_value().unwrap().get_name().to_owned();
        for source in Source::value_variants() {
            assert_eq!(named(source), source.name());
            for option in source.options() {
                let line = Line::try_parse_from(["x", option, value_of(option)]);
                assert_eq!(line.unwrap().event.given().count(), 1, "{option}");
            }
        }
        assert!(count > 20);
    }

    #[test]
    fn values_that_are_none() {
        for (option, value) in [
            ("--keys", "17"),
            ("--keys", "{"),
            ("--attribute", "a"),
            ("--attribute", "=b"),
            ("--header", "a b: c"),
            ("--header", "a: \u{1}"),
            ("--size", "-1"),
            ("--event", "mail"),
            ("--method", "GE T"),
        ] {
            let error = Line::try_parse_from(["x", &format!("{option}={value}")]).unwrap_err();
            assert!(error.to_string().contains(option), "{error}");
        }
    }
}
