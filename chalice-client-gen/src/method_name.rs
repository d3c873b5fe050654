//! What the methods of a client are called.

use crate::identifier;

/// The name of the method for a path as API Gateway writes it, and an HTTP method: `GET` of `/hello/{name}`
/// is `helloNameGet`.
///
/// It is the name in the SDKs that Amazon API Gateway generates for JavaScript (Amazon API Gateway API Reference,
/// `GetSdk`), which AWS Chalice's `generate-sdk` unpacks. AWS describes the rule nowhere; what such SDKs show is:
///
/// - Each segment, without the brackets and the `+` of placeholders, is a row of words, which end at every
///   character that is neither a letter nor a digit: `/rest-apis/{rest-api-id}` is `restApisRestApiId`.
/// - Each word begins with a capital letter, and the rest of it stays as it is; the first letter of all is small.
/// - `/` is `root`.
/// - The HTTP method comes last, as a word: `Get`.
///
/// Of what they do not show, a path without any letter or digit is taken for `/`, and a name that would begin
/// with a digit has `_` in front, because it could not be written after a dot otherwise.
pub(crate) fn method_name(path: &str, method: &str) -> String {
    let words: String = path
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .map(capitalized)
        .collect();
    let mut name = match words.is_empty() {
        true => "root".to_owned(),
        false => with_first(&words, |first| first.to_ascii_lowercase()),
    };
    name.push_str(&capitalized(&method.to_ascii_lowercase()));
    identifier::identifier(&name)
}

/// The name of a class or another type: every word of the text with a capital letter.
pub(crate) fn type_name(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.map(capitalized).collect()
}

/// The text with its first letter as a capital.
pub(crate) fn capitalized(word: &str) -> String {
    with_first(word, |first| first.to_ascii_uppercase())
}

fn with_first(word: &str, change: impl Fn(char) -> char) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(change)
        .into_iter()
        .chain(letters)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_of_the_sdks_that_api_gateway_generates() {
        for (path, method, expected) in [
            ("/", "GET", "rootGet"),
            ("/hello/{name}", "GET", "helloNameGet"),
            ("/airflow/environments", "GET", "airflowEnvironmentsGet"),
            ("/amplify/apps/{appId}", "GET", "amplifyAppsAppIdGet"),
            (
                "/apigateway/rest-apis/{rest-api-id}/resources",
                "OPTIONS",
                "apigatewayRestApisRestApiIdResourcesOptions",
            ),
            ("/{united_search+}", "GET", "unitedSearchGet"),
            ("/{proxy+}", "POST", "proxyPost"),
            ("/ZSCP_WF_SRV/getDataSet", "GET", "zSCPWFSRVGetDataSetGet"),
            ("/v1/export/containers", "GET", "v1ExportContainersGet"),
            (
                "/follows/{follower}/{followee}",
                "DELETE",
                "followsFollowerFolloweeDelete",
            ),
        ] {
            assert_eq!(method_name(path, method), expected, "{path}");
        }
    }

    #[test]
    fn what_they_do_not_show() {
        for (path, expected) in [
            ("/-/.", "rootGet"),
            ("/2fa/{code}", "_2faCodeGet"),
            ("/v1.0/a:b", "v10ABGet"),
            ("/items/", "itemsGet"),
        ] {
            assert_eq!(method_name(path, "GET"), expected, "{path}");
        }
        assert_eq!(type_name("my-app_2"), "MyApp2");
    }

    proptest! {
        #[test]
        fn every_name_is_one(path in "/[a-zA-Z0-9._:{}+/-]{0,30}") {
            prop_assert!(identifier::is_identifier(&method_name(&path, "PATCH")));
        }
    }
}
