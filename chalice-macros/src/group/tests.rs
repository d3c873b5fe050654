use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::{Kind, expand};
use crate::golden::{assert_golden, messages};

/// The messages for an app that is written so.
fn of_app(value: TokenStream) -> Vec<String> {
    messages(expand(
        Kind::App,
        TokenStream::new(),
        quote!(pub static APP: App = #value;),
    ))
}

#[test]
fn golden_blueprint() {
    assert_golden(
        "blueprint",
        expand(
            Kind::Blueprint,
            TokenStream::new(),
            quote! {
                /// The users.
                pub static BLUEPRINT: Blueprint = Blueprint {
                    handlers: [list, show],
                    blueprints: [orders::BLUEPRINT.at("/<id>/orders").prefix("orders_")],
                    middleware: [audit],
                };
            },
        ),
    );
}

#[test]
fn golden_app() {
    assert_golden(
        "app",
        expand(
            Kind::App,
            TokenStream::new(),
            quote! {
                pub static APP: App = App {
                    name: "shop",
                    handlers: [index, stock::count],
                    blueprints: [users::BLUEPRINT.at("/users"), reports::BLUEPRINT],
                    middleware: [trace, auth::require_key],
                    state: AppState::connect,
                };
            },
        ),
    );
}

#[test]
fn golden_app_with_an_api() {
    assert_golden(
        "app_with_an_api",
        expand(
            Kind::App,
            TokenStream::new(),
            quote! {
                pub static APP: App = App {
                    name: "shop",
                    handlers: [],
                    api: Api {
                        cors: Cors {
                            allow_origin: ["https://a.example.com", "https://b.example.com"],
                            max_age: 600,
                            allow_credentials: true,
                        },
                        binary_types: ["application/x-protobuf"],
                        compression: 1024,
                    },
                    debug: true,
                };
            },
        ),
    );
}

#[test]
fn golden_app_with_a_mistake() {
    assert_golden(
        "app_with_a_mistake",
        expand(
            Kind::App,
            TokenStream::new(),
            quote! {
                static APP: App = App { name: "my shop", handlers: [index] };
            },
        ),
    );
}

#[test]
fn names() {
    for good in ["a", "shop", "my-shop_2"] {
        assert!(of_app(quote!(App { name: #good })).is_empty(), "{good}");
    }
    for bad in ["", "my shop", "shop.api", "größe"] {
        assert_eq!(of_app(quote!(App { name: #bad })).len(), 1, "{bad}");
    }
}

#[test]
fn one_mistake_is_one_message() {
    for value in [
        quote!(App {}),
        quote!(App { nam: "a" }),
        quote!(App { name: NAME }),
        quote!(App {
            name: "a",
            handler: [b]
        }),
        quote!(App {
            name: "a",
            name: "b"
        }),
        quote!(App {
            name: "a",
            handlers: b
        }),
        quote!(App {
            name: "a",
            handlers: [b()]
        }),
        quote!(App {
            name: "a",
            blueprints: [b::new()]
        }),
        quote!(App {
            name: "a",
            state: connect
        }),
        quote!(App { name: "a", ..OTHER }),
        quote!(App { ..OTHER }),
        quote!(App { 0: "a" }),
        quote!(Blueprint { handlers: [] }),
        quote!(App::new()),
    ] {
        let found = of_app(value.clone());
        assert_eq!(found.len(), 1, "{value}: {found:?}");
    }
}

/// The messages for an app with that `api`.
fn of_api(api: TokenStream) -> Vec<String> {
    of_app(quote!(App { name: "a", api: #api }))
}

#[test]
fn settings_of_the_api() {
    for api in [
        quote!(Api {}),
        quote!(Api { cors: true }),
        quote!(Api { cors: false }),
        quote!(Api { cors: Cors {} }),
        quote!(chalice::Api {
            cors: chalice::Cors {
                allow_origin: "https://example.com",
                allow_headers: ["X-Special"],
                expose_headers: [],
                max_age: 0,
                allow_credentials: false
            },
            binary_types: ["application/x-protobuf", "image/*"],
            compression: 10_485_760,
        }),
        quote!(Api { compression: 0 }),
    ] {
        assert!(of_api(api.clone()).is_empty(), "{api}");
    }
    for (api, hint) in [
        (quote!(true), "`api` takes settings"),
        (quote!(Api { core: true }), "did you mean `cors`?"),
        (quote!(Api { debug: true }), "a field of the app itself"),
        (
            quote!(Api {
                cors: true,
                cors: false
            }),
            "set twice",
        ),
        (quote!(Api { ..OTHER }), "cannot be taken over"),
        (quote!(Api { 0: true }), "fields have names"),
        (
            quote!(Api { cors: "*" }),
            "`cors` is `true`, `false` or settings",
        ),
        (
            quote!(Api {
                cors: Cors { allow_orgin: "*" }
            }),
            "`Cors` has no field `allow_orgin`; did you mean `allow_origin`?",
        ),
        (
            quote!(Api {
                cors: Cors { allow_origin: 1 }
            }),
            "`allow_origin: \"https://example.com\"`",
        ),
        (
            quote!(Api {
                cors: Cors {
                    allow_credentials: true
                }
            }),
            "as in `allow_origin: \"https://example.com\"`",
        ),
        (
            quote!(Api {
                cors: Cors { max_age: "600" }
            }),
            "`max_age: 600`",
        ),
        (
            quote!(Api {
                cors: Cors {
                    allow_credentials: 1
                }
            }),
            "it is `true` or `false`",
        ),
        (
            quote!(Api {
                cors: Cors {
                    max_age: 1,
                    max_age: 2
                }
            }),
            "set twice",
        ),
        (
            quote!(Api {
                cors: Cors { ..OTHER }
            }),
            "cannot be taken over",
        ),
        (
            quote!(Api {
                binary_types: "a/b"
            }),
            "`binary_types: [\"",
        ),
        (
            quote!(Api {
                binary_types: ["protobuf"]
            }),
            "not a content type",
        ),
        (
            quote!(Api {
                binary_types: ["a/b", "A/B"]
            }),
            "listed twice",
        ),
        (quote!(Api { compression: true }), "`compression: 1024`"),
        (quote!(Api { compression: -1 }), "0 to 10485760"),
        (
            quote!(Api {
                compression: 10_485_761
            }),
            "0 to 10485760",
        ),
    ] {
        let found = of_api(api.clone());
        assert_eq!(found.len(), 1, "{api}: {found:?}");
        assert!(found[0].contains(hint), "{api}: {found:?}");
    }
    let found = of_app(quote!(App {
        name: "a",
        debug: 1
    }));
    assert_eq!(found, ["`debug` is a flag: it is `true` or `false`"]);
}

#[test]
fn what_a_macro_passed_on_is_in_invisible_groups() {
    let grouped = |tokens: TokenStream| {
        TokenTree::Group(Group::new(Delimiter::None, tokens)).to_token_stream()
    };
    let (on, text, number) = (
        grouped(quote!(true)),
        grouped(quote!("*")),
        grouped(quote!(9)),
    );
    let cors = grouped(quote!(Cors { allow_origin: #text, max_age: #number }));
    let api = grouped(quote!(Api { cors: #cors, compression: #number }));
    let found = of_app(quote!(App { name: "a", api: #api, debug: #on }));
    assert!(found.is_empty(), "{found:?}");
    let found = of_api(quote!(Api { cors: #on }));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_misspelt_field_has_a_suggestion() {
    let found = of_app(quote!(App {
        name: "a",
        handler: [b]
    }));
    assert!(found[0].contains("did you mean `handlers`?"), "{found:?}");
}

#[test]
fn what_is_no_static_comes_back() {
    let item = quote!(
        fn app() {}
    );
    let expansion = expand(Kind::App, TokenStream::new(), item.clone());
    assert!(expansion.to_string().starts_with(&item.to_string()));
    assert_eq!(messages(expansion).len(), 1);
}
