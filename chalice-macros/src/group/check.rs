//! From the struct expression of an app or a blueprint to its checked lists.

use chalice_core::{name, suggest};
use proc_macro2::Span;
use quote::format_ident;
use syn::{
    Attribute, Expr, ExprMethodCall, ExprStruct, Ident, ItemStatic, LitStr, Member, Path, Type,
    Visibility,
};

use super::{Kind, api::Api};
use crate::{
    errors::Errors,
    grants,
    settings::{self, Notation, Setting, Value, string_literal},
};

pub(crate) struct Group {
    pub(crate) kind: Kind,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) struct_path: Path,
    /// The fields that were given, for the editor's sake.
    pub(crate) keys: Vec<Ident>,
    pub(crate) name: Option<LitStr>,
    /// Names of types for the user's paths. Only here do those stand: an entry
    /// that does not exist is one error, and one that lacks something is
    /// reported at one place, the path's last segment, whose span its name has.
    pub(crate) aliases: Vec<(Ident, Path)>,
    /// By their names in `aliases`.
    pub(crate) handlers: Vec<Path>,
    pub(crate) mounts: Vec<MountedBlueprint>,
    /// By their names in `aliases`.
    pub(crate) middleware: Vec<Path>,
    /// The function that puts layers around the app's service.
    pub(crate) layer: Option<Path>,
    pub(crate) state: Option<StateFunction>,
    pub(crate) api: Api,
    /// What its handlers may do on AWS: expressions of type `Grant`.
    pub(crate) grants: Vec<Expr>,
}

/// `users::BLUEPRINT.at("/users").prefix("users_")`
pub(crate) struct MountedBlueprint {
    /// Its name in the group's `aliases`.
    pub(crate) path: Path,
    /// The method calls behind the path, in order.
    pub(crate) calls: Vec<ExprMethodCall>,
}

/// `AppState::connect`
pub(crate) struct StateFunction {
    pub(crate) path: Path,
    /// The path without its last segment.
    pub(crate) ty: Path,
}

pub(crate) fn check(kind: Kind, item: &ItemStatic, errors: &mut Errors) -> Option<Group> {
    let Expr::Struct(value) = &*item.expr else {
        errors.on(
            &item.expr,
            format!(
                "`{}` expects `{} {{ .. }}`: `{}`",
                kind.attribute(),
                kind.type_name(),
                kind.example()
            ),
        );
        return None;
    };
    if let syn::StaticMutability::Mut(token) = &item.mutability {
        errors.on(
            token,
            format!(
                "`{}` makes a constant of the `static`: leave out `mut`",
                kind.attribute()
            ),
        );
    }
    let other = match kind {
        Kind::App => Kind::Blueprint,
        Kind::Blueprint => Kind::App,
    };
    if value
        .path
        .segments
        .last()
        .is_some_and(|segment| segment.ident == other.type_name())
    {
        errors.on(
            &value.path,
            format!(
                "`{}` expects `{} {{ .. }}`; `{}` goes on this one",
                kind.attribute(),
                kind.type_name(),
                other.attribute()
            ),
        );
        return None;
    }
    let mut group = Group {
        kind,
        attributes: item.attrs.clone(),
        visibility: item.vis.clone(),
        ident: item.ident.clone(),
        ty: (*item.ty).clone(),
        struct_path: value.path.clone(),
        keys: Vec::new(),
        name: None,
        aliases: Vec::new(),
        handlers: Vec::new(),
        mounts: Vec::new(),
        middleware: Vec::new(),
        layer: None,
        state: None,
        api: Api::default(),
        grants: Vec::new(),
    };
    if let Some(rest) = &value.rest {
        errors.on(
            rest,
            "fields cannot be taken over from another value: list them here",
        );
    }
    let all_known = check_fields(&mut group, value, errors);
    // Among unknown fields there may be a misspelt `name`.
    if kind == Kind::App && all_known && !group.keys.iter().any(|key| key == "name") {
        errors.at(
            item.ident.span(),
            "the app has no `name`: it becomes the prefix of every resource's name on AWS\nhelp: add \
             `name: \"my-app\"` to the fields",
        );
    }
    name_entries(&mut group);
    Some(group)
}

/// Puts names in the place of the paths of handlers and blueprints.
fn name_entries(group: &mut Group) {
    let mounted = group.mounts.iter_mut().map(|mount| &mut mount.path);
    let listed = group.handlers.iter_mut().chain(&mut group.middleware);
    for (at, path) in listed.chain(mounted).enumerate() {
        let alias = format_ident!("__Entry{at}", span = last_span(path));
        let path = std::mem::replace(path, Path::from(alias.clone()));
        group.aliases.push((alias, path));
    }
}

