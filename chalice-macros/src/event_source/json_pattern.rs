//! Event patterns and filter patterns, which are JSON.

use super::given::Given;
use crate::{errors::Errors, json_value, settings};

/// The event pattern under `key`, as JSON.
pub(super) fn event_pattern(given: &Given<'_>, key: &str, errors: &mut Errors) -> Option<String> {
    let setting = given.find(key)?;
    let value = json_value::of_setting(setting, errors)?;
    let _span = value.span();
    value.json(errors)
}

/// The filter patterns under `key`, each as JSON.
pub(super) fn filters(given: &Given<'_>, key: &str, errors: &mut Errors) -> Vec<String> {
    let Some(setting) = given.find(key) else {
        return Vec::new();
    };
    let Some(elements) = json_value::elements(setting) else {
        settings::wrong_value(
            setting,
            format!(
                "`{key}` takes a list of filter patterns: `{key} = [{{ \"body\": {{ \"kind\": [\"order\"] }} }}]`"
            ),
            errors,
        );
        return Vec::new();
    };
    elements
        .into_iter()
        .filter_map(|element| element.json(errors))
        .collect()
}
