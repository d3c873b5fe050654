//! Cron expressions: `cron(0 18 ? * MON-FRI *)`.

use std::fmt;

use super::calendar::{Date, days_in_month};
use super::error::{FieldProblem, ScheduleError};
use super::field::{Field, ValueSet};

/// Times of the calendar, in UTC.
///
/// Source: Amazon EventBridge, "Cron expressions reference". The dialect is its
/// own: six fields, days of the week from 1 (Sunday), and a `?` in exactly one
/// of day-of-month and day-of-week. Its `Display` is the expression in its
/// canonical form: one space between fields, names in capitals, no leading zeros.
///
/// ```
/// use chalice_core::event_source::schedule::Cron;
/// let cron = Cron::new("0", "18", "?", "*", "mon-fri", "*").unwrap();
/// assert_eq!(cron.to_string(), "cron(0 18 ? * MON-FRI *)");
/// assert!(Cron::new("0", "18", "*", "*", "MON-FRI", "*").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cron {
    pub(super) minutes: ValueSet,
    pub(super) hours: ValueSet,
    day: Day,
    pub(super) months: ValueSet,
    pub(super) years: ValueSet,
    text: [String; 6],
}

/// Which days; the field that is `?` says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Day {
    OfMonth(ValueSet),
    /// The day so many days before the last of the month.
    LastOfMonth(u8),
    LastWeekday,
    NearestWeekday(u8),
    OfWeek(ValueSet),
    LastOfWeek(u8),
    /// A day of the week (1 is Sunday) and which of them in the month.
    Nth(u8, u8),
}

impl Cron {
    /// The expression with these fields.
    ///
    /// # Errors
    ///
    /// When EventBridge would refuse it, or when it would never fire.
    pub fn new(
        minutes: &str,
        hours: &str,
        day_of_month: &str,
        month: &str,
        day_of_week: &str,
        year: &str,
    ) -> Result<Cron, ScheduleError> {
        let fields = [minutes, hours, day_of_month, month, day_of_week, year];
        if year == "?" {
            // The dialect with seconds and no year ends so; its other fields
            // are one place off, so that what is wrong with them misleads.
            return Err(Field::Year.error(year, FieldProblem::QuestionMark));
        }
        match (day_of_month, day_of_week) {
            ("?", "?") => {
                return Err(ScheduleError::TwoQuestionMarks {
                    fields: fields.map(str::to_owned).to_vec(),
                });
            }
            ("?", _) | (_, "?") => {}
            _ => {
                return Err(ScheduleError::NoQuestionMark {
                    fields: fields.map(str::to_owned).to_vec(),
                });
            }
        }
        let values = |field: Field, text: &str| {
            field
                .values(text)
                .map_err(|problem| field.error(text, problem))
        };
        let (minutes, minutes_text) = values(Field::Minutes, minutes)?;
        let (hours, hours_text) = values(Field::Hours, hours)?;
        let (day, day_texts) = if day_of_week == "?" {
            let (day, text) = day_of_month_field(day_of_month)
                .map_err(|problem| Field::DayOfMonth.error(day_of_month, problem))?;
            (day, (text, "?".to_owned()))
        } else {
            let (day, text) = day_of_week_field(day_of_week)
                .map_err(|problem| Field::DayOfWeek.error(day_of_week, problem))?;
            (day, ("?".to_owned(), text))
        };
        let (months, months_text) = values(Field::Month, month)?;
        let (years, years_text) = values(Field::Year, year)?;
        let cron = Cron {
            minutes,
            hours,
            day,
            months,
            years,
            text: [
                minutes_text,
                hours_text,
                day_texts.0,
                months_text,
                day_texts.1,
                years_text,
            ],
        };
        if cron.first_date(Date::FIRST).is_none() {
            return Err(ScheduleError::NeverFires {
                text: cron.to_string(),
            });
        }
        Ok(cron)
    }

    /// The expression that the text between the parentheses of `cron(..)` says.
    ///
    /// # Errors
    ///
    /// As [`Cron::new`], and when the fields are not six.
    pub fn parse(text: &str) -> Result<Cron, ScheduleError> {
        let fields: Vec<&str> = text.split_ascii_whitespace().collect();
        match fields.as_slice() {
            [minutes, hours, day_of_month, month, day_of_week, year] => {
                Cron::new(minutes, hours, day_of_month, month, day_of_week, year)
            }
            _ => Err(ScheduleError::FieldCount {
                fields: fields.into_iter().map(str::to_owned).collect(),
            }),
        }
    }

