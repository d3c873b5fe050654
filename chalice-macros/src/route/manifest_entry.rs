//! A route's manifest entry.
//!
//! Written here rather than in const evaluation, where each formatted field
//! costs steps: joining finished pieces is several times faster.

use super::model::{Argument, CorsSetting, Route, Source};
use crate::{json, token_text::token_text};
use chalice_core::path::Segment;
use syn::{ReturnType, ext::IdentExt};

/// The entry in two parts, between which the module's path goes: only
/// `module_path!()` knows it.
pub(crate) struct ManifestEntry {
    pub(crate) head: String,
    pub(crate) tail: String,
    /// Where in `head` the members begin that neither prefixes nor an authorizer change.
    pub(crate) unchanging: usize,
}

pub(crate) fn manifest_entry(route: &Route<'_>) -> ManifestEntry {
    let mut head = format!(
        "{{\"name\":{},\"path\":{},\"authorizer\":null,",
        json::string(&route.name),
        json::string(&route.pattern.to_string()),
    );
    let unchanging = head.len();
    let mut member = |key: &str, value: String| head.push_str(&format!("\"{key}\":{value},"));
    member(
        "methods",
        json::strings(route.methods.names.iter().copied()),
    );
    member(
        "parameters",
        json::array(
            route
                .pattern
                .segments()
                .iter()
                .filter_map(|segment| parameter(route, segment)),
        ),
    );
    member(
        "arguments",
        json::array(route.arguments.iter().filter_map(argument)),
    );
    member("returns", json::string(&returns(route)));
    member(
        "cors",
        match &route.cors {
            CorsSetting::Inherit => "null".to_owned(),
            CorsSetting::Off => "false".to_owned(),
            CorsSetting::Own(cors) => cors.json(),
        },
    );
    member("api_key_required", route.api_key_required.to_string());
    member(
        "content_types",
        json::strings(route.content_types.iter().map(String::as_str)),
    );
    member("stream", route.stream.to_string());
    member(
        "summary",
        json::optional(route.documentation.summary.as_deref()),
    );
    member(
        "description",
        json::optional(route.documentation.description.as_deref()),
    );
    head.push_str("\"source\":{\"module\":\"");
    let name = route.function.signature.ident.clone();
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

fn parameter(route: &Route<'_>, segment: &Segment) -> Option<String> {
    let name = segment.placeholder()?;
    let argument = route.arguments.iter().find(|argument| {
        matches!(argument.source, Source::Placeholder(_)) && argument.name == name
    })?;
    Some(format!(
        "{{\"name\":{},\"type\":{},\"greedy\":{}}}",
        json::string(name),
        json::string(&token_text(&argument.ty)),
        matches!(segment, Segment::Greedy(_)),
    ))
}

fn argument(argument: &Argument) -> Option<String> {
    match argument.source {
        Source::Placeholder(_) => None,
        Source::Request | Source::Extractor => Some(format!(
            "{{\"name\":{},\"type\":{}}}",
            json::string(&argument.name),
            json::string(&token_text(&argument.ty)),
        )),
    }
}

fn returns(route: &Route<'_>) -> String {
    match &route.function.signature.output {
        ReturnType::Default => "()".to_owned(),
        ReturnType::Type(_, ty) => token_text(ty),
    }
}
