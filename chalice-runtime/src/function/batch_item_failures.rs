//! What the handler of a whole batch says about its records.

use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::EventRecord;

/// The records of a batch that have not been handled, and that their source
/// sends again (AWS Lambda, "Reporting batch item failures").
///
/// ```
/// use chalice_runtime::{BatchItemFailures, SqsEvent};
///
/// async fn orders(event: SqsEvent) -> BatchItemFailures {
///     let mut failures = BatchItemFailures::new();
///     for record in &event {
///         if record.body().is_empty() {
///             failures.add(record);
///         }
///     }
///     failures
/// }
/// ```
///
/// Of a stream, everything from the first of these records on is sent again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BatchItemFailures(Vec<String>);

impl BatchItemFailures {
    /// None: every record has been handled.
    pub fn new() -> BatchItemFailures {
        BatchItemFailures::default()
    }

    /// Adds a record.
    pub fn add(&mut self, record: &impl EventRecord) {
        self.add_identifier(record.item_identifier());
    }

    /// Adds the record of that identifier: the message id of Amazon SQS, the
    /// sequence number of Amazon Kinesis and DynamoDB.
    pub fn add_identifier(&mut self, identifier: impl Into<String>) {
        self.0.push(identifier.into());
    }

    /// The identifiers.
    pub fn identifiers(&self) -> &[String] {
        &self.0
    }

    /// Whether every record has been handled.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<I: Into<String>> FromIterator<I> for BatchItemFailures {
    fn from_iter<T: IntoIterator<Item = I>>(identifiers: T) -> BatchItemFailures {
        BatchItemFailures(identifiers.into_iter().map(Into::into).collect())
    }
}

impl Serialize for BatchItemFailures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Failure<'a> {
            item_identifier: &'a str,
        }
        let failures: Vec<Failure<'_>> = self
            .0
            .iter()
            .map(|identifier| Failure {
                item_identifier: identifier,
            })
            .collect();
        let mut response = serializer.serialize_struct("BatchItemFailures", 1)?;
        response.serialize_field("batchItemFailures", &failures)?;
        response.end()
    }
}
