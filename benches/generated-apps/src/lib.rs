//! The same app of any number of routes, for each framework that is compared.
//!
//! Every app has the same paths, methods, handler names, arguments and answers. A third of the routes
//! have no placeholder, a third have one, a third have two.

mod github;
mod set;

use std::fmt::Write;

pub use github::github_routes;
pub use set::{Request, Set};

/// Whose app it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framework {
    /// Ours.
    Chalice,
    /// No framework: the functions alone.
    Functions,
    /// axum's `Router`, by `axum::serve`.
    Axum,
    /// Rocket's `routes!`.
    Rocket,
}

/// One route of an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The number that its handler's name has.
    pub number: usize,
    /// The method in capital letters.
    pub method: &'static str,
    /// Its path, segment by segment.
    pub segments: Vec<Segment>,
}

/// One segment of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Text that has to be there.
    Literal(String),
    /// A placeholder; its name and the Rust type of the handler's argument.
    Parameter(&'static str, &'static str),
}

impl Route {
    /// The path as a framework writes it: `parameter` gives the text of a placeholder.
    pub fn path(&self, parameter: impl Fn(&str) -> String) -> String {
        let mut path = String::new();
        for segment in &self.segments {
            path.push('/');
            match segment {
                Segment::Literal(text) => path += text,
                Segment::Parameter(name, _) => path += &parameter(name),
            }
        }
        path
    }

    /// The path as API Gateway writes it, such as `/users/{id}`.
    pub fn template(&self) -> String {
        self.path(|name| format!("{{{name}}}"))
    }

    /// A path that a client could ask for.
    pub fn request_path(&self) -> String {
        self.path(|name| match name {
            "id" => format!("{}", 40 + self.number),
            name => format!("{name}-{}", self.number),
        })
    }

    fn parameters(&self) -> impl Iterator<Item = (&'static str, &'static str)> + '_ {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Literal(_) => None,
            Segment::Parameter(name, of) => Some((*name, *of)),
        })
    }

    /// The handler's arguments, for frameworks that take placeholders by their names.
    fn arguments(&self) -> String {
        let arguments: Vec<String> = self
            .parameters()
            .map(|(name, of)| format!("{name}: {of}"))
            .collect();
        arguments.join(", ")
    }

    fn answer(&self) -> String {
        let parameters: Vec<String> = self
            .parameters()
            .map(|(name, _)| format!("{{{name}}}"))
            .collect();
        match parameters.is_empty() {
            true => "String::from(\"open\")".to_owned(),
            false => format!("format!(\"{}\")", parameters.join(" ")),
        }
    }
}

/// How many routes share the first segment of their paths.
const GROUP: usize = 50;

/// The routes of the app with `count` of them.
pub fn routes(count: usize) -> Vec<Route> {
    (0..count)
        .map(|number| {
            let literal = |text: &str| Segment::Literal(text.to_owned());
            let module = literal(&format!("m{}", number / GROUP));
            let segments = match number % 3 {
                0 => vec![module, literal(&format!("orders{number}")), literal("open")],
                1 => vec![
                    module,
                    literal(&format!("users{number}")),
                    Segment::Parameter("id", "u64"),
                ],
                _ => vec![
                    module,
                    literal(&format!("users{number}")),
                    Segment::Parameter("user", "String"),
                    literal("files"),
                    Segment::Parameter("name", "String"),
                ],
            };
            Route {
                number,
                method: ["GET", "POST", "PUT", "DELETE"][number % 4],
                segments,
            }
        })
        .collect()
}

/// The text of `src/main.rs`.
pub fn main_rs(framework: Framework, count: usize) -> String {
    match framework {
        Framework::Chalice => chalice(count),
        Framework::Functions => functions(count),
        Framework::Axum => axum(count),
        Framework::Rocket => rocket(count),
    }
}

/// The text of an app of `count` routes in which the body of one handler has been edited: that of one in the
/// middle, without placeholders. Two `edition`s differ.
pub fn edited(main_rs: &str, count: usize, edition: usize) -> String {
    let number = count / 2 - count / 2 % 3;
    let handler = format!("async fn r{number}(");
    let answer = format!("String::from(\"open, edition {edition}\")");
    match main_rs.split_once(&handler) {
        Some((before, after)) => {
            let after = after.replacen("String::from(\"open\")", &answer, 1);
            format!("{before}{handler}{after}")
        }
        None => main_rs.to_owned(),
    }
}

