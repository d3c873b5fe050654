//! Writes the app of 1,000 routes.

use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    fs::write(out.join("routes.rs"), generated_apps::chalice_app(1000))?;
    let paths: Vec<String> = generated_apps::routes(1000)
        .iter()
        .map(|route| route.request_path())
        .collect();
    fs::write(out.join("paths.rs"), format!("{paths:?}"))?;
    Ok(())
}
