//! What the placeholders of the route's path stand for in a request.

use std::{borrow::Cow, str::FromStr};

use percent_encoding::percent_decode_str;

use super::Request;
use crate::{
    HttpError, Result,
    event::text::{members, text},
};

impl Request {
    /// The value of a placeholder of the route's path, percent-decoded; `None`
    /// when the route has no such placeholder, or the value is not UTF-8.
    pub fn path_parameter(&self, name: &str) -> Option<Cow<'_, str>> {
        self.decoded_path_parameter(name).ok().flatten()
    }

    /// The value of a placeholder as the event has it: percent-encoded, except
    /// for an HTTP API, which decodes it. `%2F` and `/` can be told apart here.
    pub fn raw_path_parameter(&self, name: &str) -> Option<Cow<'_, str>> {
        if let Some(captures) = &self.captures {
            return chalice_core::path::placeholders(self.route)
                .zip(captures.iter(self.path()))
                .find(|(placeholder, _)| *placeholder == name)
                .map(|(_, value)| Cow::Borrowed(value));
        }
        self.member(&self.spans.path_parameters, name)
    }

    /// The value of a placeholder, percent-decoded and then parsed.
    ///
    /// ```
    /// use chalice_runtime::{Request, Result};
    ///
    /// fn show(request: &Request) -> Result<String> {
    ///     let id: u64 = request.parse_path_parameter("id")?;
    ///     Ok(format!("order {id}"))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// 400 when the value is not UTF-8 or does not parse, with a message that
    /// names the parameter; 500 when the route has no such placeholder.
    pub fn parse_path_parameter<T: FromStr>(&self, name: &str) -> Result<T> {
        crate::PathParameter::parse(name, self)
    }

    /// The names and values of all placeholders in the order of the route,
    /// percent-decoded. A value that is not UTF-8 is as the event has it.
    pub fn path_parameters(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        chalice_core::path::placeholders(self.route).filter_map(|name| {
            let value = match self.decoded_path_parameter(name) {
                Ok(value) => value,
                Err(_) => self.raw_path_parameter(name),
            };
            Some((name, value?))
        })
    }

    /// The value of a placeholder; one that is not UTF-8 once decoded is an error.
    pub(crate) fn decoded_path_parameter(&self, name: &str) -> Result<Option<Cow<'_, str>>> {
        let Some(value) = self.raw_path_parameter(name) else {
            return Ok(None);
        };
        if !self.kind.path_is_encoded() {
            return Ok(Some(value));
        }
        decode(value).map(Some).ok_or_else(|| {
            HttpError::bad_request(format!("the path parameter `{name}` is not UTF-8"))
        })
    }

    /// What the member `name` of a JSON object says, if it is a string.
    pub(super) fn member(
        &self,
        object: &Option<crate::event::text::Span>,
        name: &str,
    ) -> Option<Cow<'_, str>> {
        let (_, value) = members(self.json_of(object)?).find(|(member, _)| member == name)?;
        text(value)
    }
}

/// The text, percent-decoded; `None` when what comes out is not UTF-8.
fn decode(value: Cow<'_, str>) -> Option<Cow<'_, str>> {
    if !value.contains('%') {
        return Some(value);
    }
    match value {
        Cow::Borrowed(value) => percent_decode_str(value).decode_utf8().ok(),
        Cow::Owned(value) => percent_decode_str(&value)
            .decode_utf8()
            .ok()
            .map(|text| Cow::Owned(text.into_owned())),
    }
}

#[cfg(test)]
mod tests {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_value_can_be_decoded_or_refused(value in any::<String>()) {
            let _ = decode(Cow::Borrowed(&value));
            let encoded = utf8_percent_encode(&value, NON_ALPHANUMERIC).to_string();
            let decoded = decode(Cow::Owned(encoded));
            prop_assert_eq!(decoded.as_deref(), Some(value.as_str()));
        }
    }
}
