//! From the attribute's argument and the function's signature to a checked middleware.

use chalice_core::suggest;
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{FnArg, Ident, Type};

use crate::{
    errors::Errors,
    route::function::{Function, names_impl_trait},
};

pub(crate) struct Middleware<'f> {
    pub(crate) function: &'f Function,
    pub(crate) kind: Kind,
    /// The type of the first argument.
    pub(crate) event: Type,
    /// The types of the arguments behind `next`.
    pub(crate) arguments: Vec<Type>,
}

/// Which events a middleware is for.
pub(crate) struct Kind {
    pub(crate) name: Ident,
    /// The event's type, as a path in the framework.
    pub(crate) event: &'static str,
}

/// The kinds, and the types of their events.
const KINDS: [(&str, &str); 11] = [
    ("all", "Event"),
    ("http", "Request"),
    ("s3", "S3Event"),
    ("sns", "SnsEvent"),
    ("sqs", "SqsEvent"),
    ("kinesis", "KinesisEvent"),
    ("dynamodb", "DynamoDbEvent"),
    ("cloudwatch", "CloudWatchEvent"),
    ("scheduled", "ScheduledEvent"),
    ("websocket", "WebsocketEvent"),
    ("pure_lambda", "LambdaFunctionEvent"),
];

const USAGE: &str = "`#[middleware]` says which events it is for: `#[middleware(http)]` for requests of the API, \
                     `#[middleware(sqs)]` for the batches of queues, `#[middleware(all)]` for every event";

/// The kind that the attribute's argument names.
pub(crate) fn kind(arguments: TokenStream, errors: &mut Errors) -> Option<Kind> {
    let mut tokens = arguments.into_iter();
    let (first, second) = (tokens.next(), tokens.next());
    let Some(TokenTree::Ident(name)) = first else {
        errors.at(
            first.map_or_else(Span::call_site, |token| token.span()),
            USAGE,
        );
        return None;
    };
    if let Some(token) = second {
        errors.at(
            token.span(),
            "`#[middleware]` takes one kind of events; a middleware for several kinds is one for `all`",
        );
        return None;
    }
    let text = name.to_string();
    let known = KINDS.iter().find(|(kind, _)| *kind == text);
    if known.is_none() {
        let names = || KINDS.iter().map(|(kind, _)| *kind);
        errors.at(
            name.span(),
            format!(
                "there is no kind of events `{text}`{}\nkinds: {}",
                suggest::did_you_mean(&text, names()),
                suggest::list(names()),
            ),
        );
    }
    known.map(|(_, event)| Kind { name, event })
}

/// Checks the signature.
pub(crate) fn check<'f>(
    kind: Kind,
    function: &'f Function,
    errors: &mut Errors,
) -> Option<Middleware<'f>> {
    let signature = &function.signature;
    let (name, event) = (&signature.ident, kind.event);
    let example = match event {
        "Request" => format!("async fn {name}(request: Request, next: Next<'_>) -> Response"),
        "Event" => format!("async fn {name}(event: Event, next: Next<'_, Event>) -> Outcome"),
        _ => format!("async fn {name}(event: {event}, next: Next<'_, {event}>) -> FunctionResult"),
    };
    if signature.asyncness.is_none() {
        errors.at(
            signature.fn_token.span,
            format!(
                "a middleware is an `async fn`, because it awaits `next.run(..)`\nhelp: `{example}`"
            ),
        );
    }
    if function.is_generic() {
        errors.on(
            &signature.generics.params,
            "a middleware has one type for each argument: generic parameters do not tell which",
        );
        return None;
    }
    let mut types = Vec::new();
    for input in &signature.inputs {
        let FnArg::Typed(input) = input else { continue };
        if let Type::Reference(reference) = &*input.ty {
            errors.on(
                reference,
                format!("a middleware owns its arguments: it hands the event on to `next`\nhelp: `{example}`"),
            );
        } else if names_impl_trait(&input.ty) {
            errors.on(
                &input.ty,
                "an argument of a middleware has one type: `impl Trait` does not tell which",
            );
        }
        types.push((*input.ty).clone());
    }
    if types.len() < 2 {
        errors.at(
            signature.ident.span(),
            format!("a middleware takes its event and what is inside of it\nhelp: `{example}`"),
        );
        return None;
    }
    let arguments = types.split_off(2);
    Some(Middleware {
        function,
        kind,
        event: types.swap_remove(0),
        arguments,
    })
}
