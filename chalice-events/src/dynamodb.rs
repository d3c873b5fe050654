//! Changes of items in tables of Amazon DynamoDB.

use serde::Serialize;
use serde_dynamo::Item;
use serde_json::{Value, json};

use super::{event, records};

/// A batch of changes from the stream of a table; made by [`dynamodb`].
#[derive(Clone, Debug, Serialize)]
#[must_use]
pub struct DynamoDb(Value);

event!(DynamoDb);

/// One change of an item.
///
/// Items are whatever `serde` writes as a map: `json!({ "id": 17 })`, or a struct
/// with `#[derive(Serialize)]`. `serde_dynamo` gives the attributes their types.
#[derive(Clone, Debug)]
#[must_use]
pub struct DynamoDbChange {
    event_name: &'static str,
    keys: Option<Item>,
    old_image: Option<Item>,
    new_image: Option<Item>,
    sequence_number: Option<String>,
}

/// A batch of changes of a table with the stream view type `NEW_AND_OLD_IMAGES`.
/// They have the sequence numbers `111`, `112` and so on.
///
/// ```
/// # use chalice_events::{self as events, DynamoDbChange};
/// use serde_json::json;
///
/// let lamp = json!({ "id": 17, "article": "lamp", "count": 2 });
/// let event = events::dynamodb([
///     DynamoDbChange::insert(&lamp),
///     DynamoDbChange::modify(&lamp, json!({ "id": 17, "article": "lamp", "count": 1 })),
///     DynamoDbChange::remove(&lamp).keys(json!({ "id": 17 })),
/// ])
/// .table("orders");
/// ```
pub fn dynamodb(changes: impl IntoIterator<Item = DynamoDbChange>) -> DynamoDb {
    let records: Vec<Value> = changes
        .into_iter()
        .enumerate()
        .map(|(at, change)| change.record(at))
        .collect();
    DynamoDb(json!({ "Records": records })).table("table-name")
}

impl DynamoDb {
    /// The name of the table, `table-name` if it is left out.
    pub fn table(mut self, name: &str) -> DynamoDb {
        for record in records(&mut self.0) {
            record["eventSourceARN"] = format!(
                "arn:aws:dynamodb:us-west-2:12345:table/{name}/stream/2020-09-28T16:49:14.209"
            )
            .into();
        }
        self
    }
}

impl DynamoDbChange {
    fn new(event_name: &'static str, old: Option<Item>, new: Option<Item>) -> DynamoDbChange {
        DynamoDbChange {
            event_name,
            keys: None,
            old_image: old,
            new_image: new,
            sequence_number: None,
        }
    }

    /// The item is new.
    ///
    /// # Panics
    ///
    /// When the item is none that `serde_dynamo` can write.
    pub fn insert(item: impl Serialize) -> DynamoDbChange {
        DynamoDbChange::new("INSERT", None, Some(write(item)))
    }

    /// The item was `old` and is `new`.
    ///
    /// # Panics
    ///
    /// When an item is none that `serde_dynamo` can write.
    pub fn modify(old: impl Serialize, new: impl Serialize) -> DynamoDbChange {
        DynamoDbChange::new("MODIFY", Some(write(old)), Some(write(new)))
    }

    /// The item is gone.
    ///
    /// # Panics
    ///
    /// When the item is none that `serde_dynamo` can write.
    pub fn remove(item: impl Serialize) -> DynamoDbChange {
        DynamoDbChange::new("REMOVE", Some(write(item)), None)
    }

    /// The primary key of the item; without this, the event's `Keys` are empty.
    ///
    /// # Panics
    ///
    /// When the key is none that `serde_dynamo` can write.
    pub fn keys(mut self, keys: impl Serialize) -> DynamoDbChange {
        self.keys = Some(write(keys));
        self
    }

    /// The number of the change in its shard, as `batchItemFailures` names it.
    pub fn sequence_number(mut self, number: impl Into<String>) -> DynamoDbChange {
        self.sequence_number = Some(number.into());
        self
    }

    fn record(self, at: usize) -> Value {
        let sequence_number = self
            .sequence_number
            .unwrap_or_else(|| (111 + at).to_string());
        let mut change = json!({
            "ApproximateCreationDateTime": 1_601_317_140.0,
            "Keys": self.keys.unwrap_or_default(),
            "SequenceNumber": sequence_number,
            "SizeBytes": 20,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        });
        for (name, image) in [("NewImage", self.new_image), ("OldImage", self.old_image)] {
            if let Some(image) = image {
                change[name] = json!(image);
            }
        }
        json!({
            "awsRegion": "us-west-2",
            "dynamodb": change,
            "eventID": format!("event-id-{}", at + 1),
            "eventName": self.event_name,
            "eventSource": "aws:dynamodb",
            "eventVersion": "1.1",
        })
    }
}

/// The attributes of an item.
fn write(item: impl Serialize) -> Item {
    match serde_dynamo::to_item(item) {
        Ok(item) => item,
        Err(error) => panic!("this is no item of a DynamoDB table: {error}"),
    }
}
