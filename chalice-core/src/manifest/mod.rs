//! The manifest: everything that tools need to know about an app, as JSON.
//!
//! `#[app]` writes it in const evaluation ([`mod@write`]) and leaves
//! it in a section of the binary; tools read it back from there, without
//! running the binary, as the types of [`model`].

#[cfg(feature = "manifest")]
mod cors;
#[cfg(feature = "manifest")]
mod event_source;
#[cfg(feature = "manifest")]
mod grant;
#[cfg(feature = "manifest")]
pub mod model;
pub mod write;

/// Version of the manifest format. Readers refuse a version they do not know.
pub const VERSION: u32 = 1;

/// The section that holds the manifest in ELF binaries (Linux).
pub const ELF_SECTION: &str = ".chalice";

/// The segment and section that hold the manifest in Mach-O binaries (macOS).
pub const MACHO_SECTION: (&str, &str) = ("__DATA", "__chalice");

/// The JSON Schema of the manifest format.
pub const SCHEMA: &str = include_str!("schema.json");
