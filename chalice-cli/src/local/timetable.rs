//! When which function is due.

use std::fmt;
use std::time::{Duration, SystemTime};

use chalice_core::event_source::schedule::{FiringTime, Schedule};

/// How late a function still fires: EventBridge promises the minute and no second
/// (Amazon EventBridge, "Creating a rule that runs on a schedule").
const TOLERANCE: Duration = Duration::from_secs(60);

/// The functions with schedules, and when each of them fires next.
#[derive(Debug, Default)]
pub(super) struct Timetable(Vec<Entry>);

/// A function, and when it fires next.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    function: String,
    schedule: Schedule,
    /// Nothing after its last time.
    next: Option<FiringTime>,
}

/// A function that is due.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Due {
    /// The function's name within the app.
    pub(super) function: String,
    /// The last of its times, of which this one is for.
    pub(super) time: FiringTime,
    /// Whether it is too late for that one.
    pub(super) missed: bool,
}

impl Timetable {
    /// Takes over the schedules of a new build, and says which of them are new. One that was there before
    /// keeps its times: a rate counts from when it was created, and not from the last build.
    pub(super) fn take_over(
        &mut self,
        schedules: Vec<(String, Schedule)>,
        now: SystemTime,
    ) -> impl Iterator<Item = &Entry> {
        let old = std::mem::take(&mut self.0);
        let is_old = |entry: &Entry| {
            let same =
                |old: &Entry| old.function == entry.function && old.schedule == entry.schedule;
            old.iter().find(|old| same(old)).map(|old| old.next)
        };
        let mut new = Vec::new();
        for (function, schedule) in schedules {
            let mut entry = Entry {
                next: schedule.next_times(now).next(),
                function,
                schedule,
            };
            let known = is_old(&entry);
            new.push(known.is_none());
            if let Some(next) = known {
                entry.next = next;
            }
            self.0.push(entry);
        }
        self.0
            .iter()
            .zip(new)
            .filter(|(_, new)| *new)
            .map(|(entry, _)| entry)
    }

    /// The functions that are due, each of them once: what came while this machine slept is not made up for.
    pub(super) fn due(&mut self, now: SystemTime) -> Vec<Due> {
        self.0
            .iter_mut()
            .filter_map(|entry| entry.due(now))
            .collect()
    }

    /// When the next of the functions fires.
    pub(super) fn next(&self) -> Option<SystemTime> {
        let times = self.0.iter().filter_map(|entry| entry.next);
        times.min().map(FiringTime::system_time)
    }
}

