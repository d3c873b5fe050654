use serde_json::{json, value::to_raw_value};

use super::*;
use crate::LambdaContext;

fn environment(variables: &[(&str, &str)]) -> impl Fn(&str) -> Option<String> {
    |name| {
        let found = variables.iter().find(|(known, _)| *known == name)?;
        Some(found.1.to_owned())
    }
}

/// An event of that API and stage, which came through a custom domain.
fn event(api_id: &str, stage: &str) -> WebsocketEvent {
    let event = json!({
        "requestContext": {
            "connectionId": "a=",
            "apiId": api_id,
            "stage": stage,
            "domainName": "chat.example.com",
        },
        "headers": { "Host": "evil.example.com" },
    });
    WebsocketEvent::from_raw(to_raw_value(&event).unwrap(), LambdaContext::default()).unwrap()
}

fn url(
    variables: &[(&str, &str)],
    event: Option<&WebsocketEvent>,
) -> Result<String, WebsocketError> {
    Endpoint::find(environment(variables), event).map(|endpoint| endpoint.url().to_owned())
}

#[test]
fn the_variable_comes_before_the_event() {
    let event = event("abc", "prod");
    let region = ("AWS_REGION", "eu-central-1");
    assert_eq!(
        url(&[region], Some(&event)).unwrap(),
        "https://abc.execute-api.eu-central-1.amazonaws.com/prod"
    );
    for set in [None, Some(&event)] {
        let variables = [region, (VARIABLE, "http://127.0.0.1:8000/api/")];
        assert_eq!(url(&variables, set).unwrap(), "http://127.0.0.1:8000/api");
    }
    // Empty is as good as unset.
    assert_eq!(
        url(&[region, (VARIABLE, "")], Some(&event)).unwrap(),
        "https://abc.execute-api.eu-central-1.amazonaws.com/prod"
    );
    let error = url(&[region], None).unwrap_err();
    assert!(matches!(error, WebsocketError::NoEndpoint));
    assert_eq!(
        error.to_string(),
        "it is not known which WebSocket API to send to: no WebSocket API invoked this function, and its environment \
         variable AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI is not set; set it to the URL of the API's connections, \
         `https://<API id>.execute-api.<region>.amazonaws.com/<stage>`"
    );
    let error = url(&[(VARIABLE, "wss://a/b")], None).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`wss://a/b`, which the environment variable AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI says, is not where \
         connections of a WebSocket API can be reached: it is the URL that clients connect to; that of the connections \
         starts with `https://`"
    );
}

#[test]
fn the_region_is_the_functions() {
    let event = event("abc", "prod");
    let of = |variables: &[(&str, &str)]| url(variables, Some(&event));
    for (region, expected) in [
        ("us-east-1", "us-east-1.amazonaws.com"),
        ("us-gov-west-1", "us-gov-west-1.amazonaws.com"),
        ("cn-north-1", "cn-north-1.amazonaws.com.cn"),
        ("eusc-de-east-1", "eusc-de-east-1.amazonaws.eu"),
    ] {
        for variable in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            assert_eq!(
                of(&[(variable, region)]).unwrap(),
                format!("https://abc.execute-api.{expected}/prod")
            );
        }
    }
    let both = [
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("AWS_REGION", "us-west-2"),
    ];
    assert!(of(&both).unwrap().contains("us-west-2"));
    for without in [&[][..], &[("AWS_REGION", "evil.example.com/")]] {
        let error = of(without).unwrap_err();
        assert!(matches!(error, WebsocketError::NoRegion { .. }), "{error}");
    }
}

#[test]
fn an_event_leads_to_no_other_host() {
    for (api_id, stage, member) in [
        ("evil.example.com/", "prod", "apiId"),
        ("evil.example.com#", "prod", "apiId"),
        ("a@evil", "prod", "apiId"),
        ("", "prod", "apiId"),
        ("abc", "", "stage"),
        ("abc", "../x", "stage"),
        ("abc", "a?b", "stage"),
    ] {
        let region = [("AWS_REGION", "us-east-1")];
        let error = url(&region, Some(&event(api_id, stage))).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "what the event says about its API is not where connections of a WebSocket API can be reached: the \
                 member `{member}` of its `requestContext` is missing, or has other characters than letters, digits, \
                 `-` and `_`"
            )
        );
    }
}

