//! `api_type`: which of API Gateway's products answers the routes.

use crate::reading::words;

words! {
    /// The kind of API that the app's routes become (Amazon API Gateway, "Choose between REST APIs
    /// and HTTP APIs").
    #[derive(Default)]
    pub enum ApiType: "the kinds of APIs that routes can become" {
        /// A REST API, as with AWS Chalice.
        #[default]
        Rest = "rest",
        /// An HTTP API: cheaper, with fewer features.
        Http = "http",
    }
}
