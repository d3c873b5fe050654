//! What can be wrong with a schedule, in the words of a compile error.

use std::fmt;

use super::{Field, MAX_LENGTH, Rate, RateUnit};
use crate::suggest::did_you_mean;

/// Something that is wrong with a schedule expression. Its `Display` says what, why, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScheduleError {
    /// Neither `rate(..)` nor `cron(..)`.
    Shape {
        /// The expression.
        text: String,
    },
    /// `at(..)`, which another service has.
    OneTime,
    /// More characters than [`MAX_LENGTH`].
    TooLong {
        /// How many.
        characters: usize,
    },
    /// A rate that is not a value and a unit.
    RateShape {
        /// What stands between the parentheses.
        text: String,
    },
    /// A rate's value that is not a whole number from 1 on.
    RateValue {
        /// The value.
        value: String,
        /// The unit it is counted in.
        unit: RateUnit,
    },
    /// A unit that rates do not have.
    RateUnit {
        /// The value before it.
        value: String,
        /// The unit.
        unit: String,
    },
    /// A unit whose number or spelling does not fit its value.
    RateNumber {
        /// The unit as written.
        unit: String,
        /// The rate that is meant.
        rate: Rate,
    },
    /// A function of `Rate` that does not exist.
    RateFunction {
        /// Its name.
        function: String,
    },
    /// A cron expression whose fields are not six.
    FieldCount {
        /// The fields.
        fields: Vec<String>,
    },
    /// Neither day-of-month nor day-of-week is `?`.
    NoQuestionMark {
        /// The fields.
        fields: Vec<String>,
    },
    /// Both day-of-month and day-of-week are `?`.
    TwoQuestionMarks {
        /// The fields.
        fields: Vec<String>,
    },
    /// A field that EventBridge would refuse.
    Field {
        /// Which.
        field: Field,
        /// The field's text.
        text: String,
        /// What is wrong with it.
        problem: FieldProblem,
    },
    /// A date that no calendar has.
    NeverFires {
        /// The expression.
        text: String,
    },
}

/// What can be wrong with one field of a cron expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldProblem {
    /// Nothing between two commas, or beside a `-`.
    Empty,
    /// Neither a number nor a name.
    Value {
        /// What it is.
        value: String,
    },
    /// A number that the field does not have.
    OutOfRange {
        /// The number.
        value: String,
    },
    /// A range of years that ends before it begins.
    YearsReversed {
        /// The first year.
        first: u16,
        /// The last year.
        last: u16,
    },
    /// `?` in a field that cannot be left open, or in a list.
    QuestionMark,
    /// An increment of 0.
    StepZero,
    /// An increment that is not a number.
    Step {
        /// What it is.
        step: String,
    },
    /// An increment that leads out of the field at once.
    StepTooLarge {
        /// The increment.
        step: u16,
        /// The largest that is possible.
        largest: u16,
    },
    /// An increment without the value it starts from.
    NoStart {
        /// The increment.
        step: u16,
    },
    /// `L`, `W` or `#` together with other values.
    SpecialInList {
        /// Which of them.
        special: char,
    },
    /// `L` in a form that day-of-month does not have.
    Last,
    /// `W` in a form that day-of-month does not have.
    Weekday,
    /// `#` whose number is not 1 to 5.
    Instance {
        /// The number.
        number: String,
    },
}

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ScheduleError::Shape { text } => shape(f, text),
            ScheduleError::OneTime => f.write_str(
                "`at(..)` is an expression of EventBridge Scheduler, and rules of EventBridge do not have it: \
                 write `rate(..)`, or `cron(..)` with a single year",
            ),
            ScheduleError::TooLong { characters } => write!(
                f,
                "the expression has {characters} characters, and EventBridge takes at most {MAX_LENGTH}"
            ),
            ScheduleError::RateShape { text } => write!(
                f,
                "`rate({text})` is not a value and a unit: write it as in \"rate(5 minutes)\""
            ),
            ScheduleError::RateValue { value, unit } => rate_value(f, value, *unit),
            ScheduleError::RateUnit { value, unit } => rate_unit(f, value, unit),
            ScheduleError::RateNumber { unit, rate } => {
                let found = if unit.to_ascii_lowercase() != *unit {
                    "capitals where EventBridge expects lower case"
                } else if unit.ends_with('s') {
                    "the plural where EventBridge expects the singular for 1"
                } else {
                    return write!(
                        f,
                        "`rate({0} {unit})` has the singular where EventBridge expects the plural for {0}: write \
                         \"{rate}\"",
                        rate.value()
                    );
                };
                write!(
                    f,
                    "`rate({} {unit})` has {found}: write \"{rate}\"",
                    rate.value()
                )
            }
            ScheduleError::RateFunction { function } => write!(
                f,
                "there is no `Rate::{function}`: EventBridge counts in `minutes`, `hours` and `days`{}",
                did_you_mean(function, ["minutes", "hours", "days"])
            ),
            ScheduleError::FieldCount { fields } => field_count(f, fields),
            ScheduleError::NoQuestionMark { fields } => {
                f.write_str(
                    "one of day-of-month and day-of-week must be `?`: EventBridge cannot combine the two; ",
                )?;
                let mut mended = fields.clone();
                if fields[4] == "*" {
                    mended[4] = "?".to_owned();
                } else if fields[2] == "*" {
                    mended[2] = "?".to_owned();
                } else {
                    return f.write_str(
                        "write two schedules, or keep one of the fields and put `?` in the other",
                    );
                }
                write!(f, "write \"cron({})\"", mended.join(" "))
            }
            ScheduleError::TwoQuestionMarks { fields } => {
                let mut mended = fields.clone();
                mended[2] = "*".to_owned();
                write!(
                    f,
                    "only one of day-of-month and day-of-week can be `?`: with both open no day is named; for \
                     every day write \"cron({})\"",
                    mended.join(" ")
                )
            }
            ScheduleError::Field {
                field,
                text,
                problem,
            } => field_problem(f, *field, text, problem),
            ScheduleError::NeverFires { text } => write!(
                f,
                "\"{text}\" names a date that no year has, so the rule would never fire: check day-of-month \
                 against month and year"
            ),
        }
    }
}

