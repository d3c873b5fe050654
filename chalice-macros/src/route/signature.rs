//! The function's arguments against the path's placeholders.

use chalice_core::{path::PathPattern, suggest};
use proc_macro2::Ident;
use quote::ToTokens;
use syn::{FnArg, GenericParam, LitStr, Pat, Type, ext::IdentExt};

use super::{
    function::Function,
    model::{Argument, Source},
};
use crate::{errors::Errors, token_text::token_text};

/// Types that only ever come from a path: as other arguments they are
/// misspelt placeholders.
const SCALARS: [&str; 17] = [
    "String", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128",
    "isize", "f32", "f64", "bool", "char",
];

/// Checks the signature; `pattern` is `None` when the path itself is wrong.
pub(crate) fn check(
    function: &Function,
    literal: Option<&LitStr>,
    pattern: Option<&PathPattern>,
    errors: &mut Errors,
) -> Vec<Argument> {
    check_qualifiers(function, errors);
    let mut arguments = Vec::new();
    let mut candidates: Vec<(Ident, Type)> = Vec::new();
    for (at, input) in function.signature.inputs.iter().enumerate() {
        let input = match input {
            FnArg::Typed(input) => input,
            FnArg::Receiver(receiver) => {
                errors.on(receiver, "a handler is a free function: it takes no `self`");
                continue;
            }
        };
        let ident = binding(&input.pat);
        let name = ident.map_or_else(
            || format!("argument{at}"),
            |ident| ident.unraw().to_string(),
        );
        let is_placeholder = pattern
            .is_some_and(|pattern| pattern.placeholders().any(|known| known == name))
            && matches!(&*input.pat, Pat::Ident(_));
        let ty = (*input.ty).clone();
        let source = match (&ty, ident) {
            (Type::Reference(reference), _) if is_placeholder => {
                errors.on(
                    &ty,
                    format!(
                        "the value of a placeholder is passed on as the handler's own: write `{name}: {}`",
                        if token_text(&reference.elem) == "str" {
                            "String".to_owned()
                        } else {
                            token_text(&reference.elem)
                        }
                    ),
                );
                continue;
            }
            (_, Some(ident)) if is_placeholder => Source::Placeholder(ident.clone()),
            (Type::Reference(reference), _) => {
                if let Some(mutability) = &reference.mutability {
                    errors.on(mutability, "a handler shares the request: write `&Request`");
                    continue;
                }
                if !is_request(&reference.elem) {
                    errors.on(
                        &ty,
                        "the only reference that a handler takes is `&Request`; every other argument is a value",
                    );
                    continue;
                }
                Source::Request
            }
            (_, ident) => {
                if let Some(ident) = ident {
                    candidates.push((ident.clone(), ty.clone()));
                }
                if is_impl_trait(&ty) {
                    errors.on(
                        &ty,
                        "an argument of a handler has one type: `impl Trait` does not tell which",
                    );
                    continue;
                }
                Source::Extractor
            }
        };
        arguments.push(Argument { name, ty, source });
    }
    if let (Some(literal), Some(pattern)) = (literal, pattern) {
        let renamed = check_missing(function, literal, pattern, &arguments, &candidates, errors);
        check_superfluous(function, literal, pattern, &candidates, &renamed, errors);
    }
    arguments
}

fn check_qualifiers(function: &Function, errors: &mut Errors) {
    let signature = &function.signature;
    if let Some(abi) = &signature.abi {
        errors.on(
            abi,
            "a handler is called by the framework: it has no `extern` of its own",
        );
    }
    if let syn::Safety::Unsafe(token) = &signature.safety {
        errors.on(
            token,
            "a handler is called for every request that arrives: it cannot be `unsafe`",
        );
    }
    if let Some(variadic) = &signature.variadic {
        errors.on(variadic, "a handler takes no `...`");
    }
    for parameter in &signature.generics.params {
        match parameter {
            GenericParam::Lifetime(_) => {}
            GenericParam::Type(_) | GenericParam::Const(_) => errors.on(
                parameter,
                "a handler has no type parameters: the framework calls it and could not choose them",
            ),
        }
    }
}

