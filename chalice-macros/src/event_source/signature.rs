//! The signature of a handler of events.

use syn::{FnArg, ReturnType, Type, ext::IdentExt};

use super::model::Attribute;
use crate::{
    errors::Errors,
    route::{
        function::{Function, names_impl_trait},
        signature::check_qualifiers,
    },
};

/// The types of a handler's arguments.
#[derive(Default)]
pub(super) struct Arguments {
    /// Of the one that the event, or a record of it, fills.
    pub(super) event: Option<Type>,
    pub(super) others: Vec<Type>,
}

/// Types of arguments that are no events, which a handler without one may start with, and
/// whether they have a parameter: a `State` without one is a type of the app's own.
const NO_EVENTS: [(&str, bool); 3] = [
    ("State", true),
    ("LambdaContext", false),
    ("WebsocketApi", false),
];

/// Checks the signature; returns the arguments.
pub(super) fn check(attribute: &Attribute, function: &Function, errors: &mut Errors) -> Arguments {
    check_qualifiers(function, errors);
    let signature = &function.signature;
    let name = signature.ident.unraw();
    let help = format!("help: `fn {name}({})`", attribute.example);
    if let ReturnType::Type(_, ty) = &signature.output
        && names_impl_trait(ty)
    {
        errors.on(
            ty,
            "what a function returns has one type: `impl Trait` does not tell which",
        );
    }
    let mut arguments = Arguments::default();
    let mut is_wrong = false;
    for (at, input) in signature.inputs.iter().enumerate() {
        // `Function::parse` refuses methods.
        let FnArg::Typed(input) = input else { continue };
        let ty = &*input.ty;
        if let Type::Reference(_) = ty {
            errors.on(
                ty,
                format!("a handler owns its event and the other arguments: write the type without `&`\n{help}"),
            );
            is_wrong = true;
        } else if names_impl_trait(ty) {
            errors.on(
                ty,
                "an argument has one type: `impl Trait` does not tell which",
            );
            is_wrong = true;
        } else if at == 0
            && !NO_EVENTS
                .iter()
                .any(|(name, is_generic)| is(ty, name, *is_generic))
        {
            arguments.event = Some(ty.clone());
        } else {
            arguments.others.push(ty.clone());
        }
    }
    if arguments.event.is_none() && !attribute.event_is_optional && !is_wrong {
        errors.at(
            signature.ident.span(),
            format!(
                "`{name}` does not take the event that `{}` is about: the first argument is the event\n{help}",
                attribute.name,
            ),
        );
    }
    arguments
}

/// Whether the last segment of the type's path is `name`, with parameters or without.
fn is(ty: &Type, name: &str, is_generic: bool) -> bool {
    match ty {
        Type::Path(path) if path.qself.is_none() => {
            path.path.segments.last().is_some_and(|segment| {
                segment.ident == name && segment.arguments.is_none() != is_generic
            })
        }
        Type::Group(group) => is(&group.elem, name, is_generic),
        Type::Paren(paren) => is(&paren.elem, name, is_generic),
        _ => false,
    }
}
