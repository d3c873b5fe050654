//! Writes the manifest in const evaluation.
//!
//! A route's entry comes ready-made from its attribute
//! ([`HandlerDef::entry`](crate::definition::HandlerDef::entry)), because formatting
//! costs far more steps than copying.

use super::VERSION;
use crate::{
    authorizer::{AuthorizerDef, AuthorizerKind},
    bytes::copy,
    definition::HandlerKind,
    flatten::{AuthorizerReference, FlatHandler},
    json::Json,
    name::API_HANDLER,
};

/// What the manifest says of the app itself.
#[derive(Clone, Copy, Debug)]
pub struct AppFacts {
    /// The app's name.
    pub name: &'static str,
    /// The name of the item that declares the app.
    pub item: &'static str,
    /// Its module.
    pub module: &'static str,
    /// Its file.
    pub file: &'static str,
    /// Its line.
    pub line: u32,
    /// Its API's settings, rendered by the attribute as a JSON object.
    pub api: &'static str,
    /// The grants of the app and its blueprints: further members of the app's JSON object, with
    /// the comma before them; empty for none.
    pub grants: &'static str,
}

/// The length of the manifest in bytes.
pub const fn length(app: &AppFacts, handlers: &[FlatHandler]) -> usize {
    write(&mut [], app, handlers)
}

/// The manifest; `LENGTH` is its [`length`].
pub const fn manifest<const LENGTH: usize>(
    app: &AppFacts,
    handlers: &[FlatHandler],
) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    write(&mut bytes, app, handlers);
    bytes
}

/// Writes the manifest to `bytes` if it fits; returns its length.
const fn write(bytes: &mut [u8], app: &AppFacts, handlers: &[FlatHandler]) -> usize {
    let mut json = Json::new(bytes);
    json.raw("{\"manifest_version\":");
    json.number(VERSION);
    json.raw(",\"framework\":{\"name\":\"chalice\",\"version\":\"");
    json.raw(env!("CARGO_PKG_VERSION"));
    json.raw("\"},\"app\":{\"name\":");
    json.string(app.name);
    json.raw(",\"source\":{\"module\":");
    json.string(app.module);
    json.raw(",\"item\":");
    json.string(app.item);
    json.raw(",\"line\":");
    json.number(app.line);
    json.raw(",\"file\":");
    json.string(app.file);
    json.raw("},\"api\":");
    json.raw(app.api);
    json.raw(app.grants);
    json.raw("},\"functions\":[");
    if has_routes(handlers) {
        json.raw("{\"name\":\"");
        json.raw(API_HANDLER);
        json.raw("\",\"type\":\"rest_api\"}");
    }
    json.functions(handlers);
    json.raw("],\"routes\":[");
    json.routes(handlers);
    json.raw("]}");
    json.length
}

const fn has_routes(handlers: &[FlatHandler]) -> bool {
    let mut at = 0;
    let count = handlers.len();
    while at < count {
        if let HandlerKind::Route(_) = handlers[at].def.kind {
            return true;
        }
        at += 1;
    }
    false
}

