//! Writes the sources of the axum apps.

use std::{env, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    for count in [1, 130, 1_000] {
        // `/orders/{id}` is one of them.
        let text = generated_apps::axum_router(count - 1);
        let text = format!(
            "#[allow(unused_imports, reason = \"a router without routes\")]\nuse axum::{{Router, extract::Path, routing}};\n\n{text}"
        );
        fs::write(folder.join(format!("routes_{count}.rs")), text)?;
    }
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
