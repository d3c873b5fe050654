use proc_macro2::TokenStream;
use quote::quote;

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
