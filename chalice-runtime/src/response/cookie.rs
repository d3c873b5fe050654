//! Cookies that a response sets.

use std::{fmt, time::Duration};

use http::header::SET_COOKIE;

use super::{Cause, Response};

/// A cookie for the client to keep: a `Set-Cookie` header of RFC 6265.
///
/// It starts out as careful as it can be: the whole site may read it
/// (`Path=/`), scripts may not (`HttpOnly`), it travels over HTTPS only
/// (`Secure`), and not with requests that other sites make (`SameSite=Lax`).
///
/// ```
/// use std::time::Duration;
/// use chalice_runtime::{Response, SetCookie};
///
/// fn log_in() -> Response {
///     let session = SetCookie::new("__Host-session", "b7e1").max_age(Duration::from_secs(3600));
///     Response::text("welcome").with_cookie(session)
/// }
/// ```
///
/// A response may set several: API Gateway and function URLs send them all. An
/// Application Load Balancer does only if its target group has multi-value
/// headers enabled; otherwise it sends the first, and the log names the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetCookie {
    name: String,
    value: String,
    path: String,
    domain: Option<String>,
    max_age: Option<Duration>,
    secure: bool,
    http_only: bool,
    same_site: SameSite,
}

/// With which requests of other sites a cookie travels: RFC 6265bis, 4.1.2.7.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SameSite {
    /// With none.
    Strict,
    /// With those that open a page by following a link.
    #[default]
    Lax,
    /// With all; browsers demand that the cookie is secure, too.
    None,
}

impl SetCookie {
    /// A cookie that lives as long as the browser's session. The value is sent as it is.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> SetCookie {
        SetCookie {
            name: name.into(),
            value: value.into(),
            path: "/".to_owned(),
            domain: None,
            max_age: None,
            secure: true,
            http_only: true,
            same_site: SameSite::default(),
        }
    }

    /// A cookie that makes the client forget the one of that name (and of the
    /// same path and domain).
    pub fn removal(name: impl Into<String>) -> SetCookie {
        SetCookie::new(name, "").max_age(Duration::ZERO)
    }

    /// How long the client keeps it, in whole seconds.
    #[must_use]
    pub fn max_age(mut self, max_age: Duration) -> SetCookie {
        self.max_age = Some(max_age);
        self
    }

    /// Below which path it is sent; `/` unless said otherwise.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> SetCookie {
        self.path = path.into();
        self
    }

    /// To which domain, subdomains included, it is sent; only to the host that
    /// set it unless said otherwise.
    #[must_use]
    pub fn domain(mut self, domain: impl Into<String>) -> SetCookie {
        self.domain = Some(domain.into());
        self
    }

    /// Whether it travels over HTTPS only; it does unless said otherwise.
    #[must_use]
    pub fn secure(mut self, secure: bool) -> SetCookie {
        self.secure = secure;
        self
    }

    /// Whether it is kept from scripts; it is unless said otherwise.
    #[must_use]
    pub fn http_only(mut self, http_only: bool) -> SetCookie {
        self.http_only = http_only;
        self
    }

    /// With which requests of other sites it travels; [`SameSite::Lax`] unless said otherwise.
    #[must_use]
    pub fn same_site(mut self, same_site: SameSite) -> SetCookie {
        self.same_site = same_site;
        self
    }

    /// What RFC 6265, 4.1.1, does not allow in a cookie.
    fn check(&self) -> Result<(), InvalidCookie> {
        let invalid = |part| InvalidCookie {
            name: self.name.escape_debug().to_string(),
            part,
        };
        let is_token =
            |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        let is_octet = |byte: u8| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte);
        let is_attribute = |byte: u8| (b' '..=b'~').contains(&byte) && byte != b';';
        if self.name.is_empty() || !self.name.bytes().all(is_token) {
            return Err(invalid("name"));
        }
        if !self.value.bytes().all(is_octet) {
            return Err(invalid("value"));
        }
        if !self.path.bytes().all(is_attribute) {
            return Err(invalid("path"));
        }
        if !self
            .domain
            .iter()
            .all(|domain| domain.bytes().all(is_attribute))
        {
            return Err(invalid("domain"));
        }
        Ok(())
    }
}

impl fmt::Display for SetCookie {
    /// The header's value: `a=b; Path=/; Secure; HttpOnly; SameSite=Lax`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}; Path={}", self.name, self.value, self.path)?;
        if let Some(domain) = &self.domain {
            write!(f, "; Domain={domain}")?;
        }
        if let Some(max_age) = self.max_age {
            write!(f, "; Max-Age={}", max_age.as_secs())?;
        }
        if self.secure {
            f.write_str("; Secure")?;
        }
        if self.http_only {
            f.write_str("; HttpOnly")?;
        }
        f.write_str(match self.same_site {
            SameSite::Strict => "; SameSite=Strict",
            SameSite::Lax => "; SameSite=Lax",
            SameSite::None => "; SameSite=None",
        })
    }
}

impl Response {
    /// The response with that cookie, beside those that it sets already.
    ///
    /// A name or a value that RFC 6265 does not allow, such as a value with a
    /// semicolon, a space or a character beyond ASCII, makes the whole response
    /// a logged 500: encode it, for instance as base64.
    #[must_use]
    pub fn with_cookie(self, cookie: SetCookie) -> Response {
        match cookie.check() {
            Ok(()) => self.with_appended_header(SET_COOKIE, cookie.to_string()),
            Err(error) => self.because(Some(Cause::Invalid(Box::new(error)))),
        }
    }
}

/// A cookie that RFC 6265 does not allow.
#[derive(Debug, thiserror::Error)]
#[error("the response's cookie `{name}` has a {part} that RFC 6265 does not allow")]
struct InvalidCookie {
    name: String,
    part: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_careful_by_default() {
        let cookie = SetCookie::new("a", "b");
        assert_eq!(
            cookie.to_string(),
            "a=b; Path=/; Secure; HttpOnly; SameSite=Lax"
        );
        let cookie = SetCookie::new("a", "")
            .path("/x")
            .domain("example.com")
            .max_age(Duration::from_millis(1500))
            .secure(false)
            .http_only(false)
            .same_site(SameSite::None);
        assert_eq!(
            cookie.to_string(),
            "a=; Path=/x; Domain=example.com; Max-Age=1; SameSite=None"
        );
        let gone = SetCookie::removal("a").same_site(SameSite::Strict);
        assert_eq!(
            gone.to_string(),
            "a=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict"
        );
    }

    #[test]
    fn several_cookies_stay_apart() {
        let response = Response::text("x")
            .with_cookie(SetCookie::new("a", "1"))
            .with_cookie(SetCookie::new("b", "2"));
        let (response, cause) = response.checked();
        assert!(cause.is_none());
        assert_eq!(response.headers().get_all(SET_COOKIE).iter().count(), 2);
    }

    #[test]
    fn a_cookie_cannot_bring_attributes_or_headers() {
        for cookie in [
            SetCookie::new("", "b"),
            SetCookie::new("a=b", "c"),
            SetCookie::new("a", "b; Domain=evil.example"),
            SetCookie::new("a", "b\r\nset-cookie: c=d"),
            SetCookie::new("a", "é"),
            SetCookie::new("a", "b").path("/;x"),
            SetCookie::new("a", "b").domain("x\n"),
        ] {
            let (response, cause) = Response::text("x").with_cookie(cookie).checked();
            assert_eq!(response.status(), 500);
            assert!(response.headers().get(SET_COOKIE).is_none());
            assert!(cause.unwrap().to_string().contains("RFC 6265"));
        }
    }
}
