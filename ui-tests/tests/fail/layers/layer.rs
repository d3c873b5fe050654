//! The field `layer` of an app, with what puts no layers around it.

use chalice::prelude::*;

fn no_service(service: chalice::HttpService) -> u8 {
    drop(service);
    0
}

#[app]
pub static APP: App = App {
    name: "fixture",
    layer: no_service,
};

#[app]
pub static CALLED: App = App {
    name: "fixture",
    layer: no_service(),
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
