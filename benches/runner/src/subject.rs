//! The programs whose starts, invocations and sizes are compared, and what each of them is asked.

use std::{fs, path::PathBuf};

use serde_json::{Value, json};

use crate::{
    command::{cargo, run},
    failure::Failure,
    part::Setting,
    runtime_api::{self, Program, Run, Task},
};

/// One program, which is a function of AWS Lambda behind a REST API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Ours: greets whoever the query names.
    Hello,
    /// Ours: the example `helloworld`, which is what `cargo chalice new-project` makes. Its size alone is compared.
    Helloworld,
    /// Ours, with 1,000 routes.
    Routes,
    /// What `cargo lambda new --http` makes: `lambda_http` with all its features, several threads, `tracing`.
    CargoLambda,
    /// The same function on one thread and without a log: the least that `lambda_http` needs.
    CurrentThread,
    /// axum's router of 1,000 routes in `lambda_http`, on one thread and without a log.
    AxumRoutes,
    /// AWS Chalice for Python under `awslambdaric`: the same greeting.
    PythonHello,
    /// The same, with 1,000 routes.
    PythonRoutes,
}

impl Subject {
    /// As the report calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Subject::Hello | Subject::Helloworld | Subject::Routes => "chalice",
            Subject::CargoLambda => "cargo lambda new --http (1.9.2)",
            Subject::CurrentThread => "lambda_http 1.3.2, one thread",
            Subject::AxumRoutes => "axum 0.8.9 on lambda_http, one thread",
            Subject::PythonHello | Subject::PythonRoutes => "Python Chalice 1.34.0",
        }
    }

    /// Its package in this workspace; nothing for one in Python.
    fn package(self) -> Option<&'static str> {
        match self {
            Subject::Hello => Some("app-hello"),
            Subject::Helloworld => Some("app-helloworld"),
            Subject::Routes => Some("app-routes-1000"),
            Subject::CargoLambda => Some("peer-cargo-lambda-http"),
            Subject::CurrentThread => Some("peer-lambda-http-current-thread"),
            Subject::AxumRoutes => Some("peer-axum-routes-1000"),
            Subject::PythonHello | Subject::PythonRoutes => None,
        }
    }

    /// Builds it.
    pub(crate) fn build(self, setting: &Setting) -> Result<(), Failure> {
        let Some(package) = self.package() else {
            environment().prepare()?;
            let text = match self {
                Subject::PythonRoutes => generated_apps::python_app(ROUTES),
                _ => include_str!("../../python/awslambdaric/hello.py").to_owned(),
            };
            let folder = self.folder(setting);
            let path = folder.join("app.py");
            return fs::create_dir_all(folder)
                .and_then(|()| fs::write(&path, text))
                .map_err(|error| Failure::File { path, error });
        };
        // One by one: together, each would get the features that the others ask of a dependency.
        run(cargo(setting).args(["build", "--release", "--package", package]))
    }

    /// The folder in which it runs.
    fn folder(self, setting: &Setting) -> PathBuf {
        match self {
            Subject::PythonHello => setting.target.join("python").join("hello"),
            Subject::PythonRoutes => setting.target.join("python").join("routes"),
            _ => setting.target.clone(),
        }
    }

    /// The file that is executed.
    pub(crate) fn executable(self, setting: &Setting) -> PathBuf {
        match self.package() {
            Some(package) => setting.target.join("cargo").join("release").join(package),
            None => environment().python(),
        }
    }

    fn program(self, setting: &Setting) -> Program {
        let arguments: &[&str] = match self.package() {
            Some(_) => &[],
            None => &["-m", "awslambdaric", "app.app"],
        };
        Program {
            executable: self.executable(setting),
            arguments: arguments.iter().map(ToString::to_string).collect(),
            folder: self.folder(setting),
            handler: match self.package() {
                Some(_) => "bootstrap",
                None => "app.app",
            },
        }
    }

    /// Runs it for some invocations, and checks its answer.
    pub(crate) fn run(
        self,
        setting: &Setting,
        invocations: usize,
        warm_up: usize,
    ) -> Result<Run, Failure> {
        let event = self.event()?;
        let task = Task {
            event: &event,
            invocations,
            warm_up,
        };
        let run = runtime_api::run(&self.program(setting), task)?;
        self.check(&run.answer)?;
        Ok(run)
    }

    /// The instructions of its whole process, from its start until it has answered some invocations.
    pub(crate) fn instructions(
        self,
        setting: &Setting,
        invocations: usize,
    ) -> Result<u64, Failure> {
        let event = self.event()?;
        let task = Task {
            event: &event,
            invocations,
            warm_up: 0,
        };
        let (count, run) = runtime_api::instructions(&self.program(setting), task)?;
        self.check(&run.answer)?;
        Ok(count)
    }

    /// Whether it has routes to choose from.
    fn has_routes(self) -> bool {
        matches!(
            self,
            Subject::Routes | Subject::AxumRoutes | Subject::PythonRoutes
        )
    }

    /// What it is invoked with, as API Gateway's REST APIs make it.
    fn event(self) -> Result<Vec<u8>, Failure> {
        let unreadable =
            |error: serde_json::Error| Failure::Unexpected(format!("the event: {error}"));
        let mut event: Value =
            serde_json::from_str(include_str!("runtime_api/rest_api.json")).map_err(unreadable)?;
        if self.has_routes() {
            let route = route();
            let template = json!(route.path(|name| format!("{{{name}}}")));
            let path = route.request_path();
            event["resource"] = template.clone();
            event["path"] = json!(path);
            event["httpMethod"] = json!(route.method);
            event["requestContext"]["resourcePath"] = template;
            event["requestContext"]["httpMethod"] = json!(route.method);
            event["requestContext"]["path"] = json!(format!("/api{path}"));
            event["pathParameters"] = json!({
                "user": format!("user-{}", route.number),
                "name": format!("name-{}", route.number),
            });
        }
        serde_json::to_vec(&event).map_err(unreadable)
    }

    /// Whether that is the right answer.
    fn check(self, answer: &[u8]) -> Result<(), Failure> {
        let body = match self.has_routes() {
            true => format!("user-{0} name-{0}", route().number),
            false => "Hello Ada, this is an AWS Lambda HTTP request".to_owned(),
        };
        let value: Value = serde_json::from_slice(answer).unwrap_or_default();
        match value["statusCode"] == 200 && value["body"] == json!(body) {
            true => Ok(()),
            false => Err(Failure::Unexpected(format!(
                "{} has answered `{}`, and not `{body}`",
                self.name(),
                String::from_utf8_lossy(answer)
            ))),
        }
    }
}

