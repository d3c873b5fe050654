//! What the statics of `#[app]` and `#[blueprint]` are written as. The
//! attributes read the fields' expressions; values of these types never exist.

/// Everything an app is made of, in the static that carries [`#[app]`](macro@crate::app).
#[derive(Debug)]
pub struct App {
    /// The app's name: the prefix of every AWS resource's name. Letters, digits, `-` and `_`.
    pub name: &'static str,
    /// The functions that carry a handler attribute: `[index, users::list]`.
    pub handlers: (),
    /// Blueprints, mounted: `[users::BLUEPRINT.at("/users").prefix("users_")]`.
    pub blueprints: (),
    /// What runs around the app's handlers, the outermost first: functions with
    /// [`#[middleware]`](macro@crate::middleware).
    pub middleware: (),
    /// A function that puts tower layers around the app's HTTP service, `fn(HttpService) -> impl LayeredService`.
    pub layer: (),
    /// What makes the state that handlers share: `AppState::connect`, an
    /// `async fn() -> Result<AppState>`, run once per cold start.
    pub state: (),
}

/// A part of an app that can be mounted at a path, in the static that carries
/// [`#[blueprint]`](macro@crate::blueprint).
#[derive(Debug)]
pub struct Blueprint {
    /// The functions that carry a handler attribute.
    pub handlers: (),
    /// Further blueprints, mounted below this one.
    pub blueprints: (),
    /// What runs around the blueprint's handlers, inside the middleware of
    /// whatever mounts it; the outermost first.
    pub middleware: (),
}
