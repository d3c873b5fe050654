//! What goes on between sockets and an app.

use std::{collections::BTreeMap, sync::Mutex};

use chalice::{prelude::*, test::Client};

/// The rooms, with who is in them, and what was heard of those who left.
#[derive(Default)]
struct Rooms {
    members: Mutex<BTreeMap<String, Vec<String>>>,
    ends: Mutex<Vec<(String, Option<u16>, Option<String>)>>,
}

#[derive(AppState)]
struct Shared {
    rooms: Rooms,
}

impl Shared {
    async fn new() -> Result<Shared> {
        Ok(Shared {
            rooms: Rooms::default(),
        })
    }
}

#[derive(Deserialize)]
struct Join {
    room: String,
}

#[derive(Deserialize)]
struct Say {
    room: String,
    text: String,
}

#[on_ws_message(route_key = "join")]
async fn join(event: WebsocketEvent, sockets: WebsocketApi, rooms: State<Rooms>) -> Result<()> {
    let id = event.connection_id();
    let Join { room } = event.json_body()?;
    let members = {
        let mut all = rooms.members.lock().unwrap();
        let members = all.entry(room).or_default();
        members.push(id.to_owned());
        members.len()
    };
    sockets.send(id, members.to_string()).await?;
    Ok(())
}

#[on_ws_message(route_key = "say")]
async fn say(event: WebsocketEvent, sockets: WebsocketApi, rooms: State<Rooms>) -> Result<()> {
    let Say { room, text } = event.json_body()?;
    let members = rooms.members.lock().unwrap().get(&room).cloned();
    for id in members.unwrap_or_default() {
        sockets.send(&id, &text).await?;
    }
    Ok(())
}

#[on_ws_message(route_key = "throw_out")]
async fn throw_out(event: WebsocketEvent, sockets: WebsocketApi) -> Result<()> {
    let body: Value = event.json_body()?;
    sockets
        .close(body["who"].as_str().unwrap_or_default())
        .await?;
    Ok(())
}

#[on_ws_disconnect]
async fn left(event: WebsocketEvent, sockets: WebsocketApi, rooms: State<Rooms>) -> Result<()> {
    let id = event.connection_id();
    let error = sockets.send(id, "bye").await.unwrap_err();
    assert!(error.is_disconnected());
    for members in rooms.members.lock().unwrap().values_mut() {
        members.retain(|member| member != id);
    }
    rooms.ends.lock().unwrap().push((
        id.to_owned(),
        event.disconnect_status_code(),
        event.disconnect_reason().map(str::to_owned),
    ));
    Ok(())
}

#[route("/")]
fn index() {}

#[app]
static APP: App = App {
    name: "rooms",
    handlers: [join, say, throw_out, left, index],
    state: Shared::new,
};

type Ends = Vec<(String, Option<u16>, Option<String>)>;

fn ends(client: &Client<APP>) -> Ends {
    client.state().rooms.ends.lock().unwrap().clone()
}

fn end(id: &str, status_code: u16, reason: Option<&str>) -> Ends {
    vec![(id.to_owned(), Some(status_code), reason.map(str::to_owned))]
}

