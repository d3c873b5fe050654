//! The fields of a cron expression, and the sets of values that they name.

use super::error::{FieldProblem, ScheduleError};

/// One of the six fields of a cron expression, in the order in which they stand.
///
/// Source: Amazon EventBridge, "Cron expressions reference".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// 0 to 59.
    Minutes,
    /// 0 to 23, in UTC.
    Hours,
    /// 1 to 31.
    DayOfMonth,
    /// 1 to 12, or `JAN` to `DEC`.
    Month,
    /// 1 (Sunday) to 7 (Saturday), or `SUN` to `SAT`.
    DayOfWeek,
    /// 1970 to 2199.
    Year,
}

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];

/// The days of the week as EventBridge names them, from 1 on.
pub(super) const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

impl Field {
    /// All fields, in their order.
    pub const ALL: [Field; 6] = [
        Field::Minutes,
        Field::Hours,
        Field::DayOfMonth,
        Field::Month,
        Field::DayOfWeek,
        Field::Year,
    ];

    /// The field's name, as the AWS documentation spells it.
    pub const fn name(self) -> &'static str {
        match self {
            Field::Minutes => "minutes",
            Field::Hours => "hours",
            Field::DayOfMonth => "day-of-month",
            Field::Month => "month",
            Field::DayOfWeek => "day-of-week",
            Field::Year => "year",
        }
    }

    /// The smallest value.
    pub const fn min(self) -> u16 {
        match self {
            Field::Minutes | Field::Hours => 0,
            Field::DayOfMonth | Field::Month | Field::DayOfWeek => 1,
            Field::Year => 1970,
        }
    }

    /// The largest value.
    pub const fn max(self) -> u16 {
        match self {
            Field::Minutes => 59,
            Field::Hours => 23,
            Field::DayOfMonth => 31,
            Field::Month => 12,
            Field::DayOfWeek => 7,
            Field::Year => 2199,
        }
    }

    /// Names that stand for the values from [`Field::min`] on.
    pub(super) const fn names(self) -> &'static [&'static str] {
        match self {
            Field::Month => &MONTHS,
            Field::DayOfWeek => &WEEKDAYS,
            _ => &[],
        }
    }

    const fn count(self) -> u16 {
        self.max() - self.min() + 1
    }

    /// The error that `problem` with this field's `text` is.
    pub(super) fn error(self, text: &str, problem: FieldProblem) -> ScheduleError {
        ScheduleError::Field {
            field: self,
            text: text.to_owned(),
            problem,
        }
    }

    /// One value, as a number or a name, and its canonical spelling.
    pub(super) fn value(self, text: &str) -> Result<(u16, String), FieldProblem> {
        let upper = text.to_ascii_uppercase();
        if let Some(at) = self.names().iter().position(|name| *name == upper) {
            return Ok((self.min() + at as u16, upper));
        }
        if text.is_empty() {
            return Err(FieldProblem::Empty);
        }
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(FieldProblem::Value {
                value: text.to_owned(),
            });
        }
        match text.parse::<u16>() {
            Ok(number) if (self.min()..=self.max()).contains(&number) => {
                Ok((number, number.to_string()))
            }
            _ => Err(FieldProblem::OutOfRange {
                value: text.to_owned(),
            }),
        }
    }

    /// A list of values, ranges and increments, and its canonical spelling.
    pub(super) fn values(self, text: &str) -> Result<(ValueSet, String), FieldProblem> {
        let mut set = ValueSet::empty(self);
        let mut canonical = Vec::new();
        for item in text.split(',') {
            canonical.push(self.item(item, &mut set)?);
        }
        Ok((set, canonical.join(",")))
    }

    fn item(self, item: &str, set: &mut ValueSet) -> Result<String, FieldProblem> {
        if item.is_empty() {
            return Err(FieldProblem::Empty);
        }
        if item == "?" {
            return Err(FieldProblem::QuestionMark);
        }
        let (base, step) = match item.split_once('/') {
            Some((base, step)) => (base, Some(self.step(step)?)),
            None => (item, None),
        };
        if base.is_empty() {
            return Err(FieldProblem::NoStart {
                step: step.unwrap_or(1),
            });
        }
        let (first, last, mut canonical) = if base == "*" {
            (self.min(), self.max(), "*".to_owned())
        } else if let Some((from, to)) = base.split_once('-') {
            let (first, from) = self.value(from)?;
            let (last, to) = self.value(to)?;
            (first, last, format!("{from}-{to}"))
        } else {
            let (first, canonical) = self.value(base)?;
            let last = if step.is_some() { self.max() } else { first };
            (first, last, canonical)
        };
        if let Some(step) = step {
            canonical.push('/');
            canonical.push_str(&step.to_string());
        }
        // `20-2` in the hours is an example of the AWS documentation: ranges
        // go on from the start, except for years, which do not come again.
        let length = if first <= last {
            last - first
        } else if self == Field::Year {
            return Err(FieldProblem::YearsReversed { first, last });
        } else {
            last + self.count() - first
        };
        for offset in (0..=length).step_by(usize::from(step.unwrap_or(1))) {
            set.insert(self.min() + (first - self.min() + offset) % self.count());
        }
        Ok(canonical)
    }

    fn step(self, text: &str) -> Result<u16, FieldProblem> {
        match text.parse::<u16>() {
            Ok(0) => Err(FieldProblem::StepZero),
            Ok(step) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                // An increment that leaves the field at its first step is a
                // mistake that the service refuses.
                let largest = match self {
                    Field::Minutes | Field::Hours | Field::Year => self.count() - 1,
                    _ => self.count(),
                };
                if step > largest {
                    return Err(FieldProblem::StepTooLarge { step, largest });
                }
                Ok(step)
            }
            _ => Err(FieldProblem::Step {
                step: text.to_owned(),
            }),
        }
    }
}

