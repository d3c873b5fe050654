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
mod group;
mod json;
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