/// How many routes the apps with many have.
const ROUTES: usize = 1000;

/// The route that is asked for: one with two parameters, in the middle.
fn route() -> generated_apps::Route {
    let mut routes = generated_apps::routes(ROUTES);
    routes.swap_remove(500)
}

fn environment() -> verifiers::Environment {
    verifiers::Environment::new(
        "bench-venv-awslambdaric",
        include_str!("../../python/awslambdaric/requirements.txt"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_event_is_for_the_route_that_answers() {
        let event: Value = serde_json::from_slice(&Subject::Routes.event().unwrap()).unwrap();
        assert_eq!(event["resource"], "/m10/users500/{user}/files/{name}");
        assert_eq!(event["path"], "/m10/users500/user-500/files/name-500");
        assert_eq!(event["httpMethod"], "GET");
        let answer = br#"{"statusCode":200,"body":"user-500 name-500"}"#;
        Subject::Routes.check(answer).unwrap();
    }

    #[test]
    fn a_wrong_answer_is_a_failure() {
        let greeting =
            br#"{"statusCode":200,"body":"Hello Ada, this is an AWS Lambda HTTP request"}"#;
        Subject::Hello.check(greeting).unwrap();
        for wrong in ["{}", r#"{"statusCode":200,"body":"Hello"}"#, "nothing"] {
            let failure = Subject::Hello
                .check(wrong.as_bytes())
                .unwrap_err()
                .to_string();
            assert!(
                failure.contains(&format!("has answered `{wrong}`")),
                "{failure}"
            );
        }
    }
}
