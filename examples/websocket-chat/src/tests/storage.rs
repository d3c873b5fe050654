//! The storage alone.

use std::{collections::BTreeSet, error::Error};

use aws_sdk_dynamodb::types::AttributeValue;

use chalice::prelude::*;

use super::{
    scripted::Scripted,
    table::{self, Table},
};
use crate::storage::{Member, Storage};

fn storage() -> (Storage, Table) {
    let table = Table::create();
    let storage = Storage::new(table.client(), table.name.clone());
    (storage, table)
}

fn member(nickname: &str, room: Option<&str>) -> Option<Member> {
    Some(Member {
        nickname: nickname.to_owned(),
        room: room.map(str::to_owned),
    })
}

fn set(texts: &[&str]) -> BTreeSet<String> {
    texts.iter().copied().map(str::to_owned).collect()
}

/// Puts an item that is so large that few of them are a page of a query.
async fn put_large(table: &Table, partition_key: &str, sort_key: &str) {
    let string = |text: &str| AttributeValue::S(text.to_owned());
    table
        .client()
        .put_item()
        .table_name(&table.name)
        .item("PK", string(partition_key))
        .item("SK", string(sort_key))
        .item("Padding", string(&"x".repeat(300_000)))
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn a_connection_from_its_beginning_to_its_end() {
    let (storage, table) = storage();
    let items = async || {
        let items = table.items().await;
        let sort_keys = items.into_iter().map(|(partition_key, sort_key)| {
            assert_eq!(partition_key, "c1");
            sort_key
        });
        sort_keys.collect::<Vec<_>>()
    };
    assert_eq!(storage.member("c1").await.unwrap(), None);

    storage.add("c1").await.unwrap();
    assert_eq!(items().await, ["username_"]);
    assert_eq!(storage.member("c1").await.unwrap(), member("", None));

    assert!(storage.rename("c1", "", "John").await.unwrap());
    assert_eq!(items().await, ["username_John"]);
    assert!(storage.enter("c1", "John", "tea").await.unwrap());
    assert_eq!(items().await, ["room_tea", "username_John"]);
    assert!(storage.rename("c1", "John", "J_hn").await.unwrap());
    assert_eq!(
        storage.member("c1").await.unwrap(),
        member("J_hn", Some("tea"))
    );
    storage.leave("c1", "tea").await.unwrap();
    assert_eq!(items().await, ["username_J_hn"]);

    storage.remove("c1").await.unwrap();
    assert!(items().await.is_empty());
    // As when a send has found that the client has gone.
    storage.remove("c1").await.unwrap();
}

#[tokio::test]
async fn a_name_that_stays_is_no_change() {
    let (storage, _table) = storage();
    storage.add("c1").await.unwrap();
    assert!(storage.rename("c1", "", "John").await.unwrap());
    assert!(storage.rename("c1", "John", "John").await.unwrap());
    assert_eq!(storage.member("c1").await.unwrap(), member("John", None));
}

#[tokio::test]
async fn what_has_gone_does_not_come_back() {
    let (storage, table) = storage();
    storage.add("c1").await.unwrap();
    storage.rename("c1", "", "John").await.unwrap();
    // Another message was faster.
    assert!(!storage.rename("c1", "", "Jim").await.unwrap());
    assert!(!storage.enter("c1", "Jim", "tea").await.unwrap());
    assert_eq!(storage.member("c1").await.unwrap(), member("John", None));
    // The client has gone meanwhile.
    storage.remove("c1").await.unwrap();
    assert!(!storage.rename("c1", "John", "Jim").await.unwrap());
    assert!(!storage.enter("c1", "John", "tea").await.unwrap());
    assert!(table.items().await.is_empty());
}

#[tokio::test]
async fn rooms_and_who_is_in_them() {
    let (storage, _table) = storage();
    assert_eq!(storage.rooms().await.unwrap(), set(&[]));
    assert_eq!(storage.connections_in("tea").await.unwrap(), set(&[]));
    for (id, room) in [("c1", "tea"), ("c2", "tea_time"), ("c3", "tea")] {
        storage.add(id).await.unwrap();
        // No room is called like a nickname.
        storage.rename(id, "", "room_x").await.unwrap();
        assert!(storage.enter(id, "room_x", room).await.unwrap());
    }
    assert_eq!(storage.rooms().await.unwrap(), set(&["tea", "tea_time"]));
    assert_eq!(
        storage.connections_in("tea").await.unwrap(),
        set(&["c1", "c3"])
    );
    storage.remove("c1").await.unwrap();
    storage.leave("c3", "tea").await.unwrap();
    assert_eq!(storage.rooms().await.unwrap(), set(&["tea_time"]));
    assert_eq!(storage.connections_in("tea").await.unwrap(), set(&[]));
}

#[tokio::test]
async fn more_than_a_page() {
    let (storage, table) = storage();
    let ids: Vec<String> = (0..9).map(|number| format!("c{number}")).collect();
    for id in &ids {
        put_large(&table, id, "room_tea").await;
    }
    let scan = table.client().scan().table_name(&table.name);
    let page = scan.send().await.unwrap();
    assert!(page.last_evaluated_key.is_some(), "one page holds it all");
    // The only one of the second room is on the last page.
    storage.add("d").await.unwrap();
    assert!(storage.enter("d", "", "zoo").await.unwrap());

    let expected: BTreeSet<String> = ids.into_iter().collect();
    assert_eq!(storage.connections_in("tea").await.unwrap(), expected);
    assert_eq!(storage.rooms().await.unwrap(), set(&["tea", "zoo"]));
}

#[tokio::test]
async fn more_than_a_batch() {
    let (storage, table) = storage();
    storage.add("c1").await.unwrap();
    storage.add("c2").await.unwrap();
    for number in 0..60 {
        let room = format!("room-{number}");
        assert!(storage.enter("c1", "", &room).await.unwrap());
    }
    for number in 0..4 {
        put_large(&table, "c1", &format!("username_{number}")).await;
    }
    storage.remove("c1").await.unwrap();
    let left = [("c2".to_owned(), "username_".to_owned())];
    assert_eq!(table.items().await, left);
}

#[tokio::test]
async fn a_table_that_is_missing_is_named() {
    let table = Table::create();
    let storage = Storage::new(table.client(), "chatt".to_owned());
    let error = storage.add("c1").await.unwrap_err();
    assert_eq!(error.to_string(), "the table `chatt` cannot be used");
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    let causes = causes.join(": ");
    assert!(causes.contains("ResourceNotFoundException"), "{causes}");
}

fn scripted(answers: Vec<(u16, Value)>) -> (Storage, Scripted) {
    let server = Scripted::start(answers);
    let client = table::client(&server.endpoint_url);
    (Storage::new(client, "chat".to_owned()), server)
}

/// The answer to a query for the items of the connection `c1`.
fn found(sort_keys: &[&str]) -> (u16, Value) {
    let items: Vec<Value> = sort_keys
        .iter()
        .map(|sort_key| json!({ "SK": { "S": sort_key } }))
        .collect();
    (200, json!({ "Count": items.len(), "Items": items }))
}

/// The part of a batch that deletes an item of `c1`.
fn deletion(sort_key: &str) -> Value {
    json!({ "DeleteRequest": { "Key": { "PK": { "S": "c1" }, "SK": { "S": sort_key } } } })
}

fn left_undone(sort_key: &str) -> (u16, Value) {
    let undone = json!({ "UnprocessedItems": { "chat": [deletion(sort_key)] } });
    (200, undone)
}

#[tokio::test]
async fn what_a_batch_has_left_undone_is_done_later() {
    let (storage, server) = scripted(vec![
        found(&["room_tea", "username_John"]),
        left_undone("username_John"),
        (200, json!({ "UnprocessedItems": {} })),
    ]);
    storage.remove("c1").await.unwrap();
    let requests = server.requests();
    let batches: Vec<&Value> = requests
        .iter()
        .filter_map(|request| request["RequestItems"].get("chat"))
        .collect();
    let first = json!([deletion("room_tea"), deletion("username_John")]);
    assert_eq!(batches, [&first, &json!([deletion("username_John")])]);
}

#[tokio::test]
async fn a_batch_that_stays_undone_is_an_error() {
    let mut script = vec![found(&["username_John"])];
    script.extend(std::iter::repeat_n(left_undone("username_John"), 6));
    let (storage, server) = scripted(script);
    let error = storage.remove("c1").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the table `chat` has not deleted 1 items in 6 attempts: it gets more requests than it takes"
    );
    assert_eq!(server.requests().len(), 7);
}

/// A transaction that has failed because of these reasons, one per change.
fn canceled(codes: [&str; 2]) -> (u16, Value) {
    let canceled = json!({
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "Message": "Transaction cancelled, please refer cancellation reasons for specific reasons",
        "CancellationReasons": codes.map(|code| json!({ "Code": code })),
    });
    (400, canceled)
}

#[tokio::test]
async fn whoever_loses_a_race_is_told_and_all_else_is_an_error() {
    for lost in ["ConditionalCheckFailed", "TransactionConflict"] {
        let (storage, _server) = scripted(vec![canceled(["None", lost])]);
        assert!(
            !storage.rename("c1", "John", "Jim").await.unwrap(),
            "{lost}"
        );
    }
    let (storage, _server) = scripted(vec![canceled(["None", "ValidationError"])]);
    let error = storage.enter("c1", "John", "tea").await.unwrap_err();
    assert_eq!(error.to_string(), "the table `chat` cannot be used");
}
