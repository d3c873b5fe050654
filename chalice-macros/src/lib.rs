//! The attributes of the chalice framework. Use them through the `chalice`
//! crate, which documents them.
//!
//! Each attribute goes through three steps: parse the tokens into what the
//! user wrote, check that into what the framework allows, and expand only what
//! was checked. All mistakes of one item are reported at once, and the item
//! itself is always emitted again, so that one mistake stays one error.

mod app_state;
mod authorizer;
mod companion;
mod cors;
mod documentation;
mod errors;
mod event_source;
#[cfg(test)]
mod golden;
mod grants;
mod group;
mod json;
mod json_value;
mod media_type;
mod middleware;
mod route;
mod settings;
mod token_text;

use proc_macro::TokenStream;

#[doc = include_str!("../docs/route.md")]
#[proc_macro_attribute]
pub fn route(arguments: TokenStream, item: TokenStream) -> TokenStream {
    route::expand(arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/authorizer.md")]
#[proc_macro_attribute]
pub fn authorizer(arguments: TokenStream, item: TokenStream) -> TokenStream {
    authorizer::expand(arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/app.md")]
#[proc_macro_attribute]
pub fn app(arguments: TokenStream, item: TokenStream) -> TokenStream {
    group::expand(group::Kind::App, arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/blueprint.md")]
#[proc_macro_attribute]
pub fn blueprint(arguments: TokenStream, item: TokenStream) -> TokenStream {
    group::expand(group::Kind::Blueprint, arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/lambda_function.md")]
#[proc_macro_attribute]
pub fn lambda_function(arguments: TokenStream, item: TokenStream) -> TokenStream {
    event_source::expand(
        &event_source::LAMBDA_FUNCTION,
        arguments.into(),
        item.into(),
    )
    .into()
}

#[doc = include_str!("../docs/on_s3_event.md")]
#[proc_macro_attribute]
pub fn on_s3_event(arguments: TokenStream, item: TokenStream) -> TokenStream {
    event_source::expand(&event_source::ON_S3_EVENT, arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/on_sns_message.md")]
#[proc_macro_attribute]
pub fn on_sns_message(arguments: TokenStream, item: TokenStream) -> TokenStream {
    event_source::expand(&event_source::ON_SNS_MESSAGE, arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/on_sqs_message.md")]
#[proc_macro_attribute]
pub fn on_sqs_message(arguments: TokenStream, item: TokenStream) -> TokenStream {
    event_source::expand(&event_source::ON_SQS_MESSAGE, arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/on_kinesis_record.md")]
#[proc_macro_attribute]
pub fn on_kinesis_record(arguments: TokenStream, item: TokenStream) -> TokenStream {
    event_source::expand(
        &event_source::ON_KINESIS_RECORD,
        arguments.into(),
        item.into(),
    )
    .into()
}

#[doc = include_str!("../docs/on_dynamodb_record.md")]
#[proc_macro_attribute]
pub fn on_dynamodb_record(arguments: TokenStream, item: TokenStream) -> TokenStream {
    event_source::expand(
        &event_source::ON_DYNAMODB_RECORD,
        arguments.into(),
        item.into(),
    )
    .into()
}

#[doc = include_str!("../docs/on_cw_event.md")]
#[proc_macro_attribute]
pub fn on_cw_event(arguments: TokenStream, item: TokenStream) -> TokenStream {
    event_source::expand(&event_source::ON_CW_EVENT, arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/schedule.md")]
#[proc_macro_attribute]
pub fn schedule(arguments: TokenStream, item: TokenStream) -> TokenStream {
    event_source::expand(&event_source::SCHEDULE, arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/on_ws_connect.md")]
#[proc_macro_attribute]
pub fn on_ws_connect(arguments: TokenStream, item: TokenStream) -> TokenStream {
    event_source::expand(&event_source::ON_WS_CONNECT, arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/on_ws_message.md")]
#[proc_macro_attribute]
pub fn on_ws_message(arguments: TokenStream, item: TokenStream) -> TokenStream {
    event_source::expand(&event_source::ON_WS_MESSAGE, arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/on_ws_disconnect.md")]
#[proc_macro_attribute]
pub fn on_ws_disconnect(arguments: TokenStream, item: TokenStream) -> TokenStream {
    event_source::expand(
        &event_source::ON_WS_DISCONNECT,
        arguments.into(),
        item.into(),
    )
    .into()
}

#[doc = include_str!("../docs/middleware.md")]
#[proc_macro_attribute]
pub fn middleware(arguments: TokenStream, item: TokenStream) -> TokenStream {
    middleware::expand(arguments.into(), item.into()).into()
}

#[doc = include_str!("../docs/app_state.md")]
#[proc_macro_derive(AppState, attributes(state))]
pub fn app_state(item: TokenStream) -> TokenStream {
    app_state::expand(item.into()).into()
}
