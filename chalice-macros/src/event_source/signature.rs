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

/// Arguments that are no events, which a handler without one may start with.
const NO_EVENTS: [&str; 3] = ["State", "LambdaContext", "WebsocketApi"];

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
        } else if at == 0 && !NO_EVENTS.iter().any(|known| is(ty, known)) {
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
