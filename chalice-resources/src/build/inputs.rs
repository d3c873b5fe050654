//! What the resources of a stage are made from.

use chalice_config::Stage;
use chalice_core::manifest::model::Manifest;
use chalice_openapi::Schemas;

use super::build;
use crate::{Problems, Resources};

/// What the resources of a stage are made from: the manifest, the stage, and what else is known.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    pub(super) manifest: &'a Manifest,
    pub(super) stage: &'a Stage,
    pub(super) schemas: Option<&'a Schemas>,
    pub(super) used_actions: &'a [String],
}

impl<'a> Inputs<'a> {
    /// The manifest and the stage alone.
    pub fn new(manifest: &'a Manifest, stage: &'a Stage) -> Inputs<'a> {
        Inputs {
            manifest,
            stage,
            schemas: None,
            used_actions: &[],
        }
    }

    /// With the JSON Schemas of what the app's handlers take, without which an API that checks requests
    /// (`request_validation`) has no definition.
    #[must_use]
    pub fn with_schemas(self, schemas: Option<&'a Schemas>) -> Inputs<'a> {
        Inputs { schemas, ..self }
    }

    /// With the actions of IAM that the app's program uses, sorted. If the app declares no grants at all, the generated
    /// policies allow them on all resources, since which of these the program uses is not known; else nothing
    /// becomes of them.
    #[must_use]
    pub fn with_used_actions(self, used_actions: &'a [String]) -> Inputs<'a> {
        Inputs {
            used_actions,
            ..self
        }
    }

    /// Works out the resources.
    ///
    /// # Errors
    ///
    /// When AWS would refuse some of them: with all that is known to be wrong. What is wrong with the
    /// configuration alone is not found here, but when it is loaded.
    pub fn resources(&self) -> Result<Resources, Problems> {
        build(self)
    }
}
