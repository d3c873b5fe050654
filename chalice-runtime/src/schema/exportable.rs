//! What an app has to be for [`run`](crate::run) to start it.

use crate::Application;

/// An app that can say what its handlers take and return, if the feature
/// `export` asks for that. `#[app]` takes care of it.
#[cfg(not(feature = "export"))]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an app",
    label = "no `#[app]` on this",
    note = "put `#[app]` on a static: `#[app] pub static APP: App = App {{ name: \"..\", handlers: [..] }};`"
)]
pub trait Exportable: Application {}

#[cfg(not(feature = "export"))]
impl<A: Application> Exportable for A {}

/// An app that can say what its handlers take and return, if the feature
/// `export` asks for that. `#[app]` takes care of it.
#[cfg(feature = "export")]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an app",
    label = "no `#[app]` on this",
    note = "put `#[app]` on a static: `#[app] pub static APP: App = App {{ name: \"..\", handlers: [..] }};`"
)]
pub trait Exportable: Application + super::Schemas {}

#[cfg(feature = "export")]
impl<A: Application + super::Schemas> Exportable for A {}
