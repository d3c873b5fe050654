//! The Gregorian calendar of the years that schedules know.

use super::field::Field;

/// A day of the years 1970 to 2199; the day after the last is representable too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Date {
    pub(super) year: u16,
    /// 1 to 12.
    pub(super) month: u8,
    /// 1 to 31.
    pub(super) day: u8,
}

impl Date {
    /// The day on which Unix time begins.
    pub(super) const FIRST: Date = Date::new(1970, 1, 1);

    pub(super) const fn new(year: u16, month: u8, day: u8) -> Date {
        Date { year, month, day }
    }

    /// The day that is `days` days after [`Date::FIRST`]; `None` beyond the
    /// last year of the schedules.
    pub(super) fn from_days(days: u64) -> Option<Date> {
        let mut rest = days;
        let mut year = 1970;
        loop {
            let length = if is_leap(year) { 366 } else { 365 };
            if rest < length {
                break;
            }
            rest -= length;
            year += 1;
            if year > Field::Year.max() {
                return None;
            }
        }
        let mut month = 1;
        while rest >= days_in_month(year, month).into() {
            rest -= u64::from(days_in_month(year, month));
            month += 1;
        }
        Some(Date::new(year, month, rest as u8 + 1))
    }

    /// How many days after [`Date::FIRST`] this one is.
    pub(super) fn days(self) -> u64 {
        // Leap days before the year: 2000 is a leap year, 2100 is none.
        let years = u64::from(self.year) - 1970;
        let leap_days = (years + 1) / 4 - u64::from(self.year > 2100);
        let months: u64 = (1..self.month)
            .map(|month| u64::from(days_in_month(self.year, month)))
            .sum();
        years * 365 + leap_days + months + u64::from(self.day) - 1
    }

    /// The day after.
    pub(super) fn next(self) -> Date {
        if self.day < days_in_month(self.year, self.month) {
            Date::new(self.year, self.month, self.day + 1)
        } else if self.month < 12 {
            Date::new(self.year, self.month + 1, 1)
        } else {
            Date::new(self.year + 1, 1, 1)
        }
    }

    /// 1 (Sunday) to 7 (Saturday), as EventBridge counts.
    pub(super) fn weekday(self) -> u8 {
        // 1 January 1970 was a Thursday.
        ((self.days() + 4) % 7) as u8 + 1
    }
}

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// The last day of a month.
pub(super) const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_the_schedules() {
        let mut date = Date::FIRST;
        let mut weekday = 5;
        let mut days = 0;
        while date.year <= Field::Year.max() {
            assert_eq!(date.days(), days);
            assert_eq!(Date::from_days(days), Some(date));
            assert_eq!(date.weekday(), weekday);
            date = date.next();
            weekday = weekday % 7 + 1;
            days += 1;
        }
        // 230 years, of which 56 are leap years (1972 to 2196 without 2100).
        assert_eq!(days, 230 * 365 + 56);
        assert_eq!(Date::from_days(days), None);
    }

    #[test]
    fn known_days() {
        assert_eq!(Date::from_days(20_000), Some(Date::new(2024, 10, 4)));
        assert_eq!(Date::new(2026, 11, 21).weekday(), 7);
    }
}
