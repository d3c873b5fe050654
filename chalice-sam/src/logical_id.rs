//! Logical ids, as AWS Chalice makes them of names within the app.

use chalice_core::name::API_HANDLER;

/// The words of a name, between `-` and `_`, each with a capital, without whatever is no letter or digit.
pub(crate) fn logical_id(name: &str) -> String {
    name.split(['-', '_'])
        .flat_map(|word| {
            let mut characters = word.chars();
            let first = characters.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(characters)
        })
        .filter(char::is_ascii_alphanumeric)
        .collect()
}

/// The id of a function.
pub(crate) fn function_id(name: &str) -> String {
    match name {
        API_HANDLER => "APIHandler".to_owned(),
        name => logical_id(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_chalices() {
        for (name, id) in [
            ("default-role", "DefaultRole"),
            ("pure-named_fn", "PureNamedFn"),
            ("sqsArnNamed", "SqsArnNamed"),
            ("websocket_connect", "WebsocketConnect"),
            ("sns_name-sns-subscription", "SnsNameSnsSubscription"),
            ("api_gateway_custom_domain", "ApiGatewayCustomDomain"),
            ("api_handler_role", "ApiHandlerRole"),
            ("a--b__c", "ABC"),
            ("9lives", "9lives"),
            ("_", ""),
        ] {
            assert_eq!(logical_id(name), id);
        }
        assert_eq!(function_id("api_handler"), "APIHandler");
        assert_eq!(function_id("fn_a"), "FnA");
    }

    proptest::proptest! {
        #[test]
        fn ids_are_what_cloudformation_takes(name in "[A-Za-z0-9_-]{0,60}") {
            proptest::prop_assert!(logical_id(&name).bytes().all(|byte| byte.is_ascii_alphanumeric()));
        }
    }
}
