//! Writes the apps whose tables are searched.

use std::{env, error::Error, fs, path::PathBuf};

use generated_apps::{chalice_app, chalice_app_of, github_routes};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    let apps = [
        ("few.rs", chalice_app(10)),
        ("github.rs", chalice_app_of("github", &github_routes())),
        ("many.rs", chalice_app(1000)),
    ];
    for (file, app) in apps {
        fs::write(out.join(file), app)?;
    }
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
