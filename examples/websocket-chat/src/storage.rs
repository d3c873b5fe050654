//! Who is connected, under which nickname and in which room: a table of Amazon DynamoDB.
//!
//! Every item is a fact about a connection, which its keys hold:
//!
//! | `PK` | `SK` | |
//! |---|---|---|
//! | the connection's id | `username_<nickname>` | the nickname; `username_` until there is one |
//! | the connection's id | `room_<room>` | the room, if it is in one |
//!
//! What is known about a connection is a query by `PK`, who is in a room one of the index
//! `ReverseLookup`, which has the keys exchanged. Such an index is a little behind its table. Which rooms there are,
//! no key says: that is the one scan, of two items per connection. A chat for many thousands would keep a
//! list of its rooms, in a partition of its own.

use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

use aws_sdk_dynamodb::{
    Client,
    error::SdkError,
    operation::transact_write_items::TransactWriteItemsError,
    types::{
        AttributeValue, ConditionCheck, Delete, DeleteRequest, Put, TransactWriteItem, WriteRequest,
    },
};

const PARTITION_KEY: &str = "PK";
const SORT_KEY: &str = "SK";
const REVERSE_LOOKUP: &str = "ReverseLookup";

const USERNAME: &str = "username_";
const ROOM: &str = "room_";

/// How many items one `BatchWriteItem` takes.
const BATCH: usize = 25;

/// How often what a batch has left undone is tried again.
const ATTEMPTS: u32 = 6;

type Item = HashMap<String, AttributeValue>;

/// The table.
#[derive(Clone, Debug)]
pub(crate) struct Storage {
    client: Client,
    table: String,
}

/// What is known about a connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Member {
    /// Empty until the member has said it.
    pub(crate) nickname: String,
    pub(crate) room: Option<String>,
}

/// Why the table cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StorageError {
    #[error("the table `{table}` cannot be used")]
    Table {
        table: String,
        source: Box<aws_sdk_dynamodb::Error>,
    },
    #[error(
        "the table `{table}` has not deleted {count} items in {ATTEMPTS} attempts: it gets more requests than it takes"
    )]
    Overloaded { table: String, count: usize },
}

impl Storage {
    pub(crate) fn new(client: Client, table: String) -> Storage {
        Storage { client, table }
    }

    /// Remembers a connection, which has no nickname yet.
    pub(crate) async fn add(&self, connection_id: &str) -> Result<(), StorageError> {
        let put = self.client.put_item().table_name(&self.table);
        put.set_item(Some(keys(connection_id, USERNAME)))
            .send()
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// What is known about a connection, if it is known.
    pub(crate) async fn member(&self, connection_id: &str) -> Result<Option<Member>, StorageError> {
        let sort_keys = self.sort_keys(connection_id).await?;
        let find = |prefix| sort_keys.iter().find_map(|it| it.strip_prefix(prefix));
        Ok(find(USERNAME).map(|nickname| Member {
            nickname: nickname.to_owned(),
            room: find(ROOM).map(str::to_owned),
        }))
    }

    /// Gives a connection another nickname. False if `old` is not its nickname: if the client has
    /// gone, or another of its messages was faster.
    pub(crate) async fn rename(
        &self,
        connection_id: &str,
        old: &str,
        new: &str,
    ) -> Result<bool, StorageError> {
        let [old, new] = [old, new].map(|nickname| format!("{USERNAME}{nickname}"));
        if old == new {
            return Ok(true);
        }
        let delete = Delete::builder()
            .table_name(&self.table)
            .set_key(Some(keys(connection_id, &old)))
            .condition_expression("attribute_exists(PK)")
            .build();
        let put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(keys(connection_id, &new)))
            .build();
        let delete = delete.map(|it| TransactWriteItem::builder().delete(it).build());
        let put = put.map(|it| TransactWriteItem::builder().put(it).build());
        self.write([delete, put]).await
    }

