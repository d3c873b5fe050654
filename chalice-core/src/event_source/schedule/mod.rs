//! The grammar of schedules: when Amazon EventBridge fires a rule.
//!
//! A schedule is `rate(<value> <unit>)` or `cron(<six fields>)`, in UTC.
//! Source: Amazon EventBridge, "Cron expressions reference" and "Rate
//! expressions reference".

mod calendar;
mod cron;
mod error;
mod field;
mod next;
mod rate;
#[cfg(test)]
mod tests;

use std::fmt;

pub use cron::Cron;
pub use error::{FieldProblem, ScheduleError};
pub use field::Field;
pub use next::{FiringTime, NextTimes};
pub use rate::{Rate, RateUnit};

/// The longest a schedule expression may be, in characters.
///
/// Amazon EventBridge, `PutRule`, `ScheduleExpression`.
pub const MAX_LENGTH: usize = 256;

/// When a rule fires. Its `Display` is the expression in its canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// At a regular interval.
    Rate(Rate),
    /// At times of the calendar.
    Cron(Box<Cron>),
}

impl Schedule {
    /// The schedule that `expression` says.
    ///
    /// # Errors
    ///
    /// When EventBridge would refuse it, or when it would never fire.
    ///
    /// ```
    /// use chalice_core::event_source::schedule::Schedule;
    /// let schedule = Schedule::parse("rate(5 minutes)").unwrap();
    /// assert_eq!(schedule.to_string(), "rate(5 minutes)");
    /// let error = Schedule::parse("rate(1 hours)").unwrap_err();
    /// assert!(error.to_string().ends_with("write \"rate(1 hour)\""));
    /// ```
    pub fn parse(expression: &str) -> Result<Schedule, ScheduleError> {
        let characters = expression.chars().count();
        if characters > MAX_LENGTH {
            return Err(ScheduleError::TooLong { characters });
        }
        let text = expression.trim();
        let body = |name: &str| {
            text.strip_prefix(name)?
                .strip_prefix('(')?
                .strip_suffix(')')
        };
        if let Some(rate) = body("rate") {
            Rate::parse(rate).map(Schedule::Rate)
        } else if let Some(cron) = body("cron") {
            Cron::parse(cron).map(Schedule::from)
        } else if body("at").is_some() {
            Err(ScheduleError::OneTime)
        } else {
            Err(ScheduleError::Shape {
                text: expression.to_owned(),
            })
        }
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Schedule::Rate(rate) => rate.fmt(f),
            Schedule::Cron(cron) => cron.fmt(f),
        }
    }
}

impl From<Rate> for Schedule {
    fn from(rate: Rate) -> Schedule {
        Schedule::Rate(rate)
    }
}

impl From<Cron> for Schedule {
    fn from(cron: Cron) -> Schedule {
        Schedule::Cron(Box::new(cron))
    }
}
