//! Finds out whether a type has a schema, without asking that it have one.
//!
//! Handlers' types need not implement `JsonSchema`, and stable Rust has no
//! specialisation. Method lookup does: on `&&&&Probe<T>`, [`DescribedOutput`] is found
//! first, then [`UndescribedOutput`], [`Described`] and [`Undescribed`], each of which needs one
//! dereference more than the one before it, if its bounds hold. This works because a handler's types are concrete where the macro looks.

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

/// The event of a pure function: a value that is JSON by itself.
#[derive(Debug)]
pub struct Input<T>(PhantomData<T>);

impl<T> Payload for Input<T> {
    type Value = T;
}

/// What a pure function returns: a value, or a `Result` of one.
#[derive(Debug)]
pub struct Output<T>(PhantomData<T>);

impl<T> Payload for Output<T> {
    type Value = T;
}

/// Found for a `Result` whose value has a schema.
pub trait DescribedOutput {
    /// The schema of the value.
    fn schema(&self) -> SchemaFn;
}

impl<T: JsonSchema, E> DescribedOutput for &&&Probe<Output<Result<T, E>>> {
    fn schema(&self) -> SchemaFn {
        |generator| Some(generator.subschema_for::<T>())
    }
}

/// Found for every other `Result`: what a caller gets is never the `Result` itself, which
/// could have a schema.
pub trait UndescribedOutput {
    /// No schema.
    fn schema(&self) -> SchemaFn {
        |_| None
    }
}

impl<T, E> UndescribedOutput for &&Probe<Output<Result<T, E>>> {}

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