    /// Puts a connection into a room. False if `nickname` is not its nickname: if the
    /// client has gone, whose items nobody would delete, or another of its messages was faster.
    pub(crate) async fn enter(
        &self,
        connection_id: &str,
        nickname: &str,
        room: &str,
    ) -> Result<bool, StorageError> {
        let check = ConditionCheck::builder()
            .table_name(&self.table)
            .set_key(Some(keys(connection_id, &format!("{USERNAME}{nickname}"))))
            .condition_expression("attribute_exists(PK)")
            .build();
        let put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(keys(connection_id, &format!("{ROOM}{room}"))))
            .build();
        let check = check.map(|it| TransactWriteItem::builder().condition_check(it).build());
        let put = put.map(|it| TransactWriteItem::builder().put(it).build());
        self.write([check, put]).await
    }

    /// Takes a connection out of a room.
    pub(crate) async fn leave(&self, connection_id: &str, room: &str) -> Result<(), StorageError> {
        let delete = self.client.delete_item().table_name(&self.table);
        delete
            .set_key(Some(keys(connection_id, &format!("{ROOM}{room}"))))
            .send()
            .await
            .map_err(|error| self.failed(error))?;
        Ok(())
    }

    /// The connections in a room, as the index knows them: it may not have heard of the last second.
    pub(crate) async fn connections_in(
        &self,
        room: &str,
    ) -> Result<BTreeSet<String>, StorageError> {
        let query = self.client.query().table_name(&self.table);
        let mut items = query
            .index_name(REVERSE_LOOKUP)
            .key_condition_expression("SK = :room")
            .expression_attribute_values(":room", string(format!("{ROOM}{room}")))
            .projection_expression(PARTITION_KEY)
            .into_paginator()
            .items()
            .send();
        let mut connections = BTreeSet::new();
        while let Some(item) = items.next().await {
            let mut item = item.map_err(|error| self.failed(error))?;
            connections.extend(take(&mut item, PARTITION_KEY));
        }
        Ok(connections)
    }

    /// Every room that somebody is in.
    pub(crate) async fn rooms(&self) -> Result<BTreeSet<String>, StorageError> {
        let scan = self.client.scan().table_name(&self.table);
        let mut items = scan
            .consistent_read(true)
            .filter_expression("begins_with(SK, :room)")
            .expression_attribute_values(":room", string(ROOM))
            .projection_expression(SORT_KEY)
            .into_paginator()
            .items()
            .send();
        let mut rooms = BTreeSet::new();
        while let Some(item) = items.next().await {
            let mut item = item.map_err(|error| self.failed(error))?;
            let room = take(&mut item, SORT_KEY);
            rooms.extend(room.and_then(|it| Some(it.strip_prefix(ROOM)?.to_owned())));
        }
        Ok(rooms)
    }

    /// Forgets a connection.
    pub(crate) async fn remove(&self, connection_id: &str) -> Result<(), StorageError> {
        let sort_keys = self.sort_keys(connection_id).await?;
        for sort_keys in sort_keys.chunks(BATCH) {
            let requests = sort_keys.iter().map(|sort_key| {
                let delete = DeleteRequest::builder()
                    .set_key(Some(keys(connection_id, sort_key)))
                    .build()
                    .map_err(|error| self.failed(error))?;
                Ok(WriteRequest::builder().delete_request(delete).build())
            });
            self.write_batch(requests.collect::<Result<_, _>>()?)
                .await?;
        }
        Ok(())
    }

    /// The sort keys of everything that is known about a connection.
    async fn sort_keys(&self, connection_id: &str) -> Result<Vec<String>, StorageError> {
        let query = self.client.query().table_name(&self.table);
        let mut items = query
            // A member who has just taken a nickname has it in the next message.
            .consistent_read(true)
            .key_condition_expression("PK = :connection")
            .expression_attribute_values(":connection", string(connection_id))
            .projection_expression(SORT_KEY)
            .into_paginator()
            .items()
            .send();
        let mut sort_keys = Vec::new();
        while let Some(item) = items.next().await {
            let mut item = item.map_err(|error| self.failed(error))?;
            sort_keys.extend(take(&mut item, SORT_KEY));
        }
        Ok(sort_keys)
    }

    /// All of the changes or, which is false, none: a condition does not hold, or someone else is changing the items.
    async fn write<E: Into<aws_sdk_dynamodb::Error>>(
        &self,
        changes: [Result<TransactWriteItem, E>; 2],
    ) -> Result<bool, StorageError> {
        let mut write = self.client.transact_write_items();
        for change in changes {
            write = write.transact_items(change.map_err(|error| self.failed(error))?);
        }
        match write.send().await {
            Ok(_) => Ok(true),
            Err(error) if lost(&error) => Ok(false),
            Err(error) => Err(self.failed(error)),
        }
    }

    /// Makes up to [`BATCH`] changes. A table that gets many requests leaves some of them undone.
    async fn write_batch(&self, mut changes: Vec<WriteRequest>) -> Result<(), StorageError> {
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                tokio::time::sleep(Duration::from_millis(20 << attempt)).await;
            }
            let write = self.client.batch_write_item();
            let written = write
                .request_items(&self.table, changes)
                .send()
                .await
                .map_err(|error| self.failed(error))?;
            let undone = written.unprocessed_items.unwrap_or_default();
            changes = undone.into_values().flatten().collect();
            if changes.is_empty() {
                return Ok(());
            }
        }
        Err(StorageError::Overloaded {
            table: self.table.clone(),
            count: changes.len(),
        })
    }

    fn failed(&self, error: impl Into<aws_sdk_dynamodb::Error>) -> StorageError {
        StorageError::Table {
            table: self.table.clone(),
            source: Box::new(error.into()),
        }
    }
}

/// Whether a transaction was given up because of what others did.
fn lost(error: &SdkError<TransactWriteItemsError>) -> bool {
    let Some(TransactWriteItemsError::TransactionCanceledException(canceled)) =
        error.as_service_error()
    else {
        return false;
    };
    canceled.cancellation_reasons().iter().any(|reason| {
        matches!(
            reason.code(),
            Some("ConditionalCheckFailed" | "TransactionConflict")
        )
    })
}

fn keys(connection_id: &str, sort_key: &str) -> Item {
    HashMap::from([
        (PARTITION_KEY.to_owned(), string(connection_id)),
        (SORT_KEY.to_owned(), string(sort_key)),
    ])
}

fn string(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

/// The string that an item has under that name.
fn take(item: &mut Item, name: &str) -> Option<String> {
    match item.remove(name)? {
        AttributeValue::S(text) => Some(text),
        _ => None,
    }
}
