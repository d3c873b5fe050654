//! Reading a manifest, which tools take from any file that is given to them:
//! never a panic, and nothing is lost or made up.

use chalice_core::{
    manifest::model::{Manifest, ReadError},
    path::PathPattern,
};

/// Checks one input.
pub fn check(json: &[u8]) {
    match Manifest::from_json(json) {
        Ok(manifest) => {
            let written = serde_json::to_vec(&manifest).expect("a manifest is JSON");
            let again = Manifest::from_json(&written).expect("what was written is a manifest");
            assert_eq!(again, manifest);
            // Tools parse the paths of a manifest, which may be any text.
            for route in &manifest.routes {
                let _ = PathPattern::parse(&route.path);
            }
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            if let ReadError::Version { found, .. } = error {
                assert_ne!(found, chalice_core::manifest::VERSION);
            }
        }
    }
}
