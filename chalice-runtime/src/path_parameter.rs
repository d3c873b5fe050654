//! Arguments that a placeholder of the route's path fills.

use std::str::FromStr;

use crate::{HttpError, Request, Result};

/// A type that a placeholder of a path can fill: every [`FromStr`].
///
/// The text is percent-decoded, once, before it is parsed. A value that does
/// not parse is answered with status 400 and a message that names the parameter.
#[diagnostic::on_unimplemented(
    message = "path parameter `{Self}` cannot be parsed from text",
    label = "`{Self}` does not implement `std::str::FromStr`"
)]
pub trait PathParameter: Sized {
    /// Parses the value of the placeholder `name`.
    ///
    /// # Errors
    ///
    /// 400 when the value is not UTF-8 or does not parse; 500 when the event
    /// lacks the parameter, which API Gateway never does.
    fn parse(name: &str, request: &Request) -> Result<Self>;
}

impl<T: FromStr> PathParameter for T {
    fn parse(name: &str, request: &Request) -> Result<T> {
        let Some(value) = request.decoded_path_parameter(name)? else {
            return Err(HttpError::from(Missing(name.to_owned())));
        };
        value.parse().map_err(|_| {
            HttpError::bad_request(format!(
                "the path parameter `{name}` has an invalid value: `{value}`"
            ))
        })
    }
}

/// The event is none that the gateway makes for the route.
#[derive(Debug, thiserror::Error)]
#[error("the event has no value for the path parameter `{0}`")]
struct Missing(String);
