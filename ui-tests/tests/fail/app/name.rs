//! An app has a name, and AWS takes few characters in it.

use chalice::prelude::*;

#[app]
pub static MISSING: App = App { handlers: [] };

#[app]
pub static SPACE: App = App {
    name: "my app",
    handlers: [],
};

#[app]
pub static EMPTY: App = App {
    name: "",
    handlers: [],
};

#[app]
pub static LONG: App = App {
    name: "an-app-with-a-name-that-goes-on-and-on-until-nobody-reads-it-any-more",
    handlers: [],
};

const NAME: &str = "shop";

#[app]
pub static CONSTANT: App = App {
    name: NAME,
    handlers: [],
};

fn main() -> ExitCode {
    let _ = (&MISSING, &SPACE, &EMPTY, &LONG, &CONSTANT);
    chalice::run(&MISSING)
}
