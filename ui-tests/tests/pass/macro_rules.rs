//! Handlers that a macro of the user's writes.

use chalice::prelude::*;

macro_rules! constant {
    ($name:ident, $path:literal, $method:ident, $text:expr, $returns:ty) => {
        #[route($path, methods = [$method])]
        fn $name() -> $returns {
            $text.into()
        }
    };
}

macro_rules! lookup {
    ($name:ident, $path:literal, $argument:ident: $ty:ty) => {
        #[route($path)]
        async fn $name($argument: $ty) -> String {
            $argument.to_string()
        }
    };
}

constant!(hello, "/hello", GET, "hello", String);
constant!(bye, "/bye", POST, "bye", String);
lookup!(user, "/users/<id>", id: u64);

#[app]
static APP: App = App {
    name: "macro-rules",
    handlers: [hello, bye, user],
};

#[test]
fn macro_rules() {
    assert_eq!(
        crate::routes(&APP),
        [
            "hello: GET /hello",
            "bye: POST /bye",
            "user: GET /users/{id}"
        ]
    );
}
