use quote::quote;

use super::*;
use crate::golden::{assert_golden, messages};

#[test]
fn a_plain_authorizer() {
    assert_golden(
        "authorizer_plain",
        expand(
            quote!(),
            quote! {
                fn demo_auth(request: AuthRequest) -> AuthResponse {
                    AuthResponse::deny("user")
                }
            },
        ),
    );
}

#[test]
fn an_authorizer_with_everything() {
    assert_golden(
        "authorizer_with_everything",
        expand(
            quote! {
                ttl_seconds = 30,
                execution_role = "arn:aws:iam::123456789012:role/invoke",
                name = "gate",
                identity_sources = [
                    header("Authorization"), query("token"), context("identity.sourceIp"), stage_variable("color"),
                ],
            },
            quote! {
                /// Who may pass.
                ///
                /// Those with a key.
                #[cfg(feature = "gate")]
                pub(crate) async fn demo_auth(request: &AuthRequest, db: State<Db>) -> Result<AuthResponse> {
                    db.judge(request).await
                }
            },
        ),
    );
}

fn errors(arguments: TokenStream) -> Vec<String> {
    messages(expand(
        arguments,
        quote!(
            fn demo_auth(request: AuthRequest) -> AuthResponse {}
        ),
    ))
}

#[test]
fn every_mistake_of_the_settings_is_reported() {
    let found = errors(quote! {
        ttl_seconds = 3601, execution_role = "arn:aws:iam::12:role/r", name = "a b", header = "X Y", heder = "X"
    });
    assert_eq!(found.len(), 5, "{found:#?}");
    for (message, start) in found.iter().zip([
        "`#[authorizer]` has no setting `heder`; did you mean `header`?",
        "API Gateway keeps a decision for at most 3600 seconds, and 3601 are more",
        "\"arn:aws:iam::12:role/r\" is not the ARN of a role: its account is not",
        "\"a b\" cannot be the name of a handler",
        "\"X Y\" is not the name of a header",
    ]) {
        assert!(message.starts_with(start), "{message}");
    }
}

#[test]
fn roles() {
    for role in [
        "role",
        "arn:aws:iam::123456789012:user/me",
        "arn:aws:iam::123456789012:role/",
        "arn:aws:iam:us-east-1:123456789012:role/r",
        "arn:aws:s3::123456789012:role/r",
        "urn:aws:iam::123456789012:role/r",
    ] {
        assert_eq!(errors(quote!(execution_role = #role)).len(), 1, "{role}");
    }
    for role in [
        "arn:aws:iam::123456789012:role/r",
        "arn:aws-cn:iam::123456789012:role/service-role/r",
    ] {
        assert!(errors(quote!(execution_role = #role)).is_empty(), "{role}");
    }
}

#[test]
fn a_cache_needs_a_key() {
    assert_eq!(errors(quote!(identity_sources = [])).len(), 1);
    assert!(errors(quote!(identity_sources = [], ttl_seconds = 0)).is_empty());
}
