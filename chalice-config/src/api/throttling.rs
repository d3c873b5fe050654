//! `throttling`: how many requests the API lets through.

use serde_json::{Value, json};

use crate::{
    Problem, Refusal,
    reading::{Given, Setting},
};

/// How many requests the stage of the API lets through before it answers 429 (Amazon API
/// Gateway, "Throttle requests to your REST APIs for better throughput").
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Throttling {
    /// Requests per second in the long run.
    pub rate_limit: f64,
    /// Requests at once.
    pub burst_limit: u32,
}

impl Setting for Throttling {
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<Throttling> {
        let section = given.section(problems)?;
        section.no_keys_but(&["rate_limit", "burst_limit"], problems);
        let rate = section.given("rate_limit").map(|rate| {
            let limit = rate.value.as_f64().filter(|limit| *limit >= 0.0);
            if limit.is_none() {
                rate.refuse(refusal(), problems);
            }
            limit
        });
        let burst = section.given("burst_limit").map(|burst| {
            let limit = burst.value.as_u64();
            let limit = limit.and_then(|limit| i32::try_from(limit).ok());
            if limit.is_none() {
                burst.refuse(refusal(), problems);
            }
            limit.map(i32::unsigned_abs)
        });
        match (rate, burst) {
            (Some(rate_limit), Some(burst_limit)) => Some(Throttling {
                rate_limit: rate_limit?,
                burst_limit: burst_limit?,
            }),
            _ => {
                given.refuse(refusal(), problems);
                None
            }
        }
    }

    fn schema() -> Value {
        json!({
            "type": "object",
            "properties": {
                "rate_limit": { "type": "number", "minimum": 0 },
                "burst_limit": { "type": "integer", "minimum": 0, "maximum": i32::MAX },
            },
            "required": ["rate_limit", "burst_limit"],
            "additionalProperties": false,
        })
    }
}

fn refusal() -> Refusal {
    Refusal::new(
        "Amazon API Gateway takes two limits, requests per second and a whole number of requests at once, none of them \
         below 0",
        "write `{ \"rate_limit\": 100, \"burst_limit\": 200 }` with your own numbers",
    )
}
