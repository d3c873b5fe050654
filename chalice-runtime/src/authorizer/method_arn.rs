//! The ARN of the method that a request asks for.

use std::fmt;

use chalice_core::authorizer::MAX_METHOD_ARN;

/// The ARN of a method of an API, as API Gateway gives it to an authorizer:
/// `arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/api/GET/users/17`.
///
/// Amazon API Gateway, "Permissions reference: execute-api".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodArn {
    text: String,
    /// Where the part ends that all methods of the API's stage share: behind the stage.
    stage_end: usize,
}

/// Why a text is not the ARN of a method.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum MethodArnError {
    #[error(
        "the method ARN {0:?} is not one of API Gateway, `arn:<partition>:execute-api:<region>:<account>:\
         <api>/<stage>/<method>/<path>`"
    )]
    Malformed(String),
    #[error(
        "the method ARN has {0} bytes, and API Gateway authorizes requests whose ARN has at most {MAX_METHOD_ARN}: \
         the path of the request is too long"
    )]
    TooLong(usize),
}

impl MethodArn {
    pub(crate) fn parse(text: &str) -> Result<MethodArn, MethodArnError> {
        if text.len() > MAX_METHOD_ARN {
            return Err(MethodArnError::TooLong(text.len()));
        }
        let stage_end =
            stage_end(text).ok_or_else(|| MethodArnError::Malformed(text.to_owned()))?;
        Ok(MethodArn {
            text: text.to_owned(),
            stage_end,
        })
    }

    /// The ARN as API Gateway gave it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The ARN of everything in the API's stage whose method and path match `resource`.
    pub(crate) fn sibling(&self, resource: &str) -> String {
        format!("{}/{resource}", &self.text[..self.stage_end])
    }
}

impl fmt::Display for MethodArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Where the stage ends.
fn stage_end(text: &str) -> Option<usize> {
    let mut fields = text.splitn(6, ':');
    let is_method = fields.next() == Some("arn")
        && fields.next().is_some_and(|partition| !partition.is_empty())
        && fields.next() == Some("execute-api");
    // Region and account, of any form.
    let resource = fields.nth(2).filter(|_| is_method)?;
    let (api, rest) = resource.split_once('/')?;
    let stage = rest.split('/').next().unwrap_or_default();
    let start = text.len() - resource.len();
    (!api.is_empty() && !stage.is_empty()).then_some(start + api.len() + 1 + stage.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn siblings_keep_partition_and_stage() {
        let arn =
            MethodArn::parse("arn:aws-cn:execute-api:cn-north-1:123:rid/dev/GET//a:b").unwrap();
        assert_eq!(
            arn.sibling("GET/m"),
            "arn:aws-cn:execute-api:cn-north-1:123:rid/dev/GET/m"
        );
        let arn =
            MethodArn::parse("arn:aws:execute-api:eu-west-1:123:rid/$default/$connect").unwrap();
        assert_eq!(
            arn.sibling("*/*"),
            "arn:aws:execute-api:eu-west-1:123:rid/$default/*/*"
        );
    }

    #[test]
    fn what_is_no_method_arn() {
        for text in [
            "",
            "arn:aws:s3:::bucket/key",
            "arn:aws:execute-api:us-east-1:123",
            "arn:aws:execute-api:us-east-1:123:rid",
            "arn:aws:execute-api:us-east-1:123:rid/",
            "arn:aws:execute-api:us-east-1:123:/dev/GET/",
            "arn::execute-api:us-east-1:123:rid/dev/GET/",
        ] {
            assert_eq!(
                MethodArn::parse(text),
                Err(MethodArnError::Malformed(text.to_owned()))
            );
        }
    }

    #[test]
    fn the_longest_arn() {
        let arn = |length: usize| {
            let start = "arn:aws:execute-api:us-east-1:123:rid/dev/GET/";
            format!("{start}{}", "a".repeat(length - start.len()))
        };
        MethodArn::parse(&arn(1600)).unwrap();
        let error = MethodArn::parse(&arn(1601)).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("the method ARN has 1601 bytes"),
            "{error}"
        );
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in r"(arn:aws:execute-api:[a-z]{0,3}:[0-9]{0,3}:)?\PC{0,40}") {
            if let Ok(arn) = MethodArn::parse(&text) {
                prop_assert!(arn.sibling("*/*").len() > 3);
                prop_assert_eq!(arn.as_str(), text);
            }
        }
    }
}
