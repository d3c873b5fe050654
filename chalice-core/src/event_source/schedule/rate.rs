//! Rate expressions: `rate(5 minutes)`.

use std::fmt;

use super::error::ScheduleError;

/// The unit of a [`Rate`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RateUnit {
    /// Minutes, the finest that EventBridge has.
    Minutes,
    /// Hours.
    Hours,
    /// Days of 24 hours.
    Days,
}

impl RateUnit {
    /// The unit as an expression spells it for `value`: singular for 1 alone.
    pub const fn word(self, value: u32) -> &'static str {
        match (self, value) {
            (RateUnit::Minutes, 1) => "minute",
            (RateUnit::Minutes, _) => "minutes",
            (RateUnit::Hours, 1) => "hour",
            (RateUnit::Hours, _) => "hours",
            (RateUnit::Days, 1) => "day",
            (RateUnit::Days, _) => "days",
        }
    }

    const fn seconds(self) -> u64 {
        match self {
            RateUnit::Minutes => 60,
            RateUnit::Hours => 3_600,
            RateUnit::Days => 86_400,
        }
    }

    fn of_word(word: &str) -> Option<RateUnit> {
        match word {
            "minute" | "minutes" => Some(RateUnit::Minutes),
            "hour" | "hours" => Some(RateUnit::Hours),
            "day" | "days" => Some(RateUnit::Days),
            _ => None,
        }
    }
}

/// A regular interval, counted from the moment at which the rule is created.
///
/// Source: Amazon EventBridge, "Rate expressions reference". Its `Display` is
/// the expression.
///
/// ```
/// use chalice_core::event_source::schedule::Rate;
/// const OFTEN: Rate = Rate::minutes(5);
/// assert_eq!(OFTEN.to_string(), "rate(5 minutes)");
/// assert_eq!(Rate::hours(1).to_string(), "rate(1 hour)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rate {
    value: u32,
    unit: RateUnit,
}

impl Rate {
    /// Every `value` units.
    ///
    /// # Panics
    ///
    /// When `value` is 0, which EventBridge refuses: a compile error where the
    /// rate is a `const`.
    #[track_caller]
    pub const fn new(value: u32, unit: RateUnit) -> Rate {
        assert!(
            value > 0,
            "a rate is at least 1: EventBridge has no interval of 0"
        );
        Rate { value, unit }
    }

    /// Every `value` minutes.
    ///
    /// # Panics
    ///
    /// As [`Rate::new`].
    #[track_caller]
    pub const fn minutes(value: u32) -> Rate {
        Rate::new(value, RateUnit::Minutes)
    }

    /// Every `value` hours.
    ///
    /// # Panics
    ///
    /// As [`Rate::new`].
    #[track_caller]
    pub const fn hours(value: u32) -> Rate {
        Rate::new(value, RateUnit::Hours)
    }

    /// Every `value` days.
    ///
    /// # Panics
    ///
    /// As [`Rate::new`].
    #[track_caller]
    pub const fn days(value: u32) -> Rate {
        Rate::new(value, RateUnit::Days)
    }

    /// The rate that the call `Rate::<function>(<value>)` makes, for tools that
    /// see its tokens only.
    ///
    /// # Errors
    ///
    /// When there is no such function, or no such rate.
    pub fn from_call(function: &str, value: u64) -> Result<Rate, ScheduleError> {
        let unit = match function {
            "minutes" => RateUnit::Minutes,
            "hours" => RateUnit::Hours,
            "days" => RateUnit::Days,
            _ => {
                return Err(ScheduleError::RateFunction {
                    function: function.to_owned(),
                });
            }
        };
        Rate::checked(&value.to_string(), unit)
    }

    /// The rate that the text between the parentheses of `rate(..)` says.
    ///
    /// # Errors
    ///
    /// When EventBridge would refuse it.
    pub fn parse(text: &str) -> Result<Rate, ScheduleError> {
        let words: Vec<&str> = text.split_ascii_whitespace().collect();
        let [value, word] = words.as_slice() else {
            return Err(ScheduleError::RateShape {
                text: text.to_owned(),
            });
        };
        let lower = word.to_ascii_lowercase();
        let Some(unit) = RateUnit::of_word(&lower) else {
            return Err(ScheduleError::RateUnit {
                value: (*value).to_owned(),
                unit: (*word).to_owned(),
            });
        };
        let rate = Rate::checked(value, unit)?;
        if unit.word(rate.value) != *word {
            return Err(ScheduleError::RateNumber {
                unit: (*word).to_owned(),
                rate,
            });
        }
        Ok(rate)
    }

    fn checked(value: &str, unit: RateUnit) -> Result<Rate, ScheduleError> {
        // `parse` alone would take `+5`.
        let digits = value.bytes().all(|byte| byte.is_ascii_digit());
        match value.parse::<u32>() {
            Ok(value) if value > 0 && digits => Ok(Rate { value, unit }),
            _ => Err(ScheduleError::RateValue {
                value: value.to_owned(),
                unit,
            }),
        }
    }

    /// How many units.
    pub const fn value(self) -> u32 {
        self.value
    }

    /// The unit.
    pub const fn unit(self) -> RateUnit {
        self.unit
    }

    /// The interval in seconds.
    pub const fn seconds(self) -> u64 {
        self.value as u64 * self.unit.seconds()
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rate({} {})", self.value, self.unit.word(self.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        Rate::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn parses() {
        assert_eq!(Rate::parse("5 minutes"), Ok(Rate::minutes(5)));
        assert_eq!(Rate::parse(" 1   day "), Ok(Rate::days(1)));
        assert_eq!(Rate::parse("12 hours").map(Rate::seconds), Ok(43_200));
        assert_eq!(Rate::from_call("hours", 2), Ok(Rate::hours(2)));
    }

    #[test]
    fn singular_and_plural() {
        assert_eq!(
            problem("1 hours"),
            "`rate(1 hours)` has the plural where EventBridge expects the singular for 1: write \"rate(1 hour)\""
        );
        assert_eq!(
            problem("2 day"),
            "`rate(2 day)` has the singular where EventBridge expects the plural for 2: write \"rate(2 days)\""
        );
        assert!(problem("5 Minutes").ends_with("write \"rate(5 minutes)\""));
    }

    #[test]
    fn values_and_units() {
        assert!(problem("0 minutes").contains("at least 1"));
        assert!(problem("-5 minutes").contains("whole number"));
        assert!(problem("+5 minutes").contains("whole number"));
        assert!(problem("1.5 hours").contains("\"rate(90 minutes)\""));
        assert!(problem("30 seconds").contains("one minute"));
        assert!(problem("2 weeks").contains("\"rate(14 days)\""));
        assert!(problem("1 month").contains("cron(0 0 1 * ? *)"));
        assert!(problem("5 mintes").contains("did you mean `minutes`?"));
        assert!(problem("5").contains("a value and a unit"));
        assert!(
            Rate::from_call("seconds", 5)
                .unwrap_err()
                .to_string()
                .contains("`minutes`")
        );
        assert!(Rate::from_call("minutes", 0).is_err());
        assert!(Rate::from_call("minutes", u64::MAX).is_err());
    }
}
