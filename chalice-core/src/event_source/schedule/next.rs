//! When a schedule fires.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::calendar::Date;
use super::field::WEEKDAYS;
use super::{Cron, Schedule};

/// A moment at which a schedule fires. Its `Display` is readable: `Mon 2026-11-23 18:00 UTC`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiringTime {
    unix_seconds: u64,
}

impl FiringTime {
    /// Seconds since the beginning of 1970, in UTC.
    pub const fn unix_seconds(self) -> u64 {
        self.unix_seconds
    }

    /// The moment as the standard library's type.
    pub fn system_time(self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.unix_seconds)
    }

    /// The moment as events have it (RFC 3339): `2026-11-23T18:00:00Z`; nothing
    /// after the year 2199, with which EventBridge's calendar ends.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    /// use chalice_core::event_source::schedule::FiringTime;
    /// let time = FiringTime::from(UNIX_EPOCH + Duration::from_secs(1_795_219_201));
    /// assert_eq!(time.rfc_3339().as_deref(), Some("2026-11-21T00:00:01Z"));
    /// ```
    pub fn rfc_3339(self) -> Option<String> {
        let date = Date::from_days(self.unix_seconds / 86_400)?;
        let second = self.unix_seconds % 86_400;
        Some(format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            date.year,
            date.month,
            date.day,
            second / 3_600,
            second / 60 % 60,
            second % 60
        ))
    }
}

impl From<SystemTime> for FiringTime {
    /// The moment without its fraction of a second; what is before 1970 becomes its beginning.
    fn from(time: SystemTime) -> FiringTime {
        FiringTime {
            unix_seconds: time
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| since.as_secs()),
        }
    }
}

impl fmt::Display for FiringTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(date) = Date::from_days(self.unix_seconds / 86_400) else {
            return write!(f, "{} seconds after 1970", self.unix_seconds);
        };
        let second = self.unix_seconds % 86_400;
        let weekday = WEEKDAYS[usize::from(date.weekday() - 1)];
        write!(
            f,
            "{}{} {:04}-{:02}-{:02} {:02}:{:02}",
            &weekday[..1],
            weekday[1..].to_ascii_lowercase(),
            date.year,
            date.month,
            date.day,
            second / 3_600,
            second / 60 % 60
        )?;
        if !second.is_multiple_of(60) {
            write!(f, ":{:02}", second % 60)?;
        }
        f.write_str(" UTC")
    }
}

/// The moments at which a schedule fires, in order; from [`Schedule::next_times`].
#[derive(Clone, Debug)]
pub struct NextTimes<'a> {
    schedule: &'a Schedule,
    /// The last moment that is over.
    after: u64,
}

impl Schedule {
    /// The moments after `after` at which a rule with this schedule fires, in UTC.
    ///
    /// A cron expression ends with the year 2199, or with its own last year. A
    /// rate has no times of its own, because EventBridge counts it from the
    /// moment at which the rule is created: `after` is taken for that moment.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    /// use chalice_core::event_source::schedule::Schedule;
    /// let schedule = Schedule::parse("cron(0 18 ? * MON-FRI *)").unwrap();
    /// let saturday = UNIX_EPOCH + Duration::from_secs(1_795_219_200);
    /// let next = schedule.next_times(saturday).next().unwrap();
    /// assert_eq!(next.to_string(), "Mon 2026-11-23 18:00 UTC");
    /// ```
    pub fn next_times(&self, after: SystemTime) -> NextTimes<'_> {
        NextTimes {
            schedule: self,
            after: FiringTime::from(after).unix_seconds,
        }
    }
}

impl Iterator for NextTimes<'_> {
    type Item = FiringTime;

    fn next(&mut self) -> Option<FiringTime> {
        let unix_seconds = match self.schedule {
            Schedule::Rate(rate) => self.after.checked_add(rate.seconds())?,
            Schedule::Cron(cron) => next_minute(cron, self.after)?,
        };
        self.after = unix_seconds;
        Some(FiringTime { unix_seconds })
    }
}

/// The first moment after `after` at which `cron` fires, in Unix seconds.
fn next_minute(cron: &Cron, after: u64) -> Option<u64> {
    let minute = after / 60 + 1;
    let start = Date::from_days(minute / 1_440)?;
    if cron.fires_on(start)
        && let Some(time) = time_of_day(cron, (minute % 1_440) as u16)
    {
        return Some(start.days() * 86_400 + u64::from(time) * 60);
    }
    let date = cron.first_date(start.next())?;
    let time = time_of_day(cron, 0)?;
    Some(date.days() * 86_400 + u64::from(time) * 60)
}

/// The first time of a day from `from` on, in minutes.
fn time_of_day(cron: &Cron, from: u16) -> Option<u16> {
    let (hour, minute) = (from / 60, from % 60);
    if cron.hours.contains(hour)
        && let Some(minute) = cron.minutes.at_or_after(minute)
    {
        return Some(hour * 60 + minute);
    }
    let hour = cron.hours.at_or_after(hour + 1)?;
    Some(hour * 60 + cron.minutes.at_or_after(0)?)
}