/// Takes the fields over; returns whether all of them are known.
fn check_fields(group: &mut Group, value: &ExprStruct, errors: &mut Errors) -> bool {
    let keys = group.kind.keys();
    let mut all_known = value.rest.is_none();
    for field in &value.fields {
        let key = match &field.member {
            Member::Named(key) => key,
            Member::Unnamed(index) => {
                errors.on(index, "fields have names here");
                all_known = false;
                continue;
            }
        };
        let name = key.to_string();
        if !keys.contains(&name.as_str()) {
            let hint = if Kind::App.keys().contains(&name.as_str()) {
                "; it is the app that has one".to_owned()
            } else {
                suggest::did_you_mean(&name, keys.iter().copied())
            };
            errors.at(
                key.span(),
                format!(
                    "`{}` has no field `{name}`{hint}\nfields: {}",
                    group.kind.type_name(),
                    suggest::list(keys.iter().copied()),
                ),
            );
            all_known = false;
            continue;
        }
        if group.keys.contains(key) {
            errors.at(
                key.span(),
                format!("`{name}` is set twice: keep one of them"),
            );
            continue;
        }
        group.keys.push(key.clone());
        match name.as_str() {
            "name" => group.name = app_name(&field.expr, errors),
            "handlers" => {
                group.handlers = list(&field.expr, "handlers", errors)
                    .iter()
                    .filter_map(|expr| handler(expr, errors))
                    .collect();
            }
            "blueprints" => {
                group.mounts = list(&field.expr, "blueprints", errors)
                    .iter()
                    .filter_map(|expr| mount(expr, errors))
                    .collect();
            }
            "middleware" => {
                group.middleware = list(&field.expr, "middleware", errors)
                    .iter()
                    .filter_map(|expr| middleware(expr, errors))
                    .collect();
            }
            "layer" => group.layer = layer(&field.expr, errors),
            "state" => group.state = state(&field.expr, errors),
            name => {
                let setting = Setting {
                    key: key.clone(),
                    value: Value::Assigned(Box::new(field.expr.clone())),
                    notation: Notation::Field,
                };
                match name {
                    "api" => group.api.take(&setting, errors),
                    grants::KEY => group.grants = grants::check(&setting, errors),
                    _ => group.api.debug = settings::flag(&setting, errors),
                }
            }
        }
    }
    all_known
}

fn app_name(expr: &Expr, errors: &mut Errors) -> Option<LitStr> {
    let Some(literal) = string_literal(expr) else {
        errors.on(
            expr,
            "the app's name is a string literal: `name: \"my-app\"`",
        );
        return None;
    };
    let value = literal.value();
    if let Some(problem) = name::problem(&value) {
        errors.at(
            literal.span(),
            format!("{value:?} cannot be the name of an app: {problem}"),
        );
        return None;
    }
    Some(literal)
}

fn list<'e>(expr: &'e Expr, key: &str, errors: &mut Errors) -> Vec<&'e Expr> {
    match expr {
        Expr::Array(array) => array.elems.iter().collect(),
        other => {
            errors.on(other, format!("`{key}` is a list: `{key}: [a, b]`"));
            Vec::new()
        }
    }
}

fn handler(expr: &Expr, errors: &mut Errors) -> Option<Path> {
    match expr {
        Expr::Path(path) if path.qself.is_none() => Some(path.path.clone()),
        Expr::MethodCall(call) => {
            errors.on(
                call,
                "`handlers` lists functions by their names; blueprints go into `blueprints`",
            );
            None
        }
        other => {
            errors.on(
                other,
                "`handlers` lists annotated functions by their names, as in `users::list`",
            );
            None
        }
    }
}

fn middleware(expr: &Expr, errors: &mut Errors) -> Option<Path> {
    match expr {
        Expr::Path(path) if path.qself.is_none() => Some(path.path.clone()),
        other => {
            errors.on(
                other,
                "`middleware` lists functions with `#[middleware(..)]` by their names, the outermost first",
            );
            None
        }
    }
}

fn mount(expr: &Expr, errors: &mut Errors) -> Option<MountedBlueprint> {
    let mut calls = Vec::new();
    let mut base = expr;
    while let Expr::MethodCall(call) = base {
        calls.insert(0, call.clone());
        base = &call.receiver;
    }
    match base {
        Expr::Path(path) if path.qself.is_none() => Some(MountedBlueprint {
            path: path.path.clone(),
            calls,
        }),
        other => {
            errors.on(
                other,
                "`blueprints` lists blueprints, mounted: `users::BLUEPRINT.at(\"/users\").prefix(\"users_\")`",
            );
            None
        }
    }
}

fn layer(expr: &Expr, errors: &mut Errors) -> Option<Path> {
    match expr {
        Expr::Path(path) if path.qself.is_none() => Some(path.path.clone()),
        other => {
            errors.on(
                other,
                "`layer` takes a function that puts layers around the app's service, `fn(HttpService) -> impl \
                 LayeredService`: `layer: layers`",
            );
            None
        }
    }
}

fn state(expr: &Expr, errors: &mut Errors) -> Option<StateFunction> {
    let usage = "`state` takes a function of the state's type, `async fn() -> Result<AppState>`: \
                 `state: AppState::connect`";
    match expr {
        Expr::Path(path) if path.qself.is_none() && path.path.segments.len() > 1 => {
            let mut ty = path.path.clone();
            ty.segments.pop();
            // `pop` leaves the `::` behind the new last segment.
            ty.segments.pop_punct();
            Some(StateFunction {
                path: path.path.clone(),
                ty,
            })
        }
        other => {
            errors.on(other, usage);
            None
        }
    }
}

/// Where the last segment of a path is: on stable Rust, the span of a whole
/// path is that of its first segment.
pub(crate) fn last_span(path: &Path) -> Span {
    path.segments
        .last()
        .map_or_else(Span::call_site, |segment| segment.ident.span())
}
