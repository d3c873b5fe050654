//! The settings that queues and streams share: how batches are made and handled.

use chalice_core::event_source::batch::{BatchSettings, BatchSource};
use proc_macro2::Ident;

use super::{
    given::{Given, OF_STREAM},
    json_pattern,
    model::{Attribute, Batch, Source},
};
use crate::{errors::Errors, json, settings};

/// The keys that batches of every source have.
pub(super) const BATCH_SIZE: &str = "batch_size";
pub(super) const WINDOW: &str = "maximum_batching_window_in_seconds";
pub(super) const FILTERS: &str = "filters";
pub(super) const REPORT: &str = "report_batch_item_failures";
/// A key of queues.
pub(super) const MAXIMUM_CONCURRENCY: &str = "maximum_concurrency";
/// Keys of streams.
pub(super) const PARALLELIZATION: &str = "parallelization_factor";
pub(super) const RETRIES: &str = "maximum_retry_attempts";
pub(super) const AGE: &str = "maximum_record_age_in_seconds";
pub(super) const BISECT: &str = "bisect_batch_on_function_error";
pub(super) const TUMBLING_WINDOW: &str = "tumbling_window_in_seconds";
pub(super) const POSITION: &str = "starting_position";
pub(super) const TIMESTAMP: &str = "starting_position_timestamp";

/// Whether what is wrong with a setting that `attribute` does not have is that it is one
/// of other queues or streams: [`mapping`] says so.
pub(super) fn is_judged(key: &Ident, attribute: &Attribute) -> bool {
    attribute.keys.contains(&BATCH_SIZE)
        && [
            MAXIMUM_CONCURRENCY,
            PARALLELIZATION,
            RETRIES,
            AGE,
            BISECT,
            TUMBLING_WINDOW,
            POSITION,
            TIMESTAMP,
        ]
        .iter()
        .any(|judged| key == judged)
}

/// Reads the settings of the event source mapping, which AWS Lambda judges together.
pub(super) fn mapping(
    given: &Given<'_>,
    from: BatchSource,
    source: &mut Source,
    errors: &mut Errors,
) {
    let position = given.text(POSITION, "TRIM_HORIZON", errors);
    let position_text = position.as_ref().map(syn::LitStr::value);
    let bisect = given
        .find(BISECT)
        .map(|setting| settings::flag(setting, errors));
    let mut number = |key| whole_number(given, key, errors);
    let settings = BatchSettings {
        batch_size: number(BATCH_SIZE),
        maximum_batching_window_in_seconds: number(WINDOW),
        maximum_concurrency: number(MAXIMUM_CONCURRENCY),
        parallelization_factor: number(PARALLELIZATION),
        maximum_retry_attempts: number(RETRIES),
        maximum_record_age_in_seconds: number(AGE),
        bisect_batch_on_function_error: bisect,
        tumbling_window_in_seconds: number(TUMBLING_WINDOW),
        starting_position: position_text.as_deref(),
        starting_position_timestamp: number(TIMESTAMP),
    };
    // That it is none has been said, and that it is missing would be wrong.
    let moment_is_mistaken = settings.starting_position == Some("AT_TIMESTAMP")
        && given.find(TIMESTAMP).is_some()
        && settings.starting_position_timestamp.is_none();
    for problem in settings.problems(from) {
        if moment_is_mistaken && problem.setting.key() == POSITION {
            continue;
        }
        match given.find(problem.setting.key()) {
            Some(setting) => settings::wrong_value(setting, &problem, errors),
            None => given.missing(&problem, errors),
        }
    }
    let or_default = |number: Option<i64>, default: u32| number.unwrap_or(i64::from(default));
    source.member(
        BATCH_SIZE,
        or_default(settings.batch_size, from.default_batch_size()),
    );
    source.member(
        WINDOW,
        or_default(settings.maximum_batching_window_in_seconds, 0),
    );
    let optional = |number: Option<i64>| match number {
        Some(number) => number.to_string(),
        None => "null".to_owned(),
    };
    match from {
        BatchSource::Queue | BatchSource::FifoQueue => {
            source.member(MAXIMUM_CONCURRENCY, optional(settings.maximum_concurrency));
        }
        BatchSource::Kinesis | BatchSource::DynamoDb => {
            let position = settings.starting_position.unwrap_or("LATEST");
            source.member(POSITION, json::string(position));
            if from == BatchSource::Kinesis {
                source.member(TIMESTAMP, optional(settings.starting_position_timestamp));
            }
            source.member(
                PARALLELIZATION,
                or_default(settings.parallelization_factor, 1),
            );
            // As AWS Lambda does it unless told otherwise: until the stream has lost the records.
            let unlimited = |number: Option<i64>| number.unwrap_or(-1);
            source.member(RETRIES, unlimited(settings.maximum_retry_attempts));
            source.member(AGE, unlimited(settings.maximum_record_age_in_seconds));
            source.member(BISECT, bisect.unwrap_or(false));
            let window = or_default(settings.tumbling_window_in_seconds, 0);
            source.member(TUMBLING_WINDOW, window);
        }
    }
    let filters = json_pattern::filters(given, FILTERS, from, errors);
    source.member(FILTERS, json::array(filters));
    let report_batch_item_failures = given.flag(REPORT, true, errors);
    source.member(REPORT, report_batch_item_failures);
    let has_window = settings.tumbling_window_in_seconds.unwrap_or(0) > 0;
    if let Some(setting) = given.find(REPORT)
        && has_window
        && !report_batch_item_failures
    {
        settings::wrong_value(
            setting,
            "within a tumbling window, what a handler returns has the state and the failures of a batch\nhelp: leave \
             `report_batch_item_failures` out, and return `Err` where the whole batch has failed",
            errors,
        );
    }
    source.batch = Some(Batch {
        concurrency: 1,
        report_batch_item_failures,
        has_window,
    });
}

/// The settings that only streams have.
pub(super) fn of_stream(
    given: &Given<'_>,
    from: BatchSource,
    mut source: Source,
    errors: &mut Errors,
) -> Source {
    mapping(given, from, &mut source, errors);
    source.member("on_failure", given.on_failure(&OF_STREAM, errors));
    source
}

/// The number under `key`. Whether AWS takes it is judged later.
fn whole_number(given: &Given<'_>, key: &str, errors: &mut Errors) -> Option<i64> {
    let setting = given.find(key)?;
    let number = settings::signed_number(setting);
    if number.is_none() {
        settings::wrong_value(
            setting,
            format!("`{key}` takes a whole number: `{key} = 10`"),
            errors,
        );
    }
    number
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    fn mistakes(tokens: proc_macro2::TokenStream) -> (usize, String) {
        let mut errors = Errors::new();
        let given = Given {
            keys: &[],
            settings: settings::parse_tokens(tokens, &mut errors),
            is_complete: true,
        };
        let mut source = Source::new("kinesis", "KinesisEvent");
        mapping(&given, BatchSource::Kinesis, &mut source, &mut errors);
        (errors.count(), errors.into_tokens().to_string())
    }

    #[test]
    fn a_moment_that_is_no_number_is_one_mistake() {
        let (count, text) = mistakes(quote!(
            starting_position = "AT_TIMESTAMP",
            starting_position_timestamp = "now"
        ));
        assert_eq!(count, 1, "{text}");
        assert!(text.contains("takes a whole number"), "{text}");
        let (count, text) = mistakes(quote!(starting_position = "AT_TIMESTAMP"));
        assert_eq!(count, 1, "{text}");
        assert!(text.contains("needs the moment"), "{text}");
    }
}
