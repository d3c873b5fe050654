//! The log: lines on stderr, which AWS Lambda sends to CloudWatch Logs.

use std::{
    error::Error,
    fmt::{self, Write as _},
    io::{self, Write as _},
};

use crate::Request;

/// One line about a failure while `request` was answered.
pub(crate) fn error(request: &Request, message: impl fmt::Display) {
    let context = request.lambda_context();
    line(&format!(
        "ERROR RequestId: {} {} {}: {message}",
        context.request_id,
        request.method(),
        request.route(),
    ));
}

/// One line about a failure outside of every request.
pub(crate) fn failure(message: impl fmt::Display) {
    line(&format!("ERROR {message}"));
}

/// A text for whoever started the program by hand.
pub(crate) fn plain(message: impl fmt::Display) {
    let _ = writeln!(io::stderr().lock(), "{message}");
}

fn line(text: &str) {
    // A log that cannot be written to is no reason to fail the request.
    let _ = writeln!(io::stderr().lock(), "{}", OneLine(text));
}

/// An error and everything that led to it: `no user: connection refused: ..`.
pub(crate) struct Chain<'a>(pub(crate) &'a (dyn Error + 'static));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

/// A text without line breaks: a line is an entry of CloudWatch Logs, and what
/// a client sent must not be able to start one.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            if character.is_control() {
                write!(f, "{}", character.escape_default())?;
            } else {
                f.write_char(character)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_one_line() {
        assert_eq!(
            OneLine("a\r\nERROR b\u{1b}[0m é").to_string(),
            r"a\r\nERROR b\u{1b}[0m é"
        );
    }

    #[test]
    fn a_chain_names_every_source() {
        #[derive(Debug, thiserror::Error)]
        #[error("no user")]
        struct Outer(#[source] io::Error);
        let error = Outer(io::Error::other("connection refused"));
        assert_eq!(Chain(&error).to_string(), "no user: connection refused");
    }
}
