//! The signature of an authorizer function.

use syn::{FnArg, ReturnType, Type, ext::IdentExt};

use super::model::Argument;
use crate::{
    errors::Errors,
    route::{
        function::{Function, names_impl_trait},
        signature::check_qualifiers,
    },
};

/// Checks the signature; returns the arguments.
pub(super) fn check(function: &Function, errors: &mut Errors) -> Vec<Argument> {
    check_qualifiers(function, errors);
    let signature = &function.signature;
    let name = signature.ident.unraw();
    if let ReturnType::Default = &signature.output {
        errors.at(
            signature.ident.span(),
            format!(
                "`{name}` returns nothing, and API Gateway needs a decision\nhelp: `fn {name}(request: AuthRequest) \
                 -> AuthResponse`, or `-> Result<AuthResponse>`"
            ),
        );
    }
    let mut arguments = Vec::new();
    let mut has_request = false;
    for input in &signature.inputs {
        // `Function::parse` refuses methods.
        let FnArg::Typed(input) = input else { continue };
        match &*input.ty {
            Type::Reference(reference) if is(&reference.elem, "AuthRequest") => {
                if let Some(mutability) = &reference.mutability {
                    errors.on(
                        mutability,
                        "an authorizer reads the request: write `AuthRequest`",
                    );
                }
                has_request = true;
                arguments.push(Argument::Borrowed);
            }
            ty if is(ty, "Request") || matches!(ty, Type::Reference(_)) => {
                let what = if is(strip(ty), "Request") {
                    "an authorizer runs before the request is passed on, and sees less of it: write \
                     `request: AuthRequest`"
                } else {
                    "an authorizer takes `AuthRequest`, and values such as `State<T>` for a part of the app's state"
                };
                has_request |= is(strip(ty), "Request");
                errors.on(ty, what);
            }
            ty if names_impl_trait(ty) => {
                errors.on(
                    ty,
                    "an argument has one type: `impl Trait` does not tell which",
                );
            }
            ty => {
                has_request |= is(ty, "AuthRequest");
                arguments.push(Argument::Value(Box::new(ty.clone())));
            }
        }
    }
    if !has_request && errors.is_empty() {
        errors.at(
            signature.ident.span(),
            format!(
                "`{name}` does not look at the request, so it would decide the same for every caller\nhelp: add \
                 `request: AuthRequest` to its arguments"
            ),
        );
    }
    arguments
}

fn strip(ty: &Type) -> &Type {
    match ty {
        Type::Reference(reference) => &reference.elem,
        other => other,
    }
}

/// Whether the last segment of the type's path is `name`.
fn is(ty: &Type, name: &str) -> bool {
    match ty {
        Type::Path(path) if path.qself.is_none() => path
            .path
            .segments
            .last()
            .is_some_and(|segment| segment.ident == name),
        Type::Group(group) => is(&group.elem, name),
        Type::Paren(paren) => is(&paren.elem, name),
        _ => false,
    }
}
