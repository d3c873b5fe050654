//! Which of an app's handlers a route's authorizer is, in const evaluation.
//!
//! A blueprint that is mounted twice brings its authorizers twice, under two
//! names: a route refers to the one whose place in the app is nearest to its own.

use super::AuthorizerKind;
use crate::{
    bytes::{equal, slice},
    conflict::same,
    definition::{HandlerDef, HandlerKind},
    flatten::FlatHandler,
};

/// Which of an app's handlers a route's authorizer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorizerReference {
    /// None: the route has no authorizer, or one that is no function of the app.
    None,
    /// The handler of this number.
    Handler(u16),
    /// One that the app does not list.
    Unlisted,
    /// One that the app has several times, in no place that is also the route's.
    Ambiguous,
}

/// Sets the reference of every route.
pub(crate) const fn resolve<const HANDLERS: usize>(handlers: &mut [FlatHandler; HANDLERS]) {
    // Authorizers are few: collected once, they keep the search short.
    let mut authorizers = [0; HANDLERS];
    let (mut count, mut at) = (0, 0);
    while at < HANDLERS {
        if let HandlerKind::Authorizer(_) = handlers[at].def.kind {
            authorizers[count] = at;
            count += 1;
        }
        at += 1;
    }
    at = 0;
    while at < HANDLERS {
        if let HandlerKind::Route(route) = &handlers[at].def.kind
            && let Some(authorizer) = &route.authorizer
            && let AuthorizerKind::Function { handler } = &authorizer.kind
            // One whose attribute has mistakes has had its error.
            && !handler.function.is_empty()
        {
            handlers[at].authorizer =
                reference(handlers, authorizers.split_at(count).0, at, handler);
        }
        at += 1;
    }
}

const fn reference(
    handlers: &[FlatHandler],
    authorizers: &[usize],
    route: usize,
    wanted: &HandlerDef,
) -> AuthorizerReference {
    let place = name_prefix(&handlers[route]);
    let mut nearest: Option<usize> = None;
    let mut elsewhere: Option<usize> = None;
    let mut places_elsewhere = 0;
    let mut at = 0;
    while at < authorizers.len() {
        let candidate = &handlers[authorizers[at]];
        if same(candidate.def, wanted) {
            let prefix = name_prefix(candidate);
            let surrounds = prefix.len() <= place.len()
                && equal(slice(place.as_bytes(), 0, prefix.len()), prefix.as_bytes());
            let is_nearer = match nearest {
                Some(known) => prefix.len() > name_prefix(&handlers[known]).len(),
                None => true,
            };
            if surrounds && is_nearer {
                nearest = Some(authorizers[at]);
            } else if !surrounds {
                elsewhere = Some(authorizers[at]);
                places_elsewhere += 1;
            }
        }
        at += 1;
    }
    match (nearest, elsewhere, places_elsewhere) {
        (Some(handler), _, _) | (None, Some(handler), 1) => {
            AuthorizerReference::Handler(handler as u16)
        }
        (None, None, _) => AuthorizerReference::Unlisted,
        (None, Some(_), _) => AuthorizerReference::Ambiguous,
    }
}

/// What the blueprints around a handler put before its name.
const fn name_prefix(handler: &FlatHandler) -> &'static str {
    let bytes = handler.name.len() - handler.def.name.len();
    handler.name.split_at(bytes).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        authorizer::AuthorizerFunction,
        definition::{AuthorizerSource, GroupDef, Item, Mount, RouteDef, STUB},
        flatten::{Flattened, flatten, handler_count, handlers, text_bytes},
        method::MethodSet,
    };

    const AUTH: &HandlerDef = &HandlerDef {
        name: "auth",
        function: "auth",
        kind: HandlerKind::Authorizer(AuthorizerSource::Token),
        ..STUB
    };
    const ROUTE: &HandlerDef = &HandlerDef {
        name: "index",
        function: "index",
        kind: HandlerKind::Route(RouteDef {
            path: "/",
            path_hash: 0,
            segments: &[],
            methods: MethodSet::EMPTY,
            declared_methods: crate::method::MethodList::EMPTY,
            cors: crate::cors::CorsSetting::Inherit,
            authorizer: Some(AuthorizerFunction::new(AUTH).authorizer_definition()),
            content_types: &[],
            stream: false,
        }),
        ..STUB
    };
    const BOTH: &GroupDef = &GroupDef {
        items: &[Item::Handler(ROUTE), Item::Handler(AUTH)],
    };
    const ALONE: &GroupDef = &GroupDef {
        items: &[Item::Handler(ROUTE)],
    };
    const AUTH_ALONE: &GroupDef = &GroupDef {
        items: &[Item::Handler(AUTH)],
    };

    /// The names of the authorizers of an app's routes.
    macro_rules! authorizers {
        ($items:expr) => {{
            const APP: &GroupDef = &GroupDef { items: $items };
            const COUNT: usize = handler_count(APP);
            const FLATTENED: &Flattened<COUNT, { text_bytes(APP) }> = &flatten(APP);
            const HANDLERS: [FlatHandler; COUNT] = handlers(FLATTENED);
            HANDLERS
                .iter()
                .filter(|handler| handler.def.name == "index")
                .map(|route| match route.authorizer {
                    AuthorizerReference::Handler(handler) => HANDLERS[usize::from(handler)].name,
                    AuthorizerReference::Unlisted => "unlisted",
                    AuthorizerReference::Ambiguous => "ambiguous",
                    AuthorizerReference::None => "none",
                })
                .collect::<Vec<_>>()
        }};
    }

    #[test]
    fn the_blueprint_s_own_authorizer_has_its_prefix() {
        assert_eq!(
            authorizers!(&[
                Item::Mount(Mount::of(BOTH).at("/a").prefix("a_")),
                Item::Mount(Mount::of(BOTH).at("/b").prefix("b_")),
                Item::Handler(AUTH),
            ]),
            ["a_auth", "b_auth"]
        );
    }

    #[test]
    fn the_app_s_authorizer_serves_its_blueprints() {
        assert_eq!(
            authorizers!(&[
                Item::Mount(Mount::of(ALONE).at("/a").prefix("a_")),
                Item::Handler(AUTH),
            ]),
            ["auth"]
        );
    }

    #[test]
    fn a_blueprint_s_authorizer_serves_the_app() {
        assert_eq!(
            authorizers!(&[
                Item::Handler(ROUTE),
                Item::Mount(Mount::of(AUTH_ALONE).prefix("security_")),
            ]),
            ["security_auth"]
        );
    }

    #[test]
    fn no_authorizer_and_too_many() {
        assert_eq!(authorizers!(&[Item::Handler(ROUTE)]), ["unlisted"]);
        assert_eq!(
            authorizers!(&[
                Item::Handler(ROUTE),
                Item::Mount(Mount::of(AUTH_ALONE).prefix("a_")),
                Item::Mount(Mount::of(AUTH_ALONE).prefix("b_")),
            ]),
            ["ambiguous"]
        );
    }
}
