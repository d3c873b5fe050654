//! Finds out whether a type has a schema, without asking that it have one.
//!
//! Handlers' types need not implement `JsonSchema`, and stable Rust has no
//! specialisation. Method lookup does: on `&&Probe<T>`, [`Described`] is found
//! before [`Undescribed`] because it needs one dereference less, if its bounds hold.
//! This works because a handler's types are concrete where the macro looks.

use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::Payload;

/// Makes a schema, if the type has one.
pub(super) type SchemaFn = fn(&mut SchemaGenerator) -> Option<Schema>;

/// Stands for a value of type `T`.
#[derive(Debug)]
pub struct Probe<T>(PhantomData<T>);

impl<T> Probe<T> {
    /// The probe.
    pub const NEW: Probe<T> = Probe(PhantomData);
}

/// Found for payloads whose type has a schema.
pub trait Described {
    /// The schema of what the payload carries.
    fn schema(&self) -> SchemaFn;
}

impl<T: Payload<Value: JsonSchema>> Described for &Probe<T> {
    fn schema(&self) -> SchemaFn {
        |generator| Some(generator.subschema_for::<T::Value>())
    }
}

/// Found for every other type.
pub trait Undescribed {
    /// No schema.
    fn schema(&self) -> SchemaFn {
        |_| None
    }
}

impl<T> Undescribed for Probe<T> {}
