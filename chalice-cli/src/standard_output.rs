//! Writing a command's result to the standard output.

use std::io::{ErrorKind, Write as _};

use crate::Error;

/// Writes a command's result to the standard output. A reader that has gone
/// away, as `head` does, is no error.
pub(crate) fn print(result: impl AsRef<[u8]>) -> Result<(), Error> {
    let mut stdout = std::io::stdout().lock();
    match stdout
        .write_all(result.as_ref())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("cannot write to the standard output: {error}").into())
        }
        _ => Ok(()),
    }
}
