//! Cross-origin resource sharing: the settings of a route.

/// The CORS settings of a route, as `cors` or `cors(..)` gave them.
///
/// The header names and semantics are those of the Fetch standard's CORS protocol.
#[derive(Clone, Copy, Debug)]
pub struct CorsDef {
    /// `Access-Control-Allow-Origin`: `*`, or one origin.
    pub allow_origin: &'static str,
    /// `Access-Control-Allow-Headers`: [`DEFAULT_ALLOW_HEADERS`] and those of
    /// the route, sorted, joined by commas.
    pub allow_headers: &'static str,
    /// `Access-Control-Expose-Headers`, joined by commas; empty for none.
    pub expose_headers: &'static str,
    /// `Access-Control-Max-Age`, in seconds.
    pub max_age: Option<u32>,
    /// `Access-Control-Allow-Credentials`
    pub allow_credentials: bool,
}

/// The request headers that every route with CORS allows: what AWS's own
/// clients send.
pub const DEFAULT_ALLOW_HEADERS: [&str; 5] = [
    "Authorization",
    "Content-Type",
    "X-Amz-Date",
    "X-Amz-Security-Token",
    "X-Api-Key",
];

/// [`DEFAULT_ALLOW_HEADERS`] and `extra`, without repetition, sorted by bytes.
///
/// ```
/// let headers = chalice_core::cors::allow_headers(&["X-Special".to_owned()]);
/// assert_eq!(headers.last().unwrap(), "X-Special");
/// ```
pub fn allow_headers(extra: &[String]) -> Vec<String> {
    let mut headers: Vec<String> = DEFAULT_ALLOW_HEADERS
        .iter()
        .map(|&name| name.to_owned())
        .collect();
    for name in extra {
        if !headers.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            headers.push(name.clone());
        }
    }
    headers.sort();
    headers
}

impl CorsDef {
    /// Whether both settings make the same headers.
    pub const fn same_as(&self, other: &CorsDef) -> bool {
        use crate::bytes::equal;
        equal(self.allow_origin.as_bytes(), other.allow_origin.as_bytes())
            && equal(
                self.allow_headers.as_bytes(),
                other.allow_headers.as_bytes(),
            )
            && equal(
                self.expose_headers.as_bytes(),
                other.expose_headers.as_bytes(),
            )
            && self.allow_credentials == other.allow_credentials
            && match (self.max_age, other.max_age) {
                (None, None) => true,
                (Some(a), Some(b)) => a == b,
                _ => false,
            }
    }
}
