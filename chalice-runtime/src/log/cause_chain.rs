//! An error and what led to it.

use std::{error::Error, fmt, iter::successors};

/// More sources than an error has; a chain that is a ring ends here.
const MAX_LENGTH: usize = 64;

/// An error and everything that led to it, outermost first; as text `no user: connection refused`.
pub(crate) struct CauseChain<'a>(pub(crate) &'a (dyn Error + 'static));

impl CauseChain<'_> {
    /// The messages.
    pub(super) fn messages(&self) -> impl Iterator<Item = String> {
        successors(Some(self.0), |&error| error.source())
            .take(MAX_LENGTH)
            .map(ToString::to_string)
    }
}

impl fmt::Display for CauseChain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, message) in self.messages().enumerate() {
            let separator = if at == 0 { "" } else { ": " };
            write!(f, "{separator}{message}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn a_chain_names_every_source() {
        #[derive(Debug, thiserror::Error)]
        #[error("no user")]
        struct Outer(#[source] io::Error);
        let error = Outer(io::Error::other("connection refused"));
        let chain = CauseChain(&error);
        assert_eq!(chain.to_string(), "no user: connection refused");
        assert_eq!(
            chain.messages().collect::<Vec<_>>(),
            ["no user", "connection refused"]
        );
    }

    #[test]
    fn a_chain_without_end_ends() {
        #[derive(Debug)]
        struct Ring;
        impl fmt::Display for Ring {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("ring")
            }
        }
        impl Error for Ring {
            fn source(&self) -> Option<&(dyn Error + 'static)> {
                Some(&Ring)
            }
        }
        assert_eq!(CauseChain(&Ring).messages().count(), MAX_LENGTH);
    }
}
