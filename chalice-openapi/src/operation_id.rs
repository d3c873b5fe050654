//! `operationId`: what generated clients call their functions.

use std::collections::BTreeSet;

use chalice_core::manifest::model::Route;

use crate::{components::unique, operation::Operation};

/// The ids that have been given out.
///
/// An id is the route's name, and the method after it where the route has several. Where two
/// routes have one name, the later one's module is put in front; if that is not enough, a
/// number follows. So a route that is added at the end changes no other's id.
#[derive(Debug, Default)]
pub(crate) struct OperationIds {
    taken: BTreeSet<String>,
}

impl OperationIds {
    /// The operation's id, which no other has.
    pub(crate) fn id(&mut self, operation: Operation<'_>) -> String {
        let Operation { method, route } = operation;
        let several = route.methods.len() > 1 || route.methods.iter().any(|it| it == "ANY");
        let suffix = match several {
            true => format!("_{}", method.name().to_ascii_lowercase()),
            false => String::new(),
        };
        let name = format!("{}{suffix}", route.name);
        if self.taken.insert(name.clone()) {
            return name;
        }
        unique(&format!("{}_{name}", module(route)), &mut self.taken)
    }
}

fn module(route: &Route) -> &str {
    let module = &route.source.module;
    module.rsplit("::").next().unwrap_or(module)
}
