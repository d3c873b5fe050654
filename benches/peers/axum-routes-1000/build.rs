//! Writes the app.

use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let folder = env::var_os("OUT_DIR").ok_or("Cargo sets OUT_DIR for build scripts")?;
    let file = PathBuf::from(folder).join("app.rs");
    fs::write(file, generated_apps::axum_router(1000))?;
    Ok(())
}
