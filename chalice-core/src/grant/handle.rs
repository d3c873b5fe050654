//! What all typed resources consist of.

use super::kind::{Form, Kind};

/// Where the name of a resource comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// It is this.
    Literal(&'static str),
    /// It is the value of this environment variable, which each stage has its own of.
    Variable(&'static str),
}

/// Which indexes of a table are meant.
#[derive(Clone, Copy, Debug)]
pub(super) enum Indexes {
    All,
    One(&'static str),
    Several(&'static [&'static str]),
}

/// A resource: its kind, and where its name comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Handle {
    pub(super) kind: &'static Kind,
    pub(super) name: Name,
    pub(super) indexes: Indexes,
}

impl Handle {
    #[track_caller]
    pub(super) const fn named(kind: &'static Kind, name: &'static str) -> Handle {
        super::name::assert_name(kind, name);
        Handle {
            kind,
            name: Name::Literal(name),
            indexes: Indexes::All,
        }
    }

    #[track_caller]
    pub(super) const fn from_env(kind: &'static Kind, variable: &'static str) -> Handle {
        super::name::assert_variable(kind, variable);
        Handle {
            kind,
            name: Name::Variable(variable),
            indexes: Indexes::All,
        }
    }
}

/// A typed resource, whose name the runtime can find out.
pub trait Declared {
    /// Where its name comes from.
    fn declared_name(&self) -> Name;
}

/// Actions of an operation, and the ARNs that they are allowed on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) actions: &'static [&'static str],
    pub(super) forms: &'static [Form],
}

/// A typed resource: its constructors, and what all of them have.
macro_rules! resource {
    ($(#[$documentation:meta])* $type:ident = $kind:ident) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug)]
        pub struct $type($crate::grant::handle::Handle);

        impl $type {
            /// The one of this name, of the app's own account and region, in every stage.
            ///
            /// # Panics
            ///
            /// When AWS has none of such a name: in a constant, a compile error.
            #[must_use]
            #[track_caller]
            pub const fn named(name: &'static str) -> $type {
                $type($crate::grant::handle::Handle::named($crate::grant::kind::$kind, name))
            }

            /// The one whose name is the value of this environment variable, which the
            /// configuration sets for each stage (`environment_variables`).
            ///
            /// # Panics
            ///
            /// When AWS Lambda takes no variable of such a name: in a constant, a compile error.
            #[must_use]
            #[track_caller]
            pub const fn from_env(variable: &'static str) -> $type {
                $type($crate::grant::handle::Handle::from_env($crate::grant::kind::$kind, variable))
            }

            /// Any other actions of its service, spelt as AWS's Service Authorization Reference
            /// spells them, each on those of its ARNs that the action applies to.
            ///
            /// # Panics
            ///
            /// When an action does not exist, or does not apply to such a resource: in a constant, a
            /// compile error.
            #[must_use]
            #[track_caller]
            pub const fn allow(self, actions: &'static [&'static str]) -> $crate::grant::Grant {
                $crate::grant::Grant::further(self.0, actions)
            }
        }

        impl $crate::grant::Declared for $type {
            fn declared_name(&self) -> $crate::grant::Name {
                self.0.name
            }
        }
    };
}

/// An operation of a typed resource.
macro_rules! operations {
    ($type:ident: $($(#[$documentation:meta])* $name:ident = $parts:expr;)*) => {
        impl $type {
            $(
                $(#[$documentation])*
                #[must_use]
                #[track_caller]
                pub const fn $name(self) -> $crate::grant::Grant {
                    const PARTS: &[$crate::grant::handle::Part] = $parts;
                    $crate::grant::Grant::operation(self.0, PARTS)
                }
            )*
        }
    };
}

/// One part of an operation.
pub(super) const fn part(actions: &'static [&'static str], forms: &'static [Form]) -> Part {
    Part { actions, forms }
}

pub(super) use {operations, resource};
