//! A grant: actions that are allowed, and what they are allowed on.

use core::panic::Location;

use super::{
    check,
    handle::{Handle, Part},
};

/// Actions that an app's functions may perform, on resources: for `grants = [..]` in an attribute
/// and the field `grants` of an app or a blueprint.
///
/// ```
/// use chalice_core::grant::{Bucket, Grant};
///
/// const PHOTOS: Bucket = Bucket::named("photos");
/// const READ: Grant = PHOTOS.get();
/// const MAIL: Grant = Grant::allow(&["ses:SendEmail"]).on(&["arn:aws:ses:*:*:identity/example.com"]);
/// ```
///
/// An action that does not exist is a compile error:
///
/// ```compile_fail,E0080
/// use chalice_core::grant::Grant;
///
/// const MAIL: Grant = Grant::allow(&["ses:SendMail"]).on(&["*"]);
/// # fn main() { let _ = MAIL; }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Grant {
    pub(super) what: What,
    pub(super) file: &'static str,
    pub(super) line: u32,
}

/// What a grant allows.
#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    /// An operation of a resource.
    Operation {
        handle: Handle,
        parts: &'static [Part],
    },
    /// Further actions of a resource's service, on those of its ARNs that they apply to.
    Further {
        handle: Handle,
        actions: &'static [&'static str],
    },
    /// Any actions, on these ARNs.
    On {
        actions: &'static [&'static str],
        arns: &'static [&'static str],
    },
}

impl Grant {
    /// Any actions of AWS, spelt as AWS's Service Authorization Reference spells them; what they are
    /// allowed on, [`on`](Actions::on) says.
    pub const fn allow(actions: &'static [&'static str]) -> Actions {
        Actions { actions }
    }

    #[track_caller]
    pub(super) const fn operation(handle: Handle, parts: &'static [Part]) -> Grant {
        Grant::of(What::Operation { handle, parts })
    }

    #[track_caller]
    pub(super) const fn further(handle: Handle, actions: &'static [&'static str]) -> Grant {
        check::assert_further(handle.kind, actions);
        Grant::of(What::Further { handle, actions })
    }

    /// A grant of where it is called.
    #[track_caller]
    const fn of(what: What) -> Grant {
        let place = Location::caller();
        Grant {
            what,
            file: place.file(),
            line: place.line(),
        }
    }
}

/// Actions, of which [`on`](Actions::on) makes a grant.
#[derive(Clone, Copy, Debug)]
#[must_use = "actions are allowed on something: `.on(&[\"arn:..\"])`"]
pub struct Actions {
    actions: &'static [&'static str],
}

impl Actions {
    /// Allows the actions on these resources: ARNs, in which `*` stands for any text and `?` for any
    /// character, or `*` for all resources.
    ///
    /// # Panics
    ///
    /// When an action does not exist, or applies to none of these resources, or none applies to one
    /// of them: in a constant, a compile error.
    #[must_use]
    #[track_caller]
    pub const fn on(self, arns: &'static [&'static str]) -> Grant {
        check::assert_on(self.actions, arns);
        Grant::of(What::On {
            actions: self.actions,
            arns,
        })
    }
}