/// Every placeholder needs an argument. Returns the arguments that were taken
/// for misspelt ones.
fn check_missing(
    function: &Function,
    literal: &LitStr,
    pattern: &PathPattern,
    arguments: &[Argument],
    candidates: &[(Ident, Type)],
    errors: &mut Errors,
) -> Vec<Ident> {
    let mut renamed: Vec<Ident> = Vec::new();
    let name = function.signature.ident.unraw();
    for placeholder in pattern.placeholders() {
        let taken = |argument: &Argument| matches!(&argument.source, Source::Placeholder(ident) if ident.unraw() == placeholder);
        if arguments.iter().any(taken) {
            continue;
        }
        let free: Vec<&(Ident, Type)> = candidates
            .iter()
            .filter(|(ident, ty)| is_scalar(ty) && !renamed.contains(ident))
            .collect();
        let names: Vec<String> = free
            .iter()
            .map(|(ident, _)| ident.unraw().to_string())
            .collect();
        let near = suggest::nearest(placeholder, names.iter().map(String::as_str))
            .and_then(|near| free.iter().find(|(ident, _)| ident.unraw() == near));
        match near {
            Some((ident, _)) => {
                errors.at(
                    ident.span(),
                    format!(
                        "the path {} has a placeholder `<{placeholder}>` and `{name}` has no argument of that name; \
                         did you mean `{placeholder}`?",
                        literal.to_token_stream(),
                    ),
                );
                renamed.push(ident.clone());
            }
            None => errors.at(
                name.span(),
                format!(
                    "the path {} has a placeholder `<{placeholder}>`, but `{name}` has no argument \
                     `{placeholder}`\nhelp: add `{placeholder}: String`, or another type that implements \
                     `FromStr`, to its arguments",
                    literal.to_token_stream(),
                ),
            ),
        }
    }
    renamed
}

/// An argument of a plain type that no placeholder fills was meant for one.
fn check_superfluous(
    function: &Function,
    literal: &LitStr,
    pattern: &PathPattern,
    candidates: &[(Ident, Type)],
    renamed: &[Ident],
    errors: &mut Errors,
) {
    for (ident, ty) in candidates {
        if !is_scalar(ty) || renamed.contains(ident) {
            continue;
        }
        let known: Vec<&str> = pattern.placeholders().collect();
        let mut path = pattern
            .to_string()
            .replace("+}", "..>")
            .replace('{', "<")
            .replace('}', ">");
        if path == "/" {
            path.clear();
        }
        let kind = token_text(ty);
        let name = ident.unraw();
        let others = if known.is_empty() {
            String::new()
        } else {
            format!(" (its placeholders are {})", suggest::list(known))
        };
        errors.at(
            ident.span(),
            format!(
                "`{}` has an argument `{name}: {kind}`, but the path {} has no placeholder `<{name}>`{others}\n\
                 help: add it to the path, as in \"{path}/<{name}>\"; or take the value from the query by \
                 `Query<T>` or from the body by `Json<T>`",
                function.signature.ident,
                literal.to_token_stream(),
            ),
        );
    }
}

/// The name that a pattern binds, if it binds one: `id`, `mut id`, `Json(user)`.
fn binding(pattern: &Pat) -> Option<&Ident> {
    match pattern {
        Pat::Ident(pattern) => Some(&pattern.ident),
        Pat::TupleStruct(pattern) if pattern.elems.len() == 1 => binding(&pattern.elems[0]),
        _ => None,
    }
}

fn last_segment(ty: &Type) -> Option<&syn::PathSegment> {
    match ty {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}

fn is_request(ty: &Type) -> bool {
    last_segment(ty).is_some_and(|segment| segment.ident == "Request")
}

fn is_scalar(ty: &Type) -> bool {
    last_segment(ty).is_some_and(|segment| {
        segment.arguments.is_empty() && SCALARS.iter().any(|scalar| segment.ident == scalar)
    })
}

fn is_impl_trait(ty: &Type) -> bool {
    match ty {
        Type::ImplTrait(_) => true,
        Type::Group(group) => is_impl_trait(&group.elem),
        _ => false,
    }
}