impl std::error::Error for ScheduleError {}

fn shape(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    write!(f, "`{text}` is not a schedule: ")?;
    let trimmed = text.trim();
    let words: Vec<&str> = trimmed.split_ascii_whitespace().collect();
    let (name, body) = match trimmed.split_once('(') {
        Some((name, body)) => (name.trim(), Some(body.trim_end_matches(')'))),
        None => (trimmed, None),
    };
    if let Some(body) = body {
        let lower = name.to_ascii_lowercase();
        return match crate::suggest::nearest(&lower, ["rate", "cron"]) {
            Some(meant) => write!(
                f,
                "EventBridge expects exactly `rate(..)` or `cron(..)`; write \"{meant}({body})\""
            ),
            None => write!(f, "EventBridge knows `rate(..)` and `cron(..)`"),
        };
    }
    match words.len() {
        2 if words[0].bytes().all(|byte| byte.is_ascii_digit()) => {
            write!(f, "EventBridge expects \"rate({trimmed})\"")
        }
        5..=7 => write!(f, "EventBridge expects \"cron(..)\" around the fields"),
        _ => f.write_str(
            "EventBridge knows intervals such as \"rate(5 minutes)\" and times such as \"cron(0 18 ? * MON-FRI *)\"",
        ),
    }
}

fn rate_value(f: &mut fmt::Formatter<'_>, value: &str, unit: RateUnit) -> fmt::Result {
    if value.bytes().all(|byte| byte == b'0') {
        return f.write_str("a rate is at least 1: EventBridge has no interval of 0");
    }
    write!(
        f,
        "`{value}` is not a value that a rate can have: EventBridge takes a whole number from 1 to {}",
        u32::MAX
    )?;
    let smaller = match unit {
        RateUnit::Minutes => return Ok(()),
        RateUnit::Hours => 60.0,
        RateUnit::Days => 1_440.0,
    };
    match value.parse::<f64>() {
        Ok(number)
            if number > 0.0
                && number * smaller < f64::from(u32::MAX)
                && (number * smaller).fract() == 0.0 =>
        {
            write!(
                f,
                "; write \"{}\"",
                Rate::minutes((number * smaller) as u32)
            )
        }
        _ => Ok(()),
    }
}

fn rate_unit(f: &mut fmt::Formatter<'_>, value: &str, unit: &str) -> fmt::Result {
    write!(
        f,
        "`{unit}` is not a unit of a rate: EventBridge counts in minutes, hours and days"
    )?;
    let lower = unit.to_ascii_lowercase();
    let number = value.parse::<u32>().ok();
    match (lower.trim_end_matches('s'), number) {
        ("second" | "sec", _) => f.write_str(", and its finest interval is one minute"),
        ("week", Some(weeks)) => match weeks.checked_mul(7).filter(|days| *days > 0) {
            Some(days) => write!(f, "; write \"{}\"", Rate::days(days)),
            None => Ok(()),
        },
        ("month", _) => {
            f.write_str("; for the first day of each month write \"cron(0 0 1 * ? *)\"")
        }
        ("year", _) => f.write_str("; for the first day of each year write \"cron(0 0 1 1 ? *)\""),
        _ => f.write_str(&did_you_mean(&lower, ["minutes", "hours", "days"])),
    }
}

fn field_count(f: &mut fmt::Formatter<'_>, fields: &[String]) -> fmt::Result {
    write!(
        f,
        "the cron expression has {} fields, and EventBridge expects six: minutes, hours, day-of-month, month, \
         day-of-week and year",
        fields.len()
    )?;
    match fields {
        [minutes, hours, day, month, weekday] => {
            // Five fields are Unix cron, which counts weekdays from 0.
            let weekday = unix_weekdays(weekday);
            let (day, weekday) = match (day.as_str(), weekday.as_str()) {
                ("?", _) | (_, "?") => (day.as_str(), weekday.as_str()),
                (_, "*") => (day.as_str(), "?"),
                ("*", _) => ("?", weekday.as_str()),
                _ => return Ok(()),
            };
            write!(
                f,
                "; write \"cron({minutes} {hours} {day} {month} {weekday} *)\""
            )
        }
        [_, rest @ ..] if rest.len() == 6 => {
            write!(f, "; it has no seconds: write \"cron({})\"", rest.join(" "))
        }
        _ => Ok(()),
    }
}

