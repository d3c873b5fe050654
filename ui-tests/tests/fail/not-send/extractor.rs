//! An extractor that is not `Send` lives as long as the handler's call.

use chalice::prelude::*;

use std::rc::Rc;

struct Shared(Rc<u8>);

impl<S: Sync + 'static> FromRequest<S> for Shared {
    async fn from_request(_: &Request, _: &'static S) -> Result<Shared> {
        Ok(Shared(Rc::new(1)))
    }
}

#[route("/")]
async fn index(shared: Shared, body: Bytes) -> String {
    format!("{} {}", shared.0, body.len())
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [index],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
