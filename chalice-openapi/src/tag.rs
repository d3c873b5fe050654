//! Tags: operations of one module belong together.

use chalice_core::manifest::model::{App, Source};

/// The tag of a handler: its module within the app's crate, such as `items`. Handlers in the
/// root of that crate have none; those of another crate have its name in front.
pub(crate) fn tag(app: &App, handler: &Source) -> Option<String> {
    let (root, rest) = split(&handler.module);
    let path = match root == split(&app.source.module).0 {
        true => rest,
        false => &handler.module,
    };
    (!path.is_empty()).then(|| path.replace("::", "."))
}

fn split(module: &str) -> (&str, &str) {
    module.split_once("::").unwrap_or((module, ""))
}
