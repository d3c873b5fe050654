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
    /// Settings of the whole API: `Api { cors: true }`.
    pub api: Api,
    /// Whether the 500 of an unexpected failure says what happened, on this
    /// machine and wherever the environment variable `CHALICE_DEBUG` is `1`.
    pub debug: bool,
    /// What all handlers of the app may do on AWS, besides what their attributes say:
    /// `[PHOTOS.get()]`, made of the resources of [`grant`](crate::grant).
    pub grants: (),
}

/// Settings of the whole API, in the field `api` of [`App`].
#[derive(Debug)]
pub struct Api {
    /// The CORS settings of the routes that say nothing about CORS: `true`,
    /// `false` (the default), or [`Cors { .. }`](Cors).
    pub cors: (),
    /// Content types that API Gateway carries as binary, besides those that it
    /// always does: `["application/x-protobuf"]`.
    pub binary_types: (),
    /// From how many bytes on responses are compressed, 0 to 10,485,760
    /// (Amazon API Gateway, "Payload compression"). Without it, none is.
    pub compression: u32,
}

/// CORS settings of a whole app, in the field `cors` of [`Api`]; those of one
/// route are written `cors(..)` in its attribute, with the same fields.
#[derive(Debug)]
pub struct Cors {
    /// `"*"` (the default), one origin, or a list of origins:
    /// `["https://a.example.com", "https://b.example.com"]`.
    pub allow_origin: (),
    /// Request headers that are allowed besides those that AWS's clients send: `["X-Special"]`.
    pub allow_headers: (),
    /// Response headers that pages may read: `["X-Special"]`.
    pub expose_headers: (),
    /// For how many seconds browsers keep the answer to a preflight.
    pub max_age: u32,
    /// Whether browsers send cookies and the like; needs named origins.
    pub allow_credentials: bool,
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
    /// What all of the blueprint's handlers may do on AWS, besides what their attributes
    /// say: `[PHOTOS.get()]`, made of the resources of [`grant`](crate::grant).
    pub grants: (),
}
