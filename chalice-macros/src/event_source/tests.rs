use quote::quote;

use super::*;
use crate::golden::{assert_golden, messages};

#[test]
fn golden_lambda_function() {
    assert_golden(
        "lambda_function",
        expand(
            &LAMBDA_FUNCTION,
            quote!(name = "MyFunction", description = "Resizes"),
            quote! {
                /// Not this.
                async fn custom(event: MyInput, context: LambdaContext) -> Result<MyOutput> {
                    context.work(event).await
                }
            },
        ),
    );
}

#[test]
fn golden_lambda_function_without_an_event() {
    assert_golden(
        "lambda_function_without_an_event",
        expand(
            &LAMBDA_FUNCTION,
            quote!(),
            quote! {
                pub(crate) fn ping(db: State<Db>) {}
            },
        ),
    );
}

fn errors(attribute: &Attribute, arguments: TokenStream, item: TokenStream) -> Vec<String> {
    messages(expand(attribute, arguments, item))
}

fn starts(found: &[String], starts: &[&str]) {
    assert_eq!(found.len(), starts.len(), "{found:#?}");
    for (message, start) in found.iter().zip(starts) {
        assert!(message.starts_with(start), "{message}");
    }
}

#[test]
fn every_mistake_is_reported() {
    let long = "x".repeat(257);
    let found = errors(
        &LAMBDA_FUNCTION,
        quote!(nam = "x", name = "a b", description = #long, on_failure = "arn:aws:ec2:::x", name = "b"),
        quote! {
            extern "C" fn f(event: &Event, other: impl Clone) -> impl Clone {}
        },
    );
    starts(
        &found,
        &[
            "`name` is set twice",
            "`#[lambda_function]` has no setting `nam`; did you mean `name`?",
            "\"arn:aws:ec2:::x\" is not the ARN of a destination",
            "\"a b\" cannot be the name of a handler",
            "the description has 257 characters",
            "a handler is called by the framework",
            "what a function returns has one type",
            "a handler owns its event",
            "an argument has one type",
        ],
    );
}