    /// A field's text in its canonical form.
    pub fn field(&self, field: Field) -> &str {
        let at = Field::ALL
            .iter()
            .position(|candidate| *candidate == field)
            .unwrap_or_default();
        &self.text[at]
    }

    /// Whether the rule fires on `date`.
    pub(super) fn fires_on(&self, date: Date) -> bool {
        self.years.contains(date.year)
            && self.months.contains(date.month.into())
            && self.day.is(date)
    }

    /// The first date from `date` on at which the rule fires.
    pub(super) fn first_date(&self, mut date: Date) -> Option<Date> {
        loop {
            if !self.years.contains(date.year) {
                date = Date::new(self.years.at_or_after(date.year)?, 1, 1);
            } else if !self.months.contains(date.month.into()) {
                date = match self.months.at_or_after(date.month.into()) {
                    Some(month) => Date::new(date.year, month as u8, 1),
                    None => Date::new(date.year + 1, 1, 1),
                };
            } else if self.day.is(date) {
                return Some(date);
            } else {
                date = date.next();
            }
        }
    }
}

impl fmt::Display for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cron({})", self.text.join(" "))
    }
}

impl Day {
    fn is(&self, date: Date) -> bool {
        let last = days_in_month(date.year, date.month);
        let weekday = date.weekday();
        match self {
            Day::OfMonth(days) => days.contains(date.day.into()),
            Day::LastOfMonth(before) => date.day + before == last,
            Day::LastWeekday => match weekday {
                2..=5 => date.day == last,
                6 => date.day + 2 >= last,
                _ => false,
            },
            Day::NearestWeekday(target) => nearest_weekday(date, *target) == Some(date.day),
            Day::OfWeek(days) => days.contains(weekday.into()),
            Day::LastOfWeek(day) => weekday == *day && date.day + 7 > last,
            Day::Nth(day, instance) => weekday == *day && (date.day - 1) / 7 + 1 == *instance,
        }
    }
}

/// The weekday of `date`'s month that is nearest to its day `target`. It stays
/// in the month: the first, if a Saturday, gives the third.
fn nearest_weekday(date: Date, target: u8) -> Option<u8> {
    let last = days_in_month(date.year, date.month);
    if target > last {
        return None;
    }
    Some(match Date::new(date.year, date.month, target).weekday() {
        1 if target == last => target - 2,
        1 => target + 1,
        7 if target == 1 => 3,
        7 => target - 1,
        _ => target,
    })
}

fn day_of_month_field(text: &str) -> Result<(Day, String), FieldProblem> {
    let upper = text.to_ascii_uppercase();
    let special = upper.chars().find(|c| matches!(c, 'L' | 'W'));
    let Some(special) = special else {
        let (days, canonical) = Field::DayOfMonth.values(&upper)?;
        return Ok((Day::OfMonth(days), canonical));
    };
    if upper.contains(',') {
        return Err(FieldProblem::SpecialInList { special });
    }
    if upper == "L" {
        return Ok((Day::LastOfMonth(0), upper));
    }
    if upper == "LW" {
        return Ok((Day::LastWeekday, upper));
    }
    if let Some(before) = upper.strip_prefix("L-") {
        // The shortest expression of a day that some month has: day 1 of 31.
        return match before.parse::<u8>() {
            Ok(before @ 1..=30) => Ok((Day::LastOfMonth(before), format!("L-{before}"))),
            _ => Err(FieldProblem::Last),
        };
    }
    if let Some(day) = upper.strip_suffix('W') {
        if day.is_empty() || day.contains(['L', 'W']) {
            return Err(FieldProblem::Weekday);
        }
        if day.contains(['-', '/', '*']) {
            return Err(FieldProblem::SpecialInList { special });
        }
        let (day, canonical) = Field::DayOfMonth.value(day)?;
        return Ok((Day::NearestWeekday(day as u8), format!("{canonical}W")));
    }
    // Words such as `JUL` or `APRIL` are no attempts at `L`.
    let attempt = upper
        .chars()
        .all(|c| matches!(c, 'L' | 'W' | '-' | '/' | '*' | '#') || c.is_ascii_digit());
    Err(match special {
        _ if !attempt => FieldProblem::Value {
            value: text.to_owned(),
        },
        'L' => FieldProblem::Last,
        _ => FieldProblem::Weekday,
    })
}

