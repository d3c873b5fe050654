//! `request_validation`: what Amazon API Gateway checks of requests before it invokes the function.

use crate::reading::words;

words! {
    /// What of a request to the REST API is checked before the function is invoked, and paid for (Amazon
    /// API Gateway, "Request validation for REST APIs in API Gateway").
    #[derive(Default)]
    pub enum RequestValidation: "the kinds of request validation" {
        /// Nothing, as with AWS Chalice: the function checks everything.
        #[default]
        None = "none",
        /// Bodies that handlers take as `Json<T>`, by the JSON Schema of `T`.
        Body = "body",
        /// Parameters of the query string that handlers cannot do without.
        Parameters = "parameters",
        /// Both.
        All = "all",
    }
}

impl RequestValidation {
    /// Whether bodies are checked.
    pub const fn of_bodies(self) -> bool {
        matches!(self, RequestValidation::Body | RequestValidation::All)
    }

    /// Whether parameters are checked.
    pub const fn of_parameters(self) -> bool {
        matches!(self, RequestValidation::Parameters | RequestValidation::All)
    }
}
