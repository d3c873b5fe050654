//! What of a route's definition is needed while the app runs.

use chalice_core::{
    content_type::DEFAULT_CONTENT_TYPES,
    cors::{CorsDef, CorsSetting},
    definition::{HandlerDef, HandlerKind},
    method::MethodList,
};

use crate::Application;

/// The rules of a route. The definition itself stays with the compiler: it is full of references, and
/// each of those is relocated at every cold start, for all routes of the app.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RouteRules {
    /// The methods, in the order in which the attribute lists them.
    pub(crate) declared_methods: MethodList,
    /// What the route says about CORS.
    cors: CorsSetting,
    /// The content types that a request may have; nothing for the default ones.
    content_types: Option<&'static [&'static str]>,
    /// Whether responses are streamed.
    pub(crate) stream: bool,
}

impl RouteRules {
    /// The rules of a handler that is a route.
    pub(crate) const fn of(handler: &'static HandlerDef) -> Option<RouteRules> {
        let HandlerKind::Route(route) = &handler.kind else {
            return None;
        };
        let types = route.content_types;
        // A reference less, in nearly all routes.
        let is_default = types.len() == DEFAULT_CONTENT_TYPES.len()
            && chalice_core::bytes::equal(types[0].as_bytes(), DEFAULT_CONTENT_TYPES[0].as_bytes());
        Some(RouteRules {
            declared_methods: route.declared_methods,
            cors: route.cors,
            content_types: if is_default { None } else { Some(types) },
            stream: route.stream,
        })
    }

    /// The content types that a request may have; empty for all.
    pub(crate) fn content_types(&self) -> &'static [&'static str] {
        self.content_types.unwrap_or(DEFAULT_CONTENT_TYPES)
    }

    /// The CORS settings that hold for the route in that app.
    pub(crate) fn cors<A: Application>(&self) -> Option<&'static CorsDef> {
        match self.cors {
            CorsSetting::Inherit => A::API.cors.as_ref(),
            CorsSetting::Off => None,
            CorsSetting::Own(cors) => Some(cors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Handler,
        sample::{App, routes},
    };

    #[test]
    fn rules_are_those_of_the_definition() {
        let rules = RouteRules::of(routes::index::DEF).unwrap();
        assert_eq!(rules.content_types(), ["application/json"]);
        assert!(rules.content_types.is_none() && !rules.stream);
        assert!(rules.cors::<App>().is_none());

        let rules = RouteRules::of(routes::echo::DEF).unwrap();
        let HandlerKind::Route(echo) = &routes::echo::DEF.kind else {
            panic!("a route");
        };
        assert_eq!(rules.content_types(), echo.content_types);
        assert_ne!(rules.content_types(), DEFAULT_CONTENT_TYPES);

        assert!(RouteRules::of(crate::sample::function::work::DEF).is_none());
    }
}
