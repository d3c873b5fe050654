//! CORS settings of a whole app that are wrong.

use chalice::prelude::*;

#[app]
pub static TEXT: App = App {
    name: "fixture",
    api: Api { cors: "https://example.com" },
};

#[app]
pub static MISSPELT: App = App {
    name: "fixture",
    api: Api { cors: Cors { allow_orgin: "https://example.com" } },
};

#[app]
pub static NO_TEXT: App = App {
    name: "fixture",
    api: Api { cors: Cors { allow_origin: true, allow_headers: "X-Special" } },
};

#[app]
pub static MAX_AGE: App = App {
    name: "fixture",
    api: Api { cors: Cors { max_age: "600" } },
};

#[app]
pub static CREDENTIALS: App = App {
    name: "fixture",
    api: Api { cors: Cors { allow_credentials: true } },
};

#[app]
pub static NO_FLAG: App = App {
    name: "fixture",
    api: Api {
        cors: Cors { allow_origin: "https://example.com", allow_credentials: "yes" },
    },
};

#[app]
pub static EVERY_ORIGIN_AND_ONE: App = App {
    name: "fixture",
    api: Api { cors: Cors { allow_origin: ["https://example.com", "*"] } },
};

fn main() -> ExitCode {
    chalice::run(&TEXT)
}
