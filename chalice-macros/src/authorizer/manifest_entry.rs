//! An authorizer's manifest entry.

use syn::ext::IdentExt;

use super::model::{Authorizer, Identity};
use crate::json;

/// The entry in two parts, between which the module's path goes: only
/// `module_path!()` knows it.
pub(super) struct ManifestEntry {
    pub(super) head: String,
    pub(super) tail: String,
    /// Where in `head` the members begin that prefixes do not change.
    pub(super) unchanging: usize,
}

pub(super) fn manifest_entry(authorizer: &Authorizer<'_>) -> ManifestEntry {
    let mut head = format!("{{\"name\":{},", json::string(&authorizer.name));
    let unchanging = head.len();
    head.push_str(&format!(
        "\"type\":\"authorizer\",\"identity\":{},\"ttl_seconds\":{},\"execution_role\":{},\"summary\":{},\
         \"description\":{},\"source\":{{\"module\":\"",
        identity(&authorizer.identity),
        authorizer
            .ttl_seconds
            .map_or_else(|| "null".to_owned(), |seconds| seconds.to_string()),
        json::optional(authorizer.execution_role.as_deref()),
        json::optional(authorizer.documentation.summary.as_deref()),
        json::optional(authorizer.documentation.description.as_deref()),
    ));
    let name = authorizer.function.signature.ident.clone();
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

fn identity(identity: &Identity) -> String {
    match identity {
        Identity::Token(header) => {
            format!("{{\"type\":\"token\",\"header\":{}}}", json::string(header))
        }
        Identity::Request(sources) => format!(
            "{{\"type\":\"request\",\"sources\":{}}}",
            json::array(sources.iter().map(|source| format!(
                "{{\"in\":{},\"name\":{}}}",
                json::string(source.place.name()),
                json::string(&source.name)
            )))
        ),
    }
}
