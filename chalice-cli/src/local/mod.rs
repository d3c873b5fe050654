//! `cargo chalice local`: the app behind an emulated API Gateway, on this machine.

mod authorization;
mod configuration;
mod connections_api;
mod deployment;
mod environment;
mod functions;
mod invocation;
mod invoke_api;
mod key_source;
mod pool;
mod reload;
mod request_log;
mod response_body;
mod runtime_api;
mod scheduler;
mod server;
mod source_watcher;
mod stop_signal;
mod timetable;
mod websocket;

use std::io::ErrorKind;
use std::num::NonZeroUsize;
use std::sync::Arc;

use clap::Args;
use tokio::net::TcpListener;

use self::deployment::{Current, Deployment, Place};
use self::environment::AppOutput;
pub(crate) use self::invocation::{Invoked, LocalApp};
use self::key_source::KeySource;
use self::websocket::Sockets;
use crate::Error;
use crate::app_build::{App, AppOptions, BuildVariant};

/// The fewest functions that may run at once unless `--concurrency` says otherwise.
const MIN_DEFAULT_CONCURRENCY: usize = 4;

/// Serves an app on this machine, as API Gateway and Lambda would.
///
/// Builds the app and starts its executable as Lambda does: one process per
/// request at a time. When a source file is saved, the app is built again, and
/// the new executable takes over; while it does not compile, the last one that
/// did keeps serving. Functions that no request to the API invokes are invoked as on AWS Lambda, by
/// `aws lambda invoke --endpoint-url http://127.0.0.1:8000`. Everything this command says goes to the standard error;
/// what the app prints passes through.
///
/// A WebSocket API is served at ws://HOST:PORT/api, as in the stage `api` on AWS,
/// with `@connections` below it. Functions find that by the environment
/// variable AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI, unless it is set already. If
/// there are no AWS credentials to be seen, they get made-up ones to sign with.
/// Connections outlive each build of the app.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  cargo chalice local --package helloworld --port 8001\n  cargo chalice local --jwks MyPool=jwks.json\n  cargo chalice local --package events --schedules"
)]
pub(crate) struct Arguments {
    /// The address or host name to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// The port to listen on; 0 picks a free one.
    #[arg(long, default_value_t = 8000)]
    port: u16,
    /// The stage: what .chalice/config.json says of it, and a part of the functions' names.
    #[arg(long, default_value = "dev")]
    stage: String,
    /// Do not build and start the app again when its source changes.
    #[arg(long)]
    no_autoreload: bool,
    /// Fire the functions with `#[schedule]` at their times, in UTC, with the event of
    /// Amazon EventBridge. A rate counts from now on; what comes while this machine sleeps is left out.
    #[arg(long)]
    schedules: bool,
    /// How many requests the app serves at once, each in a process of its own
    /// [default: the number of cores, at least 4].
    #[arg(long, value_name = "NUMBER")]
    concurrency: Option<NonZeroUsize>,
    /// The JSON Web Key Set with which tokens of Cognito user pools and JWT
    /// authorizers are checked; for the authorizer of that name, or for all of
    /// them. A URL is fetched once. Without keys,
    /// a user pool's token only has to be one, and routes of JWT authorizers are open here.
    #[arg(long, value_name = "[AUTHORIZER=]FILE_OR_URL")]
    jwks: Vec<KeySource>,
    #[command(flatten)]
    app: AppOptions,
}

/// Serves the app until a signal stops it.
pub(crate) async fn run(arguments: Arguments) -> Result<(), Error> {
    let stopped = stop_signal::received()?;
    let sockets = Sockets::new();
    // The server goes on while the functions of `$disconnect` run.
    let stopping = async {
        stopped.await;
        sockets.stop().await;
    };
    tokio::select! {
        result = serve(arguments, sockets.clone()) => result,
        () = stopping => Ok(()),
    }
}

