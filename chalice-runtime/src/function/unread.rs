//! An event that no one has read yet.

use std::{fmt, sync::Mutex};

use super::{FunctionError, FunctionEvent};
use crate::{LambdaContext, dispatch::Event, entry::in_process::Delivered, event::EventText};

/// An event as AWS Lambda delivers it.
///
/// Which type it is read as, its handler knows: asked by an event of this
/// kind, a handler reads it and does nothing else. That way a binary has code
/// for those kinds of events that its handlers take, and for no others.
pub struct Unread(Mutex<Option<(EventText, LambdaContext)>>);

impl Unread {
    pub(super) fn new(event: EventText, context: LambdaContext) -> Unread {
        Unread(Mutex::new(Some((event, context))))
    }

    /// Reads the event.
    pub(crate) fn read<E: FunctionEvent>(&self) -> Result<Box<Event>, FunctionError> {
        let taken = match self.0.lock() {
            Ok(mut event) => event.take(),
            Err(poisoned) => poisoned.into_inner().take(),
        };
        let Some((event, context)) = taken else {
            return Err(FunctionError::malformed_event("the event was read before"));
        };
        Ok(Box::new(E::read(Delivered(event), context)?.into_event()))
    }
}

impl fmt::Debug for Unread {
    /// Nothing of what the event says.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unread").finish_non_exhaustive()
    }
}
