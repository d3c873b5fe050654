use std::sync::Mutex;

use chalice_gateway::websocket::Carrier as _;
use tokio::io::DuplexStream;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use super::*;

type Client = WebSocketStream<DuplexStream>;

/// What the conversation has handed over.
#[derive(Clone, Default)]
struct Heard {
    messages: Arc<Mutex<Vec<String>>>,
    permits: Arc<Mutex<Vec<OwnedSemaphorePermit>>>,
    /// Whether messages stay in their functions.
    keeps: bool,
}

impl Heard {
    fn take(&self, message: ClientMessage<'_>, permit: OwnedSemaphorePermit) -> Option<Closing> {
        let text = match message {
            ClientMessage::Text(text) => text,
            ClientMessage::Binary => return Some(Closing::binary_message()),
        };
        self.messages.lock().unwrap().push(text.to_owned());
        if self.keeps {
            self.permits.lock().unwrap().push(permit);
        }
        None
    }

    async fn wait_for(&self, count: usize) {
        while self.messages.lock().unwrap().len() < count {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

async fn start(lifetime: Lifetime, heard: Heard) -> (Client, Outbox, JoinHandle<Closing>) {
    let (ours, theirs) = tokio::io::duplex(1024);
    let outbox = Outbox::new();
    let conversation = tokio::spawn({
        let outbox = outbox.clone();
        async move {
            let on_message = |message: ClientMessage<'_>, permit| heard.take(message, permit);
            converse(ours, &outbox, lifetime, on_message).await
        }
    });
    let client = WebSocketStream::from_raw_socket(theirs, Role::Client, None).await;
    (client, outbox, conversation)
}

fn text(text: &str) -> ServerMessage {
    ServerMessage::Text(text.to_owned())
}

/// What the client receives next, and for the code of a close frame nothing else.
async fn receive(client: &mut Client) -> Result<Message, u16> {
    match timeout(Duration::from_secs(10), client.next())
        .await
        .unwrap()
    {
        Some(Ok(Message::Close(Some(frame)))) => Err(frame.code.into()),
        Some(Ok(message)) => Ok(message),
        other => panic!("expected a message, got {other:?}"),
    }
}

/// Starts a conversation in which the client sends these, and returns the code
/// of the close frame that it gets, beside the code that the conversation ends with.
async fn ends(messages: Vec<Message>) -> (u16, u16) {
    let (mut client, _, conversation) = start(Lifetime::default(), Heard::default()).await;
    for message in messages {
        // The server may have closed before the last of them.
        if client.send(message).await.is_err() {
            break;
        }
    }
    let code = receive(&mut client).await.unwrap_err();
    while let Some(Ok(_)) = client.next().await {}
    drop(client);
    (code, conversation.await.unwrap().status_code())
}

fn fragment(size: usize, opcode: Data, is_final: bool) -> Message {
    Message::Frame(Frame::message(
        vec![b'x'; size],
        OpCode::Data(opcode),
        is_final,
    ))
}

#[tokio::test]
async fn messages_in_both_directions() {
    let heard = Heard::default();
    let (mut client, outbox, conversation) = start(Lifetime::default(), heard.clone()).await;
    client.send(Message::text("one")).await.unwrap();
    client.send(Message::text("é")).await.unwrap();
    heard.wait_for(2).await;
    assert_eq!(*heard.messages.lock().unwrap(), ["one", "é"]);
    outbox.send(text("two")).unwrap();
    outbox
        .send(ServerMessage::Binary(vec![0xff].into()))
        .unwrap();
    assert_eq!(receive(&mut client).await, Ok(Message::text("two")));
    assert_eq!(receive(&mut client).await, Ok(Message::binary(vec![0xff])));
    let frame = CloseFrame {
        code: CloseCode::Library(4001),
        reason: "bye".into(),
    };
    client.close(Some(frame)).await.unwrap();
    assert_eq!(receive(&mut client).await, Err(4001));
    assert_eq!(
        conversation.await.unwrap(),
        Closing::by_client(Some((4001, "bye")))
    );
}

#[tokio::test]
async fn an_end_without_a_status_code() {
    let (mut client, _, conversation) = start(Lifetime::default(), Heard::default()).await;
    client.close(None).await.unwrap();
    while let Some(Ok(_)) = client.next().await {}
    assert_eq!(conversation.await.unwrap(), Closing::by_client(None));
}

#[tokio::test]
async fn pings_are_answered() {
    let (mut client, _, _conversation) = start(Lifetime::default(), Heard::default()).await;
    client.send(Message::Ping("still?".into())).await.unwrap();
    assert_eq!(
        receive(&mut client).await,
        Ok(Message::Pong("still?".into()))
    );
}

#[tokio::test]
async fn sizes() {
    let heard = Heard::default();
    let (mut client, _, _conversation) = start(Lifetime::default(), heard.clone()).await;
    let frame = MAX_WEBSOCKET_FRAME;
    for message in [
        fragment(frame, Data::Text, false),
        fragment(frame, Data::Continue, false),
        fragment(frame, Data::Continue, false),
        fragment(frame, Data::Continue, true),
    ] {
        client.send(message).await.unwrap();
    }
    heard.wait_for(1).await;
    assert_eq!(
        heard.messages.lock().unwrap()[0].len(),
        MAX_WEBSOCKET_MESSAGE
    );

    let too_large = vec![Message::text("x".repeat(frame + 1))];
    assert_eq!(ends(too_large).await, (1009, 1009));
    let too_long = vec![
        fragment(frame, Data::Text, false),
        fragment(frame, Data::Continue, false),
        fragment(frame, Data::Continue, false),
        fragment(frame, Data::Continue, false),
        fragment(1, Data::Continue, true),
    ];
    assert_eq!(ends(too_long).await, (1009, 1009));
}

#[tokio::test]
async fn what_no_websocket_api_takes() {
    assert_eq!(ends(vec![Message::binary(vec![1])]).await, (1003, 1003));
    let not_utf8 = Frame::message(vec![0xff], OpCode::Data(Data::Text), true);
    assert_eq!(ends(vec![Message::Frame(not_utf8)]).await, (1007, 1007));
    let nothing_to_continue = fragment(1, Data::Continue, true);
    assert_eq!(ends(vec![nothing_to_continue]).await, (1002, 1002));
}

#[tokio::test]
async fn a_client_that_disappears() {
    let (client, _, conversation) = start(Lifetime::default(), Heard::default()).await;
    drop(client);
    assert_eq!(conversation.await.unwrap(), Closing::lost());
}

#[tokio::test]
async fn a_function_closes_after_its_messages() {
    let (mut client, outbox, conversation) = start(Lifetime::default(), Heard::default()).await;
    outbox.send(text("last")).unwrap();
    outbox.close(Closing::by_function());
    assert_eq!(receive(&mut client).await, Ok(Message::text("last")));
    assert_eq!(receive(&mut client).await, Err(1000));
    while let Some(Ok(_)) = client.next().await {}
    drop(client);
    assert_eq!(conversation.await.unwrap(), Closing::by_function());
}

#[tokio::test(start_paused = true)]
async fn idle_connections_are_closed() {
    let lifetime = Lifetime::default();
    let (mut client, outbox, conversation) = start(lifetime, Heard::default()).await;
    // What comes from either side puts the end off.
    let almost = lifetime.idle - Duration::from_secs(1);
    tokio::time::sleep(almost).await;
    client.send(Message::text("hello")).await.unwrap();
    tokio::time::sleep(almost).await;
    outbox.send(text("hello")).unwrap();
    assert_eq!(
        client.next().await.unwrap().unwrap(),
        Message::text("hello")
    );
    tokio::time::sleep(almost).await;
    assert!(!conversation.is_finished());
    let begin = Instant::now();
    match client.next().await.unwrap().unwrap() {
        Message::Close(Some(frame)) => assert_eq!(u16::from(frame.code), 1001),
        message => panic!("{message:?}"),
    }
    assert_eq!(begin.elapsed().as_secs(), 1);
    drop(client);
    assert_eq!(conversation.await.unwrap(), Closing::going_away());
}

#[tokio::test(start_paused = true)]
async fn every_connection_ends_after_two_hours() {
    let (client, _, conversation) = start(Lifetime::default(), Heard::default()).await;
    let begin = Instant::now();
    let (mut sink, mut stream) = client.split();
    let ticking = tokio::spawn(async move {
        while sink.send(Message::text("tick")).await.is_ok() {
            tokio::time::sleep(Duration::from_secs(60)).await;
        }
    });
    match stream.next().await.unwrap().unwrap() {
        Message::Close(Some(frame)) => assert_eq!(u16::from(frame.code), 1001),
        message => panic!("{message:?}"),
    }
    assert_eq!(begin.elapsed().as_secs(), 2 * 60 * 60);
    ticking.abort();
    assert_eq!(conversation.await.unwrap(), Closing::going_away());
}

#[tokio::test(start_paused = true)]
async fn a_client_that_does_not_read_is_closed_and_costs_little() {
    let (_client, outbox, conversation) = start(Lifetime::default(), Heard::default()).await;
    let message = text(&"x".repeat(10_000));
    let mut taken = 0;
    while outbox.send(message.clone()).is_ok() {
        taken += 1;
        tokio::task::yield_now().await;
    }
    assert!(taken < 200, "{taken}");
    // Its buffers are full, and the close frame does not get through either.
    assert_eq!(conversation.await.unwrap(), Closing::going_away());
}

#[tokio::test]
async fn a_client_cannot_pile_up_messages_in_functions() {
    let heard = Heard {
        keeps: true,
        ..Heard::default()
    };
    let (mut client, _, _conversation) = start(Lifetime::default(), heard.clone()).await;
    let flood = tokio::spawn(async move {
        for number in 0..1000 {
            client
                .send(Message::text(format!("{number:0>500}")))
                .await
                .unwrap();
        }
        client
    });
    heard.wait_for(MAX_IN_FLIGHT).await;
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(heard.messages.lock().unwrap().len(), MAX_IN_FLIGHT);
    assert!(!flood.is_finished());
    // A function ends, and one more message is taken.
    heard.permits.lock().unwrap().pop();
    heard.wait_for(MAX_IN_FLIGHT + 1).await;
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(heard.messages.lock().unwrap().len(), MAX_IN_FLIGHT + 1);
    flood.abort();
}
