//! The expansions of a few items, as files: what changes in generated code is
//! seen in review. `EXPECTORATE=overwrite` rewrites them.

use proc_macro2::TokenStream;

/// Compares the expansion, formatted, with `tests/golden/<name>.rs`.
pub(crate) fn assert_golden(name: &str, expansion: TokenStream) {
    let file = syn::parse2(expansion).expect("an expansion consists of items");
    expectorate::assert_contents(
        format!("tests/golden/{name}.rs"),
        &prettyplease::unparse(&file),
    );
}

/// The messages of the `compile_error!`s in an expansion.
pub(crate) fn messages(expansion: TokenStream) -> Vec<String> {
    let mut messages = Vec::new();
    let file: syn::File = syn::parse2(expansion).expect("an expansion consists of items");
    for item in file.items {
        if let syn::Item::Macro(item) = item
            && item
                .mac
                .path
                .segments
                .last()
                .is_some_and(|last| last.ident == "compile_error")
        {
            let text: syn::LitStr = item
                .mac
                .parse_body()
                .expect("a message is a string literal");
            messages.push(text.value());
        }
    }
    messages
}
