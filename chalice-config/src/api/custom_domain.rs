//! `api_gateway_custom_domain`, `websocket_api_custom_domain`: APIs under names of one's own.

use serde_json::{Value, json};

use crate::{
    Problem, Refusal,
    function::Tags,
    reading::{
        Given, Setting,
        arn::{self, behind, is_arn},
        text_setting, words,
    },
};

text_setting! {
    /// A domain's name, in lowercase letters; its first label may be `*` (Amazon API Gateway, "Custom
    /// domain name for public REST APIs").
    pub struct DomainName;
    pattern: r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
    is_taken: is_domain,
    refusal: "Amazon API Gateway takes the name of a domain in lowercase letters, digits and `-`, such as api.example.com",
    "write it without `https://` and without a path",
}

fn is_domain(name: &str) -> bool {
    let labels = name.strip_prefix("*.").unwrap_or(name);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase() || byte == b'-')
    };
    name.len() <= 253 && labels.contains('.') && labels.split('.').all(is_label)
}

text_setting! {
    /// The ARN of a certificate of AWS Certificate Manager.
    pub struct CertificateArn;
    pattern: "arn:aws[a-z-]*:acm:[^:]+:[0-9]{12}:certificate/.+",
    is_taken: |text| is_arn(text, "acm", |arn| {
        !arn.region.is_empty() && !arn.account.is_empty()
            && behind(arn.resource, "certificate/").is_some()
    }),
    refusal: "Amazon API Gateway takes the ARN of a certificate of AWS Certificate Manager",
    "write `arn:aws:acm:<region>:<account>:certificate/<id>`",
}

impl CertificateArn {
    /// The region in which the certificate is.
    pub fn region(&self) -> &str {
        arn::region(&self.0)
    }
}

text_setting! {
    /// The path under which the API is in its domain, without slashes at its ends.
    pub struct UrlPrefix;
    pattern: "[A-Za-z0-9$_.+!*'()-]+(/[A-Za-z0-9$_.+!*'()-]+)*",
    is_taken: |prefix| prefix.len() <= 300 && prefix.split('/').all(|part| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"$-_.+!*'()".contains(&byte))
    }),
    refusal: "Amazon API Gateway takes letters, digits and `$-_.+!*'()` in the path of a domain, with `/` between its \
              parts alone, at most 300 in all",
    "write such a path, for example \"v1\"; without the setting, the API is all of the domain",
}

words! {
    /// The oldest TLS that clients may speak (Amazon API Gateway, "Choose a security policy for your
    /// custom domain").
    #[derive(Default)]
    pub enum TlsVersion: "the security policies for custom domains of Amazon API Gateway" {
        /// TLS 1.0; for REST APIs alone.
        Tls1_0 = "TLS_1_0",
        /// What AWS Chalice's documentation lists and Amazon API Gateway has not: it becomes TLS 1.2,
        /// and [`Stage::notices`](crate::Stage::notices) says so.
        Tls1_1 = "TLS_1_1",
        /// TLS 1.2: the default.
        #[default]
        Tls1_2 = "TLS_1_2",
    }
}

impl TlsVersion {
    /// The security policy of Amazon API Gateway that is at least as strict.
    pub const fn security_policy(self) -> &'static str {
        match self {
            TlsVersion::Tls1_0 => "TLS_1_0",
            TlsVersion::Tls1_1 | TlsVersion::Tls1_2 => "TLS_1_2",
        }
    }
}

/// A domain of one's own. Its records in the DNS are made by hand, or by another tool.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CustomDomain {
    /// The domain.
    pub domain_name: DomainName,
    /// Its certificate: of us-east-1 for endpoints of the type `EDGE`, of the API's region otherwise.
    pub certificate_arn: CertificateArn,
    /// The oldest TLS.
    pub tls_version: TlsVersion,
    /// The tags of the domain, which has those of the functions not.
    pub tags: Tags,
    /// The path; without, the API is all of the domain.
    pub url_prefix: Option<UrlPrefix>,
}

const KEYS: [&str; 5] = [
    "domain_name",
    "certificate_arn",
    "tls_version",
    "tags",
    "url_prefix",
];

impl Setting for CustomDomain {
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<CustomDomain> {
        let section = given.section(problems)?;
        section.no_keys_but(&KEYS, problems);
        let refusal = || {
            Refusal::new(
                "Amazon API Gateway needs the name of a domain and the certificate for it",
                "write both `domain_name` and `certificate_arn`",
            )
        };
        let domain_name = section.required("domain_name", refusal(), problems);
        let certificate_arn = section.required("certificate_arn", refusal(), problems);
        let tls_version = section.setting("tls_version", problems);
        let tags = section.setting("tags", problems);
        let url_prefix = section.setting("url_prefix", problems);
        Some(CustomDomain {
            domain_name: domain_name?,
            certificate_arn: certificate_arn?,
            tls_version: tls_version.unwrap_or_default(),
            tags: tags.unwrap_or_default(),
            url_prefix,
        })
    }

    fn schema() -> Value {
        json!({
            "type": "object",
            "properties": {
                "domain_name": <DomainName as Setting>::schema(),
                "certificate_arn": <CertificateArn as Setting>::schema(),
                "tls_version": <TlsVersion as Setting>::schema(),
                "tags": <Tags as Setting>::schema(),
                "url_prefix": <UrlPrefix as Setting>::schema(),
            },
            "required": ["domain_name", "certificate_arn"],
            "additionalProperties": false,
        })
    }
}
