//! Random requests against both implementations at once.

pub mod disagreement;
pub mod generate;
pub mod python;
pub mod question;
pub mod routes;
pub mod rules;
pub mod run;
pub mod smaller;
