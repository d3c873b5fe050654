//! JWT authorizers of HTTP APIs.

use super::{Authorizer, AuthorizerDef, AuthorizerKind};

/// Admits callers whose request carries a JSON Web Token (RFC 7519) of an
/// OpenID Connect issuer. HTTP APIs have this kind of authorizer, REST APIs do
/// not: Amazon API Gateway, "Control access to HTTP APIs with JWT authorizers".
///
/// ```
/// use chalice_core::authorizer::JwtAuthorizer;
/// const LOGIN: JwtAuthorizer = JwtAuthorizer::new(
///     "login",
///     "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_abc",
///     &["my-client-id"],
/// );
/// const ADMINS: JwtAuthorizer = LOGIN.scopes(&["admin"]);
/// # let _ = ADMINS;
/// ```
#[derive(Clone, Copy, Debug)]
pub struct JwtAuthorizer {
    name: &'static str,
    issuer: &'static str,
    audiences: &'static [&'static str],
    header: &'static str,
    scopes: &'static [&'static str],
}

impl Authorizer for JwtAuthorizer {
    type This = Self;
}

impl JwtAuthorizer {
    /// An authorizer for tokens whose claim `iss` is `issuer` and whose claim
    /// `aud` or `client_id` is one of `audiences`; the token is expected in the
    /// `Authorization` header.
    ///
    /// # Panics
    ///
    /// When `audiences` is empty or `issuer` is no HTTPS URL, which API Gateway
    /// refuses: a compile error where the authorizer is a `const`.
    #[track_caller]
    pub const fn new(
        name: &'static str,
        issuer: &'static str,
        audiences: &'static [&'static str],
    ) -> Self {
        assert!(
            !audiences.is_empty(),
            "a JWT authorizer needs at least one audience: a token for anybody would pass"
        );
        assert!(
            matches!(
                issuer.as_bytes(),
                [b'h', b't', b't', b'p', b's', b':', b'/', b'/', _, ..]
            ),
            "the issuer of a JWT authorizer is a URL that starts with `https://`: API Gateway reads its keys \
             from there"
        );
        JwtAuthorizer {
            name,
            issuer,
            audiences,
            header: "Authorization",
            scopes: &[],
        }
    }

    /// The header that carries the token.
    #[must_use]
    pub const fn header(mut self, header: &'static str) -> Self {
        self.header = header;
        self
    }

    /// The OAuth scopes of which the token must carry one.
    #[must_use]
    pub const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    #[doc(hidden)]
    pub const fn authorizer_definition(self) -> AuthorizerDef {
        AuthorizerDef {
            name: self.name,
            kind: AuthorizerKind::Jwt {
                issuer: self.issuer,
                audiences: self.audiences,
                header: self.header,
            },
            scopes: self.scopes,
        }
    }
}
