//! Fires the app's schedules, as Amazon EventBridge would.

use std::sync::{Arc, Weak};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use chalice_core::event_source::schedule::{FiringTime, Schedule};
use serde_json::Value;
use uuid::Uuid;

use super::deployment::{Current, Deployment};
use super::invocation::{Invoked, invoke};
use super::timetable::Timetable;
use crate::schedules;

/// The longest wait. The clock by which one waits stands still while the machine sleeps, and a new
/// build may have other schedules.
const LONGEST_WAIT: Duration = Duration::from_secs(1);
/// The shortest wait, for what is due in less than the system's timer can tell.
const SHORTEST_WAIT: Duration = Duration::from_millis(5);

/// What has schedules, and can be invoked.
trait Scheduled {
    /// The schedules, if there are others than at the last time.
    fn changed(&mut self) -> Option<Vec<(String, Schedule)>>;

    /// Invokes the function for that time.
    fn fire(&self, function: &str, time: FiringTime);

    /// Tells the developer.
    fn say(&self, line: String);
}

/// Fires the schedules of the deployment that is current, until the future is dropped.
pub(super) async fn run(current: &Current, stage: &str) {
    let served = Served {
        current,
        stage,
        seen: Weak::new(),
    };
    fire_all(served, SystemTime::now).await;
}

async fn fire_all(mut app: impl Scheduled, now: impl Fn() -> SystemTime) {
    let mut timetable = Timetable::default();
    loop {
        if let Some(schedules) = app.changed() {
            for entry in timetable.take_over(schedules, now()) {
                app.say(format!("Schedule of {entry}"));
            }
        }
        for due in timetable.due(now()) {
            let (function, time) = (due.function, due.time);
            if due.missed {
                app.say(format!(
                    "note: the schedule of `{function}` was due while this machine slept, the last time on {time}: \
                     it goes on with the next"
                ));
            } else {
                app.say(format!("Schedule of `{function}` fires: {time}"));
                app.fire(&function, time);
            }
        }
        let until_next = timetable.next().map_or(LONGEST_WAIT, |next| {
            next.duration_since(now()).unwrap_or_default()
        });
        tokio::time::sleep(until_next.clamp(SHORTEST_WAIT, LONGEST_WAIT)).await;
    }
}

/// The app as it is served.
struct Served<'a> {
    current: &'a Current,
    stage: &'a str,
    /// The deployment whose schedules are known. It may end.
    seen: Weak<Deployment>,
}

impl Scheduled for Served<'_> {
    fn changed(&mut self) -> Option<Vec<(String, Schedule)>> {
        let deployment = self.current.get();
        let new = Arc::downgrade(&deployment);
        if self.seen.ptr_eq(&new) {
            return None;
        }
        self.seen = new;
        match schedules::of(deployment.manifest()) {
            Ok(schedules) => Some(schedules),
            Err(error) => {
                eprintln!("error: {error}");
                None
            }
        }
    }

    fn fire(&self, function: &str, time: FiringTime) {
        let deployment = self.current.get();
        let Some(pool) = deployment.function(function).cloned() else {
            // A build of this very moment, which has it no more.
            return;
        };
        let event = event(deployment.app_name(), self.stage, function, time);
        let function = function.to_owned();
        // EventBridge does not wait for the answer, and neither do other schedules.
        tokio::spawn(async move {
            if let Invoked::Failed {
                error_type,
                error_message,
            } = invoke(&pool, event).await
            {
                eprintln!("error: {function}: {error_type}: {error_message}");
            }
        });
    }

    fn say(&self, line: String) {
        eprintln!("{line}");
    }
}

