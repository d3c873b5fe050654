use chalice::test::{Client, events};

use super::*;

#[tokio::test]
async fn what_is_sent_comes_back() {
    let client = Client::new(&APP).await.unwrap();
    let mut socket = client.websocket().connect().await.unwrap();
    for text in ["hello", "", "{\"a\": 1}", "é"] {
        socket.send(text).await;
        assert_eq!(socket.receive().await.unwrap(), text);
    }
    socket.close().await;
    assert_eq!(socket.receive().await, None);
}

#[tokio::test]
async fn nobody_hears_what_others_say() {
    let client = Client::new(&APP).await.unwrap();
    let mut one = client.websocket().connect().await.unwrap();
    let mut two = client.websocket().connect().await.unwrap();
    one.send("hello").await;
    assert_eq!(two.try_receive(), None);
    assert_eq!(one.try_receive().unwrap(), "hello");
}

#[tokio::test]
async fn a_client_that_has_gone_is_ignored() {
    let client = Client::new(&APP).await.unwrap();
    // The message of a client that is gone before the function runs.
    let event = events::websocket_message("L0SM9cOFvHcCIhw=", "hello");
    let answer = client.lambda("websocket_message").invoke(event).await;
    assert_eq!(answer.unwrap()["statusCode"], 200);
}
