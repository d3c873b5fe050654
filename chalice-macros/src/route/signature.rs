//! The function's arguments against the path's placeholders.

use chalice_core::{
    path::{PathPattern, Segment},
    suggest,
};
use proc_macro2::Ident;
use quote::ToTokens;
use syn::{FnArg, GenericParam, LitStr, Pat, Type, ext::IdentExt};

use super::{
    function::{Function, names_impl_trait},
    model::{Argument, Source},
};
use crate::{errors::Errors, token_text::token_text};

/// Types that only ever come from a path: as other arguments they are
/// misspelt placeholders.
const SCALARS: [&str; 17] = [
    "String", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128",
    "isize", "f32", "f64", "bool", "char",
];

/// How many arguments the framework can make for a handler: it has a function for each number.
const MAX_ARGUMENTS: usize = 16;

/// Checks the signature; `pattern` is `None` when the path itself is wrong.
pub(crate) fn check(
    function: &Function,
    literal: Option<&LitStr>,
    pattern: Option<&PathPattern>,
    errors: &mut Errors,
) -> Vec<Argument> {
    check_qualifiers(function, errors);
    if let Some(input) = function.signature.inputs.iter().nth(MAX_ARGUMENTS) {
        errors.on(
            input,
            format!(
                "a handler takes at most {MAX_ARGUMENTS} arguments\nhelp: take several from one struct, as `Query<T>` or \
                 `Json<T>`, or read them from `&Request`"
            ),
        );
    }
    let mut arguments = Vec::new();
    let mut candidates: Vec<(Ident, Type)> = Vec::new();
    for (at, input) in function.signature.inputs.iter().enumerate() {
        let input = match input {
            FnArg::Typed(input) => input,
            // `Function::parse` refuses methods.
            FnArg::Receiver(_) => continue,
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
            (Type::Reference(reference), Some(ident)) if is_placeholder => {
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
                Source::Placeholder(ident.clone())
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
                        "the only reference that a handler takes is `&Request`; every other argument is a value, such \
                         as `State<T>` for a part of the app's state",
                    );
                    continue;
                }
                Source::Request
            }
            (_, ident) => {
                if let Some(ident) = ident {
                    candidates.push((ident.clone(), ty.clone()));
                }
                if names_impl_trait(&ty) {
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
        let misnamed = check_missing(function, literal, pattern, &arguments, &candidates, errors);
        check_superfluous(function, literal, pattern, &candidates, &misnamed, errors);
    }
    arguments
}

pub(crate) fn check_qualifiers(function: &Function, errors: &mut Errors) {
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
/// for misnamed ones.
fn check_missing(
    function: &Function,
    literal: &LitStr,
    pattern: &PathPattern,
    arguments: &[Argument],
    candidates: &[(Ident, Type)],
    errors: &mut Errors,
) -> Vec<Ident> {
    let name = function.signature.ident.unraw();
    let path = literal.to_token_stream();
    let mut free: Vec<&Ident> = candidates
        .iter()
        .filter(|(_, ty)| is_scalar(ty))
        .map(|(ident, _)| ident)
        .collect();
    let is_taken = |placeholder: &str| {
        arguments.iter().any(
            |argument| matches!(&argument.source, Source::Placeholder(ident) if ident.unraw() == placeholder),
        )
    };
    let mut missing: Vec<&str> = pattern
        .placeholders()
        .filter(|placeholder| !is_taken(placeholder))
        .collect();
    let mut misnamed = Vec::new();
    missing.retain(|placeholder| {
        let names: Vec<String> = free.iter().map(|ident| ident.unraw().to_string()).collect();
        let near = suggest::nearest(placeholder, names.iter().map(String::as_str));
        let Some(at) = near.and_then(|near| names.iter().position(|name| name == near)) else {
            return true;
        };
        let ident = free.remove(at);
        errors.at(
            ident.span(),
            format!(
                "the path {path} has a placeholder `<{placeholder}>` and `{name}` has no argument of that name; did \
                 you mean `{}`?",
                as_identifier(placeholder)
            ),
        );
        misnamed.push(ident.clone());
        false
    });
    // One placeholder without an argument and one argument without a placeholder
    // are one mistake.
    if let ([placeholder], [ident]) = (missing.as_slice(), free.as_slice()) {
        errors.at(
            ident.span(),
            format!(
                "the path {path} has a placeholder `<{placeholder}>`, but `{name}` has an argument `{}` instead: a \
                 placeholder is passed on by its name\nhelp: call the argument `{}`, or the placeholder `<{0}>`",
                ident.unraw(),
                as_identifier(placeholder),
            ),
        );
        misnamed.push((*ident).clone());
        return misnamed;
    }
    for placeholder in missing {
        errors.at(
            name.span(),
            format!(
                "the path {path} has a placeholder `<{placeholder}>`, but `{name}` has no argument `{placeholder}`\n\
                 help: add `{}: String`, or another type that implements `FromStr`, to its arguments",
                as_identifier(placeholder),
            ),
        );
    }
    misnamed
}

/// The name as an argument has it: `r#type` for `type`.
fn as_identifier(name: &str) -> String {
    match syn::parse_str::<Ident>(name) {
        Ok(_) => name.to_owned(),
        Err(_) => format!("r#{name}"),
    }
}

/// An argument of a plain type that no placeholder fills was meant for one.
fn check_superfluous(
    function: &Function,
    literal: &LitStr,
    pattern: &PathPattern,
    candidates: &[(Ident, Type)],
    misnamed: &[Ident],
    errors: &mut Errors,
) {
    for (ident, ty) in candidates {
        if !is_scalar(ty) || misnamed.contains(ident) {
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
        let colon = format!(":{name}");
        let has_colon =
            |segment: &Segment| matches!(segment, Segment::Literal(text) if *text == colon);
        let help = if pattern.segments().iter().any(has_colon) {
            let marked: Vec<String> = path
                .split('/')
                .map(|segment| {
                    if segment == colon {
                        format!("<{name}>")
                    } else {
                        segment.to_owned()
                    }
                })
                .collect();
            format!(
                "a placeholder is written in angle brackets: \"{}\"",
                marked.join("/")
            )
        } else {
            format!(
                "add it to the path, as in \"{path}/<{name}>\"; or take the value from the query by \
                 `Query<T>` or from the body by `Json<T>`"
            )
        };
        errors.at(
            ident.span(),
            format!(
                "`{}` has an argument `{name}: {kind}`, but the path {} has no placeholder `<{name}>`{others}\n\
                 help: {help}",
                function.signature.ident.unraw(),
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
