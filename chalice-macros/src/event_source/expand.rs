//! The code that stands beside a handler of events: its companion type.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{ReturnType, ext::IdentExt, spanned::Spanned};

use super::{
    lambda_function::LAMBDA_FUNCTION_EVENT,
    manifest_entry::{ManifestEntry, manifest_entry},
    model::{Claim, Handler},
};
use crate::{companion::handler_companion, grants::with_grants};

/// Everything beside the function.
pub(super) fn expand(handler: &Handler<'_>) -> TokenStream {
    let function = handler.function;
    let companion = handler_companion(function, Some(function.signature.ident.span()));
    let definition = definition(handler);
    let call = call(handler);
    let probes = probes(handler);
    let schemas = schemas(handler);
    let conditions = function.conditions();
    let name = &function.signature.ident;
    quote! {
        #companion
        #(#conditions)*
        const _: () = {
            use ::chalice::__private as __chalice;
            #definition
            #call
            #probes
            #schemas
            // The companion stands for the function, which is not dead as long as it is listed.
            let _ = #name;
        };
    }
}

fn definition(handler: &Handler<'_>) -> TokenStream {
    let name = &handler.function.signature.ident;
    let function = name.unraw().to_string();
    let handler_name = &handler.name;
    let file = name.span().file();
    let line = name.span().start().line as u32;
    let kind = match &handler.source.claim {
        Claim::None => quote!(Function),
        Claim::Route(route_key) => quote!(Websocket { route_key: #route_key }),
        Claim::Queue(queue) => quote!(Sqs { queue: #queue }),
        Claim::Notification {
            bucket,
            events,
            prefix,
            suffix,
        } => quote! {
            S3(__chalice::core::definition::NotificationDef {
                bucket: #bucket,
                events: &[#(#events),*],
                prefix: #prefix,
                suffix: #suffix,
            })
        },
    };
    let ManifestEntry {
        head,
        tail,
        unchanging,
    } = manifest_entry(handler);
    let entry = with_grants(
        &quote!(::core::concat!(#head, ::core::module_path!(), #tail)),
        &handler.grants,
    );
    quote! {
        impl __chalice::Handler for #name {
            const DEF: &'static __chalice::HandlerDef =
                &__chalice::HandlerDef {
                    name: #handler_name,
                    function: #function,
                    module: ::core::module_path!(),
                    file: #file,
                    line: #line,
                    kind: __chalice::HandlerKind::#kind,
                    entry: #entry,
                    unchanging: #unchanging,
                };
        }
    }
}

fn call(handler: &Handler<'_>) -> TokenStream {
    let signature = &handler.function.signature;
    let name = &signature.ident;
    let bounds = handler
        .arguments
        .iter()
        .map(|ty| quote_spanned!(ty.span()=> #ty: __chalice::FromInvocation<__S>));
    // Variables have the span of the function's name throughout: in an item
    // that a `macro_rules!` makes, names of different origin are different names.
    let variables: Vec<Ident> = (1..=handler.arguments.len())
        .map(|at| format_ident!("__argument{at}", span = name.span()))
        .collect();
    let arguments = handler
        .arguments
        .iter()
        .zip(&variables)
        .map(|(ty, variable)| {
            let argument = quote_spanned!(ty.span()=> __chalice::function_argument::<#ty, __S>);
            quote_spanned!(name.span()=> let #variable = #argument(__event, __state).await?;)
        });
    let waits = signature.asyncness.map(|_| quote!(.await));
    // With the span of the return type, where what it lacks is reported.
    let returned = match &signature.output {
        ReturnType::Default => quote!((&&&__chalice::Returned::<()>::NEW).converter()),
        ReturnType::Type(_, ty) => {
            quote_spanned!(ty.span()=> (&&&__chalice::Returned::<#ty>::NEW).converter())
        }
    };
    let event = Ident::new(handler.source.event, Span::call_site());
    let kind = match &handler.event {
        // At the same place as in the call below, or rustc reports a type that is no event twice.
        Some(ty) => {
            quote_spanned!(ty.span()=> <#ty as __chalice::FromEvent<__chalice::#event>>::Returns)
        }
        None => quote!(<__chalice::#event as __chalice::FunctionEvent>::Returns),
    };
    let result = Ident::new("__result", name.span());
    // Whoever reports failed records has to be heard.
    let (is_heard, has_window) = match &handler.source.batch {
        Some(batch) => (batch.report_batch_item_failures, batch.has_window),
        None => (true, false),
    };
    let returned_at = match &signature.output {
        ReturnType::Type(_, ty) => ty.span(),
        ReturnType::Default => name.span(),
    };
    let answer = match &signature.output {
        _ if has_window => {
            quote_spanned!(returned_at=> __chalice::answer_in_window::<#kind, _>(#result))
        }
        ReturnType::Type(..) if is_heard => {
            quote_spanned!(returned_at=> __chalice::answer::<#kind, _>(#result))
        }
        ReturnType::Type(..) => {
            quote_spanned!(returned_at=> __chalice::answer::<#kind, _>(__chalice::unreported(#result)))
        }
        ReturnType::Default => quote!(__chalice::answer::<#kind, _>(#result)),
    };
    let run = match &handler.event {
        Some(ty) => {
            let settings = settings(handler);
            let handle =
                quote_spanned!(ty.span()=> __chalice::handle::<__chalice::#event, #ty, _, _>);
            let given = quote_spanned! {name.span()=>
                __event, #settings, move |__first| async move {
                    #(#arguments)*
                    let #result = __returned(#name(__first, #(#variables),*)#waits);
                    #answer
                }
            };
            quote_spanned!(ty.span()=> #handle(#given))
        }
        None => quote_spanned! {name.span()=>
            __chalice::handle_without_event::<__chalice::#event, _>(__event, move || async move {
                #(#arguments)*
                let #result = __returned(#name(#(#variables),*)#waits);
                #answer
            })
        },
    };
    // With the function's own span, a future that is not `Send` is reported at the function.
    let call = quote_spanned! {name.span()=>
        fn call<'__r>(__event: &'__r __chalice::Event, __state: &'static __S) -> __chalice::OutcomeFuture<'__r>
        {
            #[allow(unused_imports)]
            use __chalice::{BoxedFailure as _, Failure as _, NoFailure as _};
            let __returned = #returned;
            #run
        }
    };
    quote! {
        impl<__S: ::core::marker::Sync + 'static> __chalice::Call<__S> for #name
        where
            #(#bounds,)*
        {
            #call
        }
    }
}

fn settings(handler: &Handler<'_>) -> TokenStream {
    match &handler.source.batch {
        Some(batch) => {
            let concurrency = batch.concurrency as usize;
            let report = batch.report_batch_item_failures;
            quote!(__chalice::Settings { concurrency: #concurrency, report_batch_item_failures: #report })
        }
        None => quote!(__chalice::Settings::DEFAULT),
    }
}

/// What the event carries and what the function returns, for JSON Schemas.
fn schemas(handler: &Handler<'_>) -> TokenStream {
    let name = &handler.function.signature.ident;
    let is_pure = handler.source.event == LAMBDA_FUNCTION_EVENT;
    let event = handler.event.as_ref().map(|ty| match is_pure {
        true => quote!("event" => ::chalice::__private::Input<#ty>),
        false => quote!("event" => #ty),
    });
    let returns = match &handler.function.signature.output {
        ReturnType::Type(_, ty) => ty.to_token_stream(),
        ReturnType::Default => quote!(()),
    };
    let returns = match is_pure {
        true => quote!(::chalice::__private::Output<#returns>),
        false => returns,
    };
    quote!(::chalice::__schemas! { #name [#event] -> #returns })
}

/// Checks that do not need an app: each argument behind the event is one that
/// a function can take, whatever the app's state.
fn probes(handler: &Handler<'_>) -> TokenStream {
    let fields: Vec<TokenStream> = handler
        .arguments
        .iter()
        .map(|ty| quote_spanned!(ty.span()=> __chalice::IsOfFunction<#ty>))
        .collect();
    if fields.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[allow(dead_code)]
        struct __Arguments(#(#fields),*);
    }
}