/// What EventBridge sends (Amazon EventBridge, "Event structure reference"), from the rule that Chalice makes for
/// the function.
fn event(app: &str, stage: &str, function: &str, time: FiringTime) -> Bytes {
    let mut event = chalice_events::schedule(&format!("{app}-{stage}-{function}-event"))
        .id(&Uuid::new_v4().to_string());
    if let Some(time) = time.rfc_3339() {
        event = event.time(&time);
    }
    let mut event = Value::from(event);
    // A text on AWS, and a number in Chalice's test client.
    event["version"] = "0".into();
    event.to_string().into()
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};
    use std::time::UNIX_EPOCH;

    use super::*;

    /// Saturday, 21 November 2026, 00:00 UTC.
    fn start() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_795_219_200)
    }

    /// An app that has schedules from some second on, and notes what happens.
    struct Noted<'a> {
        begin: tokio::time::Instant,
        /// Each set of schedules, with the second from which on it is the current one; the first one last.
        builds: Vec<(u64, Vec<(&'static str, &'static str)>)>,
        slept: &'a Cell<Duration>,
        fired: &'a RefCell<Vec<String>>,
        said: &'a RefCell<Vec<String>>,
    }

    impl Scheduled for Noted<'_> {
        fn changed(&mut self) -> Option<Vec<(String, Schedule)>> {
            let (from, _) = self.builds.last()?;
            if self.begin.elapsed().as_secs() < *from {
                return None;
            }
            let (_, schedules) = self.builds.pop()?;
            let schedules = schedules.into_iter();
            Some(
                schedules
                    .map(|(name, text)| (name.to_owned(), Schedule::parse(text).unwrap()))
                    .collect(),
            )
        }

        fn fire(&self, function: &str, time: FiringTime) {
            let time = time.rfc_3339().unwrap();
            self.fired.borrow_mut().push(format!("{function} {time}"));
            if function == "sleepy" {
                self.slept.set(Duration::from_secs(10 * 3_600));
            }
        }

        fn say(&self, line: String) {
            self.said.borrow_mut().push(line);
        }
    }

    /// What has fired, and what was said, after that many seconds of the clock that does not count sleep.
    async fn after(
        seconds: u64,
        builds: &[(u64, &[(&'static str, &'static str)])],
    ) -> (Vec<String>, Vec<String>) {
        let begin = tokio::time::Instant::now();
        let slept = Cell::default();
        let (fired, said) = (RefCell::default(), RefCell::default());
        let builds = builds.iter().rev();
        let noted = Noted {
            begin,
            builds: builds
                .map(|(from, schedules)| (*from, schedules.to_vec()))
                .collect(),
            slept: &slept,
            fired: &fired,
            said: &said,
        };
        let all = fire_all(noted, || start() + begin.elapsed() + slept.get());
        let ended = tokio::time::timeout(Duration::from_secs(seconds), all).await;
        assert!(ended.is_err());
        (fired.into_inner(), said.into_inner())
    }

    #[tokio::test(start_paused = true)]
    async fn rates_and_times_of_the_calendar() {
        let schedules = [
            ("half", "rate(30 minutes)"),
            ("daily", "cron(15 1 * * ? *)"),
        ];
        let (fired, said) = after(5_401, &[(0, &schedules)]).await;
        assert_eq!(
            fired,
            [
                "half 2026-11-21T00:30:00Z",
                "half 2026-11-21T01:00:00Z",
                "daily 2026-11-21T01:15:00Z",
                "half 2026-11-21T01:30:00Z",
            ]
        );
        assert_eq!(
            said[..3],
            [
                "Schedule of `half`, rate(30 minutes), fires first on Sat 2026-11-21 00:30 UTC",
                "Schedule of `daily`, cron(15 1 * * ? *), fires first on Sat 2026-11-21 01:15 UTC",
                "Schedule of `half` fires: Sat 2026-11-21 00:30 UTC",
            ]
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_new_build_takes_over() {
        let (fired, _) = after(
            8_000,
            &[
                (0, &[("a", "rate(1 hour)"), ("b", "rate(1 hour)")]),
                (1_800, &[("a", "rate(1 hour)"), ("c", "rate(1 hour)")]),
                (5_000, &[]),
            ],
        )
        .await;
        assert_eq!(fired, ["a 2026-11-21T01:00:00Z"]);
        let (fired, _) = after(
            7_300,
            &[
                (0, &[("a", "rate(1 hour)")]),
                (1_800, &[("a", "rate(1 hour)"), ("c", "rate(1 hour)")]),
            ],
        )
        .await;
        assert_eq!(
            fired,
            [
                "a 2026-11-21T01:00:00Z",
                "c 2026-11-21T01:30:00Z",
                "a 2026-11-21T02:00:00Z"
            ]
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_machine_that_sleeps() {
        let schedules = [
            ("sleepy", "cron(0 1 * * ? *)"),
            ("quarter", "cron(10/15 * * * ? *)"),
        ];
        let (fired, said) = after(4_500, &[(0, &schedules)]).await;
        // At 01:00 it falls asleep, until 11:00.
        assert_eq!(
            fired,
            [
                "quarter 2026-11-21T00:10:00Z",
                "quarter 2026-11-21T00:25:00Z",
                "quarter 2026-11-21T00:40:00Z",
                "quarter 2026-11-21T00:55:00Z",
                "sleepy 2026-11-21T01:00:00Z",
                "quarter 2026-11-21T11:10:00Z",
            ]
        );
        let note = "note: the schedule of `quarter` was due while this machine slept, the last time on Sat 2026-11-21 \
                    10:55 UTC: it goes on with the next";
        assert_eq!(
            said.iter().filter(|line| *line == note).count(),
            1,
            "{said:?}"
        );
    }

    #[test]
    fn the_event_of_a_rule() {
        let event = event("shop", "dev", "sweep", start().into());
        let event: Value = serde_json::from_slice(&event).unwrap();
        assert_eq!(event["time"], "2026-11-21T00:00:00Z");
        assert_eq!(event["version"], "0");
        assert_eq!(
            (&event["source"], &event["detail-type"]),
            (&"aws.events".into(), &"Scheduled Event".into())
        );
        let resource = event["resources"][0].as_str().unwrap();
        assert!(
            resource.ends_with(":rule/shop-dev-sweep-event"),
            "{resource}"
        );
    }
}
