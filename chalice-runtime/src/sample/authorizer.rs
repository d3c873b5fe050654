//! The sample's authorizer.

use chalice_core::definition::{AuthorizerSource, HandlerDef, HandlerKind};

use crate::{
    __private::{self, OutcomeFuture},
    AuthResponse, Call, Event, Handler, HttpError,
};

/// It decides by the token.
#[expect(non_camel_case_types, reason = "as generated code names companions")]
pub(crate) struct guard;

impl Handler for guard {
    const DEF: &'static HandlerDef = &HandlerDef {
        name: "guard",
        function: "guard",
        module: "sample",
        file: "sample.rs",
        line: 1,
        kind: HandlerKind::Authorizer(AuthorizerSource::Token),
        entry: concat!(
            "{\"name\":\"guard\",\"type\":\"authorizer\",",
            "\"identity\":{\"type\":\"token\",\"header\":\"X-Token\"},\"ttl_seconds\":0,",
            "\"execution_role\":null,\"summary\":null,\"description\":null,",
            "\"source\":{\"module\":\"sample\",\"item\":\"guard\",\"line\":1,\"file\":\"sample.rs\"}}",
        ),
        unchanging: "{\"name\":\"guard\",".len(),
    };
}

impl<S: Sync + 'static> Call<S> for guard {
    fn call<'r>(event: &'r Event, _: &'static S) -> OutcomeFuture<'r> {
        let request = __private::auth_request(event);
        __private::authorize(async move {
            match request.token() {
                "allow" => Ok(AuthResponse::allow(["/guarded"], "user").context("age", 7)),
                "deny" => Ok(AuthResponse::deny("nobody")),
                "elsewhere" => Ok(AuthResponse::allow(["/elsewhere"], "user")),
                "who" => Err(HttpError::unauthorized("who?")),
                "panic" => panic!("out of locks"),
                _ => Err(std::io::Error::other("secret"))?,
            }
        })
    }
}

crate::__schemas! { guard [] -> () }
