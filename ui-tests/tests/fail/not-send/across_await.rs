//! A handler whose future stays on one thread.

use chalice::prelude::*;

use std::rc::Rc;

#[route("/")]
async fn index() -> String {
    let shared = Rc::new(1);
    std::future::ready(()).await;
    shared.to_string()
}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [index],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
