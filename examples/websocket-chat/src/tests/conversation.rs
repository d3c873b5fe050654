//! Conversations of several members, in this process.

use chalice::{
    prelude::*,
    test::{Client, Socket, events},
};

use super::table::{self, Table};
use crate::{Shared, connect, disconnect, message};

/// The app with moto in the place of Amazon DynamoDB. All else is as in `APP`.
#[app]
static CHAT: App = App {
    name: "websocket-chat",
    handlers: [connect, message, disconnect],
    state: Shared::against_moto,
};

impl Shared {
    async fn against_moto() -> Result<Shared> {
        let endpoint_url = chalice::env::var("AWS_ENDPOINT_URL_DYNAMODB")?;
        Shared::new(table::client(&endpoint_url))
    }
}

async fn chat(table: &Table) -> Client<CHAT> {
    Client::builder(&CHAT)
        .env("TABLE", &table.name)
        .env("AWS_ENDPOINT_URL_DYNAMODB", table.endpoint_url())
        .build()
        .await
        .unwrap()
}

/// A member, who says everything that there is to hear in the right order.
struct Member<'a>(Socket<'a, CHAT>);

impl<'a> Member<'a> {
    async fn connect(client: &'a Client<CHAT>) -> Member<'a> {
        Member(client.websocket().connect().await.unwrap())
    }

    /// A member who has said the nickname, and is in that room.
    async fn in_room(client: &'a Client<CHAT>, nickname: &str, room: &str) -> Member<'a> {
        let mut member = Member::connect(client).await;
        member.says(nickname).await;
        member.0.receive().await.unwrap();
        member.says(&format!("/join {room}")).await;
        member.hears(&format!("Joined chat room \"{room}\"")).await;
        member
    }

    async fn says(&self, text: &str) {
        self.0.send(text).await;
    }

    #[track_caller]
    fn hears(&mut self, text: &str) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        let text = text.to_owned();
        async move {
            let heard = self.0.receive().await.unwrap();
            assert_eq!(heard, text.as_str(), "at {caller}");
        }
    }

    /// Everything that has been said is handled, so what is not there does not come.
    #[track_caller]
    fn hears_nothing(&mut self) {
        assert_eq!(self.0.try_receive(), None);
    }

    async fn asks(&mut self, text: &str, answer: &str) {
        self.says(text).await;
        self.hears(answer).await;
        self.hears_nothing();
    }
}

#[tokio::test]
async fn john_and_jenny() {
    let table = Table::create();
    let client = chat(&table).await;
    let mut john = Member::connect(&client).await;
    let mut jenny = Member::connect(&client).await;

    for (member, nickname) in [(&mut john, "John"), (&mut jenny, "Jenny")] {
        let answer = format!("Using nickname: {nickname}\nType /help for a list of commands.");
        member.asks(nickname, &answer).await;
    }
    john.asks("/join chalice", "Joined chat room \"chalice\"")
        .await;
    jenny
        .asks("/join chalice", "Joined chat room \"chalice\"")
        .await;
    john.hears("Jenny joined room.").await;

    jenny.says("/ls").await;
    let heard = jenny.0.receive().await.unwrap();
    let mut nicknames: Vec<&str> = heard.text().lines().collect();
    nicknames.sort_unstable();
    assert_eq!(nicknames, ["Jenny", "John"]);

    john.asks("Hi", "John: Hi").await;
    jenny.hears("John: Hi").await;
    jenny
        .asks("/nick JennyJones", "Nickname is: JennyJones")
        .await;
    john.hears("Jenny is now known as JennyJones.").await;
    john.asks("/quit", "Left chat room \"chalice\"").await;
    jenny.hears("John left room.").await;
    jenny.asks("/ls", "JennyJones").await;
    jenny.asks("/room", "chalice").await;
    jenny.asks("/nick", "Current nickname: JennyJones").await;
    john.asks("/ls", "chalice").await;
    john.hears_nothing();

    john.0.close().await;
    jenny.0.close().await;
    assert!(table.items().await.is_empty());
}

#[tokio::test]
async fn one_who_leaves_without_a_word_is_forgotten() {
    let table = Table::create();
    let client = chat(&table).await;
    let john = Member::in_room(&client, "John", "tea").await;
    let mut jenny = Member::in_room(&client, "Jenny", "tea").await;
    drop(john);
    jenny.asks("/ls", "Jenny").await;
    assert_eq!(table.items().await.len(), 2);
}

/// API Gateway does not always say that a connection is gone.
#[tokio::test]
async fn a_message_to_a_client_that_has_gone_deletes_its_items() {
    let table = Table::create();
    let client = chat(&table).await;
    let gone = async |id: &str| {
        let connect = client.lambda("websocket_connect");
        connect.invoke(events::websocket_connect(id)).await.unwrap();
        for text in [id, "/join tea"] {
            let message = client.lambda("websocket_message");
            message
                .invoke(events::websocket_message(id, text))
                .await
                .unwrap();
        }
    };
    let mut jenny = Member::in_room(&client, "Jenny", "tea").await;
    for id in ["ghost-1", "ghost-2"] {
        gone(id).await;
    }
    assert_eq!(table.items().await.len(), 2);
    jenny.asks("Boo", "Jenny: Boo").await;

    // One that is in the table, and has never been there.
    let storage = crate::storage::Storage::new(table.client(), table.name.clone());
    storage.add("ghost-3").await.unwrap();
    assert!(storage.enter("ghost-3", "", "tea").await.unwrap());
    assert_eq!(table.items().await.len(), 4);
    jenny.asks("Boo", "Jenny: Boo").await;
    assert_eq!(table.items().await.len(), 2);
    jenny.asks("/ls", "Jenny").await;
}

#[tokio::test]
async fn without_a_room() {
    let table = Table::create();
    let client = chat(&table).await;
    let mut john = Member::connect(&client).await;
    john.asks(
        "John",
        "Using nickname: John\nType /help for a list of commands.",
    )
    .await;
    let no_room = "You are in no room. Type /join <room> to enter one.";
    john.asks("Hi", no_room).await;
    john.asks("/room", no_room).await;
    john.asks("/ls", "There are no rooms. Type /join <room> to open one.")
        .await;
    john.says("/quit").await;
    john.hears_nothing();
    john.asks("/nick Jim", "Nickname is: Jim").await;
    john.asks("/nick", "Current nickname: Jim").await;
    john.asks("/sing a song", "Unknown command: sing").await;
    john.asks("/HELP", crate::command::HELP).await;
    john.asks("/join", "Which room? Type /join <room> to enter one.")
        .await;
}

#[tokio::test]
async fn from_one_room_to_another() {
    let table = Table::create();
    let client = chat(&table).await;
    let mut john = Member::in_room(&client, "John", "tea").await;
    let mut jenny = Member::in_room(&client, "Jenny", "tea").await;
    let mut jim = Member::in_room(&client, "Jim", "coffee").await;
    john.hears("Jenny joined room.").await;

    jenny.says("/join coffee").await;
    jenny.hears("Left chat room \"tea\"").await;
    jenny.hears("Joined chat room \"coffee\"").await;
    john.hears("Jenny left room.").await;
    jim.hears("Jenny joined room.").await;
    jim.asks("Milk?", "Jim: Milk?").await;
    jenny.hears("Jim: Milk?").await;
    john.hears_nothing();

    // A room that is no name of one is no reason to leave.
    let answer = "The name of a room has 1 to 50 characters, all on one line.";
    let too_long = format!("/join {}", "x".repeat(51));
    jenny.asks(&too_long, answer).await;
    jenny.asks("/room", "coffee").await;

    let mut jo = Member::connect(&client).await;
    jo.says("Jo").await;
    jo.0.receive().await.unwrap();
    jo.asks("/ls", "coffee\ntea").await;
}

#[tokio::test]
async fn nicknames() {
    let table = Table::create();
    let client = chat(&table).await;
    let mut member = Member::connect(&client).await;
    let unusable = "A nickname has 1 to 50 characters, all on one line.";
    member.asks("", unusable).await;
    member.asks("John\nJenny: Hi", unusable).await;
    // The first message is a nickname, whatever it looks like.
    member
        .asks(
            " Mary Ann\r\n",
            "Using nickname: Mary Ann\nType /help for a list of commands.",
        )
        .await;
    member.asks("/join tea", "Joined chat room \"tea\"").await;
    member.asks("Hi", "Mary Ann: Hi").await;
    member
        .asks(&format!("/nick {}", "x".repeat(51)), unusable)
        .await;
    member.asks("/nick", "Current nickname: Mary Ann").await;
    member.asks("/nick Mary Ann", "Nickname is: Mary").await;
    member.asks("Hi", "Mary: Hi").await;
}

#[tokio::test]
async fn a_connection_that_the_table_does_not_know_is_told() {
    let table = Table::create();
    let client = chat(&table).await;
    let mut john = Member::in_room(&client, "John", "tea").await;
    let storage = crate::storage::Storage::new(table.client(), table.name.clone());
    storage.remove(john.0.connection_id()).await.unwrap();
    john.asks(
        "Hi",
        "The chat does not know this connection any more. Please connect again.",
    )
    .await;
    assert!(table.items().await.is_empty());
}

#[tokio::test]
async fn an_app_without_its_table_does_not_start() {
    let table = Table::create();
    let client = Client::builder(&CHAT)
        .env("AWS_ENDPOINT_URL_DYNAMODB", table.endpoint_url())
        .build();
    let error = client.await.unwrap_err();
    let cause = error.cause().unwrap().to_string();
    assert!(
        cause.starts_with("the environment variable TABLE is not set"),
        "{cause}"
    );
}