/// The day-of-week field of Unix cron with its numbers (0 or 7 is Sunday) as names.
fn unix_weekdays(field: &str) -> String {
    let mut out = String::new();
    let mut after_slash = false;
    for character in field.chars() {
        match character.to_digit(10) {
            Some(digit) if digit <= 7 && !after_slash => {
                out.push_str(super::field::WEEKDAYS[digit as usize % 7]);
            }
            _ => out.push(character),
        }
        after_slash = character == '/' || (after_slash && character.is_ascii_digit());
    }
    out
}

fn field_problem(
    f: &mut fmt::Formatter<'_>,
    field: Field,
    text: &str,
    problem: &FieldProblem,
) -> fmt::Result {
    let name = field.name();
    write!(f, "in the field {name} of the cron expression, ")?;
    match problem {
        FieldProblem::Empty => write!(f, "a value is missing in `{text}`"),
        FieldProblem::Value { value } => {
            write!(f, "`{value}` is not a value: EventBridge takes {}", range(field))?;
            match value.as_bytes().last() {
                Some(b'L' | b'l') if field != Field::DayOfWeek => {
                    f.write_str("; `L` is for day-of-month and day-of-week")
                }
                Some(b'W' | b'w') if field != Field::DayOfMonth => {
                    f.write_str("; `W` is for day-of-month, and `MON-FRI` are the weekdays")
                }
                _ if value.contains('#') => f.write_str("; `#` is for day-of-week"),
                _ => {
                    let start: String = value.chars().take(3).collect();
                    match field
                        .names()
                        .iter()
                        .find(|known| known.eq_ignore_ascii_case(&start))
                    {
                        Some(known) => write!(f, "; did you mean `{known}`?"),
                        None => f.write_str(&did_you_mean(value, field.names().iter().copied())),
                    }
                }
            }
        }
        FieldProblem::OutOfRange { value } => {
            write!(f, "`{value}` is out of range: EventBridge takes {}", range(field))?;
            if field == Field::DayOfWeek && value.bytes().all(|byte| byte == b'0') {
                f.write_str("; Sunday is `SUN` or `1`")?;
            }
            Ok(())
        }
        FieldProblem::YearsReversed { first, last } => write!(
            f,
            "the range `{first}-{last}` ends before it begins: write `{last}-{first}`"
        ),
        FieldProblem::QuestionMark => match field {
            Field::DayOfMonth | Field::DayOfWeek => write!(
                f,
                "`?` stands beside other values in `{text}`: it leaves the whole field open and stands alone"
            ),
            Field::Year => f.write_str(
                "`?` is not allowed: EventBridge takes it in day-of-month and day-of-week only; the fields are \
                 minutes, hours, day-of-month, month, day-of-week and year, without seconds",
            ),
            _ => f.write_str(
                "`?` is not allowed: EventBridge takes it in day-of-month and day-of-week only; write `*`",
            ),
        },
        FieldProblem::StepZero => {
            write!(f, "the increment in `{text}` is 0: the smallest is `/1`")
        }
        FieldProblem::Step { step } => write!(
            f,
            "`{step}` is not an increment: after `/` EventBridge expects a number, as in `{}/2`",
            field.min()
        ),
        FieldProblem::StepTooLarge { step, largest } => write!(
            f,
            "the increment `/{step}` leads out of the field at once: the largest is `/{largest}`; for one value \
             leave it out"
        ),
        FieldProblem::NoStart { step } => write!(
            f,
            "`/{step}` has no start: write `{}/{step}`",
            field.min()
        ),
        FieldProblem::SpecialInList { special } => write!(
            f,
            "`{special}` stands in a list or range, `{text}`: EventBridge takes it only as the field's single \
             expression; write several schedules"
        ),
        FieldProblem::Last => write!(
            f,
            "`{text}` is not a form of `L`: write `L` for the last day of the month, `L-3` for the third day before \
             it, `LW` for its last weekday"
        ),
        FieldProblem::Weekday => write!(
            f,
            "`{text}` is not a form of `W`: write `15W` for the weekday nearest to the 15th, `LW` for the month's \
             last weekday"
        ),
        FieldProblem::Instance { number } => write!(
            f,
            "`#{number}` is no instance of a weekday in a month: they are `#1` to `#5`"
        ),
    }
}

fn range(field: Field) -> String {
    let numbers = format!("{} to {}", field.min(), field.max());
    match (field.names().first(), field.names().last()) {
        (Some(first), Some(last)) => format!("{numbers}, or `{first}` to `{last}`"),
        _ => numbers,
    }
}