impl Json<'_> {
    const fn routes(&mut self, handlers: &[FlatHandler]) {
        let mut length = self.length;
        let room = self.bytes.len();
        let count = handlers.len();
        let mut at = 0;
        let mut any = false;
        while at < count {
            let handler = &handlers[at];
            if let HandlerKind::Route(route) = &handler.def.kind {
                any = true;
                match &route.authorizer {
                    // The usual case, with as few calls as can be.
                    None if !handler.is_renamed && handler.prefix.bytes == 0 => {
                        let entry = handler.def.entry.as_bytes();
                        let end = length + entry.len();
                        if end < room {
                            copy(self.bytes, length, entry);
                        }
                        length = end;
                    }
                    authorizer => {
                        let function = match handler.authorizer {
                            AuthorizerReference::Handler(number) => handlers[number as usize].name,
                            _ => "",
                        };
                        self.length = length;
                        self.route(handler, authorizer, function);
                        length = self.length;
                    }
                }
                if length < room {
                    self.bytes[length] = b',';
                }
                length += 1;
            }
            at += 1;
        }
        // In place of the last comma.
        self.length = if any { length - 1 } else { length };
    }

    /// The functions beside the one that answers the routes.
    const fn functions(&mut self, handlers: &[FlatHandler]) {
        let mut separator = if has_routes(handlers) { "," } else { "" };
        let mut at = 0;
        let count = handlers.len();
        while at < count {
            let FlatHandler { def, name, .. } = &handlers[at];
            if !matches!(def.kind, HandlerKind::Route(_)) {
                self.raw(separator);
                separator = ",";
                // Names are made of characters that JSON does not escape.
                self.raw("{\"name\":\"");
                self.raw(name);
                self.raw("\",");
                self.raw(def.entry.split_at(def.unchanging).1);
            }
            at += 1;
        }
    }

    /// A route that is not as its attribute rendered it; `function` is the name that its authorizer has in the app, if it is one of the app.
    const fn route(
        &mut self,
        handler: &FlatHandler,
        authorizer: &Option<AuthorizerDef>,
        function: &str,
    ) {
        // Names and paths are made of characters that JSON does not escape.
        self.raw("{\"name\":\"");
        self.raw(handler.name);
        self.raw("\",\"path\":\"");
        self.raw(handler.path);
        self.raw("\",\"authorizer\":");
        match authorizer {
            Some(authorizer) => self.authorizer(authorizer, function),
            None => self.raw("null"),
        }
        self.raw(",");
        self.raw(handler.def.entry.split_at(handler.def.unchanging).1);
    }

    const fn authorizer(&mut self, authorizer: &AuthorizerDef, function: &str) {
        let mut name = authorizer.name;
        self.raw("{\"type\":");
        match &authorizer.kind {
            AuthorizerKind::AwsIam => self.raw("\"aws_iam\""),
            AuthorizerKind::CognitoUserPools {
                provider_arns,
                header,
            } => {
                self.raw("\"cognito_user_pools\",\"provider_arns\":");
                self.strings(provider_arns);
                self.raw(",\"header\":");
                self.string(header);
            }
            AuthorizerKind::Custom {
                authorizer_uri,
                invoke_role_arn,
                header,
                ttl_seconds,
            } => {
                self.raw("\"custom\",\"authorizer_uri\":");
                self.string(authorizer_uri);
                self.raw(",\"invoke_role_arn\":");
                match invoke_role_arn {
                    Some(arn) => self.string(arn),
                    None => self.raw("null"),
                }
                self.raw(",\"header\":");
                self.string(header);
                self.raw(",\"ttl_seconds\":");
                self.number(*ttl_seconds);
            }
            AuthorizerKind::Jwt {
                issuer,
                audiences,
                header,
            } => {
                self.raw("\"jwt\",\"issuer\":");
                self.string(issuer);
                self.raw(",\"audiences\":");
                self.strings(audiences);
                self.raw(",\"header\":");
                self.string(header);
            }
            AuthorizerKind::Function { .. } => {
                self.raw("\"function\"");
                name = function;
            }
        }
        self.raw(",\"name\":");
        self.string(name);
        self.raw(",\"scopes\":");
        self.strings(authorizer.scopes);
        self.raw("}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_without_handlers() {
        const FACTS: AppFacts = AppFacts {
            name: "x",
            item: "APP",
            module: "x",
            file: r"src\main.rs",
            line: 3,
            api: "{\"debug\":true}",
            grants: "",
        };
        const LENGTH: usize = length(&FACTS, &[]);
        const JSON: [u8; LENGTH] = manifest(&FACTS, &[]);
        let value: serde_json::Value = serde_json::from_slice(&JSON).unwrap();
        assert_eq!(value["app"]["source"]["file"], r"src\main.rs");
        assert_eq!(value["app"]["api"]["debug"], true);
        assert_eq!(value["functions"], serde_json::json!([]));
    }
}
