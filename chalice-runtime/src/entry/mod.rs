//! The entry point: what `main` calls.

mod buffered;
mod environment;
mod function;
mod hand_over;
pub(crate) mod in_process;
mod init_error;
mod serve;
mod streaming;

use std::{env, process::ExitCode};

use chalice_core::flatten::{Need, needs};

use environment::Environment;
use function::Function;

use crate::{Exportable, log};

/// Runs the app: on AWS Lambda, until the execution environment ends.
///
/// ```text
/// fn main() -> ExitCode {
///     chalice::run(&APP)
/// }
/// ```
///
/// AWS Lambda starts the same program for every function of the app, and tells
/// it which one it is by the function's configured handler (`_HANDLER`):
/// `api_handler` answers the API's routes, and so do `bootstrap`, the usual handler of
/// custom runtimes, and no handler at all; the name of any other function is that function: an
/// authorizer, a handler of events, a pure function.
///
/// The app's state is built once, before the first event is fetched. One thread runs everything, unless
/// Lambda sends several events at a time (`AWS_LAMBDA_MAX_CONCURRENCY` above 1, AWS: "Lambda Managed
/// Instances").
///
/// The log is set up here, too: what the app says through [`tracing`] and every panic are JSON lines
/// on stdout. A subscriber that the app has installed before stays the one. See the guide to logging.
///
/// # Exit codes
///
/// 2 outside of AWS Lambda, with a text that says what to run instead; 1 when
/// the app cannot start, with the reason in the log and in the function's initialisation error.
pub fn run<A: Exportable>(app: &'static A) -> ExitCode {
    let _ = app;
    #[cfg(feature = "export")]
    if let Some(what) = env::var_os("CHALICE_EXPORT") {
        return export::<A>(&what);
    }
    let environment = Environment::new(|name| env::var(name).ok());
    match start::<A>(&environment) {
        Ok(()) => ExitCode::SUCCESS,
        Err(StartError::NotLambda { name }) => {
            log::plain(StartError::NotLambda { name });
            ExitCode::from(2)
        }
        Err(error) => {
            tracing::error!(target: log::TARGET, "{error}");
            if let Some(api) = environment.runtime_api()
                && let Err(failure) = init_error::report(api, &error)
            {
                tracing::error!(
                    target: log::TARGET,
                    "the error could not be reported to AWS Lambda: {failure}"
                );
            }
            ExitCode::FAILURE
        }
    }
}

/// Why an app does not run.
#[derive(Debug, thiserror::Error)]
enum StartError {
    #[error(
        "`{name}` is an app for AWS Lambda, and this is not AWS Lambda: the environment variable AWS_LAMBDA_RUNTIME_API is not set.\n\n\
         \x20   cargo chalice local       serves the app on this machine\n\
         \x20   cargo test                runs its tests; `chalice::test::Client` calls the app without a server\n\
         \x20   cargo chalice manifest    shows what the app consists of"
    )]
    NotLambda { name: &'static str },
    #[error(
        "the environment variable {variable} {problem}; AWS Lambda sets it for every function, \
         so whatever started this program has to set it as well"
    )]
    Environment {
        variable: &'static str,
        problem: String,
    },
    #[error(
        "this function's handler is configured as `{handler}`, and the app `{app}` has no function of that name; \
         set the handler of the Lambda function to one of: {functions}"
    )]
    UnknownFunction {
        handler: String,
        app: &'static str,
        functions: String,
    },
    #[error("the state of the app `{app}` could not be built: {reason}")]
    Connect { app: &'static str, reason: String },
    #[error("the asynchronous runtime did not start: {0}")]
    Runtime(#[from] std::io::Error),
    #[error("the loop that fetches events from AWS Lambda ended: {0}")]
    Loop(String),
}

impl StartError {
    /// The error's type, as AWS Lambda shows it.
    fn kind(&self) -> &'static str {
        match self {
            StartError::NotLambda { .. } => "Chalice.NotLambda",
            StartError::Environment { .. } => "Chalice.Environment",
            StartError::UnknownFunction { .. } => "Chalice.UnknownFunction",
            StartError::Connect { .. } => "Chalice.Connect",
            StartError::Runtime(_) => "Chalice.Runtime",
            StartError::Loop(_) => "Chalice.Loop",
        }
    }
}

fn start<A: Exportable>(environment: &Environment) -> Result<(), StartError> {
    if environment.runtime_api().is_none() {
        return Err(StartError::NotLambda { name: A::NAME });
    }
    log::start::<A>();
    environment.check()?;
    match Function::select(environment.handler(), A::NAME, A::functions())? {
        Function::Api => serve::api::<A>(environment),
        // Known at compile time: each is a loop of its own in the binary.
        Function::Authorizer(function) => {
            if const { needs(A::DEF.get(), Need::Authorizers) } {
                return serve::authorizer::<A>(environment, function);
            }
            unreachable!("an app without authorizers has none to select");
        }
        Function::Other(function) => {
            if const { needs(A::DEF.get(), Need::Functions) } {
                return serve::function::<A>(environment, function);
            }
            unreachable!("an app without functions has none to select");
        }
    }
}

/// Prints what `CHALICE_EXPORT` asks for.
#[cfg(feature = "export")]
fn export<A: Exportable>(what: &std::ffi::OsStr) -> ExitCode {
    use std::io::Write;

    if what != "schemas" {
        log::plain(format_args!(
            "CHALICE_EXPORT={} is not known; expected CHALICE_EXPORT=schemas",
            what.display()
        ));
        return ExitCode::from(2);
    }
    let document = crate::schema::Collector::document::<A>();
    match writeln!(std::io::stdout().lock(), "{document:#}") {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log::plain(format_args!("the schemas could not be written: {error}"));
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests;