/// The dependencies, as lines of `Cargo.toml`. `chalice` is the path of that crate's folder.
pub fn dependencies(framework: Framework, chalice: &str) -> String {
    match framework {
        Framework::Chalice => format!("chalice = {{ path = {chalice:?} }}\n"),
        Framework::Functions => String::new(),
        Framework::Axum => "axum = \"=0.8.9\"\ntokio = { version = \"1.54\", default-features = false, features = [\"net\", \"rt\"] }\n".to_owned(),
        Framework::Rocket => "rocket = \"=0.5.2\"\n".to_owned(),
    }
}

fn chalice(count: usize) -> String {
    let mut text = String::from("//! Generated.\n\nuse chalice::prelude::*;\n\n");
    text += &chalice_app(count);
    text + "fn main() -> ExitCode {\n    chalice::run(&APP)\n}\n"
}

/// The handlers and the app, without `main`: for programs that start it in their own way.
pub fn chalice_app(count: usize) -> String {
    chalice_app_with(count, &[])
}

/// [`chalice_app`], with handlers that are written elsewhere.
pub fn chalice_app_with(count: usize, handlers: &[&str]) -> String {
    let mut text = String::new();
    let mut names = String::new();
    for handler in handlers {
        let _ = write!(names, "{handler}, ");
    }
    for route in routes(count) {
        let path = route.path(|name| format!("<{name}>"));
        let _ = writeln!(
            text,
            "#[route(\"{path}\", methods = [{}])]\nasync fn r{}({}) -> String {{\n    {}\n}}\n",
            route.method,
            route.number,
            route.arguments(),
            route.answer()
        );
        let _ = write!(names, "r{}, ", route.number);
    }
    let _ = writeln!(
        text,
        "/// The app.\n#[app]\npub static APP: App = App {{\n    name: \"routes-{count}\",\n    handlers: [{names}],\n}};\n"
    );
    text
}

fn functions(count: usize) -> String {
    let mut text = String::from("//! Generated.\n\n");
    let mut names = String::new();
    for route in routes(count) {
        let _ = writeln!(
            text,
            "async fn r{}({}) -> String {{\n    {}\n}}\n",
            route.number,
            route.arguments(),
            route.answer()
        );
        let _ = writeln!(names, "    let _ = r{};", route.number);
    }
    let _ = writeln!(text, "fn main() {{\n{names}}}");
    text
}

fn axum(count: usize) -> String {
    let mut text =
        String::from("//! Generated.\n\nuse axum::{Router, extract::Path, routing};\n\n");
    text += &axum_router(count);
    text + "async fn serve() -> std::io::Result<()> {\n    let listener = tokio::net::TcpListener::bind(\"127.0.0.1:0\").await?;\n    \
         axum::serve(listener, router()).await\n}\n\n\
         fn main() -> std::io::Result<()> {\n    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(serve())\n}\n"
}

/// The handlers and `fn router()`, without `main`: for programs that serve it in their own way. It needs
/// `axum::{Router, extract::Path, routing}` in scope.
pub fn axum_router(count: usize) -> String {
    let mut text = String::new();
    let (mut groups, mut merged) = (String::new(), String::new());
    let routes = routes(count);
    for route in &routes {
        let parameters: Vec<_> = route.parameters().collect();
        let arguments = match parameters.as_slice() {
            [] => String::new(),
            [(name, of)] => format!("Path({name}): Path<{of}>"),
            several => {
                let names: Vec<&str> = several.iter().map(|(name, _)| *name).collect();
                let types: Vec<&str> = several.iter().map(|(_, of)| *of).collect();
                format!("Path(({})): Path<({})>", names.join(", "), types.join(", "))
            }
        };
        let _ = writeln!(
            text,
            "async fn r{}({arguments}) -> String {{\n    {}\n}}\n",
            route.number,
            route.answer()
        );
    }
    for (number, group) in routes.chunks(GROUP).enumerate() {
        let _ = write!(groups, "fn m{number}() -> Router {{\n    Router::new()");
        for route in group {
            let _ = write!(
                groups,
                "\n        .route(\"{}\", routing::{}(r{}))",
                route.path(|name| format!("{{{name}}}")),
                route.method.to_lowercase(),
                route.number
            );
        }
        groups += "\n}\n\n";
        let _ = write!(merged, "\n        .merge(m{number}())");
    }
    let _ = writeln!(
        text,
        "{groups}/// The app.\npub fn router() -> Router {{\n    Router::new(){merged}\n}}\n"
    );
    text
}

