//! Descriptions of the REST API of a chalice app, from its manifest and the JSON Schemas of its types.
//!
//! - [`document()`]: an OpenAPI 3.1 document, for people and for generators of clients.
//! - [`swagger()`]: Swagger 2.0 with the extensions of Amazon API Gateway, from which an API is made.
//! - [`http_api()`]: OpenAPI 3.0 with such extensions, from which an HTTP API is made.
//! - [`changes()`]: what differs between two OpenAPI documents, and what of it breaks clients.
//!
//! There is no I/O here.

mod changes;
mod components;
mod document;
mod http_api;
mod no_routes;
mod note;
mod operation;
mod operation_id;
mod parameters;
mod request_body;
mod responses;
mod rust_type;
mod schemas;
mod security;
mod swagger;
mod tag;

pub use changes::{Change, Impact, NotADocument, changes};
pub use document::{Document, Settings, document};
pub use http_api::{HttpApi, HttpApiError, Unsupported, http_api};
pub use no_routes::NoRoutes;
pub use note::Note;
pub use schemas::{HandlerSchemas, Schemas};
pub use swagger::{
    FunctionUris, InvocationPath, Placeholders, RequestValidation, Swagger, SwaggerError,
    SwaggerSettings, swagger,
};
