//! `execution_roles`: whose the roles are that are created with the app.

use crate::reading::words;

words! {
    /// Whose the execution roles are that are created with the app (AWS Lambda, "Defining Lambda
    /// function permissions with an execution role").
    #[derive(Default)]
    pub enum ExecutionRoles: "whose execution roles can be" {
        /// One for all functions of which nothing else is said, as AWS Chalice has it.
        #[default]
        Shared = "shared",
        /// Each function has its own.
        PerFunction = "per_function",
    }
}
