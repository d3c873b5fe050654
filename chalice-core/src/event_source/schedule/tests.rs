//! Schedules against a matcher that asks of every minute whether they fire.

use std::time::{Duration, UNIX_EPOCH};

use proptest::prelude::*;

use super::*;

/// The minutes among `minutes` that `fields`, of the simple kind that [`fields`] makes, name.
fn named_minutes(fields: &[String; 6], minutes: std::ops::Range<u64>) -> Vec<u64> {
    let mut named = Vec::new();
    let mut today: Option<(u64, [u64; 4], u64)> = None;
    for minute in minutes {
        let days = minute / 1_440;
        let (_, values, last) = match today {
            Some(known @ (day, ..)) if day == days => known,
            _ => {
                let (values, last) = day_of(days);
                *today.insert((days, values, last))
            }
        };
        let [day, month, weekday, year] = values;
        let values = [minute % 60, minute / 60 % 24, day, month, weekday, year];
        if (0..6).all(|at| field_names(&fields[at], values[at], SPANS[at], day, last)) {
            named.push(minute);
            if named.len() == 5 {
                break;
            }
        }
    }
    named
}

const SPANS: [(u64, u64); 6] = [(0, 59), (0, 23), (1, 31), (1, 12), (1, 7), (1970, 2199)];

/// Day of the month, month, day of the week and year, and the last day of the month, before 2100.
fn day_of(days: u64) -> ([u64; 4], u64) {
    let (mut year, mut rest) = (1970, days);
    let length = |year: u64| if year.is_multiple_of(4) { 366 } else { 365 };
    while rest >= length(year) {
        rest -= length(year);
        year += 1;
    }
    let february = if year.is_multiple_of(4) { 29 } else { 28 };
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while rest >= lengths[month] {
        rest -= lengths[month];
        month += 1;
    }
    (
        [rest + 1, month as u64 + 1, (days + 4) % 7 + 1, year],
        lengths[month],
    )
}

fn field_names(field: &str, value: u64, span: (u64, u64), day: u64, last: u64) -> bool {
    match field {
        "?" => true,
        "L" => value == last,
        _ => {
            if let Some((weekday, nth)) = field.split_once('#') {
                weekday == value.to_string() && nth == ((day - 1) / 7 + 1).to_string()
            } else if let Some(weekday) = field.strip_suffix('L') {
                weekday == value.to_string() && day + 7 > last
            } else {
                field.split(',').any(|item| item_names(item, value, span))
            }
        }
    }
}

fn item_names(item: &str, value: u64, (min, max): (u64, u64)) -> bool {
    let (base, step) = match item.split_once('/') {
        Some((base, step)) => (base, step.parse::<u64>().unwrap()),
        None => (item, 1),
    };
    let (first, last) = match base.split_once('-') {
        _ if base == "*" => (min, max),
        Some((first, last)) => (first.parse().unwrap(), last.parse().unwrap()),
        None if item.contains('/') => (base.parse().unwrap(), max),
        None => (base.parse().unwrap(), base.parse().unwrap()),
    };
    let mut at = first;
    loop {
        if at == value {
            return true;
        }
        if at == last {
            return false;
        }
        for _ in 0..step {
            if at == last {
                return false;
            }
            at = if at == max { min } else { at + 1 };
        }
    }
}

fn items(min: u16, max: u16) -> impl Strategy<Value = String> {
    let value = move || min..=max;
    let item = prop_oneof![
        4 => value().prop_map(|value| value.to_string()),
        2 => Just("*".to_owned()),
        2 => (value(), value()).prop_map(|(first, last)| format!("{first}-{last}")),
        1 => (value(), value(), 1..max - min).prop_map(|(first, last, step)| format!("{first}-{last}/{step}")),
        1 => (value(), 1..max - min).prop_map(|(first, step)| format!("{first}/{step}")),
        1 => (1..max - min).prop_map(|step| format!("*/{step}")),
    ];
    prop::collection::vec(item, 1..3).prop_map(|items| items.join(","))
}

