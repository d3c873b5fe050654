//! What a handler has to do.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One of the three handlers on the path `/orders/{id}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// `GET`: a small JSON answer about the order of that id.
    Small,
    /// `POST`: 100 KB of JSON, read into [`Batch`], and a sum of it.
    Json,
    /// `PUT`: 100 KB of text, taken as bytes, and their number.
    Bytes,
}

impl Work {
    /// All of them.
    pub const ALL: [Work; 3] = [Work::Small, Work::Json, Work::Bytes];

    /// How one types it.
    pub fn name(self) -> &'static str {
        match self {
            Work::Small => "small",
            Work::Json => "json",
            Work::Bytes => "bytes",
        }
    }

    /// The method of the request.
    pub fn method(self) -> &'static str {
        match self {
            Work::Small => "GET",
            Work::Json => "POST",
            Work::Bytes => "PUT",
        }
    }

    /// The body of the request.
    pub fn body(self) -> Option<String> {
        match self {
            Work::Small => None,
            Work::Json | Work::Bytes => Some(
                serde_json::to_string(&batch())
                    .unwrap_or_else(|error| unreachable!("structs of texts and numbers: {error}")),
            ),
        }
    }

    /// What is wrong with an answer.
    pub fn problem(self, answer: &[u8]) -> Option<String> {
        let answer: Value = match serde_json::from_slice(answer) {
            Ok(answer) => answer,
            Err(error) => return Some(format!("the answer is no JSON: {error}")),
        };
        let headers = [&answer["headers"], &answer["multiValueHeaders"]];
        let content_type = headers.iter().find_map(|headers| {
            let value = headers.get("content-type")?;
            value.as_str().or_else(|| value[0].as_str())
        });
        // A REST API adds this type to an answer that has none.
        let is_json = content_type.is_none_or(|it| it == "application/json");
        let is_right = answer["statusCode"] == 200
            && answer["body"].as_str() == Some(&self.expected())
            && is_json;
        (!is_right).then(|| format!("the answer is {answer}"))
    }

    /// What the body of a right answer says.
    pub fn expected(self) -> String {
        let expected = match self {
            Work::Small => serde_json::to_string(&order(4711)),
            Work::Json => serde_json::to_string(&Received::of(4711, &batch())),
            Work::Bytes => serde_json::to_string(&Stored {
                id: 4711,
                bytes: self.body().map_or(0, |body| body.len()),
            }),
        };
        expected.unwrap_or_else(|error| unreachable!("structs of texts and numbers: {error}"))
    }
}

/// The small answer.
#[derive(Clone, Debug, Serialize)]
pub struct Order {
    /// The path parameter.
    pub id: u64,
    /// Who ordered.
    pub customer: &'static str,
    /// What it costs.
    pub total_cents: u64,
    /// Whether it has been paid for.
    pub paid: bool,
}

/// The order of that id.
pub fn order(id: u64) -> Order {
    Order {
        id,
        customer: "Ada Lovelace",
        total_cents: 129_900,
        paid: true,
    }
}

/// What 100 KB of JSON hold.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Batch {
    /// About a thousand.
    pub items: Vec<Item>,
}

/// One of many.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Item {
    /// What it is known by.
    pub sku: String,
    /// What it is.
    pub title: String,
    /// How many.
    pub quantity: u32,
    /// What one costs.
    pub price_cents: u64,
}

/// 100 KB as JSON, to within a hundred bytes.
pub fn batch() -> Batch {
    let items = (0..1_010)
        .map(|number| Item {
            sku: format!("SKU-{number:06}"),
            title: format!("A thing of the kind {number:04}, in blue"),
            quantity: number % 7 + 1,
            price_cents: u64::from(number) * 13 + 99,
        })
        .collect();
    Batch { items }
}

/// The answer to a batch.
#[derive(Clone, Debug, Serialize)]
pub struct Received {
    /// The path parameter.
    pub id: u64,
    /// How many items there were.
    pub items: usize,
    /// What they cost together.
    pub total_cents: u64,
}

impl Received {
    /// What there is to say about a batch.
    pub fn of(id: u64, batch: &Batch) -> Received {
        Received {
            id,
            items: batch.items.len(),
            total_cents: batch
                .items
                .iter()
                .map(|item| item.price_cents * u64::from(item.quantity))
                .sum(),
        }
    }
}

/// The answer to bytes.
#[derive(Clone, Debug, Serialize)]
pub struct Stored {
    /// The path parameter.
    pub id: u64,
    /// How many there were.
    pub bytes: usize,
}
