//! Where handlers can be, what they can be called, and when they are there.

use chalice::prelude::*;
// Imports the function and what the app lists.
use inner::imported;

mod inner {
    use chalice::prelude::*;

    #[route("/private_to_the_parent")]
    pub(super) async fn private_to_the_parent() {}

    #[route("/of_the_crate")]
    pub(crate) fn of_the_crate() {}

    #[route("/imported")]
    pub(crate) fn imported() {}

    pub(crate) mod deeper {
        use chalice::prelude::*;

        #[route("/in_path")]
        pub(in crate::functions) fn in_path() {}
    }
}

#[route("/raw")]
fn r#type() {}

#[route("/renamed", name = "renamed-handler")]
fn before_renaming() {}

#[cfg(not(any()))]
#[route("/present")]
fn conditional() {}

#[cfg(any())]
#[route("/absent")]
fn conditional() -> ThisTypeIsNotThere {}

/// Other attributes stay with the function.
#[must_use]
#[inline]
#[route("/attributes")]
fn attributes() -> String {
    String::new()
}

#[route("/called")]
async fn called() -> String {
    "called".to_owned()
}

/// A handler is still a function.
#[route("/caller")]
async fn caller() -> String {
    called().await
}

#[route("/camel")]
#[allow(non_snake_case)]
fn CamelCase() {}

#[route("/const")]
const fn constant() -> &'static str {
    "const"
}

#[app]
static APP: App = App {
    name: "functions",
    handlers: [
        inner::private_to_the_parent,
        self::inner::of_the_crate,
        imported,
        crate::functions::inner::deeper::in_path,
        r#type,
        before_renaming,
        conditional,
        attributes,
        called,
        caller,
        CamelCase,
        constant,
    ],
};

#[test]
fn functions() {
    assert_eq!(
        crate::routes(&APP),
        [
            "private_to_the_parent: GET /private_to_the_parent",
            "of_the_crate: GET /of_the_crate",
            "imported: GET /imported",
            "in_path: GET /in_path",
            "type: GET /raw",
            "renamed-handler: GET /renamed",
            "conditional: GET /present",
            "attributes: GET /attributes",
            "called: GET /called",
            "caller: GET /caller",
            "CamelCase: GET /camel",
            "constant: GET /const",
        ]
    );
}
