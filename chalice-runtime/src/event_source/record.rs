//! From a record, as its source sends it, to the argument of a handler.

use std::{error::Error, fmt};

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::{RecordError, Source, json};
use crate::Json;

/// What a handler takes that is called once per record.
///
/// The parameter `R` is the record as its source sends it. Of each source there
/// is a type of record, some with a body of a type that you choose:
///
/// ```
/// use chalice_runtime::{FromRecord, Json, RecordError, SqsRecord};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Order {
///     article: String,
/// }
///
/// fn article(record: SqsRecord) -> Result<String, RecordError> {
///     let record: SqsRecord<Json<Order>> = FromRecord::from_record(record)?;
///     Ok(record.into_body().into_inner().article)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a handler that is called once per record cannot take a `{Self}`: the source's records are `{R}`",
    label = "not made from a `{R}`",
    note = "per record, handlers take: Amazon S3 `S3Record`; Amazon SNS `SnsRecord`, `SnsRecord<Json<T>>`; Amazon SQS \
            `SqsRecord`, `SqsRecord<Json<T>>`; Amazon Kinesis `KinesisRecord`, `KinesisRecord<Json<T>>`; Amazon \
            DynamoDB `DynamoDbRecord`, `DynamoDbRecord<T>`",
    note = "the whole event is an `S3Event`, `SnsEvent`, `SqsEvent`, `KinesisEvent` or `DynamoDbEvent`",
    note = "`T` has to implement `serde::de::DeserializeOwned`: `#[derive(Deserialize)]`"
)]
pub trait FromRecord<R>: Sized {
    /// The argument, made of a record.
    ///
    /// # Errors
    ///
    /// The record is none of the handler's type: its body does not parse, for instance.
    fn from_record(record: R) -> Result<Self, RecordError>;

    /// The argument, made of a record that the batch keeps: what need not be copied for it is not.
    #[doc(hidden)]
    fn from_kept(record: &R) -> Result<Self, RecordError>
    where
        R: Clone,
    {
        Self::from_record(record.clone())
    }
}

/// What the body of a record can become: `String` and [`Bytes`], as it is, and
/// [`Json<T>`]. Implement it for a format of your own:
///
/// ```
/// use chalice_runtime::{Bytes, RecordBody};
///
/// /// Values that are separated by commas.
/// struct Columns(Vec<String>);
///
/// impl RecordBody for Columns {
///     fn from_body(body: Bytes) -> Result<Columns, Box<dyn std::error::Error + Send + Sync>> {
///         let line = String::from_body(body)?;
///         Ok(Columns(line.split(',').map(str::to_owned).collect()))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "the body of a record cannot become a `{Self}`",
    label = "not the body of a record",
    note = "a body is `String`, `Bytes`, or `Json<T>` of a type that implements `serde::de::DeserializeOwned`: \
            `SqsRecord<Json<Order>>`",
    note = "implement `RecordBody` for `{Self}` to read a format of your own"
)]
pub trait RecordBody: Sized {
    /// Reads a body.
    ///
    /// # Errors
    ///
    /// Why the body cannot be read. The message goes to the log: leave out what
    /// the body says.
    fn from_body(body: Bytes) -> Result<Self, Box<dyn Error + Send + Sync>>;

    /// Reads a body that is a text, as those of Amazon SQS and SNS are. Formats that are read without
    /// keeping the body need no copy of it.
    ///
    /// # Errors
    ///
    /// As [`from_body`](RecordBody::from_body), which it calls with a copy unless you write it.
    fn from_text(body: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Self::from_body(Bytes::copy_from_slice(body.as_bytes()))
    }
}

impl RecordBody for Bytes {
    fn from_body(body: Bytes) -> Result<Bytes, Box<dyn Error + Send + Sync>> {
        Ok(body)
    }
}

impl RecordBody for String {
    fn from_body(body: Bytes) -> Result<String, Box<dyn Error + Send + Sync>> {
        String::from_utf8(body.into()).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            format!("not UTF-8 at byte {at}").into()
        })
    }

    fn from_text(body: &str) -> Result<String, Box<dyn Error + Send + Sync>> {
        Ok(body.to_owned())
    }
}

impl<T: DeserializeOwned> RecordBody for Json<T> {
    fn from_body(body: Bytes) -> Result<Json<T>, Box<dyn Error + Send + Sync>> {
        Ok(Json(read_json(&body)?))
    }

    fn from_text(body: &str) -> Result<Json<T>, Box<dyn Error + Send + Sync>> {
        Ok(Json(read_json_text(body)?))
    }
}

/// The value of a JSON text.
pub(super) fn read_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| not_json_of::<T>(&error))
}

/// The value of a JSON text, which is known to be UTF-8.
pub(super) fn read_json_text<T: DeserializeOwned>(body: &str) -> Result<T, String> {
    serde_json::from_str(body).map_err(|error| not_json_of::<T>(&error))
}

fn not_json_of<T>(error: &serde_json::Error) -> String {
    format!(
        "not JSON of `{}`: {}",
        std::any::type_name::<T>(),
        json::explain(error)
    )
}

/// What is wrong with the body of a record; `what` is the source's own name for the body.
pub(super) fn unreadable(
    source: Source,
    item_identifier: &str,
    what: &str,
    error: &dyn fmt::Display,
) -> RecordError {
    RecordError::new(
        source,
        item_identifier,
        format_args!("its {what} is {error}"),
    )
}
