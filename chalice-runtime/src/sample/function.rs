//! The sample's pure function: it does what its event says.

use chalice_core::definition::{HandlerDef, HandlerKind};
use serde_json::Value;

use crate::{
    __private::{self, OutcomeFuture, Settings},
    Call, Event, FunctionError, Handler, HttpError, LambdaFunctionEvent,
};

#[expect(non_camel_case_types, reason = "as generated code names companions")]
pub(crate) struct work;

impl Handler for work {
    const DEF: &'static HandlerDef = &HandlerDef {
        name: "work",
        function: "work",
        module: "sample",
        file: "sample.rs",
        line: 1,
        kind: HandlerKind::Function,
        entry: concat!(
            "{\"name\":\"work\",\"type\":\"pure_lambda\",\"on_failure\":null,\"description\":null,",
            "\"source\":{\"module\":\"sample\",\"item\":\"work\",\"line\":1,\"file\":\"sample.rs\"}}",
        ),
        unchanging: "{\"name\":\"work\",".len(),
    };
}

impl<S: Sync + 'static> Call<S> for work {
    fn call<'r>(event: &'r Event, _: &'static S) -> OutcomeFuture<'r> {
        __private::handle::<LambdaFunctionEvent, Value, _, _>(
            event,
            Settings::DEFAULT,
            async |event: Value| match event.as_str() {
                Some("fail") => Err(FunctionError::from(
                    HttpError::conflict("sold out").with_cause("count is 0"),
                )),
                Some("break") => Err(FunctionError::from(std::io::Error::other("no disk"))),
                Some("panic") => panic!("out of locks"),
                _ => __private::answer(Ok(event)),
            },
        )
    }
}

crate::__schemas! { work [ "event" => crate::__private::Input<Value> ] -> crate::__private::Output<crate::Result<Value>> }