/// A set of values of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ValueSet {
    field: Field,
    // Four words hold the 230 years, the largest field.
    bits: [u64; 4],
}

impl ValueSet {
    pub(super) fn empty(field: Field) -> Self {
        ValueSet {
            field,
            bits: [0; 4],
        }
    }

    fn insert(&mut self, value: u16) {
        let at = value - self.field.min();
        self.bits[usize::from(at / 64)] |= 1 << (at % 64);
    }

    pub(super) fn contains(&self, value: u16) -> bool {
        if !(self.field.min()..=self.field.max()).contains(&value) {
            return false;
        }
        let at = value - self.field.min();
        self.bits[usize::from(at / 64)] & (1 << (at % 64)) != 0
    }

    /// The smallest value of the set that is not below `from`.
    pub(super) fn at_or_after(&self, from: u16) -> Option<u16> {
        (from.max(self.field.min())..=self.field.max()).find(|value| self.contains(*value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(field: Field, text: &str) -> Vec<u16> {
        let (set, _) = field.values(text).unwrap();
        (field.min()..=field.max())
            .filter(|value| set.contains(*value))
            .collect()
    }

    #[test]
    fn lists_ranges_and_increments() {
        assert_eq!(values(Field::Minutes, "0/20"), [0, 20, 40]);
        assert_eq!(values(Field::Minutes, "*/25"), [0, 25, 50]);
        assert_eq!(
            values(Field::Minutes, "5,7-9,30-40/5"),
            [5, 7, 8, 9, 30, 35, 40]
        );
        assert_eq!(values(Field::Month, "jan-MAR,12"), [1, 2, 3, 12]);
        assert_eq!(values(Field::Year, "2026-2030/2"), [2026, 2028, 2030]);
        assert_eq!(values(Field::Year, "*").len(), 230);
    }

    #[test]
    fn ranges_go_on_from_the_start() {
        assert_eq!(values(Field::Hours, "20-2"), [0, 1, 2, 20, 21, 22, 23]);
        assert_eq!(values(Field::DayOfWeek, "FRI-MON"), [1, 2, 6, 7]);
        assert_eq!(
            Field::Year.values("2030-2026"),
            Err(FieldProblem::YearsReversed {
                first: 2030,
                last: 2026
            })
        );
    }

    #[test]
    fn canonical_spelling() {
        assert_eq!(Field::Month.values("jan-3,05/2").unwrap().1, "JAN-3,5/2");
    }

    #[test]
    fn refused() {
        assert_eq!(Field::Minutes.values("5,,6"), Err(FieldProblem::Empty));
        assert_eq!(Field::Minutes.values("5/0"), Err(FieldProblem::StepZero));
        assert_eq!(
            Field::Minutes.values("0/60"),
            Err(FieldProblem::StepTooLarge {
                step: 60,
                largest: 59
            })
        );
        assert_eq!(
            Field::Minutes.values("/5"),
            Err(FieldProblem::NoStart { step: 5 })
        );
        for (field, text) in [
            (Field::Minutes, "60"),
            (Field::Hours, "24"),
            (Field::DayOfMonth, "0"),
            (Field::Month, "13"),
            (Field::DayOfWeek, "0"),
            (Field::Year, "99999"),
        ] {
            assert_eq!(
                field.values(text),
                Err(FieldProblem::OutOfRange {
                    value: text.to_owned()
                })
            );
        }
    }
}
