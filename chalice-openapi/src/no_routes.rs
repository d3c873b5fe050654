//! Why there is nothing to describe.

/// The app has no routes, and so no REST API.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the app `{app}` has no routes, so there is no REST API to describe: give it a function with `#[route]`"
)]
pub struct NoRoutes {
    /// The app's name.
    pub app: String,
}

impl NoRoutes {
    pub(crate) fn check(
        manifest: &chalice_core::manifest::model::Manifest,
    ) -> Result<(), NoRoutes> {
        match manifest.routes.is_empty() {
            true => Err(NoRoutes {
                app: manifest.app.name.clone(),
            }),
            false => Ok(()),
        }
    }
}