#[tokio::test]
async fn sockets_talk_to_each_other() {
    let client = Client::new(&APP).await.unwrap();
    let websocket = client.websocket();
    let mut anne = websocket.connect().await.unwrap();
    let mut bert = websocket.connect().await.unwrap();
    let mut carl = websocket.connect().await.unwrap();
    assert_eq!(websocket.connections(), 3);
    for (socket, room, members) in [
        (&mut anne, "a", "1"),
        (&mut bert, "a", "2"),
        (&mut carl, "b", "1"),
    ] {
        socket
            .send_json(&json!({ "action": "join", "room": room }))
            .await;
        assert_eq!(socket.receive().await.unwrap(), members);
    }
    anne.send(r#"{"action": "say", "room": "a", "text": "hello"}"#)
        .await;
    for socket in [&mut anne, &mut bert] {
        assert_eq!(socket.receive().await.unwrap(), "hello");
    }
    assert_eq!(carl.try_receive(), None);
    bert.close().await;
    bert.close().await;
    assert_eq!(websocket.connections(), 2);
    anne.send(r#"{"action": "say", "room": "a", "text": "still there?"}"#)
        .await;
    assert_eq!(anne.receive().await.unwrap().text(), "still there?");
    assert_eq!((bert.receive().await, anne.try_receive()), (None, None));
    let expected = end(
        bert.connection_id(),
        1005,
        Some("Client-side close frame status not set"),
    );
    assert_eq!(ends(&client), expected);
}

#[tokio::test]
async fn the_end_has_a_code_and_a_reason() {
    let client = Client::new(&APP).await.unwrap();
    let mut socket = client.websocket().connect().await.unwrap();
    socket.close_with(4001, "bored").await;
    let expected = end(socket.connection_id(), 4001, Some("bored"));
    assert_eq!(ends(&client), expected);
}

#[tokio::test]
async fn whom_the_app_throws_out_leaves() {
    let client = Client::new(&APP).await.unwrap();
    let mut anne = client.websocket().connect().await.unwrap();
    let mut bert = client.websocket().connect().await.unwrap();
    let who = bert.connection_id().to_owned();
    anne.send_json(&json!({ "action": "throw_out", "who": who }))
        .await;
    let expected = end(&who, 1000, Some("Connection Closed Normally"));
    assert_eq!(ends(&client), expected);
    assert!(bert.is_closed() && !anne.is_closed());
    assert_eq!(bert.receive().await, None);
    assert_eq!(anne.try_receive(), None);
    let again = json!({ "action": "throw_out", "who": who });
    anne.send_json(&again).await;
    let failed = anne.receive().await.unwrap();
    assert_eq!(failed.json::<Value>()["message"], "Internal server error");
}

#[tokio::test]
async fn a_socket_that_is_dropped_is_a_client_that_is_gone() {
    let client = Client::new(&APP).await.unwrap();
    let mut anne = client.websocket().connect().await.unwrap();
    let id = {
        let bert = client.websocket().connect().await.unwrap();
        bert.connection_id().to_owned()
    };
    assert_eq!(client.websocket().connections(), 1);
    assert_eq!(ends(&client), []);
    client.http().get("/").await;
    assert_eq!(ends(&client), end(&id, 1006, None));
    anne.close().await;
    assert_eq!(ends(&client).len(), 2);
}

#[tokio::test]
async fn messages_that_api_gateway_does_not_take() {
    let client = Client::new(&APP).await.unwrap();
    let mut socket = client.websocket().connect().await.unwrap();
    // No handler has `$default`.
    socket.send("hello").await;
    let notice: Value = socket.receive().await.unwrap().json();
    assert_eq!(notice["message"], "Forbidden");
    assert_eq!(notice["connectionId"], socket.connection_id());
    socket.send_bytes([0_u8; 3].to_vec()).await;
    assert_eq!(socket.receive().await, None);
    assert_eq!(ends(&client), end(socket.connection_id(), 1003, None));

    let mut socket = client.websocket().connect().await.unwrap();
    socket.send("x".repeat(131_073)).await;
    assert_eq!(socket.receive().await, None);
    assert_eq!(ends(&client)[1..], end(socket.connection_id(), 1009, None));
}

#[tokio::test]
#[should_panic(expected = "is closed: it cannot send")]
async fn a_closed_socket_cannot_send() {
    let client = Client::new(&APP).await.unwrap();
    let mut socket = client.websocket().connect().await.unwrap();
    socket.close().await;
    socket.send("hello").await;
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "the app has sent nothing to the connection")]
async fn nobody_waits_for_ever() {
    let client = Client::new(&APP).await.unwrap();
    let mut socket = client.websocket().connect().await.unwrap();
    socket.receive().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_clients_at_a_time() {
    let tests = (0..50).map(|number| {
        tokio::spawn(async move {
            let client = Client::new(&APP).await.unwrap();
            let websocket = client.websocket();
            let (one, two) = tokio::join!(websocket.connect(), websocket.connect());
            let (mut one, mut two) = (one.unwrap(), two.unwrap());
            let join = json!({ "action": "join", "room": "a" });
            tokio::join!(one.send_json(&join), two.send_json(&join));
            one.receive().await.unwrap();
            two.receive().await.unwrap();
            let say = json!({ "action": "say", "room": "a", "text": number.to_string() });
            one.send_json(&say).await;
            assert_eq!(two.receive().await.unwrap().text(), number.to_string());
            assert_eq!(one.receive().await.unwrap().text(), number.to_string());
            tokio::join!(one.close(), two.close());
            assert_eq!(ends(&client).len(), 2);
        })
    });
    for test in tests.collect::<Vec<_>>() {
        test.await.unwrap();
    }
}
