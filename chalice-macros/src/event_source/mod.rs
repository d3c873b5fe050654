//! The attributes of functions that are neither routes nor authorizers: one
//! file per attribute says which settings it has; all else they share.

mod batch;
mod check;
mod cloudwatch;
mod dynamodb;
mod expand;
mod given;
mod json_pattern;
mod kinesis;
mod lambda_function;
mod manifest_entry;
mod model;
mod s3;
mod schedule;
mod signature;
mod sns;
mod sqs;
#[cfg(test)]
mod tests;
mod websocket;

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    errors::Errors,
    route::{expand as of_route, function::Function},
};

pub(crate) use cloudwatch::ON_CW_EVENT;
pub(crate) use dynamodb::ON_DYNAMODB_RECORD;
pub(crate) use kinesis::ON_KINESIS_RECORD;
pub(crate) use lambda_function::LAMBDA_FUNCTION;
pub(crate) use model::Attribute;
pub(crate) use s3::ON_S3_EVENT;
pub(crate) use schedule::SCHEDULE;
pub(crate) use sns::ON_SNS_MESSAGE;
pub(crate) use sqs::ON_SQS_MESSAGE;
pub(crate) use websocket::{ON_WS_CONNECT, ON_WS_DISCONNECT, ON_WS_MESSAGE};

/// Expands `#[attribute(arguments)] item`. The item comes back as it was,
/// whatever is wrong.
pub(crate) fn expand(
    attribute: &Attribute,
    arguments: TokenStream,
    item: TokenStream,
) -> TokenStream {
    let mut errors = Errors::new();
    let function = errors.ok(Function::parse(item.clone(), attribute.name));
    let handler = check::check(attribute, arguments, function.as_ref(), &mut errors);
    let companion = match (&handler, &function) {
        (Some(handler), _) if errors.is_empty() => expand::expand(handler),
        (_, Some(function)) => of_route::stub(function),
        (_, None) => TokenStream::new(),
    };
    let errors = errors.into_tokens();
    quote!(#item #errors #companion)
}