async fn serve(arguments: Arguments, sockets: Arc<Sockets>) -> Result<(), Error> {
    let app = App::find(&arguments.app)?;
    // Before the build, which may take minutes: a port in use is known at once.
    let listener = bind(&arguments.host, arguments.port).await?;
    let address = listener.local_addr()?;
    let stage = arguments.stage;
    configuration::check(&app, &stage)?;
    let place = Place {
        address,
        stage: stage.clone(),
        keys: key_source::read(arguments.jwks).await?.into(),
        concurrency: arguments
            .concurrency
            .map_or_else(default_concurrency, NonZeroUsize::get),
        output: AppOutput::Inherited,
    };
    let executable = app.build(BuildVariant::default()).await?;
    let deployment = Deployment::new(&app, &executable, &place)?;
    if deployment.is_empty() {
        return Err(format!(
            "the app `{}` has neither routes nor other functions, so there is nothing to serve: add a function \
             with `#[route]`, `#[lambda_function]` or the attribute of an event source to the handlers of `#[app]`",
            deployment.app_name()
        )
        .into());
    }
    for warning in deployment.warnings() {
        eprintln!("warning: {warning}");
    }
    if !address.ip().is_loopback() {
        eprintln!(
            "warning: other machines can reach this server at {address}, and invoke the app's functions"
        );
    }
    // A watcher that exists before the first request misses no change.
    let reload = match arguments.no_autoreload {
        true => None,
        false => Some(reload::Reload::new(&app, arguments.app, place)?),
    };
    eprintln!("Serving on http://{address}");
    if let Some(websocket) = &deployment.websocket {
        eprintln!("Serving WebSockets on ws://{address}/{}", websocket.stage());
    }
    if let Some(functions) = deployment.invocable() {
        eprintln!(
            "Functions are invoked by POST http://{address}{}NAME{}: {functions}",
            invoke_api::PREFIX,
            invoke_api::SUFFIX
        );
    }
    match (arguments.schedules, deployment.has_schedules()) {
        (false, true) => {
            eprintln!("Schedules do not fire on this server without `--schedules`");
        }
        (true, false) => eprintln!("note: the app has no schedule that could fire"),
        _ => {}
    }
    let current = Arc::new(Current::new(deployment));
    let _processes = current.end_idle_processes_on_drop();
    let reloading = async {
        match reload {
            Some(reload) => reload.run(&current).await,
            None => std::future::pending().await,
        }
    };
    let firing = async {
        match arguments.schedules {
            true => scheduler::run(&current, &stage).await,
            false => std::future::pending().await,
        }
    };
    tokio::select! {
        () = server::run(listener, current.clone(), sockets) => Ok(()),
        () = reloading => Ok(()),
        () = firing => Ok(()),
    }
}

fn default_concurrency() -> usize {
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    cores.max(MIN_DEFAULT_CONCURRENCY)
}

async fn bind(host: &str, port: u16) -> Result<TcpListener, BindError> {
    TcpListener::bind((host, port))
        .await
        .map_err(|source| match source.kind() {
            ErrorKind::AddrInUse => BindError::InUse {
                host: host.to_owned(),
                port,
            },
            ErrorKind::PermissionDenied => BindError::Denied { port },
            _ => BindError::Other {
                host: host.to_owned(),
                port,
                source,
            },
        })
}

/// Why the server cannot listen.
#[derive(Debug, thiserror::Error)]
enum BindError {
    /// Another program listens there.
    #[error(
        "port {port} of {host} is in use: stop the program that uses it, or choose another port with \
         `--port` (0 picks a free one)"
    )]
    InUse { host: String, port: u16 },
    /// The system reserves the port.
    #[error("this user may not listen on port {port}: choose one above 1023 with `--port`")]
    Denied { port: u16 },
    /// Anything else.
    #[error("cannot listen on port {port} of {host}: {source}")]
    Other {
        host: String,
        port: u16,
        source: std::io::Error,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn port_in_use() {
        let listener = bind("127.0.0.1", 0).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let error = bind("127.0.0.1", port).await.unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("port {port} of 127.0.0.1 is in use:")),
            "{error}"
        );
        assert!(error.contains("`--port`"), "{error}");
    }

    #[tokio::test]
    async fn no_such_host() {
        let error = bind("host.invalid", 0).await.unwrap_err().to_string();
        assert!(
            error.starts_with("cannot listen on port 0 of host.invalid: "),
            "{error}"
        );
    }
}
