//! What a function streams to API Gateway.
//!
//! Amazon API Gateway, "Set up a Lambda proxy integration with payload response
//! streaming": a JSON object, eight NUL bytes, and the bytes of the body.

use bytes::{Bytes, BytesMut};

use crate::proxy_response::Malformed;

/// What ends the prelude.
const DELIMITER: [u8; 8] = [0; 8];

/// How many bytes API Gateway reads in search of the delimiter, which is among them: 16 KB.
///
/// Amazon API Gateway, "Set up a Lambda proxy integration with payload response streaming".
pub const MAX_PRELUDE: usize = 16 * 1024;

/// Finds the end of the prelude in what a function streams.
///
/// ```
/// use chalice_gateway::PreludeReader;
///
/// let mut reader = PreludeReader::default();
/// assert_eq!(reader.push(b"{\"statusCode\":200}\0\0\0\0")?, None);
/// let (prelude, body) = reader.push(b"\0\0\0\0first")?.ok_or("no end")?;
/// assert_eq!((&prelude[..], &body[..]), (&b"{\"statusCode\":200}"[..], &b"first"[..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct PreludeReader(BytesMut);

impl PreludeReader {
    /// Takes the next bytes. Once the delimiter is complete: the prelude, and what
    /// is there of the body, which may be nothing.
    ///
    /// # Errors
    ///
    /// When the delimiter is not among the first [`MAX_PRELUDE`] bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Option<(Bytes, Bytes)>, Malformed> {
        // The delimiter may have begun in the bytes before.
        let from = self.0.len().saturating_sub(DELIMITER.len() - 1);
        self.0.extend_from_slice(bytes);
        let window = &self.0[from..self.0.len().min(MAX_PRELUDE).max(from)];
        let found = window
            .windows(DELIMITER.len())
            .position(|bytes| bytes == DELIMITER);
        match found {
            Some(at) => {
                let mut prelude = std::mem::take(&mut self.0);
                let body = prelude.split_off(from + at + DELIMITER.len());
                prelude.truncate(from + at);
                Ok(Some((prelude.freeze(), body.freeze())))
            }
            None if self.0.len() >= MAX_PRELUDE => Err(Malformed::NoPrelude),
            None => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_delimiter_has_to_come_in_time() {
        let stream = |length: usize| [vec![b' '; length], vec![0; 8]].concat();
        let read = |stream: &[u8]| PreludeReader::default().push(stream);
        assert!(matches!(read(&stream(MAX_PRELUDE - 8)), Ok(Some(_))));
        assert_eq!(read(&stream(MAX_PRELUDE - 7)), Err(Malformed::NoPrelude));
        assert_eq!(read(b"{\"statusCode\":200,\"body\":\"\"}"), Ok(None));
    }

    proptest! {
        #[test]
        fn any_chunking_is_read(
            prelude in "[ -~]{0,40}",
            body in proptest::collection::vec(any::<u8>(), 0..100),
            sizes in proptest::collection::vec(1_usize..12, 200),
        ) {
            let stream = [prelude.as_bytes(), &DELIMITER, &body].concat();
            let mut reader = PreludeReader::default();
            let (mut rest, mut found, mut received) = (&stream[..], None, Vec::new());
            for size in sizes {
                let (chunk, behind) = rest.split_at(size.min(rest.len()));
                rest = behind;
                if found.is_some() {
                    received.extend_from_slice(chunk);
                } else if let Some((prelude, first)) = reader.push(chunk).unwrap() {
                    received.extend_from_slice(&first);
                    found = Some(prelude);
                }
            }
            prop_assert_eq!(found.unwrap(), prelude);
            prop_assert_eq!(received, body);
        }
    }
}