#[test]
fn urls_are_checked() {
    for (text, expected) in [
        (
            "https://abc.execute-api.us-east-1.amazonaws.com/prod",
            "https://abc.execute-api.us-east-1.amazonaws.com/prod",
        ),
        ("https://ws.example.com", "https://ws.example.com"),
        ("http://[::1]:3000/api//", "http://[::1]:3000/api"),
    ] {
        assert_eq!(Endpoint::parse(text).unwrap().url(), expected);
    }
    for (text, shown, reason) in [
        ("", "``", "it is no URL ("),
        ("https://", "`https://`", "it is no URL ("),
        ("a b", "`a b`", "it is no URL ("),
        (
            "/prod",
            "`/prod`",
            "it does not start with `https://`; expected `https://<API id>",
        ),
        (
            "example.com",
            "`example.com`",
            "it does not start with `https://`",
        ),
        ("ftp://a", "`ftp://a`", "it does not start with `https://`"),
        (
            "wss://a/b",
            "`wss://a/b`",
            "it is the URL that clients connect to",
        ),
        (
            "https://me:secret@a/b",
            "the URL",
            "it has a user name; requests are signed",
        ),
        (
            "https://a/b?token=secret",
            "`https://a/b`",
            "it goes on after the path",
        ),
        (
            "https://a/b#c",
            "`https://a/b`",
            "it goes on after the path",
        ),
        (
            "https://a/b/@connections",
            "`https://a/b/@connections`",
            "`/@connections` is left out",
        ),
        (
            "https://abc.execute-api.us-east-1.amazonaws.com/",
            "`https://abc.execute-api.us-east-1.amazonaws.com/`",
            "the stage is missing",
        ),
    ] {
        let error = Endpoint::parse(text).unwrap_err().to_string();
        let expected =
            format!("{shown} is not where connections of a WebSocket API can be reached: {reason}");
        assert!(error.starts_with(&expected), "{text}: {error}");
        assert!(!error.contains("secret"), "{error}");
    }
}

#[test]
fn the_resource_of_the_missing_permission_is_named() {
    let endpoint = Endpoint::parse("https://abc.execute-api.cn-north-1.amazonaws.com.cn/prod");
    let endpoint = endpoint.unwrap();
    assert_eq!(endpoint.region(), Some("cn-north-1"));
    assert_eq!(
        endpoint.resource(
            "POST",
            "arn:aws-cn:lambda:cn-north-1:123456789012:function:x"
        ),
        "arn:aws-cn:execute-api:cn-north-1:123456789012:abc/prod/POST/@connections/*"
    );
    assert_eq!(
        endpoint.resource("GET", ""),
        "arn:aws-cn:execute-api:cn-north-1:*:abc/prod/GET/@connections/*"
    );
    let endpoint = Endpoint::parse("https://ws.example.com/x").unwrap();
    assert_eq!(endpoint.region(), None);
    assert_eq!(
        endpoint.resource("DELETE", ""),
        "arn:aws:execute-api:*:*:*/*/DELETE/@connections/*"
    );
}

#[test]
fn stand_ins_for_aws_are_known() {
    for (url, expected) in [
        ("http://127.0.0.1:3000/api", true),
        ("http://LOCALHOST:3000/api", true),
        ("http://[::1]:3000/api", true),
        ("https://localhost:3000/api", true),
        ("https://127.0.0.1.example.com/api", false),
        ("https://localhost.example.com/api", false),
        ("https://192.0.2.1/api", false),
        // A session token would go over the network as it is.
        ("http://192.0.2.1/api", true),
        ("http://abc.execute-api.eu-west-1.amazonaws.com/api", true),
    ] {
        assert_eq!(
            Endpoint::parse(url).unwrap().is_stand_in(),
            expected,
            "{url}"
        );
    }
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in ".*") {
        if let Ok(endpoint) = Endpoint::parse(&text) {
            proptest::prop_assert!(endpoint.url().starts_with("http"));
            let again = Endpoint::parse(endpoint.url()).unwrap();
            proptest::prop_assert_eq!(again, endpoint);
        }
    }

    #[test]
    fn urls_are_read_as_they_are_written(
        host in "[a-z]{1,8}(\\.[a-z]{1,8}){0,5}", port in proptest::option::of(1_u16..), path in "(/[a-z$@]{0,8}){0,3}",
    ) {
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let text = format!("http://{host}{port}{path}");
        if let Ok(endpoint) = Endpoint::parse(&text) {
            proptest::prop_assert_eq!(endpoint.url(), text.trim_end_matches('/'));
        }
    }
}