fn day_of_week_field(text: &str) -> Result<(Day, String), FieldProblem> {
    let upper = text.to_ascii_uppercase();
    if let Some((day, instance)) = upper.split_once('#') {
        if upper.contains([',', '-', '/']) {
            return Err(FieldProblem::SpecialInList { special: '#' });
        }
        let (day, _) = Field::DayOfWeek.value(day)?;
        return match instance.parse::<u8>() {
            Ok(instance @ 1..=5) => {
                Ok((Day::Nth(day as u8, instance), format!("{day}#{instance}")))
            }
            _ => Err(FieldProblem::Instance {
                number: instance.to_owned(),
            }),
        };
    }
    if upper == "L" {
        // The last day of the week, which ends on Saturday.
        let (days, _) = Field::DayOfWeek.values("7")?;
        return Ok((Day::OfWeek(days), upper));
    }
    if let Some(day) = upper.strip_suffix('L') {
        if day.contains([',', '-', '/']) {
            return Err(FieldProblem::SpecialInList { special: 'L' });
        }
        let (day, _) = Field::DayOfWeek.value(day)?;
        return Ok((Day::LastOfWeek(day as u8), format!("{day}L")));
    }
    if upper.split(',').any(|item| {
        item == "L"
            || item
                .strip_suffix('L')
                .is_some_and(|day| Field::DayOfWeek.value(day).is_ok())
    }) {
        return Err(FieldProblem::SpecialInList { special: 'L' });
    }
    let (days, canonical) = Field::DayOfWeek.values(&upper)?;
    Ok((Day::OfWeek(days), canonical))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(fields: &str, count: usize) -> Vec<(u16, u8, u8)> {
        let cron = Cron::parse(fields).unwrap();
        let mut date = Date::new(2026, 1, 1);
        let mut found = Vec::new();
        while found.len() < count {
            let Some(next) = cron.first_date(date) else {
                break;
            };
            found.push((next.year, next.month, next.day));
            date = next.next();
        }
        found
    }

    fn problem(fields: &str) -> String {
        Cron::parse(fields).unwrap_err().to_string()
    }

    #[test]
    fn examples_of_the_aws_documentation() {
        for text in [
            "0 10 * * ? *",
            "15 12 * * ? *",
            "0 18 ? * MON-FRI *",
            "0 8 1 * ? *",
            "0/15 * * * ? *",
            "0/10 * ? * MON-FRI *",
            "0/5 8-17 ? * MON-FRI *",
            "0/30 20-2 ? * MON-FRI *",
            "15 10 ? * 6L 2019-2027",
            "0 9 ? * 2#1 *",
        ] {
            assert_eq!(
                Cron::parse(text).unwrap().to_string(),
                format!("cron({text})")
            );
        }
    }

    #[test]
    fn last_days() {
        assert_eq!(
            dates("0 0 L * ? *", 3),
            [(2026, 1, 31), (2026, 2, 28), (2026, 3, 31)]
        );
        assert_eq!(dates("0 0 L-3 2 ? *", 1), [(2026, 2, 25)]);
        // 31 January 2026 is a Saturday, 28 February too, 31 May a Sunday.
        assert_eq!(dates("0 0 LW * ? *", 2), [(2026, 1, 30), (2026, 2, 27)]);
        assert_eq!(dates("0 0 LW 5 ? *", 1), [(2026, 5, 29)]);
        assert_eq!(dates("0 0 LW 6 ? *", 1), [(2026, 6, 30)]);
        assert_eq!(dates("0 0 ? * 6L *", 2), [(2026, 1, 30), (2026, 2, 27)]);
        assert_eq!(dates("0 0 ? * L *", 2), [(2026, 1, 3), (2026, 1, 10)]);
    }

    #[test]
    fn nearest_weekdays_stay_in_the_month() {
        // 1 August 2026 is a Saturday, 31 May a Sunday, 15 February a Sunday, 14 March a Saturday.
        assert_eq!(dates("0 0 1W 8 ? *", 1), [(2026, 8, 3)]);
        assert_eq!(dates("0 0 31W 5 ? *", 1), [(2026, 5, 29)]);
        assert_eq!(dates("0 0 15W 2 ? *", 1), [(2026, 2, 16)]);
        assert_eq!(dates("0 0 14W 3 ? *", 1), [(2026, 3, 13)]);
        assert_eq!(dates("0 0 31W 4,7 ? 2026", 9), [(2026, 7, 31)]);
    }

    #[test]
    fn instances_of_weekdays() {
        assert_eq!(dates("0 0 ? * 3#2 *", 2), [(2026, 1, 13), (2026, 2, 10)]);
        assert_eq!(dates("0 0 ? 1-4 FRI#5 2026", 9), [(2026, 1, 30)]);
    }

    #[test]
    fn canonical_form() {
        let canonical = |text| Cron::parse(text).unwrap().to_string();
        assert_eq!(
            canonical(" 00  9 ?  jan mon-Fri *"),
            "cron(0 9 ? JAN MON-FRI *)"
        );
        assert_eq!(canonical("0 9 ? * fril *"), "cron(0 9 ? * 6L *)");
        assert_eq!(canonical("0 9 ? * fri#2 *"), "cron(0 9 ? * 6#2 *)");
        assert_eq!(canonical("0 9 lw * ? *"), "cron(0 9 LW * ? *)");
        let cron = Cron::parse("0 09 ? * MON *").unwrap();
        assert_eq!(cron.field(Field::Hours), "9");
        assert_eq!(cron.field(Field::DayOfWeek), "MON");
    }

    #[test]
    fn question_marks() {
        assert_eq!(
            problem("0 18 * * MON-FRI *"),
            "one of day-of-month and day-of-week must be `?`: EventBridge cannot combine the two; write \
             \"cron(0 18 ? * MON-FRI *)\""
        );
        assert!(problem("0 18 * * * *").ends_with("write \"cron(0 18 * * ? *)\""));
        assert!(problem("0 18 1 * MON *").contains("write two schedules"));
        assert!(problem("0 18 ? * ? *").ends_with("write \"cron(0 18 * * ? *)\""));
        assert!(problem("? 18 ? * MON *").contains("minutes"));
        assert!(problem("0 0 12 * * ?").contains("without seconds"));
        assert!(problem("0 0 12 ? * ?").contains("without seconds"));
        assert!(problem("0 12 1,? * ? *").contains("stands alone"));
    }

    #[test]
    fn other_dialects() {
        assert!(problem("0 9 * * 1-5").ends_with("write \"cron(0 9 ? * MON-FRI *)\""));
        assert!(problem("*/5 * * * *").ends_with("write \"cron(*/5 * * * ? *)\""));
        assert!(problem("0 9 * * */2").ends_with("write \"cron(0 9 ? * */2 *)\""));
        assert!(problem("0 0 9 ? * MON *").ends_with("write \"cron(0 9 ? * MON *)\""));
        assert!(problem("").contains("has 0 fields"));
    }

    #[test]
    fn wrong_fields() {
        assert!(problem("0 24 * * ? *").contains("in the field hours"));
        assert!(problem("0 9 ? * 0 *").contains("Sunday is `SUN` or `1`"));
        assert!(problem("0 9 ? * 8 *").contains("1 to 7, or `SUN` to `SAT`"));
        assert!(problem("0 9 ? * MONDAY *").contains("did you mean `MON`?"));
        assert!(problem("0 9 ? * 3#6 *").contains("`#1` to `#5`"));
        assert!(problem("0 9 ? * 3#1,6#3 *").contains("single expression"));
        assert!(problem("0 9 ? * MON,6L *").contains("single expression"));
        assert!(problem("0 9 L,15 * ? *").contains("single expression"));
        assert!(problem("0 9 1W,15W * ? *").contains("single expression"));
        assert!(problem("0 9 1-5W * ? *").contains("single expression"));
        assert!(problem("0 9 WL * ? *").contains("LW"));
        assert!(problem("0 9 W * ? *").contains("15W"));
        assert!(problem("0 9 L-31 * ? *").contains("L-3"));
        assert!(problem("0 9 3L * ? *").contains("`L` for the last day"));
        assert!(problem("0 9 ? * 3W *").contains("`W` is for day-of-month"));
        assert!(problem("0 9 3#2 * ? *").contains("`#` is for day-of-week"));
        assert!(problem("0 9 * JUNE ? *").contains("did you mean `JUN`?"));
        assert!(problem("0 9 * L ? *").contains("`L` is for"));
        assert!(problem("0 9 * * ? 2026-2020").contains("write `2020-2026`"));
        assert!(problem("0 9 * * ? 1969").contains("1970 to 2199"));
    }

    #[test]
    fn dates_that_no_year_has() {
        assert!(problem("0 0 30 2 ? *").contains("never fire"));
        assert!(problem("0 0 31 APR,JUN ? *").contains("never fire"));
        assert!(problem("0 0 29 2 ? 2027").contains("never fire"));
        assert_eq!(dates("0 0 29 2 ? *", 2), [(2028, 2, 29), (2032, 2, 29)]);
    }
}
