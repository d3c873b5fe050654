//! `examples/websocket-echo`, as AWS Lambda runs it: messages to connections, by signed requests.

use std::{
    net::TcpListener,
    path::PathBuf,
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use crate::{
    cargo,
    lambda_function::LambdaFunction,
    runtime_api::{
        Answer,
        http::{Connection, Request},
    },
};

fn executable() -> PathBuf {
    let mut command = cargo::cargo(cargo::workspace());
    command.args(["build", "--locked", "--package", "websocket-echo"]);
    let target = cargo::target_directory();
    let built = "debug/websocket-echo";
    cargo::build(&mut command, target, built, "websocket-echo-dev")
}

/// A message of a client of the API `abc`, as API Gateway delivers it through a custom domain name.
fn message(text: &str) -> Value {
    json!({
        "requestContext": {
            "routeKey": "$default",
            "eventType": "MESSAGE",
            "connectionId": "L0SM9cOFvHcCIhw=",
            "domainName": "chat.example.com",
            "stage": "prod",
            "apiId": "abc",
        },
        "body": text,
        "isBase64Encoded": false,
    })
}

/// What stands for API Gateway: answers by these statuses, one after the other. Gets the
/// requests, each with the number of its TCP connection.
fn connections_api(statuses: &'static [u16]) -> (String, Receiver<(usize, Request)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/prod", listener.local_addr().unwrap());
    let (sender, requests) = channel();
    thread::spawn(move || {
        let mut statuses = statuses.iter();
        for (number, stream) in listener.incoming().enumerate() {
            let mut connection = Connection::new(stream.unwrap());
            while let Ok(Some(request)) = connection.read() {
                let Some(status) = statuses.next() else {
                    return;
                };
                if connection.write_status(*status).is_err() {
                    return;
                }
                // The test may have what it wants.
                let _ = sender.send((number, request));
            }
        }
    });
    (url, requests)
}

#[test]
fn messages_go_where_the_variable_says() {
    let (url, requests) = connections_api(&[200, 200, 410]);
    let variables = [
        ("_HANDLER", "websocket_message"),
        ("AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI", url.as_str()),
        ("AWS_ACCESS_KEY_ID", "id"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_SESSION_TOKEN", "secret-token"),
    ];
    let function = LambdaFunction::start(&executable(), &variables);
    for text in ["hello", "é", "nobody is there any more"] {
        let answer = function.invoke(&message(text));
        let Answer::Response(response) = answer else {
            panic!("{answer:?}")
        };
        assert_eq!(response, json!({ "statusCode": 200 }));
        let received = requests.recv_timeout(Duration::from_secs(10));
        let (connection, request) = received.unwrap();
        assert_eq!(connection, 0, "invocations share a connection");
        assert_eq!(
            (request.method.as_str(), request.path.as_str()),
            ("POST", "/prod/@connections/L0SM9cOFvHcCIhw%3D")
        );
        assert_eq!(request.body, text.as_bytes());
        let signature = request.header("authorization").unwrap();
        assert!(
            signature.starts_with("AWS4-HMAC-SHA256 Credential=local/"),
            "{signature}"
        );
        assert!(
            signature.contains("/eu-west-1/execute-api/aws4_request"),
            "{signature}"
        );
        // This machine is no AWS: it sees nothing that is secret.
        assert_eq!(request.header("x-amz-security-token"), None);
    }
    let log = function.end();
    assert!(!log.contains("secret") && !log.contains("hello"), "{log}");
}

#[test]
fn without_the_variable_they_go_to_the_events_api() {
    let variables = [("_HANDLER", "websocket_message")];
    let function = LambdaFunction::start(&executable(), &variables);
    let answer = function.invoke(&message("hello"));
    let Answer::Error(error) = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(error.kind, "WebsocketError");
    // Nothing is sent, since there is nothing to sign it with.
    assert_eq!(
        error.message,
        "requests to `https://abc.execute-api.eu-west-1.amazonaws.com/prod` are signed with credentials, and the \
         environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, which AWS Lambda sets for every function, \
         are not both set"
    );
    function.end();
}
