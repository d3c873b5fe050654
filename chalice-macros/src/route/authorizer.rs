//! The authorizer that a route names: a constant, or a function of the app.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Expr, ExprReference, Path, PathArguments, spanned::Spanned, token};

use crate::group::check::last_span;

/// The expression of type `AuthorizerDef`.
///
/// `demo_auth` may be a constant, or a function with `#[authorizer]`. Only the
/// function has a companion in the type namespace, and name resolution tells
/// them apart: the path is imported under a name that a glob import provides as
/// a type as well. The companion, if there is one, shadows the glob's type; both
/// have the associated function that makes an authorizer of the path's value.
pub(super) fn definition(authorizer: &Expr) -> TokenStream {
    let span = authorizer.span();
    let mut path = None;
    let expression = with_base(authorizer, &mut path);
    let Some(path) = path else {
        return quote_spanned!(span=> (#expression).authorizer_definition());
    };
    let import = quote_spanned!(last_span(&path)=> use #path as __Authorizer;);
    let defined = quote_spanned!(span=> #expression.authorizer_definition());
    quote! {
        {
            #[allow(unused_imports)]
            use ::chalice::__private::core::authorizer::constant::*;
            #[allow(unused_imports)]
            #import
            #defined
        }
    }
}

/// The expression, with the path that its method calls start from replaced and
/// put into `base`, if it is a path of an item.
fn with_base(expression: &Expr, base: &mut Option<Path>) -> TokenStream {
    match expression {
        Expr::Group(group) => with_base(&group.expr, base),
        Expr::Paren(parenthesized) => with_base(&parenthesized.expr, base),
        Expr::MethodCall(call) => {
            let receiver = with_base(&call.receiver, base);
            let (dot, method) = (&call.dot_token, &call.method);
            let arguments = call.args.iter().map(|argument| match argument {
                // The methods take slices: a list needs no `&` here.
                Expr::Array(_) if method == "scopes" => Expr::Reference(ExprReference {
                    attrs: Vec::new(),
                    and_token: token::And(argument.span()),
                    mutability: None,
                    expr: Box::new(argument.clone()),
                }),
                other => other.clone(),
            });
            let turbofish = &call.turbofish;
            quote_spanned!(method.span()=> #receiver #dot #method #turbofish (#(#arguments),*))
        }
        Expr::Path(path) if path.qself.is_none() && is_item(&path.path) => {
            *base = Some(path.path.clone());
            // Not by the path itself: one that does not exist is one error, of the import.
            quote_spanned!(last_span(&path.path)=> __Authorizer::as_authorizer(__Authorizer))
        }
        other => quote_spanned!(other.span()=> (#other)),
    }
}

/// Whether `use` can import the path: associated constants cannot be imported,
/// and what precedes their name is a type, whose name is in upper camel case.
fn is_item(path: &Path) -> bool {
    let mut segments = path.segments.iter().rev();
    let is_plain = path
        .segments
        .iter()
        .all(|segment| matches!(segment.arguments, PathArguments::None));
    let is_type = |name: String| name.starts_with(char::is_uppercase);
    is_plain
        && segments.next().is_some()
        && !segments
            .next()
            .is_some_and(|parent| is_type(parent.ident.to_string()))
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn what_can_be_imported() {
        for path in ["auth", "self::auth", "crate::auth::POOL", "::shared::auth"] {
            assert!(is_item(&syn::parse_str(path).unwrap()), "{path}");
        }
        for path in ["Config::POOL", "crate::Config::POOL", "auth::<u8>"] {
            assert!(!is_item(&syn::parse_str(path).unwrap()), "{path}");
        }
    }

    #[test]
    fn an_expression_without_a_path_stays_as_it_is() {
        let expression: Expr = parse_quote!(IamAuthorizer::new().scopes(SCOPES));
        let expected = quote!(((IamAuthorizer::new()).scopes(SCOPES)).authorizer_definition());
        assert_eq!(definition(&expression).to_string(), expected.to_string());
    }
}
