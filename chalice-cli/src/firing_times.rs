//! When a schedule fires next, for people.

use std::{fmt::Write, time::SystemTime};

use chalice_core::event_source::schedule::{Schedule, ScheduleError};

/// How many times are shown of a schedule.
const SHOWN: usize = 5;

/// The next times after `now` at which a rule with this schedule fires, one
/// per line and indented, with a line before them where they need a word.
///
/// # Errors
///
/// When EventBridge would refuse the expression, which an app's manifest has
/// only if it was not written by the framework.
pub(crate) fn preview(expression: &str, now: SystemTime) -> Result<String, ScheduleError> {
    let schedule = Schedule::parse(expression)?;
    let mut lines = String::new();
    if let Schedule::Rate(_) = schedule {
        lines.push_str("    counted from the creation of the rule; if that were now:\n");
    }
    for time in schedule.next_times(now).take(SHOWN) {
        // Writing to a text does not fail.
        let _ = writeln!(lines, "    {time}");
    }
    if lines.is_empty() {
        lines.push_str("    never again: the last of its times is over\n");
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    /// Saturday, 21 November 2026, 00:00 UTC.
    fn saturday() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_795_219_200)
    }

    #[test]
    fn times_of_the_calendar() {
        assert_eq!(
            preview("cron(0 18 ? * MON-FRI *)", saturday()).unwrap(),
            "    Mon 2026-11-23 18:00 UTC
    Tue 2026-11-24 18:00 UTC
    Wed 2026-11-25 18:00 UTC
    Thu 2026-11-26 18:00 UTC
    Fri 2026-11-27 18:00 UTC
"
        );
    }

    #[test]
    fn intervals() {
        assert_eq!(
            preview("rate(12 hours)", saturday()).unwrap(),
            "    counted from the creation of the rule; if that were now:
    Sat 2026-11-21 12:00 UTC
    Sun 2026-11-22 00:00 UTC
    Sun 2026-11-22 12:00 UTC
    Mon 2026-11-23 00:00 UTC
    Mon 2026-11-23 12:00 UTC
"
        );
    }

    #[test]
    fn what_is_over_and_what_is_none() {
        assert!(
            preview("cron(0 0 1 1 ? 2020)", saturday())
                .unwrap()
                .contains("never again")
        );
        assert!(preview("rate(1 hours)", saturday()).is_err());
    }
}
