//! The times in events: RFC 3339 texts, and seconds or milliseconds since 1970.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The time that an RFC 3339 text names, such as `2018-05-22T04:41:23.823Z`;
/// `None` for any other text, and for a year before 1970.
pub(crate) fn rfc3339(text: &str) -> Option<SystemTime> {
    let (date, rest) = (text.get(..10)?.as_bytes(), text.get(10..)?);
    let (clock, rest) = (rest.get(..9)?.as_bytes(), rest.get(9..)?);
    let separated = (date[4], date[7], clock[3], clock[6]) == (b'-', b'-', b':', b':');
    if !separated || !matches!(clock[0], b'T' | b't' | b' ') {
        return None;
    }
    let (year, month, day) = (
        number(&date[..4])?,
        number(&date[5..7])?,
        number(&date[8..])?,
    );
    let (hour, minute, second) = (
        number(&clock[1..3])?,
        number(&clock[4..6])?,
        number(&clock[7..])?,
    );
    // A leap second is the first one of the next minute.
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (nanoseconds, zone) = fraction(rest)?;
    let seconds = days_since_1970(year, month, day)? * 86_400 + hour * 3600 + minute * 60 + second;
    let seconds = seconds.checked_sub(offset(zone)?)?;
    UNIX_EPOCH.checked_add(Duration::new(u64::try_from(seconds).ok()?, nanoseconds))
}

/// The time that is so many seconds after 1970, to the microsecond: a floating
/// point number of that size says no more.
pub(super) fn seconds(seconds: f64) -> Option<SystemTime> {
    let microseconds = (seconds * 1e6).round();
    // Until the year 9999, which is far below what the cast can hold.
    if !(0.0..253_402_300_800e6).contains(&microseconds) {
        return None;
    }
    UNIX_EPOCH.checked_add(Duration::from_micros(microseconds as u64))
}

/// The time that is so many milliseconds after 1970, given as text.
pub(super) fn milliseconds(text: &str) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(Duration::from_millis(text.parse().ok()?))
}

/// A number of decimal digits alone.
fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |number, digit| {
        digit
            .is_ascii_digit()
            .then(|| number * 10 + i64::from(digit - b'0'))
    })
}

/// The nanoseconds of a fraction, if there is one, and the text behind it.
fn fraction(text: &str) -> Option<(u32, &str)> {
    let Some(fraction) = text.strip_prefix('.') else {
        return Some((0, text));
    };
    let end = fraction.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, zone) = fraction.split_at(end);
    let mut nanoseconds = 0;
    let mut unit = 100_000_000;
    for digit in digits.bytes() {
        nanoseconds += u32::from(digit - b'0') * unit;
        unit /= 10;
    }
    (!digits.is_empty()).then_some((nanoseconds, zone))
}

/// The seconds by which a zone is ahead of UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" || zone == "z" {
        return Some(0);
    }
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    if (hours.len(), minutes.len()) != (2, 2) {
        return None;
    }
    let (hours, minutes) = (number(hours.as_bytes())?, number(minutes.as_bytes())?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// How many days after 1970-01-01 a day is; `None` for a day that no calendar has.
fn days_since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(is_leap),
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    // Years that begin in March, so that the leap day is the last of one.
    let (year, month) = match month {
        1 | 2 => (year - 1, month + 9),
        _ => (year, month - 3),
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(year * 365 + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn since_1970(text: &str) -> Option<f64> {
        let time = rfc3339(text)?;
        Some(time.duration_since(UNIX_EPOCH).unwrap().as_secs_f64())
    }

    #[test]
    fn texts_are_times() {
        assert_eq!(since_1970("1970-01-01T00:00:00Z"), Some(0.0));
        assert_eq!(
            since_1970("2018-05-22T04:41:23.823Z"),
            Some(1_526_964_083.823)
        );
        assert_eq!(since_1970("2000-02-29T00:00:00.5Z"), Some(951_782_400.5));
        assert_eq!(since_1970("2015-11-11T21:29:54Z"), Some(1_447_277_394.0));
        assert_eq!(
            since_1970("2015-11-11T22:59:54+01:30"),
            Some(1_447_277_394.0)
        );
        assert_eq!(
            since_1970("2015-11-11T20:29:54-01:00"),
            Some(1_447_277_394.0)
        );
        assert_eq!(since_1970("2016-12-31T23:59:60Z"), Some(1_483_228_800.0));
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "",
            "2015-11-11",
            "2015-11-11T21:29:54",
            "2015-11-11T21:29Z",
            "2015-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2015-13-01T00:00:00Z",
            "2015-00-01T00:00:00Z",
            "2015-01-32T00:00:00Z",
            "2015-01-01T24:00:00Z",
            "2015-01-01T00:60:00Z",
            "2015-01-01T00:00:61Z",
            "2015-01-01T00:00:00.Z",
            "2015-01-01T00:00:00+1:00",
            "2015-01-01T00:00:00+01:0é",
            "+015-01-01T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "1970-01-01T00:00:00+00:01",
        ] {
            assert_eq!(rfc3339(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_times() {
        let time = UNIX_EPOCH + Duration::from_millis(1_545_084_650_987);
        assert_eq!(seconds(1_545_084_650.987), Some(time));
        assert_eq!(seconds(0.0), Some(UNIX_EPOCH));
        assert_eq!(milliseconds("1545084650987"), Some(time));
        for none in [-1.0, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(seconds(none), None);
        }
        for none in ["", "-1", "1.5", "99999999999999999999"] {
            assert_eq!(milliseconds(none), None);
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,40}|[0-9T:Zz.+-]{15,30}") {
            rfc3339(&text);
        }

        #[test]
        fn no_number_panics(number in any::<f64>()) {
            seconds(number);
        }
    }

    /// Day by day through 400 years, by the rules of the calendar.
    #[test]
    fn no_day_is_missing() {
        let (mut year, mut month, mut day) = (1970, 1, 1);
        for expected in 0..146_097 {
            assert_eq!(days_since_1970(year, month, day), Some(expected));
            (year, month, day) = if days_since_1970(year, month, day + 1).is_some() {
                (year, month, day + 1)
            } else if month < 12 {
                (year, month + 1, 1)
            } else {
                (year + 1, 1, 1)
            };
        }
        assert_eq!((year, month, day), (2370, 1, 1));
    }
}