fn rocket(count: usize) -> String {
    let mut text =
        String::from("//! Generated.\n\nuse rocket::{delete, get, post, put, routes};\n\n");
    let mut names = String::new();
    for route in routes(count) {
        let _ = writeln!(
            text,
            "#[{}(\"{}\")]\nasync fn r{}({}) -> String {{\n    {}\n}}\n",
            route.method.to_lowercase(),
            route.path(|name| format!("<{name}>")),
            route.number,
            route.arguments(),
            route.answer()
        );
        let _ = write!(names, "r{}, ", route.number);
    }
    let _ = writeln!(
        text,
        "#[rocket::main]\nasync fn main() -> Result<(), rocket::Error> {{\n    \
         rocket::build().mount(\"/\", routes![{names}]).launch().await?;\n    Ok(())\n}}"
    );
    text
}

/// The text of `app.py`: the same app in AWS Chalice for Python.
pub fn python_app(count: usize) -> String {
    let mut text = format!(
        "from chalice import Chalice, Response\n\napp = Chalice(app_name=\"routes-{count}\")\n\n\n\
         def text(body):\n    return Response(body=body, headers={{\"Content-Type\": \"text/plain; charset=utf-8\"}})\n"
    );
    for route in routes(count) {
        let names: Vec<&str> = route.parameters().map(|(name, _)| name).collect();
        let answer = match route.parameters().collect::<Vec<_>>().as_slice() {
            [] => "\"open\"".to_owned(),
            [(name, _)] => format!("str(int({name}))"),
            _ => "f\"{user} {name}\"".to_owned(),
        };
        let _ = write!(
            text,
            "\n\n@app.route(\"{}\", methods=[\"{}\"])\ndef r{}({}):\n    return text({answer})\n",
            route.path(|name| format!("{{{name}}}")),
            route.method,
            route.number,
            names.join(", "),
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_as_each_framework_wants_them() {
        let routes = routes(6);
        let route = &routes[5];
        assert_eq!(
            route.path(|name| format!("<{name}>")),
            "/m0/users5/<user>/files/<name>"
        );
        assert_eq!(route.request_path(), "/m0/users5/user-5/files/name-5");
        assert_eq!(routes[4].request_path(), "/m0/users4/44");
        assert_eq!(routes[3].request_path(), "/m0/orders3/open");
    }

    #[test]
    fn the_python_app_has_every_handler() {
        let text = python_app(7);
        assert_eq!(text.matches("\ndef r").count(), 7);
        let last = "@app.route(\"/m0/users5/{user}/files/{name}\", methods=[\"POST\"])\ndef r5(user, name):\n    \
                    return text(f\"{user} {name}\")\n";
        assert!(text.contains(last), "{text}");
    }

    #[test]
    fn one_handler_is_edited() {
        let text = main_rs(Framework::Functions, 100);
        let [once, twice] = [1, 2].map(|edition| edited(&text, 100, edition));
        assert_ne!(once, twice);
        let changed = text.lines().zip(once.lines()).filter(|(a, b)| a != b);
        assert_eq!(
            changed.map(|(_, line)| line).collect::<Vec<_>>(),
            ["    String::from(\"open, edition 1\")"]
        );
    }

    #[test]
    fn every_app_has_every_handler() {
        for framework in [
            Framework::Chalice,
            Framework::Functions,
            Framework::Axum,
            Framework::Rocket,
        ] {
            let text = main_rs(framework, 7);
            assert_eq!(text.matches("async fn r").count(), 7, "{framework:?}");
        }
    }
}
