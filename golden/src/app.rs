//! The list of the apps.

use std::path::{Path, PathBuf};

use chalice::Application;
use chalice_core::manifest::model::{Manifest, ReadError};

use crate::counterparts::{
    auths, basic, cfg, dom, events, layered, merge, private, purel, s3app, wsapp, wsmsg,
};

/// The names of all apps.
pub(crate) const NAMES: [&str; 12] = [
    "01-basic-routes",
    "02-authorizers",
    "03-events-sam",
    "04-s3-events",
    "05-websockets",
    "05b-websockets-message-only",
    "06-config-full",
    "07-custom-domains",
    "08-private-endpoint",
    "09-automatic-layer-arm64",
    "11-merge-template",
    "13-pure-lambda-only",
];

/// An app, with what is known of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GoldenApp {
    /// The name of its folder, such as `01-basic-routes`.
    pub name: &'static str,
    /// The counterpart's manifest.
    pub manifest: Manifest,
    /// The stages of its configuration that can be deployed.
    pub stages: &'static [&'static str],
}

impl GoldenApp {
    /// Its folder, in which `.chalice/config.json` is.
    pub fn directory(&self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(self.name)
    }

    /// The path of a file that AWS Chalice has written, such as `sam-dev.json`.
    pub fn output(&self, file: &str) -> PathBuf {
        self.directory().join("out").join(file)
    }
}

fn app<A: Application>(
    name: &'static str,
    stages: &'static [&'static str],
) -> Result<GoldenApp, ReadError> {
    Ok(GoldenApp {
        name,
        manifest: Manifest::from_json(A::manifest())?,
        stages,
    })
}

/// All of them, in the order of their names.
///
/// # Errors
///
/// When a manifest is none, which would be a defect of the framework.
pub fn apps() -> Result<Vec<GoldenApp>, ReadError> {
    Ok(vec![
        app::<basic::APP>("01-basic-routes", &["dev"])?,
        app::<auths::APP>("02-authorizers", &["dev"])?,
        app::<events::APP>("03-events-sam", &["dev"])?,
        app::<s3app::APP>("04-s3-events", &["dev"])?,
        app::<wsapp::APP>("05-websockets", &["dev"])?,
        app::<wsmsg::APP>("05b-websockets-message-only", &["dev"])?,
        app::<cfg::APP>("06-config-full", &["dev", "prod", "nolog"])?,
        app::<dom::APP>("07-custom-domains", &["dev", "edge"])?,
        app::<private::APP>(
            "08-private-endpoint",
            &["dev", "multi", "polfile", "regpol"],
        )?,
        app::<layered::APP>("09-automatic-layer-arm64", &["dev", "nocompress"])?,
        app::<merge::APP>("11-merge-template", &["dev"])?,
        app::<purel::APP>("13-pure-lambda-only", &["dev"])?,
    ])
}
