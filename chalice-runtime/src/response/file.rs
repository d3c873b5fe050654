//! Files as responses.

use std::fmt::Write as _;

use bytes::Bytes;
use http::{
    HeaderName, HeaderValue, StatusCode,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Response;

impl Response {
    /// A file for the client to save under that name.
    ///
    /// ```
    /// use chalice_runtime::Response;
    ///
    /// let response = Response::file("id,name\n1,Zoë\n", "Umsätze 2026.csv");
    /// assert_eq!(
    ///     response.headers()["content-disposition"],
    ///     "attachment; filename=\"Ums_tze 2026.csv\"; filename*=UTF-8''Ums%C3%A4tze%202026.csv"
    /// );
    /// assert_eq!(response.headers()["content-type"], "text/csv; charset=utf-8");
    /// ```
    ///
    /// The content type is that of the name's extension, and
    /// `application/octet-stream` for one that is not known. The client is told
    /// to go by it (`x-content-type-options: nosniff`), so a file that users
    /// have uploaded does not turn into a page. The name may come from outside:
    /// of a path only the last segment stays, and no control character does.
    ///
    /// A REST API delivers a file as it is only if its content type is one of
    /// the app's binary types. Of the usual ones, `application/pdf` is none by default.
    pub fn file(body: impl Into<Bytes>, filename: &str) -> Response {
        Response::disposed("attachment", body.into(), filename)
    }

    /// A file for the client to show, and to save under that name if the user
    /// asks for it. All else is as with [`Response::file`].
    ///
    /// Do not show what users have uploaded: an HTML or SVG file may have
    /// scripts, which run as a part of your site.
    pub fn inline_file(body: impl Into<Bytes>, filename: &str) -> Response {
        Response::disposed("inline", body.into(), filename)
    }

    fn disposed(disposition: &str, body: Bytes, filename: &str) -> Response {
        let filename = bare_name(filename);
        let mut response = Response::new(StatusCode::OK)
            .with_header::<HeaderName, _>(CONTENT_TYPE, content_type(&filename, &body))
            .with_header(
                CONTENT_DISPOSITION,
                content_disposition(disposition, &filename),
            )
            .with_body(body);
        response
            .headers
            .insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        response
    }
}

/// The last segment of a path of any operating system, without control
/// characters; `download` when nothing is left of it.
fn bare_name(filename: &str) -> String {
    let last = filename.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last
        .chars()
        .filter(|character| !character.is_control())
        .collect();
    match name.trim() {
        "" | "." | ".." => "download".to_owned(),
        name => name.to_owned(),
    }
}

/// `attr-char` of RFC 8187, which is what RFC 5987 has become: all other bytes are percent-encoded.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// RFC 6266: the name in ASCII for every client, and, if that is not the whole
/// name, the name in UTF-8 for those who can read it. `%` is replaced as well,
/// because some clients decode it in the former (RFC 6266, appendix D).
fn content_disposition(disposition: &str, filename: &str) -> String {
    let ascii: String = filename
        .chars()
        .map(|character| match character {
            '"' | '\\' | '%' => '_',
            ' '..='~' => character,
            _ => '_',
        })
        .collect();
    let mut value = format!("{disposition}; filename=\"{ascii}\"");
    if ascii != filename {
        let encoded = utf8_percent_encode(filename, ENCODED);
        // Writing to a `String` cannot fail.
        let _ = write!(value, "; filename*=UTF-8''{encoded}");
    }
    value
}

/// The content types of the extensions that servers of files see most, as
/// registered with IANA ("Media Types"). Sorted by extension.
const CONTENT_TYPES: [(&str, &str); 57] = [
    ("7z", "application/x-7z-compressed"),
    ("aac", "audio/aac"),
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("css", "text/css"),
    ("csv", "text/csv"),
    ("doc", "application/msword"),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("eot", "application/vnd.ms-fontobject"),
    ("epub", "application/epub+zip"),
    ("flac", "audio/flac"),
    ("gif", "image/gif"),
    ("gz", "application/gzip"),
    ("htm", "text/html"),
    ("html", "text/html"),
    ("ico", "image/vnd.microsoft.icon"),
    ("ics", "text/calendar"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("jsonld", "application/ld+json"),
    ("m4a", "audio/mp4"),
    ("md", "text/markdown"),
    ("mjs", "text/javascript"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("mpeg", "video/mpeg"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("oga", "audio/ogg"),
    ("ogg", "audio/ogg"),
    ("ogv", "video/ogg"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("ppt", "application/vnd.ms-powerpoint"),
    (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ("rtf", "application/rtf"),
    ("svg", "image/svg+xml"),
    ("tar", "application/x-tar"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("ttf", "font/ttf"),
    ("txt", "text/plain"),
    ("wasm", "application/wasm"),
    ("wav", "audio/wav"),
    ("webm", "video/webm"),
    ("webp", "image/webp"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("xls", "application/vnd.ms-excel"),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("xml", "application/xml"),
    ("zip", "application/zip"),
];

/// The content type of a name's extension; of text, with the charset if it is UTF-8.
fn content_type(filename: &str, body: &[u8]) -> String {
    let known = filename.rsplit_once('.').and_then(|(_, extension)| {
        let extension = extension.to_ascii_lowercase();
        let at = CONTENT_TYPES
            .binary_search_by_key(&extension.as_str(), |(known, _)| known)
            .ok()?;
        Some(CONTENT_TYPES[at].1)
    });
    let content_type = known.unwrap_or("application/octet-stream");
    if content_type.starts_with("text/") && std::str::from_utf8(body).is_ok() {
        return format!("{content_type}; charset=utf-8");
    }
    content_type.to_owned()
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn extensions_are_sorted_and_lower_case() {
        assert!(CONTENT_TYPES.is_sorted_by(|(a, _), (b, _)| a < b));
        for (extension, content_type) in CONTENT_TYPES {
            assert_eq!(extension, extension.to_ascii_lowercase());
            assert_eq!(content_type.split('/').count(), 2);
        }
    }

    #[test]
    fn the_extension_says_what_it_is() {
        for (name, body, expected) in [
            ("a.png", &b"\x89PNG"[..], "image/png"),
            ("A.JPG", b"", "image/jpeg"),
            ("a.b.pdf", b"%PDF", "application/pdf"),
            ("a.txt", "é".as_bytes(), "text/plain; charset=utf-8"),
            ("a.txt", b"\xE9", "text/plain"),
            ("a.unknown", b"", "application/octet-stream"),
            ("zip", b"", "application/octet-stream"),
        ] {
            let response = Response::file(body.to_vec(), name);
            assert_eq!(response.headers()["content-type"], expected, "{name}");
            assert_eq!(response.headers()["x-content-type-options"], "nosniff");
            assert_eq!(response.body(), body);
        }
        let inline = Response::inline_file("a", "a.txt");
        assert_eq!(
            inline.headers()["content-disposition"],
            "inline; filename=\"a.txt\""
        );
    }

    #[test]
    fn names_cannot_leave_their_place() {
        for (name, expected) in [
            ("a b.txt", r#"attachment; filename="a b.txt""#),
            ("../../etc/passwd", r#"attachment; filename="passwd""#),
            (r"C:\temp\a.txt", r#"attachment; filename="a.txt""#),
            (
                "a\"; x=\"b.txt",
                r#"attachment; filename="a_; x=_b.txt"; filename*=UTF-8''a%22%3B%20x%3D%22b.txt"#,
            ),
            (
                "a\r\nset-cookie: b",
                r#"attachment; filename="aset-cookie: b""#,
            ),
            (
                "100%.txt",
                r#"attachment; filename="100_.txt"; filename*=UTF-8''100%25.txt"#,
            ),
            (
                "€.txt",
                r#"attachment; filename="_.txt"; filename*=UTF-8''%E2%82%AC.txt"#,
            ),
            ("", r#"attachment; filename="download""#),
            ("a/..", r#"attachment; filename="download""#),
        ] {
            let (response, cause) = Response::file("", name).checked();
            assert!(cause.is_none());
            assert_eq!(response.headers()["content-disposition"], expected);
        }
    }

    proptest! {
        #[test]
        fn every_name_can_be_sent_and_read(name in any::<String>()) {
            let (response, cause) = Response::file("", &name).checked();
            prop_assert!(cause.is_none());
            let value = response.headers()["content-disposition"].to_str().unwrap().to_owned();
            let expected = bare_name(&name);
            match value.split_once("filename*=UTF-8''") {
                Some((_, encoded)) => {
                    let decoded = percent_decode_str(encoded).decode_utf8().unwrap();
                    prop_assert_eq!(decoded, expected);
                }
                None => prop_assert_eq!(value, format!("attachment; filename=\"{expected}\"")),
            }
        }
    }
}
