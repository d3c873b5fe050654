//! A chat with rooms.
//!
//! A client connects to the WebSocket API, and its first message is its nickname. Then `/help` lists the commands, and
//! everything that is no command goes to all who are in the same room:
//!
//! ```text
//! > John
//! < Using nickname: John
//!   Type /help for a list of commands.
//! > /join chalice
//! < Joined chat room "chalice"
//! < Jenny joined room.
//! > Hi
//! < John: Hi
//! ```
//!
//! What is where:
//!
//! - `main.rs`: the app, with a handler for each of the three events of a connection.
//! - `chat.rs`: what members hear.
//! - `command.rs`, `name.rs`: what they type.
//! - `storage.rs`: who is connected, in a table of Amazon DynamoDB; `table.json` creates that.
//! - `tests`: conversations in this process, with moto in the place of Amazon DynamoDB.
//!
//! # On this machine
//!
//! Amazon DynamoDB needs a stand-in: moto, as here (`cargo xtask verifiers` installs it), or DynamoDB
//! local. Neither looks at credentials, though there have to be some.
//!
//! ```text
//! target/verifiers-venv/bin/moto_server -H 127.0.0.1 -p 5000 &
//!
//! export TABLE=chat AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:5000
//! export AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
//! aws dynamodb create-table --table-name $TABLE --cli-input-json file://examples/websocket-chat/table.json
//!
//! cargo chalice local -p websocket-chat
//! npx wscat -c ws://127.0.0.1:8000/api
//! ```
//!
//! # On AWS
//!
//! `TABLE` is the name of the table. The role of the three functions has to allow
//! `execute-api:ManageConnections` on the API; `dynamodb:PutItem`, `DeleteItem`, `BatchWriteItem`, `ConditionCheckItem`,
//! `Query` and `Scan` on the table; and `dynamodb:Query` on its index `ReverseLookup`.

mod chat;
mod command;
mod name;
mod storage;
#[cfg(test)]
mod tests;

use aws_config::BehaviorVersion;
use aws_sdk_dynamodb::Client;
use chalice::prelude::*;

use chat::Chat;
use storage::Storage;

/// What the handlers share.
#[derive(AppState)]
pub struct Shared {
    storage: Storage,
}

impl Shared {
    /// Builds the state, once per cold start. Region, credentials and endpoint are those of the environment; nothing is
    /// sent before the first event.
    async fn connect() -> Result<Shared> {
        let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
        Shared::new(Client::new(&config))
    }

    fn new(client: Client) -> Result<Shared> {
        let table = chalice::env::var("TABLE")?;
        Ok(Shared {
            storage: Storage::new(client, table),
        })
    }
}

/// A client has connected.
#[on_ws_connect]
async fn connect(event: WebsocketEvent, storage: State<Storage>) -> Result<()> {
    Ok(storage.add(event.connection_id()).await?)
}

/// A client has sent a message.
#[on_ws_message]
async fn message(
    event: WebsocketEvent,
    sockets: WebsocketApi,
    storage: State<Storage>,
) -> Result<()> {
    let chat = Chat {
        storage: &storage,
        sockets: &sockets,
    };
    chat.hear(event.connection_id(), event.text()?).await
}

/// A client has gone.
#[on_ws_disconnect]
async fn disconnect(event: WebsocketEvent, storage: State<Storage>) -> Result<()> {
    Ok(storage.remove(event.connection_id()).await?)
}

/// The app.
#[app]
pub static APP: App = App {
    name: "websocket-chat",
    handlers: [connect, message, disconnect],
    state: Shared::connect,
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
