//! Settings of the API that do not exist, or have another value.

use chalice::prelude::*;

#[app]
pub static NO_SETTINGS: App = App {
    name: "fixture",
    api: true,
};

#[app]
pub static MISSPELT: App = App {
    name: "fixture",
    api: Api { binary_type: ["image/png"] },
};

#[app]
pub static UNKNOWN: App = App {
    name: "fixture",
    api: Api { stage: "v1" },
};

#[app]
pub static REPEATED: App = App {
    name: "fixture",
    api: Api { cors: true, cors: false },
};

#[app]
pub static REPEATED_AS_A_WHOLE: App = App {
    name: "fixture",
    api: Api { cors: true },
    api: Api { compression: 1024 },
};

#[app]
pub static DEBUG_INSIDE: App = App {
    name: "fixture",
    api: Api { debug: true },
};

#[app]
pub static DEBUG_AS_TEXT: App = App {
    name: "fixture",
    debug: "yes",
};

#[app]
pub static BINARY_TYPES: App = App {
    name: "fixture",
    api: Api { binary_types: ["protobuf", "image/avif; q=1", "font/woff", "Font/Woff"] },
};

#[app]
pub static BINARY_TYPE: App = App {
    name: "fixture",
    api: Api { binary_types: "image/avif" },
};

#[app]
pub static COMPRESSION: App = App {
    name: "fixture",
    api: Api { compression: true },
};

#[app]
pub static COMPRESSION_LIMIT: App = App {
    name: "fixture",
    api: Api { compression: 10_485_761 },
};

#[blueprint]
pub static BLUEPRINT: Blueprint = Blueprint {
    api: Api { cors: true },
};

fn main() -> ExitCode {
    chalice::run(&NO_SETTINGS)
}
