//! `WebsocketApi` as an argument of every kind of handler.

use std::sync::Mutex;

use chalice::{
    prelude::*,
    test::{Client, events},
};

/// Who is connected, and who is heard of no more.
#[derive(Default)]
struct Clients {
    open: Mutex<Vec<String>>,
    gone: Mutex<Vec<String>>,
}

#[derive(AppState)]
struct Shared {
    clients: Clients,
}

impl Shared {
    async fn new() -> Result<Shared> {
        Ok(Shared {
            clients: Clients::default(),
        })
    }
}

impl Clients {
    async fn tell(&self, sockets: &WebsocketApi, text: &str) -> Result<()> {
        let open = self.open.lock().unwrap().clone();
        for id in open {
            match sockets.send(&id, text).await {
                Err(error) if error.is_disconnected() => self.gone.lock().unwrap().push(id),
                sent => sent?,
            }
        }
        Ok(())
    }
}

#[on_ws_connect]
fn connect(event: WebsocketEvent, clients: State<Clients>) {
    let id = event.connection_id().to_owned();
    clients.open.lock().unwrap().push(id);
}

#[on_ws_message]
async fn message(
    event: WebsocketEvent,
    sockets: WebsocketApi,
    clients: State<Clients>,
) -> Result<()> {
    match event.text()? {
        "who" => {
            let info = sockets.info(event.connection_id()).await?;
            assert!(info.last_active_at >= info.connected_at);
            let about = (info.source_ip, info.user_agent);
            sockets
                .send(event.connection_id(), format!("{about:?}"))
                .await?;
        }
        "bytes" => sockets.send(event.connection_id(), [0xFF, 0]).await?,
        "large" => {
            let sent = sockets.send(event.connection_id(), vec![b'x'; 131_073]);
            let error = sent.await.unwrap_err();
            assert!(matches!(
                error,
                WebsocketError::PayloadTooLarge { size: 131_073 }
            ));
            Err(error)?;
        }
        "leave" => sockets.close(event.connection_id()).await?,
        text => clients.tell(&sockets, text).await?,
    }
    Ok(())
}

#[schedule(Rate::minutes(1))]
async fn every_minute(
    _event: ScheduledEvent,
    sockets: WebsocketApi,
    clients: State<Clients>,
) -> Result<()> {
    clients.tell(&sockets, "tick").await
}

#[schedule(Rate::minutes(2))]
async fn without_event(sockets: WebsocketApi, clients: State<Clients>) -> Result<()> {
    clients.tell(&sockets, "tock").await
}

#[on_sqs_message(queue = "news")]
async fn news(
    record: SqsRecord<String>,
    sockets: WebsocketApi,
    clients: State<Clients>,
) -> Result<()> {
    clients.tell(&sockets, record.body()).await
}

#[lambda_function]
async fn tell(text: String, sockets: WebsocketApi, clients: State<Clients>) -> Result<()> {
    clients.tell(&sockets, &text).await
}

#[authorizer]
async fn guard(
    request: AuthRequest,
    sockets: WebsocketApi,
    clients: State<Clients>,
) -> Result<AuthResponse> {
    clients.tell(&sockets, "somebody asks").await?;
    Ok(AuthResponse::allow(
        ["/tell"],
        request.token(),
    ))
}

#[route("/tell", methods = [POST], authorizer = guard)]
async fn post(sockets: WebsocketApi, clients: State<Clients>) -> Result<StatusCode> {
    clients.tell(&sockets, "posted").await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A middleware makes its own.
#[middleware(sqs)]
async fn announced(
    event: SqsEvent,
    next: Next<'_, SqsEvent>,
    clients: State<Clients>,
) -> FunctionResult {
    let sockets = WebsocketApi::from_context(event.context())?;
    if let Err(error) = clients.tell(&sockets, "news!").await {
        return Err(error.into());
    }
    next.run(event).await
}

#[app]
static APP: App = App {
    name: "sockets",
    handlers: [
        connect,
        message,
        every_minute,
        without_event,
        news,
        tell,
        guard,
        post,
    ],
    middleware: [announced],
    state: Shared::new,
};

#[tokio::test]
async fn every_handler_sends_to_connections() {
    let client = Client::new(&APP).await.unwrap();
    let mut one = client.websocket().connect().await.unwrap();
    let mut two = client.websocket().connect().await.unwrap();
    let schedule = || events::schedule("minute");
    client
        .lambda("every_minute")
        .invoke(schedule())
        .await
        .unwrap();
    client
        .lambda("without_event")
        .invoke(schedule())
        .await
        .unwrap();
    client
        .lambda("news")
        .invoke(events::sqs(["rain"]))
        .await
        .unwrap();
    client.lambda("tell").invoke("hello").await.unwrap();
    let response = client
        .http()
        .post("/tell")
        .header("authorization", "me")
        .await;
    assert_eq!(response.status(), 204);
    for socket in [&mut one, &mut two] {
        for expected in [
            "tick",
            "tock",
            "news!",
            "rain",
            "hello",
            "somebody asks",
            "posted",
        ] {
            assert_eq!(socket.receive().await.unwrap(), expected);
        }
        assert_eq!(socket.try_receive(), None);
    }
}

#[tokio::test]
async fn a_connection_that_is_gone_is_told() {
    let client = Client::new(&APP).await.unwrap();
    let mut one = client.websocket().connect().await.unwrap();
    let mut two = client.websocket().connect().await.unwrap();
    two.close().await;
    client.lambda("tell").invoke("hello").await.unwrap();
    assert_eq!(one.receive().await.unwrap(), "hello");
    assert_eq!(two.receive().await, None);
    let gone = client.state().clients.gone.lock().unwrap().clone();
    assert_eq!(gone, [two.connection_id()]);
}

#[tokio::test]
async fn connections_are_known_and_closed() {
    let client = Client::new(&APP).await.unwrap();
    let handshake = client.websocket().connect().source_ip([192, 0, 2, 7]);
    let mut socket = handshake.header("user-agent", "me").await.unwrap();
    socket.send("who").await;
    assert_eq!(
        socket.receive().await.unwrap(),
        r#"(Some(192.0.2.7), Some("me"))"#
    );
    socket.send("bytes").await;
    assert_eq!(socket.receive().await.unwrap().bytes(), [0xFF, 0]);
    socket.send("large").await;
    let failed: Value = socket.receive().await.unwrap().json();
    assert_eq!(failed["message"], "Internal server error");
    assert!(!socket.is_closed());
    socket.send("leave").await;
    assert_eq!(socket.receive().await, None);
    assert!(socket.is_closed());
    assert_eq!(client.websocket().connections(), 0);
}

#[tokio::test]
async fn clients_do_not_see_each_others_connections() {
    let (one, two) = (
        Client::new(&APP).await.unwrap(),
        Client::new(&APP).await.unwrap(),
    );
    let mut socket = one.websocket().connect().await.unwrap();
    let id = socket.connection_id().to_owned();
    two.state().clients.open.lock().unwrap().push(id.clone());
    two.lambda("tell").invoke("hello").await.unwrap();
    assert_eq!(two.state().clients.gone.lock().unwrap().clone(), [id]);
    assert_eq!(socket.try_receive(), None);
}

#[tokio::test]
async fn the_context_of_a_test_reaches_connections_too() {
    let client = Client::new(&APP).await.unwrap();
    let mut socket = client.websocket().connect().await.unwrap();
    let tell = client.lambda("tell").context(LambdaContext::default());
    tell.invoke("hello").await.unwrap();
    assert_eq!(socket.receive().await.unwrap(), "hello");
}
