//! The cookies of a request.

use http::{HeaderMap, header::COOKIE};

/// The cookies that the client sent: RFC 6265, section 4.2.
///
/// ```
/// use chalice_runtime::{HttpError, Request, Result};
///
/// async fn index(request: &Request) -> Result<String> {
///     let session = request.cookies().get("session");
///     let session = session.ok_or(HttpError::unauthorized("log in first"))?;
///     Ok(format!("welcome back, {session}"))
/// }
/// ```
///
/// Names and values are as they were sent, without quotation marks around a
/// value: what encodes them, if anything, is between those who set them and
/// those who read them. Names are compared with regard to case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cookies(Vec<(String, String)>);

impl Cookies {
    /// The first value of that name. Browsers send the cookie with the longest
    /// path first, which is the one that is closest to the request's path.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// Every value of that name, in the order in which they were sent.
    pub fn get_all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.iter()
            .filter(move |(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// Every name and value, in the order in which they were sent.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether there are no cookies.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many cookies there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// The cookies of the headers. What is no cookie, a part without a name or
/// without `=`, is left out, and so is what is not UTF-8.
pub(super) fn decode(headers: &HeaderMap) -> Cookies {
    let cookies = headers
        .get_all(COOKIE)
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b';'))
        .filter_map(|part| cookie(std::str::from_utf8(part).ok()?))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Cookies(cookies)
}

fn cookie(part: &str) -> Option<(&str, &str)> {
    let (name, value) = part.split_once('=')?;
    let space = [' ', '\t'];
    let (name, value) = (name.trim_matches(space), value.trim_matches(space));
    let unquoted = value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'));
    (!name.is_empty()).then_some((name, unquoted.unwrap_or(value)))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    fn cookies(headers: &[&[u8]]) -> Vec<(String, String)> {
        let mut map = HeaderMap::new();
        for value in headers {
            map.append(COOKIE, HeaderValue::from_bytes(value).unwrap());
        }
        decode(&map).0
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        expected.iter().map(owned).collect()
    }

    #[test]
    fn cookies_are_names_and_values() {
        for (sent, expected) in [
            ("a=1; b=2", &[("a", "1"), ("b", "2")][..]),
            ("a=1;b=2;", &[("a", "1"), ("b", "2")]),
            ("a=1; a=2; A=3", &[("a", "1"), ("a", "2"), ("A", "3")]),
            (" a = x y ;\t", &[("a", "x y")]),
            ("a=\"quoted\"; b=\"", &[("a", "quoted"), ("b", "\"")]),
            ("a=b=c==", &[("a", "b=c==")]),
            ("a=; =x; nothing; ;", &[("a", "")]),
            ("a=%20", &[("a", "%20")]),
            ("", &[]),
        ] {
            assert_eq!(cookies(&[sent.as_bytes()]), pairs(expected), "{sent}");
        }
        assert_eq!(cookies(&[b"a=1", b"b=2"]), pairs(&[("a", "1"), ("b", "2")]));
        assert_eq!(cookies(&[b"a=\xFF; b=\xC3\xA9"]), pairs(&[("b", "é")]));
    }

    #[test]
    fn the_first_of_a_name_counts() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=1; b=2; a=3"));
        let cookies = decode(&headers);
        assert_eq!((cookies.get("a"), cookies.get("c")), (Some("1"), None));
        assert!(cookies.get_all("a").eq(["1", "3"]));
        assert_eq!((cookies.len(), cookies.is_empty()), (3, false));
        assert!(decode(&HeaderMap::new()).is_empty());
    }

    proptest! {
        #[test]
        fn any_header_has_cookies_and_no_panic(value in prop::collection::vec(any::<u8>(), 0..60)) {
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                let mut headers = HeaderMap::new();
                headers.append(COOKIE, value);
                prop_assert!(decode(&headers).iter().all(|(name, _)| !name.is_empty()));
            }
        }

        #[test]
        fn what_a_browser_sends_comes_back(
            // RFC 6265, 4.1.1: `token` and `cookie-octet`.
            sent in prop::collection::vec(("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,8}", "[!#-+\\--:<-\\[\\]-~]{0,12}"), 0..8)
        ) {
            let header: Vec<String> = sent.iter().map(|(name, value)| format!("{name}={value}")).collect();
            prop_assert_eq!(cookies(&[header.join("; ").as_bytes()]), sent);
        }
    }
}
