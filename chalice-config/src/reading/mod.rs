//! From JSON to settings, with every problem on the way.

pub(crate) mod arn;
pub(crate) mod given;
pub(crate) mod json;
pub(crate) mod key_path;
pub(crate) mod reference;
pub(crate) mod section;
mod setting;
mod text;
mod words;

pub(crate) use given::Given;
pub(crate) use key_path::KeyPath;
pub(crate) use section::Section;
pub(crate) use setting::{Scalar, Setting};
pub(crate) use text::{filled_pattern, text_setting};
pub(crate) use words::words;
