//! Authorizers: who decides whether a request may pass.

mod function;
mod jwt;
mod reference;

pub use function::{
    AuthorizerFunction, DEFAULT_TTL_SECONDS, MAX_METHOD_ARN, MAX_TTL_SECONDS, constant,
};
pub use jwt::JwtAuthorizer;
pub use reference::AuthorizerReference;
pub(crate) use reference::resolve;

use crate::definition::HandlerDef;

/// What a route can name as its `authorizer`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an authorizer",
    label = "not an authorizer",
    note = "an authorizer is a function with `#[authorizer]`, or a `const` of type `IamAuthorizer`, \
            `CognitoUserPoolAuthorizer`, `JwtAuthorizer` or `CustomAuthorizer`"
)]
pub trait Authorizer: Copy {
    /// The authorizer itself: a type that is none has no such type either, so that
    /// the compiler says once that it is none.
    #[doc(hidden)]
    type This;
}

impl Authorizer for IamAuthorizer {
    type This = Self;
}

impl Authorizer for CognitoUserPoolAuthorizer {
    type This = Self;
}

impl Authorizer for CustomAuthorizer {
    type This = Self;
}

/// An authorizer, as a route carries it into the manifest.
#[derive(Clone, Copy, Debug)]
pub struct AuthorizerDef {
    /// The authorizer's name.
    pub name: &'static str,
    /// What kind it is.
    pub kind: AuthorizerKind,
    /// The OAuth scopes of which a token must carry one; empty for none.
    pub scopes: &'static [&'static str],
}

/// The kinds of authorizer.
#[derive(Clone, Copy, Debug)]
pub enum AuthorizerKind {
    /// AWS Signature Version 4.
    AwsIam,
    /// Tokens of Amazon Cognito user pools.
    CognitoUserPools {
        /// ARNs of the user pools.
        provider_arns: &'static [&'static str],
        /// The header that carries the token.
        header: &'static str,
    },
    /// A Lambda function outside the app.
    Custom {
        /// The function's invocation URI.
        authorizer_uri: &'static str,
        /// The role that API Gateway assumes to invoke the function.
        invoke_role_arn: Option<&'static str>,
        /// The header that carries the token.
        header: &'static str,
        /// For how many seconds API Gateway keeps a decision: 0 to 3,600.
        ttl_seconds: u32,
    },
    /// JSON Web Tokens of an OpenID Connect issuer; HTTP APIs only.
    Jwt {
        /// The issuer's URL: the claim `iss`.
        issuer: &'static str,
        /// What a token's claim `aud` or `client_id` may be.
        audiences: &'static [&'static str],
        /// The header that carries the token.
        header: &'static str,
    },
    /// A function of the app: `#[authorizer]`.
    Function {
        /// The function.
        handler: &'static HandlerDef,
    },
}

/// Admits callers whose request carries an AWS Signature Version 4 that IAM
/// policies allow.
///
/// ```
/// use chalice_core::authorizer::IamAuthorizer;
/// const IAM: IamAuthorizer = IamAuthorizer::new();
/// # let _ = IAM;
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct IamAuthorizer(());

impl IamAuthorizer {
    /// The IAM authorizer.
    pub const fn new() -> Self {
        IamAuthorizer(())
    }

    #[doc(hidden)]
    pub const fn authorizer_definition(self) -> AuthorizerDef {
        AuthorizerDef {
            name: "sigv4",
            kind: AuthorizerKind::AwsIam,
            scopes: &[],
        }
    }
}

/// Admits callers whose request carries a token of an Amazon Cognito user pool.
///
/// ```
/// use chalice_core::authorizer::CognitoUserPoolAuthorizer;
/// const POOL: CognitoUserPoolAuthorizer = CognitoUserPoolAuthorizer::new(
///     "MyPool",
///     &["arn:aws:cognito-idp:us-west-2:123456789012:userpool/us-west-2_abc"],
/// );
/// const PROFILE: CognitoUserPoolAuthorizer = POOL.scopes(&["profile"]);
/// # let _ = PROFILE;
/// ```
#[derive(Clone, Copy, Debug)]
pub struct CognitoUserPoolAuthorizer {
    name: &'static str,
    provider_arns: &'static [&'static str],
    header: &'static str,
    scopes: &'static [&'static str],
}

impl CognitoUserPoolAuthorizer {
    /// An authorizer for the user pools with these ARNs; the token is expected
    /// in the `Authorization` header.
    ///
    /// # Panics
    ///
    /// When `provider_arns` is empty: a compile error where the authorizer is a `const`.
    #[track_caller]
    pub const fn new(name: &'static str, provider_arns: &'static [&'static str]) -> Self {
        assert!(
            !provider_arns.is_empty(),
            "a Cognito authorizer needs the ARN of at least one user pool"
        );
        CognitoUserPoolAuthorizer {
            name,
            provider_arns,
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
            kind: AuthorizerKind::CognitoUserPools {
                provider_arns: self.provider_arns,
                header: self.header,
            },
            scopes: self.scopes,
        }
    }
}

/// Lets a Lambda function outside the app decide.
///
/// ```
/// use chalice_core::authorizer::CustomAuthorizer;
/// const LEGACY: CustomAuthorizer = CustomAuthorizer::new(
///     "legacy",
///     "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\
///      arn:aws:lambda:us-east-1:123456789012:function:auth/invocations",
/// )
/// .ttl_seconds(60);
/// # let _ = LEGACY;
/// ```
#[derive(Clone, Copy, Debug)]
pub struct CustomAuthorizer {
    name: &'static str,
    authorizer_uri: &'static str,
    invoke_role_arn: Option<&'static str>,
    header: &'static str,
    ttl_seconds: u32,
    scopes: &'static [&'static str],
}

impl CustomAuthorizer {
    /// An authorizer that invokes the function at `authorizer_uri`. The token
    /// is expected in the `Authorization` header, and API Gateway keeps a
    /// decision for 300 seconds.
    pub const fn new(name: &'static str, authorizer_uri: &'static str) -> Self {
        CustomAuthorizer {
            name,
            authorizer_uri,
            invoke_role_arn: None,
            header: "Authorization",
            ttl_seconds: 300,
            scopes: &[],
        }
    }

    /// The header that carries the token.
    #[must_use]
    pub const fn header(mut self, header: &'static str) -> Self {
        self.header = header;
        self
    }

    /// The role that API Gateway assumes to invoke the function.
    #[must_use]
    pub const fn invoke_role_arn(mut self, arn: &'static str) -> Self {
        self.invoke_role_arn = Some(arn);
        self
    }

    /// For how many seconds API Gateway keeps a decision.
    ///
    /// # Panics
    ///
    /// Above 3,600, the most that API Gateway allows: a compile error where
    /// the authorizer is a `const`.
    #[must_use]
    #[track_caller]
    pub const fn ttl_seconds(mut self, seconds: u32) -> Self {
        assert!(
            seconds <= 3600,
            "API Gateway keeps an authorizer's decision for at most 3600 seconds"
        );
        self.ttl_seconds = seconds;
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
            kind: AuthorizerKind::Custom {
                authorizer_uri: self.authorizer_uri,
                invoke_role_arn: self.invoke_role_arn,
                header: self.header,
                ttl_seconds: self.ttl_seconds,
            },
            scopes: self.scopes,
        }
    }
}
