//! The manifest entry of a function.

use syn::ext::IdentExt;

use super::model::Handler;
use crate::json;

/// The entry in two parts, between which the module's path goes: only
/// `module_path!()` knows it.
pub(super) struct ManifestEntry {
    pub(super) head: String,
    pub(super) tail: String,
    /// Where in `head` the members begin that prefixes do not change.
    pub(super) unchanging: usize,
}

pub(super) fn manifest_entry(handler: &Handler<'_>) -> ManifestEntry {
    let mut head = format!("{{\"name\":{},", json::string(&handler.name));
    let unchanging = head.len();
    head.push_str(&format!("\"type\":{},", json::string(handler.source.kind)));
    for (key, value) in &handler.source.members {
        head.push_str(&format!("{}:{value},", json::string(key)));
    }
    head.push_str(&format!(
        "\"description\":{},\"source\":{{\"module\":\"",
        json::optional(handler.description.as_deref()),
    ));
    let name = handler.function.signature.ident.clone();
    let place = name.span();
    let tail = format!(
        "\",\"item\":{},\"file\":{},\"line\":{}}}}}",
        json::string(&name.unraw().to_string()),
        json::string(&place.file()),
        place.start().line,
    );
    ManifestEntry {
        head,
        tail,
        unchanging,
    }
}
