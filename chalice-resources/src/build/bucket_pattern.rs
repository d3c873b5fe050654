//! The event pattern that stands for notifications of a bucket.

use std::iter;

use chalice_core::{
    event_source::s3::{Counterpart, counterparts, decoded},
    manifest::model::S3Function,
    suggest::list,
};
use serde_json::{Map, Value, json};

use crate::Problem;

/// The pattern of a rule that passes on what the function of that name would be notified of.
pub(super) fn pattern(
    name: &str,
    function: &S3Function,
) -> Result<Map<String, Value>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut problem =
        |text: String| problems.push(Problem::new(format!("the function `{name}`"), text));
    let events = || function.events.iter().map(String::as_str);
    let unsent: Vec<&str> = events()
        .filter(|event| counterparts(event).next().is_none())
        .collect();
    if !unsent.is_empty() {
        problem(format!(
            "Amazon S3 does not send {} to Amazon EventBridge, and the stage has its events of buckets from there \
             (`\"s3_events\": \"eventbridge\"`): leave this out of the handler's `events`, or have notifications \
             (`\"s3_events\": \"notification\"`)",
            list(unsent.iter().copied())
        ));
    }
    let mut filter = |setting: &str, text: &Option<String>| {
        let text = text.as_deref().unwrap_or_default();
        decoded(text).unwrap_or_else(|| {
            problem(format!(
                "its `{setting}` {text:?} has a part of a character, and Amazon EventBridge compares keys that are not \
                 URL-encoded, so that there is no such text: write all bytes of the character, or none"
            ));
            String::new()
        })
    };
    let prefix = filter("prefix", &function.prefix);
    let suffix = filter("suffix", &function.suffix);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut detail = json!({ "bucket": { "name": [function.bucket] } });
    let keys = keys(&prefix, &suffix);
    if !keys.is_empty() {
        detail["object"] = json!({ "key": keys });
    }
    let mut pattern = Map::from_iter([
        ("source".to_owned(), json!(["aws.s3"])),
        ("detail".to_owned(), detail),
    ]);
    match &*conditions(events().flat_map(counterparts)) {
        [condition] => {
            pattern.insert("detail-type".to_owned(), json!(condition.detail_types));
            if let (Some(Value::Object(detail)), Value::Object(own)) =
                (pattern.get_mut("detail"), condition.detail())
            {
                detail.extend(own);
            }
        }
        conditions => {
            let conditions = conditions.iter().map(Condition::pattern).collect();
            pattern.insert("$or".to_owned(), Value::Array(conditions));
        }
    }
    Ok(pattern)
}

/// What events have to be, all of it: one of these types, for one of these reasons, by one of these ways.
#[derive(Debug)]
struct Condition {
    detail_types: Vec<&'static str>,
    /// Empty where any will do.
    reasons: Vec<&'static str>,
    /// Empty where any will do.
    deletion_types: Vec<&'static str>,
}

impl Condition {
    fn of(counterpart: &Counterpart) -> Condition {
        Condition {
            detail_types: vec![counterpart.detail_type],
            reasons: counterpart.reason.into_iter().collect(),
            deletion_types: counterpart.deletion_type.into_iter().collect(),
        }
    }

    /// Takes another condition in, if nothing else fits then than one of the two. So they may differ in one member.
    fn takes(&mut self, other: &Condition) -> bool {
        let is_same = |at: usize| match at {
            0 => self.detail_types == other.detail_types,
            1 => self.reasons == other.reasons,
            _ => self.deletion_types == other.deletion_types,
        };
        let differing: Vec<usize> = (0..3).filter(|at| !is_same(*at)).collect();
        let (own, others) = match *differing {
            [] => return true,
            [0] => (&mut self.detail_types, &other.detail_types),
            [1] => (&mut self.reasons, &other.reasons),
            [2] => (&mut self.deletion_types, &other.deletion_types),
            _ => return false,
        };
        // Where any will do, there is no list to make longer.
        let are_lists = !own.is_empty() && !others.is_empty();
        if are_lists {
            own.extend(others);
        }
        are_lists
    }

    fn detail(&self) -> Value {
        let mut detail = json!({});
        for (name, values) in [
            ("reason", &self.reasons),
            ("deletion-type", &self.deletion_types),
        ] {
            if !values.is_empty() {
                detail[name] = json!(values);
            }
        }
        detail
    }

    fn pattern(&self) -> Value {
        let mut pattern = json!({ "detail-type": self.detail_types });
        let detail = self.detail();
        if detail != json!({}) {
            pattern["detail"] = detail;
        }
        pattern
    }
}

/// Few conditions, of which an event has to fulfil one.
fn conditions(counterparts: impl Iterator<Item = &'static Counterpart>) -> Vec<Condition> {
    let mut conditions: Vec<Condition> = Vec::new();
    for counterpart in counterparts {
        let condition = Condition::of(counterpart);
        if !conditions.iter_mut().any(|it| it.takes(&condition)) {
            conditions.push(condition);
        }
    }
    conditions
}

/// What the keys are that begin and end so: one of these; any if there is none.
fn keys(prefix: &str, suffix: &str) -> Vec<Value> {
    match (prefix, suffix) {
        ("", "") => Vec::new(),
        (prefix, "") => vec![json!({ "prefix": prefix })],
        ("", suffix) => vec![json!({ "suffix": suffix })],
        (prefix, suffix) => {
            let wildcard = format!("{}*{}", escaped(prefix), escaped(suffix));
            // Of a shorter key, the end of the prefix is the beginning of the suffix: `abc` begins with `ab` and ends
            // with `bc`. Amazon S3 takes such a key, and the wildcard does not.
            let ends = suffix.char_indices().map(|(at, _)| at).skip(1);
            let shorter = ends
                .chain(iter::once(suffix.len()))
                .map(|at| suffix.split_at(at))
                .filter(|(shared, _)| prefix.ends_with(shared))
                .map(|(_, rest)| json!(format!("{prefix}{rest}")));
            iter::once(json!({ "wildcard": wildcard }))
                .chain(shorter)
                .collect()
        }
    }
}

/// A text that stands for itself in a `wildcard` (Amazon EventBridge, "Comparison operators for use in event
/// patterns", "Matching using wildcards").
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('*', "\\*")
}
