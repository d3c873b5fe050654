//! Points in time, as API Gateway writes them.

use std::time::{SystemTime, UNIX_EPOCH};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const DAYS_PER_400_YEARS: u64 = 146_097;

/// A point in time, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Instant(pub(crate) u64);

impl Instant {
    /// That point in time. A clock set before 1970 counts as 1970.
    pub(crate) fn at(time: SystemTime) -> Instant {
        let since_epoch = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        Instant(u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX))
    }

    /// The time in the Common Log Format: `10/Oct/2000:13:55:36 +0000`.
    pub(crate) fn common_log_format(self) -> String {
        let seconds = self.0 / 1000;
        let (year, month, day) = date(seconds / 86_400);
        let of_day = seconds % 86_400;
        format!(
            "{day:02}/{}/{year}:{:02}:{:02}:{:02} +0000",
            MONTHS[month],
            of_day / 3600,
            of_day / 60 % 60,
            of_day % 60
        )
    }

    /// The time in ISO 8601, to the millisecond: `2000-10-10T13:55:36.000Z`.
    pub(crate) fn iso_8601(self) -> String {
        let seconds = self.0 / 1000;
        let (year, month, day) = date(seconds / 86_400);
        let of_day = seconds % 86_400;
        format!(
            "{year:04}-{:02}-{day:02}T{:02}:{:02}:{:02}.{:03}Z",
            month + 1,
            of_day / 3600,
            of_day / 60 % 60,
            of_day % 60,
            self.0 % 1000
        )
    }

    /// The time as Java's `Date` writes it: `Wed Jun 13 19:50:46 UTC 2018`.
    #[cfg(feature = "jwt")]
    pub(crate) fn date_text(self) -> String {
        let seconds = self.0 / 1000;
        let days = seconds / 86_400;
        let (year, month, day) = date(days);
        let of_day = seconds % 86_400;
        // 1970-01-01 was a Thursday.
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][(days % 7) as usize];
        format!(
            "{weekday} {} {day:02} {:02}:{:02}:{:02} UTC {year}",
            MONTHS[month],
            of_day / 3600,
            of_day / 60 % 60,
            of_day % 60
        )
    }
}

/// Year, month counted from 0, and day of the month, in the Gregorian
/// calendar, of the day that many days after 1970-01-01.
fn date(mut days: u64) -> (u64, usize, u64) {
    let mut year = 1970 + 400 * (days / DAYS_PER_400_YEARS);
    days %= DAYS_PER_400_YEARS;
    loop {
        let length = if is_leap(year) { 366 } else { 365 };
        if days < length {
            break;
        }
        days -= length;
        year += 1;
    }
    let february = if is_leap(year) { 29 } else { 28 };
    let mut month = 0;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    (year, month, days + 1)
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_log_format() {
        for (seconds, text) in [
            (0, "01/Jan/1970:00:00:00 +0000"),
            (951_782_400, "29/Feb/2000:00:00:00 +0000"),
            (971_186_136, "10/Oct/2000:13:55:36 +0000"),
            (1_735_689_599, "31/Dec/2024:23:59:59 +0000"),
            (4_107_542_400, "01/Mar/2100:00:00:00 +0000"),
            (12_622_780_800, "01/Jan/2370:00:00:00 +0000"),
        ] {
            assert_eq!(Instant(seconds * 1000 + 999).common_log_format(), text);
        }
    }

    #[test]
    fn iso_8601() {
        for (milliseconds, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_400_007, "2000-02-29T00:00:00.007Z"),
            (1_735_689_599_999, "2024-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(Instant(milliseconds).iso_8601(), text);
        }
    }

    #[cfg(feature = "jwt")]
    #[test]
    fn date_text() {
        let text = |seconds: u64| Instant(seconds * 1000).date_text();
        assert_eq!(text(0), "Thu Jan 01 00:00:00 UTC 1970");
        assert_eq!(text(1_528_919_446), "Wed Jun 13 19:50:46 UTC 2018");
    }

    #[test]
    fn the_end_of_time_does_not_overflow() {
        assert!(Instant(u64::MAX).common_log_format().ends_with("+0000"));
    }
}
