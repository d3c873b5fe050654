//! Which type of the user's an extractor or a response carries.

use http::{HeaderMap, StatusCode};

use crate::{
    CloudWatchEvent, DynamoDbRecord, Form, Json, KinesisRecord, Query, SnsRecord, SqsRecord,
};

/// A wrapper around a value that travels as JSON, as a form or as a query string.
///
/// Tools that describe an API (OpenAPI, generated clients) find the type's JSON
/// Schema through it. It is implemented for [`Json`], [`Form`] and [`Query`],
/// for `Option`, `Result`, `(StatusCode, _)` and tuples with headers of any payload, and for events
/// and records with a body of a type of the app's, as in `SqsRecord<Json<T>>`. Implement
/// it for an extractor or a response of your own to have it described, too:
///
/// ```
/// use chalice_runtime::Payload;
///
/// /// JSON whose rules have been checked.
/// struct Valid<T>(T);
///
/// impl<T> Payload for Valid<T> {
///     type Value = T;
/// }
/// ```
pub trait Payload {
    /// The type of the value inside; described if it implements `schemars::JsonSchema`.
    type Value;
}

impl<T> Payload for Json<T> {
    type Value = T;
}

impl<T> Payload for Form<T> {
    type Value = T;
}

impl<T> Payload for Query<T> {
    type Value = T;
}

/// The message.
impl<T: Payload> Payload for SnsRecord<T> {
    type Value = T::Value;
}

/// The message's body.
impl<T: Payload> Payload for SqsRecord<T> {
    type Value = T::Value;
}

/// The record's data.
impl<T: Payload> Payload for KinesisRecord<T> {
    type Value = T::Value;
}

/// The item.
impl<T> Payload for DynamoDbRecord<T> {
    type Value = T;
}

/// The event's detail.
impl<T> Payload for CloudWatchEvent<T> {
    type Value = T;
}

impl<T: Payload> Payload for Option<T> {
    type Value = T::Value;
}

impl<T: Payload, E> Payload for Result<T, E> {
    type Value = T::Value;
}

impl<T: Payload> Payload for (StatusCode, T) {
    type Value = T::Value;
}

impl<N, V, const COUNT: usize, T: Payload> Payload for ([(N, V); COUNT], T) {
    type Value = T::Value;
}

impl<N, V, const COUNT: usize, T: Payload> Payload for (StatusCode, [(N, V); COUNT], T) {
    type Value = T::Value;
}

impl<T: Payload> Payload for (HeaderMap, T) {
    type Value = T::Value;
}

impl<T: Payload> Payload for (StatusCode, HeaderMap, T) {
    type Value = T::Value;
}
