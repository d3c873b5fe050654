//! Changes of items in tables of Amazon DynamoDB.

use std::{
    fmt,
    ops::Deref,
    sync::{Arc, LazyLock},
    time::SystemTime,
};

use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_dynamo::Item;
use serde_json::value::RawValue;

use super::{
    EventError, EventRecord, FromRecord, RecordError, Source, arn,
    batch::{Batch, Shared},
    batch_event,
    json::{self, Described, Object},
    text, time,
};
use crate::{LambdaContext, event::EventText};

/// A batch of changes from the stream of a table of Amazon DynamoDB (AWS Lambda
/// Developer Guide, "Using Lambda with DynamoDB"), all of one shard, in its order.
///
/// ```
/// use chalice_runtime::DynamoDbEvent;
///
/// async fn audit(event: DynamoDbEvent) {
///     for record in &event {
///         println!("{} in {}: {:?}", record.event_name(), record.table_name(), record.keys());
///     }
/// }
/// ```
///
/// A handler that takes a [`DynamoDbRecord`] instead gets one change at a time.
#[derive(Clone)]
pub struct DynamoDbEvent {
    batch: Arc<Batch<Fields>>,
    context: LambdaContext,
    records: Arc<Vec<DynamoDbRecord>>,
}

impl DynamoDbEvent {
    fn read(event: EventText) -> Result<(Arc<Batch<Fields>>, Vec<DynamoDbRecord>), EventError> {
        let records = json::records::<Fields>(event.get(), Source::DynamoDb)?;
        Ok(Batch::new(
            event,
            records,
            |fields| {
                let change = &mut fields.dynamodb.0;
                (change.old_image.take(), change.new_image.take())
            },
            |shared, (old_image, new_image)| DynamoDbRecord {
                shared,
                new_image: new_image.map(DynamoDbItem),
                old_image: old_image.map(DynamoDbItem),
            },
        ))
    }
}

batch_event!(DynamoDbEvent, DynamoDbRecord, Source::DynamoDb);

