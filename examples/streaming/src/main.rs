//! Responses that are sent while they are made.
//!
//! `cargo chalice local --package streaming`, then
//! `curl -N http://127.0.0.1:8000/export/1000000`.

use chalice::{StreamSender, http::header::CONTENT_TYPE, prelude::*};

/// A stream, and its content type.
type Typed = ([(chalice::HeaderName, &'static str); 1], StreamingBody);

/// A table, row by row: however long it is, the function holds one row of it.
#[route("/export/<rows>", stream)]
fn export(rows: u64) -> Typed {
    let table = StreamingBody::written_by(async move |chunks: StreamSender| {
        chunks.send("number,square\n").await?;
        for number in 1..=rows {
            let square = u128::from(number).pow(2);
            chunks.send(format!("{number},{square}\n")).await?;
        }
        Ok(())
    });
    ([(CONTENT_TYPE, "text/csv")], table)
}

/// What a machine says, which may break off. A machine that does not exist is a 404
/// as on every route: nothing has been sent by then.
#[route("/machines/<name>/log", stream)]
async fn machine_log(name: String) -> Result<(StatusCode, HeaderMap, StreamingBody)> {
    if !["steady", "broken", "crashed"].contains(&name.as_str()) {
        return Err(HttpError::not_found(format!("no machine `{name}`")));
    }
    let lines = StreamingBody::written_by(async move |lines: StreamSender| {
        lines.send("started\n").await?;
        match name.as_str() {
            "broken" => Err(std::io::Error::other("the cable is loose"))?,
            "crashed" => panic!("a gear is missing"),
            _ => lines.send("stopped\n").await?,
        }
        Ok(())
    });
    let mut headers = HeaderMap::new();
    headers.insert(
        CONTENT_TYPE,
        chalice::HeaderValue::from_static("text/plain"),
    );
    Ok((StatusCode::ACCEPTED, headers, lines))
}

/// The same kind of body on a route that does not stream: it is collected.
#[route("/summary", cors)]
fn summary() -> Typed {
    let body = StreamingBody::written_by(async |chunks: StreamSender| {
        chunks.send("all ").await?;
        Ok(chunks.send("is well").await?)
    });
    ([(CONTENT_TYPE, "text/plain")], body)
}

#[app]
static APP: App = App {
    name: "streaming",
    handlers: [export, machine_log, summary],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}

#[cfg(test)]
mod tests;
