//! Tells AWS Lambda why an execution environment did not start: AWS, "Using
//! the Lambda runtime API for custom runtimes", section "Initialization error".

use std::{
    io::{self, Read, Write},
    net::{TcpStream, ToSocketAddrs},
    time::Duration,
};

use serde::Serialize;

use super::StartError;

/// The API runs in the same sandbox; what it does not answer at once it does not answer at all.
const TIMEOUT: Duration = Duration::from_secs(2);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    error_message: String,
    error_type: &'static str,
    stack_trace: [&'static str; 0],
}

/// Posts the error to the Runtime API at `api`.
pub(super) fn report(api: &str, error: &StartError) -> io::Result<()> {
    let body = serde_json::to_string(&Body {
        error_message: error.to_string(),
        error_type: error.kind(),
        stack_trace: [],
    })?;
    let address = api.to_socket_addrs()?.next().ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::AddrNotAvailable,
            "the Runtime API has no address",
        )
    })?;
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    write!(
        stream,
        "POST /2018-06-01/runtime/init/error HTTP/1.1\r\n\
         Host: {api}\r\n\
         Content-Type: application/json\r\n\
         Lambda-Runtime-Function-Error-Type: {}\r\n\
         Content-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        error.kind(),
        body.len(),
    )?;
    let mut status = [0; 12];
    stream.read_exact(&mut status)?;
    if !status.ends_with(b" 202") {
        return Err(io::Error::other(format!(
            "the Runtime API answered `{}`",
            status.escape_ascii()
        )));
    }
    Ok(())
}
