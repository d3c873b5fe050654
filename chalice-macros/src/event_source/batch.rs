//! The settings that queues and streams share: how batches are made and handled.

use std::ops::RangeInclusive;

use super::{
    given::Given,
    model::{Batch, Source},
};
use crate::{errors::Errors, json, settings};

/// For how many seconds AWS Lambda gathers records at most (AWS Lambda,
/// `CreateEventSourceMapping`, `MaximumBatchingWindowInSeconds`).
const WINDOW: RangeInclusive<u32> = 0..=300;

pub(super) const WINDOW_KEY: &str = "maximum_batching_window_in_seconds";

/// The window.
pub(super) fn window(given: &Given<'_>, errors: &mut Errors) -> u32 {
    given.number(
        WINDOW_KEY,
        0,
        WINDOW,
        "AWS Lambda waits for more records for at most 300 seconds",
        errors,
    )
}

/// Whether the answer names failed records.
pub(super) fn report(given: &Given<'_>, source: &mut Source, errors: &mut Errors) -> bool {
    let report = given.flag("report_batch_item_failures", true, errors);
    source.member("report_batch_item_failures", report);
    report
}

/// Where in a stream a function starts.
pub(super) fn starting_position(given: &Given<'_>, source: &mut Source, errors: &mut Errors) {
    const POSITIONS: [&str; 2] = ["LATEST", "TRIM_HORIZON"];
    let position = given.checked(
        "starting_position",
        "TRIM_HORIZON",
        |position| {
            if POSITIONS.contains(&position) {
                return Ok(());
            }
            let hint = chalice_core::suggest::did_you_mean(position, POSITIONS);
            Err(format!(
                "a stream has no starting position {position:?}{hint}\nhelp: \"LATEST\" starts with what comes after \
                 the deployment, \"TRIM_HORIZON\" with the oldest record that the stream still has"
            ))
        },
        errors,
    );
    source.member(
        "starting_position",
        json::string(position.as_deref().unwrap_or("LATEST")),
    );
}

/// How batches of a stream are handled: in order, because a shard is one.
pub(super) fn of_stream(report_batch_item_failures: bool) -> Batch {
    Batch {
        concurrency: 1,
        report_batch_item_failures,
    }
}

/// The filter patterns, as a JSON array.
pub(super) fn filters(given: &Given<'_>, source: &mut Source, errors: &mut Errors) {
    let patterns = match given.find("filters") {
        Some(setting) => filter_patterns(setting, errors),
        None => Vec::new(),
    };
    source.member("filters", json::array(patterns));
}

fn filter_patterns(setting: &settings::Setting, errors: &mut Errors) -> Vec<String> {
    let usage = "`filters` takes a list of filter patterns: `filters = [{ \"body\": { \"kind\": [\"order\"] } }]`";
    let Some(elements) = crate::json_value::elements(setting) else {
        settings::wrong_value(setting, usage, errors);
        return Vec::new();
    };
    let mut patterns = Vec::new();
    for element in elements {
        let span = element.span();
        match element.json(errors) {
            Some(text) => match chalice_core::event_source::filter_criteria::check(&text) {
                Ok(()) => patterns.push(text),
                Err(error) => errors.at(span, error),
            },
            None => {}
        }
    }
    patterns
}
