//! `#[app]` goes on a static that is a struct expression of its type.

use chalice::prelude::*;

#[route("/")]
fn index() {}

#[app]
fn function() {}

#[app]
pub const CONSTANT: App = App {
    name: "fixture",
    handlers: [index],
};

#[app]
pub static CALL: App = App::new("fixture");

#[app]
pub static BLUEPRINT: Blueprint = Blueprint { handlers: [index] };

#[app(name = "fixture")]
pub static ARGUMENTS: App = App {
    name: "fixture",
    handlers: [index],
};

#[app]
pub static mut MUTABLE: App = App {
    name: "fixture",
    handlers: [index],
};

fn main() {
    function();
}
