//! The names of Lambda functions.

use std::fmt;

use crate::name::MAX_FUNCTION_NAME;

/// The name that a handler's function has on AWS: `<app>-<stage>-<handler>`.
///
/// # Errors
///
/// When it is longer than AWS Lambda allows, or has a character that AWS Lambda does not allow.
pub fn function(app: &str, stage: &str, handler: &str) -> Result<String, FunctionNameError> {
    for part in [app, stage, handler] {
        if let Some(problem) = crate::name::problem(part) {
            return Err(FunctionNameError::Part {
                part: part.to_owned(),
                problem,
            });
        }
    }
    let name = format!("{app}-{stage}-{handler}");
    if name.len() > MAX_FUNCTION_NAME {
        return Err(FunctionNameError::TooLong { name });
    }
    Ok(name)
}

/// A function's name that AWS Lambda would refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FunctionNameError {
    /// The name of the app, the stage or the handler is none.
    Part {
        /// The part of the name.
        part: String,
        /// What is wrong with it, as a clause.
        problem: String,
    },
    /// More characters than [`MAX_FUNCTION_NAME`].
    TooLong {
        /// The whole name.
        name: String,
    },
}

impl fmt::Display for FunctionNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FunctionNameError::Part { part, problem } => {
                write!(
                    f,
                    "\"{part}\" cannot be part of a function's name: {problem}"
                )
            }
            FunctionNameError::TooLong { name } => write!(
                f,
                "the function would be named \"{name}\", which has {} characters: AWS Lambda allows at most \
                 {MAX_FUNCTION_NAME}; shorten the name of the app, the stage or the handler by {}",
                name.len(),
                name.len() - MAX_FUNCTION_NAME
            ),
        }
    }
}

impl std::error::Error for FunctionNameError {}
