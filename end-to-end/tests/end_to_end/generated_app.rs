//! Apps of many routes, for what only size shows.

use std::{fmt::Write as _, path::PathBuf};

use crate::cargo;

/// How many modules an app has.
const MODULES: usize = 20;

/// Every fourth module is a blueprint, mounted at its own prefix; the app
/// lists the routes of the others itself.
const BLUEPRINT_EACH: usize = 4;

/// Writes an app of `count` routes: some static, some with one placeholder, some with two.
pub(crate) fn write(count: usize) -> PathBuf {
    let name = format!("routes-{count}");
    let mut files = vec![("Cargo.toml".to_owned(), package(&name))];
    let mut main = String::from("//! Generated.\n\nuse chalice::prelude::*;\n\n");
    let (mut handlers, mut blueprints) = (String::new(), String::new());
    for module in 0..MODULES {
        let routes = count / MODULES + usize::from(module < count % MODULES);
        files.push((format!("src/m{module}.rs"), self::module(module, routes)));
        writeln!(main, "mod m{module};").unwrap();
        if is_blueprint(module) {
            write!(blueprints, "m{module}::BLUEPRINT.at(\"/m{module}\"), ").unwrap();
        } else {
            for route in 0..routes {
                write!(handlers, "m{module}::r{route}, ").unwrap();
            }
        }
    }
    write!(
        main,
        "\n/// The app.\n#[app]\npub static APP: App = App {{\n    name: {name:?},\n    handlers: [{handlers}],\n    \
         blueprints: [{blueprints}],\n}};\n\nfn main() -> ExitCode {{\n    chalice::run(&APP)\n}}\n"
    )
    .unwrap();
    files.push(("src/main.rs".to_owned(), main));
    cargo::project(&name, &files)
}

fn is_blueprint(module: usize) -> bool {
    module.is_multiple_of(BLUEPRINT_EACH)
}

fn module(module: usize, routes: usize) -> String {
    let mut text = String::from("//! Generated.\n\nuse chalice::prelude::*;\n\n");
    let prefix = match is_blueprint(module) {
        true => String::new(),
        false => format!("/m{module}"),
    };
    for route in 0..routes {
        let (path, arguments) = match route % 3 {
            0 => (format!("{prefix}/orders{route}/open"), ""),
            1 => (format!("{prefix}/users{route}/<id>"), "id: u64"),
            _ => (
                format!("{prefix}/users{route}/<user>/files/<name>"),
                "user: String, name: String",
            ),
        };
        let method = ["GET", "POST", "PUT", "DELETE"][route % 4];
        let answer = match arguments {
            "" => "String::from(\"open\")",
            "id: u64" => "format!(\"{id}\")",
            _ => "format!(\"{user} {name}\")",
        };
        writeln!(
            text,
            "/// Route number {route}.\n#[route(\"{path}\", methods = [{method}])]\n\
             pub(crate) async fn r{route}({arguments}) -> String {{\n    {answer}\n}}\n"
        )
        .unwrap();
    }
    if is_blueprint(module) {
        let handlers: Vec<String> = (0..routes).map(|route| format!("r{route}")).collect();
        writeln!(
            text,
            "/// The routes.\n#[blueprint]\npub(crate) static BLUEPRINT: Blueprint = Blueprint {{\n    handlers: [{}],\n}};",
            handlers.join(", ")
        )
        .unwrap();
    }
    text
}

fn package(name: &str) -> String {
    format!(
        "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nchalice = {{ path = {} }}\n\n[workspace]\n",
        cargo::toml_path("chalice")
    )
}
