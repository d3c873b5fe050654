//! `log_retention_in_days`: for how long a function's log is kept.

use serde_json::{Value, json};

use crate::{Refusal, reading::Scalar};

/// The values of Amazon CloudWatch Logs, "PutRetentionPolicy".
const DAYS: [u16; 22] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];

/// For how many days Amazon CloudWatch Logs keeps what was logged; one of 22 values from 1
/// to 3653 ("PutRetentionPolicy").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogRetention(u16);

impl LogRetention {
    /// That many days.
    ///
    /// # Errors
    ///
    /// When Amazon CloudWatch Logs does not take it.
    pub fn new(days: u64) -> Result<LogRetention, Refusal> {
        match u16::try_from(days) {
            Ok(days) if DAYS.contains(&days) => Ok(LogRetention(days)),
            _ => Err(refusal(Some(days))),
        }
    }

    /// How many days.
    pub const fn days(self) -> u16 {
        self.0
    }
}

impl Scalar for LogRetention {
    fn read(value: &Value) -> Result<LogRetention, Refusal> {
        LogRetention::new(value.as_u64().ok_or_else(|| refusal(None))?)
    }

    fn schema() -> Value {
        json!({ "enum": DAYS })
    }
}

fn refusal(days: Option<u64>) -> Refusal {
    let fix = match days.and_then(|days| DAYS.into_iter().find(|known| u64::from(*known) >= days)) {
        Some(longer) => format!("write {longer}, the next longer time"),
        None => "write one of them without quotes; without the setting, logs are kept for ever"
            .to_owned(),
    };
    let days: Vec<String> = DAYS.iter().map(u16::to_string).collect();
    Refusal::new(
        format!(
            "Amazon CloudWatch Logs keeps logs for certain numbers of days: {}",
            days.join(", ")
        ),
        fix,
    )
}
