//! What members hear.

use chalice::prelude::*;
use futures_util::{StreamExt, stream};

use crate::{
    command::{Command, HELP},
    name::{MAX_LENGTH, name},
    storage::{Member, Storage},
};

/// How many members of a room are served at a time.
const CONCURRENCY: usize = 16;

const NO_ROOM: &str = "You are in no room. Type /join <room> to enter one.";

/// The chat, for the time of one message.
pub(crate) struct Chat<'a> {
    pub(crate) storage: &'a Storage,
    pub(crate) sockets: &'a WebsocketApi,
}

/// Who has sent the message, as it was when the message came.
struct Sender<'a> {
    connection_id: &'a str,
    nickname: &'a str,
    room: Option<&'a str>,
}

impl Chat<'_> {
    /// Does what a message asks for: the first one says the nickname.
    pub(crate) async fn hear(&self, connection_id: &str, message: &str) -> Result<()> {
        let Some(Member { nickname, room }) = self.storage.member(connection_id).await? else {
            let answer = "The chat does not know this connection any more. Please connect again.";
            return self.send(connection_id, answer).await;
        };
        if nickname.is_empty() {
            return self.welcome(connection_id, message).await;
        }
        let sender = Sender {
            connection_id,
            nickname: &nickname,
            room: room.as_deref(),
        };
        match Command::parse(message) {
            None => self.tell(&sender, message).await,
            Some(Command::Help) => self.answer(&sender, HELP).await,
            Some(Command::Nick) => {
                let answer = format!("Current nickname: {nickname}");
                self.answer(&sender, &answer).await
            }
            Some(Command::Rename(nickname)) => self.rename(&sender, nickname).await,
            Some(Command::Join(room)) => self.join(&sender, room).await,
            Some(Command::JoinWhich) => {
                let answer = "Which room? Type /join <room> to enter one.";
                self.answer(&sender, answer).await
            }
            Some(Command::Room) => self.answer(&sender, sender.room.unwrap_or(NO_ROOM)).await,
            Some(Command::List) => self.list(&sender).await,
            Some(Command::Quit) => self.quit(&sender).await,
            Some(Command::Unknown(name)) => {
                let answer = format!("Unknown command: {name}");
                self.answer(&sender, &answer).await
            }
        }
    }

    async fn welcome(&self, connection_id: &str, message: &str) -> Result<()> {
        let Some(nickname) = name(message) else {
            return self.send(connection_id, &unusable("A nickname")).await;
        };
        if !self.storage.rename(connection_id, "", nickname).await? {
            return self.too_fast(connection_id).await;
        }
        let answer = format!("Using nickname: {nickname}\nType /help for a list of commands.");
        self.send(connection_id, &answer).await
    }

    async fn tell(&self, sender: &Sender<'_>, message: &str) -> Result<()> {
        let Some(room) = sender.room else {
            return self.answer(sender, NO_ROOM).await;
        };
        let message = format!("{}: {message}", sender.nickname);
        self.answer(sender, &message).await?;
        self.tell_others(sender, room, &message).await
    }

    async fn rename(&self, sender: &Sender<'_>, nickname: &str) -> Result<()> {
        let Some(nickname) = name(nickname) else {
            return self.answer(sender, &unusable("A nickname")).await;
        };
        let (id, old) = (sender.connection_id, sender.nickname);
        if !self.storage.rename(id, old, nickname).await? {
            return self.too_fast(id).await;
        }
        self.answer(sender, &format!("Nickname is: {nickname}"))
            .await?;
        let Some(room) = sender.room else {
            return Ok(());
        };
        let message = format!("{old} is now known as {nickname}.");
        self.tell_others(sender, room, &message).await
    }

    async fn join(&self, sender: &Sender<'_>, room: &str) -> Result<()> {
        let Some(room) = name(room) else {
            return self.answer(sender, &unusable("The name of a room")).await;
        };
        self.quit(sender).await?;
        let (id, nickname) = (sender.connection_id, sender.nickname);
        if !self.storage.enter(id, nickname, room).await? {
            return self.too_fast(id).await;
        }
        self.answer(sender, &format!("Joined chat room \"{room}\""))
            .await?;
        self.tell_others(sender, room, &format!("{nickname} joined room."))
            .await
    }

    async fn quit(&self, sender: &Sender<'_>) -> Result<()> {
        let Some(room) = sender.room else {
            return Ok(());
        };
        self.storage.leave(sender.connection_id, room).await?;
        self.answer(sender, &format!("Left chat room \"{room}\""))
            .await?;
        let message = format!("{} left room.", sender.nickname);
        self.tell_others(sender, room, &message).await
    }

    async fn list(&self, sender: &Sender<'_>) -> Result<()> {
        let lines: Vec<String> = match sender.room {
            Some(room) => self.nicknames(sender, room).await?,
            None => self.storage.rooms().await?.into_iter().collect(),
        };
        if lines.is_empty() {
            // An empty message would look as if nothing had come.
            let answer = "There are no rooms. Type /join <room> to open one.";
            return self.answer(sender, answer).await;
        }
        self.answer(sender, &lines.join("\n")).await
    }

    /// The nicknames in the sender's room.
    async fn nicknames(&self, sender: &Sender<'_>, room: &str) -> Result<Vec<String>> {
        let mut connections = self.storage.connections_in(room).await?;
        connections.insert(sender.connection_id.to_owned());
        let mut members = stream::iter(connections)
            .map(async |id| self.storage.member(&id).await)
            .buffered(CONCURRENCY);
        let mut nicknames = Vec::new();
        while let Some(member) = members.next().await {
            // Those whom the index still has, but not the table, have just left.
            let here = member?.filter(|member| member.room.as_deref() == Some(room));
            nicknames.extend(here.map(|member| member.nickname));
        }
        Ok(nicknames)
    }

    /// Sends a message to everyone in the room but the sender.
    async fn tell_others(&self, sender: &Sender<'_>, room: &str, message: &str) -> Result<()> {
        let mut connections = self.storage.connections_in(room).await?;
        connections.remove(sender.connection_id);
        stream::iter(connections)
            .for_each_concurrent(CONCURRENCY, async |id| {
                // One whom the message does not reach is no reason that others miss it.
                if let Err(error) = self.send(&id, message).await {
                    tracing::error!(connection_id = id, "a message has not arrived: {error}");
                }
            })
            .await;
        Ok(())
    }

    async fn answer(&self, sender: &Sender<'_>, message: &str) -> Result<()> {
        self.send(sender.connection_id, message).await
    }

    /// The answer where an earlier message of the connection, or its end, has been
    /// handled at the same time.
    async fn too_fast(&self, connection_id: &str) -> Result<()> {
        let answer = "Your last message is not done yet. Please repeat this one.";
        self.send(connection_id, answer).await
    }

    /// Sends a message; a client that has gone is forgotten.
    async fn send(&self, connection_id: &str, message: &str) -> Result<()> {
        match self.sockets.send(connection_id, message).await {
            Err(error) if error.is_disconnected() => Ok(self.storage.remove(connection_id).await?),
            sent => Ok(sent?),
        }
    }
}

/// Why a name is not taken.
fn unusable(what: &str) -> String {
    format!("{what} has 1 to {MAX_LENGTH} characters, all on one line.")
}
