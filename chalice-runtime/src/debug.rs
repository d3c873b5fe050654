//! Debug mode: whoever sent a request is shown why it failed.
//!
//! Two facts have to agree, so that no deployment shows its inside by mistake:
//! the app says `debug: true`, and the process runs where that is wanted. The
//! latter is so under the test client, and wherever the environment variable
//! `CHALICE_DEBUG` is `1`, which `cargo chalice local` sets and AWS Lambda does not.

use std::{error::Error, ffi::OsStr, fmt};

use http::StatusCode;

use crate::{Application, LambdaContext, Response};

/// The environment variable that permits debug mode.
const VARIABLE: &str = "CHALICE_DEBUG";

/// Whether failures are shown in this invocation.
fn is_on<A: Application>(context: &LambdaContext) -> bool {
    A::API.debug && permits(context, std::env::var_os(VARIABLE).as_deref())
}

/// Whether the process runs where failures may be shown.
fn permits(context: &LambdaContext, variable: Option<&OsStr>) -> bool {
    context.is_of_test_client() || variable.is_some_and(|value| value == "1")
}

/// The 500 that shows `failure`, if that is wanted.
pub(crate) fn response<A: Application>(
    context: &LambdaContext,
    failure: impl fmt::Display,
) -> Option<Response> {
    is_on::<A>(context)
        .then(|| Response::text(failure.to_string()).with_status(StatusCode::INTERNAL_SERVER_ERROR))
}

/// An error and everything that led to it, one per line.
pub(crate) struct Causes<'a>(pub(crate) &'a (dyn Error + 'static));

impl fmt::Display for Causes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(error) = source {
            write!(f, "\ncaused by: {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chalice_core::{
        definition::{ApiDef, GroupDef},
        function_table::LambdaFunction,
        opaque::Opaque,
        router::Router,
    };
    use serde_json::{Value, json, value::RawValue};

    use super::*;
    use crate::{
        Dispatch, Group, Result,
        dispatch::{Called, Event},
        invoke::invoke,
        sample::{App, AppState},
    };

    /// The sample app in debug mode.
    struct Debugged;

    impl Group for Debugged {
        const DEF: Opaque<&'static GroupDef> = App::DEF;
    }

    impl Dispatch<AppState> for Debugged {
        fn dispatch<'r>(id: usize, event: &'r Event, state: &'static AppState) -> Called<'r> {
            App::dispatch(id, event, state)
        }
    }

    impl Application for Debugged {
        fn functions() -> &'static [LambdaFunction] {
            App::functions()
        }

        type State = AppState;
        const NAME: &'static str = App::NAME;
        const API: &'static ApiDef = &ApiDef {
            debug: true,
            ..ApiDef::DEFAULT
        };
        fn router() -> Router {
            App::router()
        }
        fn manifest() -> &'static [u8] {
            App::manifest()
        }
        async fn connect() -> Result<AppState> {
            App::connect().await
        }
    }

    async fn get<A: Application>(path: &str, context: LambdaContext) -> Value {
        let event = json!({ "resource": path, "path": path, "httpMethod": "GET" });
        let event = RawValue::from_string(event.to_string()).unwrap();
        let state = Box::leak(Box::new(A::connect().await.unwrap()));
        let reply = invoke::<A>(event, context, state).await.unwrap();
        serde_json::to_value(&reply).unwrap()
    }

    #[test]
    fn causes_are_lines() {
        #[derive(Debug, thiserror::Error)]
        #[error("no user")]
        struct Outer(#[source] std::io::Error);
        let error = Outer(std::io::Error::other("connection refused"));
        assert_eq!(
            Causes(&error).to_string(),
            "no user\ncaused by: connection refused"
        );
    }

    // nextest runs each test in a process of its own, and `cargo test` all in
    // one: none of them sets the variable.
    #[tokio::test]
    async fn neither_fact_alone_shows_anything() {
        for path in ["/panics", "/fails", "/injects"] {
            let reply = get::<Debugged>(path, LambdaContext::default()).await;
            assert_eq!(reply["statusCode"], 500);
            assert_eq!(
                reply["body"],
                r#"{"Code":"InternalServerError","Message":"An internal server error occurred."}"#,
                "{path}"
            );
        }
    }

    #[cfg(feature = "test")]
    #[tokio::test]
    async fn the_test_client_shows_what_happened_if_the_app_wants_it() {
        let context = || LambdaContext::default().for_test_client();
        for (path, body) in [
            ("/panics", "the handler panicked: out of coffee"),
            ("/fails", "secret"),
            (
                "/injects",
                "the response's header `x-name` has a value that HTTP does not allow\n\
                 caused by: failed to parse header value",
            ),
        ] {
            let reply = get::<Debugged>(path, context()).await;
            assert_eq!(reply["statusCode"], 500);
            assert_eq!(reply["body"], body);
            assert_eq!(
                reply["headers"]["content-type"],
                "text/plain; charset=utf-8"
            );
            let reply = get::<App>(path, context()).await;
            assert!(
                reply["body"]
                    .as_str()
                    .unwrap()
                    .contains("InternalServerError"),
                "{path}"
            );
        }
    }

    #[test]
    fn the_variable_is_one_or_nothing() {
        let permitted =
            |value: Option<&str>| permits(&LambdaContext::default(), value.map(OsStr::new));
        assert!(permitted(Some("1")));
        for value in [None, Some(""), Some("0"), Some("true"), Some(" 1")] {
            assert!(!permitted(value), "{value:?}");
        }
    }
}
