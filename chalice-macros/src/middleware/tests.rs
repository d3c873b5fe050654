use proc_macro2::TokenStream;
use quote::quote;

use super::expand;
use crate::golden::{assert_golden, messages};

fn messages_of(arguments: TokenStream, item: TokenStream) -> Vec<String> {
    messages(expand(arguments, item))
}

#[test]
fn golden_middleware() {
    assert_golden(
        "middleware",
        expand(
            quote!(http),
            quote! {
                /// Refuses requests without a key.
                async fn require_key(request: Request, next: Next<'_>, keys: State<Keys>) -> Result<Response> {
                    keys.check(&request)?;
                    Ok(next.run(request).await)
                }
            },
        ),
    );
}

#[test]
fn golden_middleware_with_a_mistake() {
    assert_golden(
        "middleware_with_a_mistake",
        expand(
            quote!(htp),
            quote! {
                pub async fn audit(request: Request, next: Next<'_>) -> Response {
                    next.run(request).await
                }
            },
        ),
    );
}

#[test]
fn all_mistakes_of_a_signature_are_reported_at_once() {
    let messages = messages_of(
        quote!(http),
        quote!(
            fn audit(request: &Request, next: impl Clone) -> Response {}
        ),
    );
    // A generic function has no companion to check further.
    assert_eq!(messages.len(), 2, "{messages:?}");
    let messages = messages_of(
        quote!(all),
        quote!(
            fn audit(event: &Event) -> Outcome {}
        ),
    );
    assert_eq!(messages.len(), 3, "{messages:?}");
}

#[test]
fn the_kind_is_one_word() {
    for arguments in [quote!(), quote!("http"), quote!(http, all), quote!(s4)] {
        let messages = messages_of(
            arguments.clone(),
            quote!(
                async fn audit(request: Request, next: Next<'_>) -> Response {}
            ),
        );
        assert_eq!(messages.len(), 1, "{arguments}: {messages:?}");
    }
}
