use proc_macro2::TokenStream;
use quote::quote;

use super::expand;
use crate::golden::{assert_golden, messages};

/// The messages for a handler with these arguments of its attribute.
fn of_attribute(arguments: TokenStream) -> Vec<String> {
    messages(expand(
        arguments,
        quote!(
            fn handler() {}
        ),
    ))
}

/// The messages for a handler of that path with that signature.
fn of_signature(path: &str, signature: TokenStream) -> Vec<String> {
    messages(expand(quote!(#path), quote!(#signature {})))
}

fn nothing() -> Vec<String> {
    Vec::new()
}

#[test]
fn golden_plain() {
    assert_golden(
        "route_plain",
        expand(
            quote!("/"),
            quote! {
                fn index() -> Json<Value> {
                    Json(json!({ "hello": "world" }))
                }
            },
        ),
    );
}

#[test]
fn golden_with_everything() {
    assert_golden(
        "route_with_everything",
        expand(
            quote! {
                "/users/<id>/files/<path..>",
                methods = [PUT, PATCH],
                name = "update",
                content_types = ["application/json", "text/plain"],
                api_key_required,
                stream,
                authorizer = POOL.scopes(&["profile"]),
                cors(
                    allow_origin = "https://example.com",
                    allow_headers = ["X-Special"],
                    expose_headers = ["X-Special"],
                    max_age = 600,
                    allow_credentials,
                )
            },
            quote! {
                /// Changes a file.
                ///
                /// All of it.
                #[cfg(feature = "files")]
                #[inline]
                pub async fn update_file(
                    path: String,
                    mut id: u64,
                    request: &Request,
                    Json(body): Json<File>,
                    db: State<Db>,
                ) -> Result<Json<File>, Refused> {
                    db.store(id, path, body).await
                }
            },
        ),
    );
}

#[test]
fn golden_with_a_mistake() {
    assert_golden(
        "route_with_a_mistake",
        expand(
            quote!("/users/<id>"),
            quote! {
                pub(crate) async fn show(user: u64) -> String {
                    user.to_string()
                }
            },
        ),
    );
}

#[test]
fn origins() {
    let of_origin = |origin: &str| of_attribute(quote!("/", cors(allow_origin = #origin)));
    for origin in [
        "*",
        "https://example.com",
        "http://localhost:3000",
        "http://[::1]:8080",
        "app://local-host",
        "https://xn--bcher-kva.example",
    ] {
        assert_eq!(of_origin(origin), nothing(), "{origin}");
    }
    for (origin, hint) in [
        ("", "a scheme and a host"),
        ("example.com", "a scheme and a host"),
        ("https://", "a scheme and a host"),
        ("://example.com", "a scheme and a host"),
        ("https:///users", "a scheme and a host"),
        ("https://user@example.com", "a scheme and a host"),
        ("null", "any attacker's page"),
        ("https://example.com/", "write \"https://example.com\""),
        (
            "https://example.com:8080/a?b#c",
            "write \"https://example.com:8080\"",
        ),
        ("HTTPS://Example.com", "write \"https://example.com\""),
        ("https://bücher.example", "Punycode"),
        ("https://*.example.com", "without `*`"),
        (
            "https://a.example, https://b.example",
            "list several origins",
        ),
    ] {
        let found = of_origin(origin);
        assert_eq!(found.len(), 1, "{origin}: {found:?}");
        assert!(found[0].contains(hint), "{origin}: {found:?}");
    }
}

#[test]
fn several_origins() {
    let of_origins = |origins: &[&str]| {
        of_attribute(quote!("/", cors(allow_origin = [#(#origins),*], allow_credentials)))
    };
    assert_eq!(of_origins(&["https://a.example"]), nothing());
    assert_eq!(
        of_origins(&["https://a.example", "https://b.example"]),
        nothing()
    );
    for (origins, hint) in [
        (&[][..], "no page could read"),
        (&["*"], "needs one origin"),
        (&["https://a.example", "*"], "does not go with others"),
        (&["null", "https://a.example"], "any attacker's page"),
        (&["https://a.example", "https://a.example"], "listed twice"),
        (
            &["https://a.example", "https://b.example/"],
            "write \"https://b.example\"",
        ),
    ] {
        let found = of_origins(origins);
        assert!(
            found.iter().any(|message| message.contains(hint)),
            "{origins:?}: {found:?}"
        );
        assert_eq!(found.len(), 1, "{origins:?}: {found:?}");
    }
}

#[test]
fn max_age_fits_into_32_bits() {
    assert_eq!(
        of_attribute(quote!("/", cors(max_age = 4_294_967_295))),
        nothing()
    );
    assert_eq!(
        of_attribute(quote!("/", cors(max_age = 4_294_967_296))).len(),
        1
    );
    assert_eq!(of_attribute(quote!("/", cors(max_age = 60.0))).len(), 1);
}

#[test]
fn content_types() {
    let of_type = |value: &str| of_attribute(quote!("/", content_types = [#value]));
    for good in [
        "application/json",
        "application/vnd.api+json",
        "*/*",
        "image/png",
    ] {
        assert_eq!(of_type(good), nothing(), "{good}");
    }
    for bad in [
        "",
        "/",
        "json",
        "a/",
        "/b",
        "a/b/c",
        "a /b",
        "text/html; charset=utf-8",
    ] {
        assert_eq!(of_type(bad).len(), 1, "{bad}");
    }
}

#[test]
fn one_mistake_is_one_message() {
    for arguments in [
        quote!(),
        quote!(PATH),
        quote!(PATH, methods = [POST]),
        quote!(concat!("/a", "/b"), cors),
        quote!(format!("/{}", 1)),
        quote!(17),
        quote!(methods = [POST]),
        quote!(path = "/users"),
        quote!(path = PATH),
        quote!("/" methods = [GET]),
        quote!("/", cors api_key_required),
        quote!("/", "/users"),
        quote!("/", methods: [GET]),
        quote!("/", methods =),
        quote!("/", methods = , cors),
        quote!("/", method = [POST]),
        quote!("/", methods = [FETCH]),
        quote!("/", methods = "GET"),
        quote!("/", cors, cors),
        quote!("/", stream, stream),
        quote!("/", stream = 17),
        quote!("/", streaming),
        quote!("/", cors(allow_origin = "*", allow_credentials)),
        quote!("/", cors(max_age)),
        quote!("/", authorizer = "IAM"),
    ] {
        let found = of_attribute(arguments.clone());
        assert_eq!(found.len(), 1, "{arguments}: {found:?}");
    }
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let found = messages(expand(
        quote!("/users/<id>/", methods = [get], name = "a b", colour = 1),
        quote!(
            unsafe fn handler(name: &str) {}
        ),
    ));
    assert_eq!(found.len(), 6, "{found:?}");
}

#[test]
fn placeholders_and_arguments() {
    assert_eq!(
        of_signature("/<id>", quote!(fn handler(id: u64))),
        nothing()
    );
    assert_eq!(
        of_signature("/<type>", quote!(fn handler(r#type: String))),
        nothing()
    );
    assert_eq!(
        of_signature("/<id>", quote!(fn handler(mut id: u64))),
        nothing()
    );
    // A type that is no scalar may be an extractor of the user's.
    assert_eq!(
        of_signature("/", quote!(fn handler(user: CurrentUser))),
        nothing()
    );
    assert_eq!(
        of_signature("/", quote!(fn handler(request: &chalice::Request))),
        nothing()
    );
    // A misspelt argument is one mistake, not a missing one and a superfluous one.
    for signature in [
        quote!(fn handler()),
        quote!(fn handler(idd: u64)),
        quote!(fn handler(_id: u64)),
        quote!(fn handler(user: u64)),
        quote!(fn handler(id: &str)),
        quote!(fn handler(id: &mut Request)),
        quote!(fn handler(Json(id): Json<u64>)),
    ] {
        let found = of_signature("/<id>", signature.clone());
        assert_eq!(found.len(), 1, "{signature}: {found:?}");
    }
    let found = of_signature("/<type>", quote!(fn handler()));
    assert!(found[0].contains("add `r#type: String`"), "{found:?}");
    let found = of_signature("/users/:id/all", quote!(fn handler(id: u64)));
    assert!(found[0].contains("\"/users/<id>/all\""), "{found:?}");
    let found = of_signature(
        "/files/<path..>",
        quote!(fn handler(path: String, page: u32)),
    );
    assert!(found[0].contains("placeholders are `path`"), "{found:?}");
}

#[test]
fn functions_that_are_no_handlers() {
    for (signature, hint) in [
        (quote!(fn handler(&self)), "State<T>"),
        (quote!(fn handler(self: Arc<Self>)), "State<T>"),
        (quote!(unsafe fn handler()), "unsafe"),
        (quote!(extern "C" fn handler()), "extern"),
        (quote!(fn handler<T>(body: Json<T>)), "type parameters"),
        (quote!(fn handler<const N: usize>()), "type parameters"),
        (quote!(fn handler(body: impl Into<String>)), "impl Trait"),
        (quote!(fn handler(body: Json<impl Serialize>)), "impl Trait"),
        (quote!(fn handler(db: &Db)), "State<T>"),
        (quote!(fn handler(request: &mut Request)), "`&Request`"),
    ] {
        let found = of_signature("/", signature.clone());
        assert_eq!(found.len(), 1, "{signature}: {found:?}");
        assert!(found[0].contains(hint), "{signature}: {found:?}");
    }
    assert_eq!(
        of_signature("/", quote!(fn handler<'a>(request: &'a Request))),
        nothing()
    );
}

#[test]
fn the_item_comes_back_whatever_is_wrong() {
    for item in [
        quote!(
            struct User;
        ),
        quote!(
            const N: u8 = 1;
        ),
        quote!(fn handler(id: u64) { syntax the macro never looks at }),
        quote!(
            fn method(&self) {}
        ),
    ] {
        let expansion = expand(quote!("bad path"), item.clone()).to_string();
        assert!(expansion.starts_with(&item.to_string()), "{expansion}");
        assert!(expansion.contains("compile_error"), "{expansion}");
    }
}