/// One change of an item.
///
/// Its images, the item before and after the change, are the attributes as
/// DynamoDB types them, or a type of yours that `serde_dynamo` makes of them:
///
/// ```
/// use chalice_runtime::DynamoDbRecord;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Account {
///     id: String,
///     balance: i64,
/// }
///
/// async fn audit(record: DynamoDbRecord<Account>) {
///     if let (Some(old), Some(new)) = (record.old_image(), record.new_image()) {
///         println!("{}: {} -> {}", new.id, old.balance, new.balance);
///     }
/// }
/// ```
///
/// Which images there are depends on the stream's view type, and on the change.
#[derive(Clone)]
pub struct DynamoDbRecord<T = DynamoDbItem> {
    shared: Shared<Fields>,
    new_image: Option<T>,
    old_image: Option<T>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fields {
    dynamodb: Object<Change>,
    #[serde(rename = "eventID")]
    event_id: Option<String>,
    event_name: Option<String>,
    event_version: Option<String>,
    event_source: Option<String>,
    aws_region: Option<String>,
    #[serde(rename = "eventSourceARN")]
    event_source_arn: Option<String>,
    user_identity: Option<Object<UserIdentity>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Change {
    approximate_creation_date_time: Option<f64>,
    #[serde(default, deserialize_with = "keys")]
    keys: Option<DynamoDbItem>,
    /// None once a record has it.
    new_image: Option<Item>,
    /// None once a record has it.
    old_image: Option<Item>,
    sequence_number: String,
    size_bytes: Option<u64>,
    stream_view_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UserIdentity {
    r#type: Option<String>,
    principal_id: Option<String>,
}

fn keys<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DynamoDbItem>, D::Error> {
    Ok(Option::<Item>::deserialize(deserializer)?.map(DynamoDbItem))
}

impl Described for Fields {
    fn event_source(&self) -> Option<&str> {
        self.event_source.as_deref()
    }
}

impl<T> DynamoDbRecord<T> {
    /// The primary key of the item.
    pub fn keys(&self) -> &DynamoDbItem {
        static NONE: LazyLock<DynamoDbItem> = LazyLock::new(DynamoDbItem::default);
        self.change().keys.as_ref().unwrap_or(&NONE)
    }

    /// The primary key of the item, as a type of yours.
    ///
    /// # Errors
    ///
    /// The key is none of a `K`.
    pub fn keys_as<K: DeserializeOwned>(&self) -> Result<K, RecordError> {
        let keys = self.keys().clone();
        K::from_item(keys).map_err(|reason| self.error("key", &reason))
    }

    /// The item after the change; `None` when it was removed, or the stream's
    /// view type leaves it out.
    pub fn new_image(&self) -> Option<&T> {
        self.new_image.as_ref()
    }

    /// The item before the change; `None` when it is new, or the stream's view
    /// type leaves it out.
    pub fn old_image(&self) -> Option<&T> {
        self.old_image.as_ref()
    }

    /// The item before and after the change, `(old, new)`.
    pub fn into_images(self) -> (Option<T>, Option<T>) {
        (self.old_image, self.new_image)
    }

    fn fields(&self) -> &Fields {
        self.shared.fields()
    }

    fn change(&self) -> &Change {
        &self.shared.fields().dynamodb.0
    }

    /// The number of the change in its shard.
    pub fn sequence_number(&self) -> &str {
        &self.change().sequence_number
    }

    /// What happened: `INSERT`, `MODIFY` or `REMOVE`.
    pub fn event_name(&self) -> &str {
        text(&self.fields().event_name)
    }

    /// Whether the item is new.
    pub fn is_insert(&self) -> bool {
        self.event_name() == "INSERT"
    }

    /// Whether attributes of the item have changed.
    pub fn is_modify(&self) -> bool {
        self.event_name() == "MODIFY"
    }

    /// Whether the item is gone.
    pub fn is_remove(&self) -> bool {
        self.event_name() == "REMOVE"
    }

    /// Whether DynamoDB itself has removed the item, because its time to live was over.
    pub fn is_expired(&self) -> bool {
        let by_service = self.fields().user_identity.as_ref().is_some_and(|user| {
            text(&user.0.r#type) == "Service"
                && text(&user.0.principal_id) == "dynamodb.amazonaws.com"
        });
        by_service && self.is_remove()
    }

    /// When the change was made, to the second.
    pub fn timestamp(&self) -> Option<SystemTime> {
        time::seconds(self.change().approximate_creation_date_time?)
    }

    /// The size of the change in bytes: keys and images.
    pub fn size_bytes(&self) -> Option<u64> {
        self.change().size_bytes
    }

    /// Which images the stream carries: `KEYS_ONLY`, `NEW_IMAGE`, `OLD_IMAGE` or `NEW_AND_OLD_IMAGES`.
    pub fn stream_view_type(&self) -> &str {
        text(&self.change().stream_view_type)
    }

    /// The id of the event.
    pub fn event_id(&self) -> &str {
        text(&self.fields().event_id)
    }

    /// The version of the event's structure: `1.1`.
    pub fn event_version(&self) -> &str {
        text(&self.fields().event_version)
    }

    /// The region of the table.
    pub fn aws_region(&self) -> &str {
        text(&self.fields().aws_region)
    }

    /// The ARN of the stream.
    pub fn stream_arn(&self) -> &str {
        text(&self.fields().event_source_arn)
    }

    /// The name of the table, from the stream's ARN.
    pub fn table_name(&self) -> &str {
        arn::second_part(self.stream_arn())
    }

    /// What `batchItemFailures` calls the change: its sequence number.
    pub fn item_identifier(&self) -> &str {
        self.sequence_number()
    }

    /// The record as it stands in the event.
    pub fn raw(&self) -> &RawValue {
        self.shared.raw()
    }

    fn error(&self, what: &str, reason: &str) -> RecordError {
        let reason = format_args!("its {what} is {reason}");
        RecordError::new(Source::DynamoDb, self.sequence_number(), reason)
    }
}

impl<T: Send + 'static> EventRecord for DynamoDbRecord<T> {
    fn item_identifier(&self) -> &str {
        self.sequence_number()
    }

    fn raw(&self) -> &RawValue {
        self.shared.raw()
    }
}

impl<T: DynamoDbImage> FromRecord<DynamoDbRecord> for DynamoDbRecord<T> {
    fn from_record(mut record: DynamoDbRecord) -> Result<DynamoDbRecord<T>, RecordError> {
        let (old, new) = (record.old_image.take(), record.new_image.take());
        let read = |image: Option<DynamoDbItem>, what: &str| {
            let image = image.map(T::from_item).transpose();
            image.map_err(|reason| record.error(what, &reason))
        };
        let (old_image, new_image) = (read(old, "old image")?, read(new, "new image")?);
        Ok(DynamoDbRecord {
            shared: record.shared,
            new_image,
            old_image,
        })
    }
}

impl<T> fmt::Debug for DynamoDbRecord<T> {
    /// The change's kind, number and table, and nothing of the item.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DynamoDbRecord")
            .field("event_name", &self.event_name())
            .field("sequence_number", &self.sequence_number())
            .field("table_name", &self.table_name())
            .finish_non_exhaustive()
    }
}

/// The attributes of an item, with their types in DynamoDB: an [`Item`] of
/// `serde_dynamo`, which dereferences to a map from names to values.
///
/// ```
/// use chalice_runtime::{DynamoDbItem, serde_dynamo::AttributeValue};
///
/// fn is_paid(item: &DynamoDbItem) -> bool {
///     item.get("paid") == Some(&AttributeValue::Bool(true))
/// }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DynamoDbItem(Item);

impl DynamoDbItem {
    /// The item.
    pub fn into_inner(self) -> Item {
        self.0
    }

    /// The item as a type of yours.
    ///
    /// # Errors
    ///
    /// What `serde_dynamo` finds wrong with the item; its message may repeat what the item says.
    pub fn deserialize<T: DeserializeOwned>(self) -> Result<T, serde_dynamo::Error> {
        serde_dynamo::from_item(self.0)
    }
}

impl Deref for DynamoDbItem {
    type Target = Item;

    fn deref(&self) -> &Item {
        &self.0
    }
}

impl From<Item> for DynamoDbItem {
    fn from(item: Item) -> DynamoDbItem {
        DynamoDbItem(item)
    }
}

/// What the images of a [`DynamoDbRecord`] can become: a [`DynamoDbItem`], as they
/// are, or any type that `serde` can deserialize.
#[diagnostic::on_unimplemented(
    message = "the image of an item cannot become a `{Self}`",
    label = "not the image of an item",
    note = "`DynamoDbRecord<T>` takes a `T` with `#[derive(Deserialize)]`; without `T`, images are a `DynamoDbItem`"
)]
pub trait DynamoDbImage: Sized {
    /// Reads an image; `Err` says why it is none of this type, without what it says.
    #[doc(hidden)]
    fn from_item(item: DynamoDbItem) -> Result<Self, String>;
}

impl DynamoDbImage for DynamoDbItem {
    fn from_item(item: DynamoDbItem) -> Result<DynamoDbItem, String> {
        Ok(item)
    }
}

impl<T: DeserializeOwned> DynamoDbImage for T {
    fn from_item(item: DynamoDbItem) -> Result<T, String> {
        item.deserialize().map_err(|error| {
            let reason = explain(&error.to_string());
            format!("not a `{}`: {reason}", std::any::type_name::<T>())
        })
    }
}

/// What `serde_dynamo` has to say, without any of the item.
fn explain(message: &str) -> String {
    // The only messages of its own that quote a value.
    if message.starts_with("Failed to parse '") {
        return "a number does not fit the type of its field".to_owned();
    }
    // Those that do not begin like this; a type's own messages may do so, too,
    // but then with more than a word or two behind it.
    if let Some(expected) = message.strip_prefix("Expected ")
        && [
            "string",
            "map",
            "seq",
            "num",
            "bool",
            "char",
            "unit",
            "unit struct",
            "enum",
            "binary data",
            "an item with a single key",
        ]
        .contains(&expected)
    {
        return format!("invalid type, expected {expected}");
    }
    json::without_values(message)
}
