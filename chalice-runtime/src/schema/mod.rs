//! JSON Schemas of the types that handlers take and return, for tools that
//! run on the developer's machine. Only with the feature `export`; without it,
//! the macros below expand to nothing and no Lambda binary knows of schemas.
//!
//! # What generated code emits
//!
//! Beside every handler, in its module, where `name` is the marker type (which
//! implements [`Handler`](crate::Handler)), with every argument but `&Request` (beside a route
//! only in builds with the feature, since an app has many of them):
//!
//! ```text
//! ::chalice::__schemas! { name [ "body" => Json<User>, "query" => Query<Paging> ] -> Result<Json<User>> }
//! ```
//!
//! An argument that a placeholder of the path fills is wrapped:
//! `"id" => ::chalice::__private::Placeholder<u64>`. A handler without a return
//! type returns `()`. A function that is no route has the one argument `event`; a pure
//! one's types are wrapped: `"event" => ::chalice::__private::Input<Order>`, and
//! `::chalice::__private::Output<Result<Receipt>>`.
//!
//! Beside every app and blueprint, with the paths of its handlers' marker types
//! and of its blueprints' types:
//!
//! ```text
//! ::chalice::__group_schemas! { APP [users::list, users::show] [reports::BLUEPRINT] }
//! ```
//!
//! # What comes out
//!
//! With the environment variable `CHALICE_EXPORT=schemas`, an app prints this
//! and exits. References are JSON pointers into the document itself
//! (`#/definitions/User`); `null` stands for a type without a known schema.
//!
//! ```text
//! {
//!   "handlers": {
//!     "<module>::<function>": { "arguments": { "<argument>": <schema or null> }, "returns": <schema or null> }
//!   },
//!   "definitions": { "<name>": <schema> }
//! }
//! ```

#[cfg(feature = "export")]
mod collector;
mod exportable;
#[cfg(feature = "export")]
mod probe;

#[cfg(feature = "export")]
pub use collector::{Collector, Schemas};
pub use exportable::Exportable;
#[cfg(feature = "export")]
pub use probe::{Described, DescribedOutput, Input, Output, Probe, Undescribed, UndescribedOutput};

/// Implements `Schemas` for a handler; nothing without the feature `export`.
#[cfg(feature = "export")]
#[doc(hidden)]
#[macro_export]
macro_rules! __schemas {
    ($handler:ident [ $($argument:literal => $type:ty),* $(,)? ] -> $returns:ty) => {
        impl $crate::__private::Schemas for $handler {
            fn collect(collector: &mut $crate::__private::Collector) {
                #[allow(unused_imports)]
                use $crate::__private::{
                    Described as _, DescribedOutput as _, Undescribed as _, UndescribedOutput as _,
                };
                collector.handler::<$handler>(
                    &[$(($argument, (&&&&$crate::__private::Probe::<$type>::NEW).schema())),*],
                    (&&&&$crate::__private::Probe::<$returns>::NEW).schema(),
                );
            }
        }
    };
}

/// Implements `Schemas` for a handler; nothing without the feature `export`.
#[cfg(not(feature = "export"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __schemas {
    ($($tokens:tt)*) => {};
}

/// Implements `Schemas` for an app or a blueprint; nothing without the feature `export`.
#[cfg(feature = "export")]
#[doc(hidden)]
#[macro_export]
macro_rules! __group_schemas {
    ($group:ident [ $($handler:path),* $(,)? ] [ $($blueprint:path),* $(,)? ]) => {
        impl $crate::__private::Schemas for $group {
            fn collect(collector: &mut $crate::__private::Collector) {
                $(<$handler as $crate::__private::Schemas>::collect(collector);)*
                $(<$blueprint as $crate::__private::Schemas>::collect(collector);)*
                let _ = collector;
            }
        }
    };
}

/// Implements `Schemas` for an app or a blueprint; nothing without the feature `export`.
#[cfg(not(feature = "export"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __group_schemas {
    ($($tokens:tt)*) => {};
}

#[cfg(all(test, feature = "export"))]
mod tests;
