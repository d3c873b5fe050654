//! What the program uses of AWS, where the app declares nothing.

use super::{Functions, of_functions, on};
use crate::{Reason, Statement};

/// The statement for a role of these functions: one program is all functions, so that each may use all of it, on
/// resources of which nothing is known.
pub(super) fn statement(used_actions: &[String], functions: &Functions<'_>) -> Option<Statement> {
    let actions: Vec<&str> = used_actions.iter().map(String::as_str).collect();
    let because = of_functions(functions, Reason::Used, |_| true);
    (!actions.is_empty()).then(|| on(&actions, "*", &because))
}
