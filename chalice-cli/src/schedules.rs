//! The schedules of an app, and when they fire next.

use std::{fmt::Write, time::SystemTime};

use chalice_core::{
    event_source::schedule::Schedule,
    manifest::model::{FunctionKind, Manifest},
};

use crate::Error;

/// How many times are shown of a schedule.
const SHOWN: usize = 5;

/// What a schedule of an app is shown as: its function, its expression and the
/// next times after `now`, in UTC. Nothing for an app without schedules.
///
/// # Errors
///
/// When EventBridge would refuse an expression, which a manifest has only if
/// something other than the framework wrote it.
pub(crate) fn preview(manifest: &Manifest, now: SystemTime) -> Result<String, Error> {
    let mut text = String::new();
    for (function, schedule) in of(manifest)? {
        // Writing to a text does not fail.
        let _ = writeln!(text, "{function}  {schedule}");
        text.push_str(&next_times(&schedule, now));
    }
    Ok(text)
}

/// The functions of an app that have a schedule, by their names, with the schedule.
///
/// # Errors
///
/// As of [`preview`].
pub(crate) fn of(manifest: &Manifest) -> Result<Vec<(String, Schedule)>, Error> {
    let mut schedules = Vec::new();
    for function in &manifest.functions {
        if let FunctionKind::Scheduled(scheduled) = &function.kind {
            let schedule = Schedule::parse(&scheduled.schedule).map_err(|error| {
                format!("the schedule of the function `{}`: {error}", function.name)
            })?;
            schedules.push((function.name.clone(), schedule));
        }
    }
    Ok(schedules)
}

/// The next times, one per line and indented, with a line before them where they need a word.
fn next_times(schedule: &Schedule, now: SystemTime) -> String {
    let mut lines = String::new();
    if let Schedule::Rate(_) = schedule {
        lines.push_str("    counted from the creation of the rule; if that were now:\n");
    }
    for time in schedule.next_times(now).take(SHOWN) {
        let _ = writeln!(lines, "    {time}");
    }
    if lines.is_empty() {
        lines.push_str("    never again: the last of its times is over\n");
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use serde_json::json;

    use super::*;

    /// Of an app with these schedules, on Saturday, 21 November 2026, 00:00 UTC.
    fn on_saturday(schedules: &[&str]) -> Result<String, Error> {
        let source = json!({"module": "m", "item": "tick", "file": "src/main.rs", "line": 1});
        let functions: Vec<_> = schedules
            .iter()
            .map(|schedule| {
                json!({
                    "name": "tick", "type": "scheduled", "schedule": schedule, "on_failure": null,
                    "description": null, "source": source,
                })
            })
            .collect();
        let api = json!({"cors": null, "binary_types": [], "compression": null, "debug": false});
        let manifest = json!({
            "manifest_version": 1, "framework": {"name": "chalice", "version": "0"},
            "app": {"name": "a", "source": source, "api": api}, "functions": functions, "routes": [],
        });
        let manifest = Manifest::from_json(manifest.to_string().as_bytes()).unwrap();
        preview(&manifest, UNIX_EPOCH + Duration::from_secs(1_795_219_200))
    }

    #[test]
    fn times_of_the_calendar_and_intervals() {
        assert_eq!(
            on_saturday(&["cron(0 18 ? * MON-FRI *)", "rate(12 hours)"]).unwrap(),
            "\
tick  cron(0 18 ? * MON-FRI *)
    Mon 2026-11-23 18:00 UTC
    Tue 2026-11-24 18:00 UTC
    Wed 2026-11-25 18:00 UTC
    Thu 2026-11-26 18:00 UTC
    Fri 2026-11-27 18:00 UTC
tick  rate(12 hours)
    counted from the creation of the rule; if that were now:
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
        let over = on_saturday(&["cron(0 0 1 1 ? 2020)"]).unwrap();
        assert!(over.contains("never again"));
        assert_eq!(on_saturday(&[]).unwrap(), "");
        let error = on_saturday(&["rate(1 hours)"]).unwrap_err().to_string();
        assert!(error.starts_with("the schedule of the function `tick`: "));
    }
}