fn fields() -> impl Strategy<Value = [String; 6]> {
    let day = prop_oneof![
        4 => (items(1, 31), Just("?".to_owned())),
        1 => (Just("L".to_owned()), Just("?".to_owned())),
        4 => (Just("?".to_owned()), items(1, 7)),
        1 => (Just("?".to_owned()), (1..=7u8, 1..=5u8).prop_map(|(day, nth)| format!("{day}#{nth}"))),
        1 => (Just("?".to_owned()), (1..=7u8).prop_map(|day| format!("{day}L"))),
    ];
    let year = prop_oneof![3 => Just("*".to_owned()), 1 => Just("2026-2027".to_owned())];
    (items(0, 59), items(0, 23), day, items(1, 12), year).prop_map(
        |(minutes, hours, (day, weekday), month, year)| [minutes, hours, day, month, weekday, year],
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn next_times_are_the_minutes_that_the_fields_name(
        fields in fields(),
        // In 2026 and 2027.
        after in 1_767_225_600u64..1_830_297_600,
    ) {
        const SEARCHED: u64 = 35 * 1_440;
        let minutes = after / 60 + 1..after / 60 + 1 + SEARCHED;
        let naive = named_minutes(&fields, minutes.clone());
        let Ok(schedule) = Schedule::parse(&format!("cron({})", fields.join(" "))) else {
            // A date such as 31 February.
            prop_assert!(naive.is_empty(), "{naive:?}");
            return Ok(());
        };
        let found: Vec<u64> = schedule
            .next_times(UNIX_EPOCH + Duration::from_secs(after))
            .take(5)
            .map(|time| time.unix_seconds() / 60)
            .filter(|minute| minutes.contains(minute))
            .collect();
        prop_assert_eq!(found, naive);
    }

    #[test]
    fn the_canonical_form_means_the_same(fields in fields()) {
        if let Ok(schedule) = Schedule::parse(&format!("cron({})", fields.join("  "))) {
            let canonical = schedule.to_string();
            prop_assert_eq!(Schedule::parse(&canonical), Ok(schedule));
        }
    }

    #[test]
    fn rates_round_trip(value in 1u32.., unit in 0..3usize) {
        let rate = Rate::new(value, [RateUnit::Minutes, RateUnit::Hours, RateUnit::Days][unit]);
        prop_assert_eq!(Schedule::parse(&rate.to_string()), Ok(Schedule::Rate(rate)));
    }

    #[test]
    fn any_text_is_answered(text in "(rate|cron|at)?\\(?[ 0-9a-zA-Z*?#LW/,.(ä-]{0,40}\\)?") {
        match Schedule::parse(&text) {
            Ok(schedule) => {
                let canonical = schedule.to_string();
                prop_assert_eq!(Schedule::parse(&canonical).map(|schedule| schedule.to_string()), Ok(canonical));
            }
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn near_misses_of_cron_are_answered(fields in prop::collection::vec("[0-9*?#LWa-zA-Z/,-]{1,6}", 4..8)) {
        if let Err(error) = Schedule::parse(&format!("cron({})", fields.join(" "))) {
            prop_assert!(!error.to_string().is_empty());
        }
    }
}

fn problem(text: &str) -> String {
    Schedule::parse(text).unwrap_err().to_string()
}

#[test]
fn what_is_no_schedule() {
    assert!(problem("5 minutes").ends_with("\"rate(5 minutes)\""));
    assert!(problem("0 18 ? * MON-FRI *").contains("\"cron(..)\" around the fields"));
    assert!(problem("Rate(5 minutes)").ends_with("write \"rate(5 minutes)\""));
    assert!(problem("rate (5 minutes)").ends_with("write \"rate(5 minutes)\""));
    assert!(problem("corn(0 18 ? * MON-FRI *)").ends_with("write \"cron(0 18 ? * MON-FRI *)\""));
    assert!(problem("at(2026-11-21T13:00:00)").contains("EventBridge Scheduler"));
    assert!(problem("").contains("is not a schedule"));
    assert!(problem(&format!("cron({})", "*".repeat(300))).contains("at most 256"));
}

#[test]
fn times_after_a_moment() {
    let next = |text: &str, after: u64| -> Vec<String> {
        Schedule::parse(text)
            .unwrap()
            .next_times(UNIX_EPOCH + Duration::from_secs(after))
            .take(3)
            .map(|time| time.to_string())
            .collect()
    };
    // Saturday, 21 November 2026, 00:00.
    let midnight = 1_795_219_200;
    assert_eq!(
        next("cron(0/30 20-2 ? * SAT *)", midnight),
        [
            "Sat 2026-11-21 00:30 UTC",
            "Sat 2026-11-21 01:00 UTC",
            "Sat 2026-11-21 01:30 UTC"
        ]
    );
    assert_eq!(
        next("cron(0 0 * * ? *)", midnight - 1),
        [
            "Sat 2026-11-21 00:00 UTC",
            "Sun 2026-11-22 00:00 UTC",
            "Mon 2026-11-23 00:00 UTC"
        ]
    );
    assert_eq!(
        next("rate(1 day)", midnight + 61),
        [
            "Sun 2026-11-22 00:01:01 UTC",
            "Mon 2026-11-23 00:01:01 UTC",
            "Tue 2026-11-24 00:01:01 UTC"
        ]
    );
    assert_eq!(next("cron(0 0 1 1 ? 2020)", midnight), [""; 0]);
    assert_eq!(
        next("cron(59 23 31 12 ? 2199)", midnight),
        ["Tue 2199-12-31 23:59 UTC"]
    );
}
