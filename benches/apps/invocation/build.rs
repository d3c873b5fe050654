//! Writes the apps' sources.

use std::{env, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    for count in [1, 130, 1_000] {
        // `/orders/{id}` is one of them.
        let text = generated_apps::chalice_app_with(
            count - 1,
            &[
                "super::orders::show",
                "super::orders::create",
                "super::orders::store",
            ],
        );
        let text = format!(
            "#[allow(unused_imports, reason = \"an app of one route\")]\nuse chalice::prelude::*;\n\n{text}"
        );
        fs::write(folder.join(format!("routes_{count}.rs")), text)?;
    }
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