impl Entry {
    fn due(&mut self, now: SystemTime) -> Option<Due> {
        let mut last = self.next.filter(|time| time.system_time() <= now)?;
        // From one of its times to the next, so that a rate keeps its beat.
        self.next = loop {
            match self.schedule.next_times(last.system_time()).next() {
                Some(time) if time.system_time() <= now => last = time,
                next => break next,
            }
        };
        let late = now.duration_since(last.system_time()).unwrap_or_default();
        Some(Due {
            function: self.function.clone(),
            time: last,
            missed: late >= TOLERANCE,
        })
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Entry {
            function,
            schedule,
            next,
        } = self;
        match next {
            Some(next) => write!(f, "`{function}`, {schedule}, fires first on {next}"),
            None => write!(
                f,
                "`{function}`, {schedule}, never fires again: the last of its times is over"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    /// Saturday, 21 November 2026, 00:00 UTC, and some seconds.
    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_795_219_200 + seconds)
    }

    fn schedules(expressions: &[(&str, &str)]) -> Vec<(String, Schedule)> {
        expressions
            .iter()
            .map(|(name, text)| ((*name).to_owned(), Schedule::parse(text).unwrap()))
            .collect()
    }

    fn timetable(expressions: &[(&str, &str)], now: SystemTime) -> (Timetable, Vec<String>) {
        let mut timetable = Timetable::default();
        let said = timetable
            .take_over(schedules(expressions), now)
            .map(ToString::to_string)
            .collect();
        (timetable, said)
    }

    fn due(timetable: &mut Timetable, now: SystemTime) -> Vec<(String, String, bool)> {
        timetable
            .due(now)
            .into_iter()
            .map(|due| (due.function, due.time.rfc_3339().unwrap(), due.missed))
            .collect()
    }

    #[test]
    fn a_rate_fires_after_its_first_period_and_keeps_its_beat() {
        let (mut timetable, said) = timetable(&[("sweep", "rate(1 hour)")], at(7));
        assert_eq!(
            said,
            ["`sweep`, rate(1 hour), fires first on Sat 2026-11-21 01:00:07 UTC"]
        );
        assert_eq!(timetable.next(), Some(at(3_607)));
        assert_eq!(due(&mut timetable, at(3_606)), []);
        let fired = |time: &str| [("sweep".to_owned(), time.to_owned(), false)];
        // A little late.
        assert_eq!(
            due(&mut timetable, at(3_609)),
            fired("2026-11-21T01:00:07Z")
        );
        assert_eq!(due(&mut timetable, at(3_610)), []);
        assert_eq!(
            due(&mut timetable, at(7_207)),
            fired("2026-11-21T02:00:07Z")
        );
    }

    #[test]
    fn the_calendar_is_in_utc() {
        let (mut timetable, said) = timetable(
            &[
                ("report", "cron(30 9 * * ? *)"),
                ("over", "cron(0 0 1 1 ? 2020)"),
            ],
            at(0),
        );
        assert_eq!(
            said,
            [
                "`report`, cron(30 9 * * ? *), fires first on Sat 2026-11-21 09:30 UTC",
                "`over`, cron(0 0 1 1 ? 2020), never fires again: the last of its times is over"
            ]
        );
        let fired = due(&mut timetable, at(9 * 3_600 + 30 * 60));
        assert_eq!(
            fired,
            [(
                "report".to_owned(),
                "2026-11-21T09:30:00Z".to_owned(),
                false
            )]
        );
        assert_eq!(timetable.next(), Some(at(33 * 3_600 + 30 * 60)));
    }

    #[test]
    fn times_that_were_slept_through_are_not_made_up_for() {
        let (mut timetable, _) = timetable(&[("tick", "rate(5 minutes)")], at(0));
        // The last of them is not long ago, the others are.
        let fired = due(&mut timetable, at(8 * 3_600 + 59));
        assert_eq!(
            fired,
            [("tick".to_owned(), "2026-11-21T08:00:00Z".to_owned(), false)]
        );
        let missed = due(&mut timetable, at(16 * 3_600 + 60));
        assert_eq!(
            missed,
            [("tick".to_owned(), "2026-11-21T16:00:00Z".to_owned(), true)]
        );
        assert_eq!(timetable.next(), Some(at(16 * 3_600 + 300)));
    }

    #[test]
    fn a_new_build_changes_what_it_changes() {
        let before = [
            ("a", "rate(1 hour)"),
            ("b", "rate(1 hour)"),
            ("c", "rate(1 hour)"),
        ];
        let (mut timetable, _) = timetable(&before, at(0));
        let after = [
            ("d", "rate(2 hours)"),
            ("b", "rate(2 hours)"),
            ("a", "rate(1 hour)"),
        ];
        let said: Vec<String> = timetable
            .take_over(schedules(&after), at(1_800))
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            said,
            [
                "`d`, rate(2 hours), fires first on Sat 2026-11-21 02:30 UTC",
                "`b`, rate(2 hours), fires first on Sat 2026-11-21 02:30 UTC"
            ]
        );
        let fired = due(&mut timetable, at(3_600));
        assert_eq!(
            fired,
            [("a".to_owned(), "2026-11-21T01:00:00Z".to_owned(), false)]
        );
        assert_eq!(due(&mut timetable, at(9_000)).len(), 3);
    }
}
