//! The records of a batch, found without reading what they hold.

use std::borrow::Cow;

use super::{
    scan::Scanner,
    text::{Member, Span, Text},
    unescape::unescape,
};

/// Where each of the event's `Records` is, whatever it holds. `None` where it takes a closer look: at what has
/// no `Records`, at names that come twice, at what is no JSON.
pub(crate) fn spans(event: &str) -> Option<Vec<Span>> {
    let mut spans = Vec::new();
    each_record(event, |scanner| {
        spans.push(Span::within(event, scanner.value()?.get()));
        Some(())
    })?;
    Some(spans)
}

/// What `read` makes of each of the event's `Records`, which are objects, and where they are. `None` where it takes a
/// closer look, and where `read` says so; it has to take all members of the record.
pub(crate) fn read<T>(
    event: &str,
    mut read: impl FnMut(&mut Members<'_, '_>) -> Option<T>,
) -> Option<Vec<(T, Span)>> {
    let mut records = Vec::new();
    each_record(event, |scanner| {
        let (record, value) =
            scanner.nested_object(|scanner| read(&mut Members { event, scanner }))?;
        records.push((value, Span::within(event, record.get())));
        Some(())
    })?;
    Some(records)
}

fn each_record<'a>(
    event: &'a str,
    mut read: impl FnMut(&mut Scanner<'a>) -> Option<()>,
) -> Option<()> {
    let mut scanner = Scanner::object(event)?;
    let mut has_records = false;
    while let Some(name) = scanner.name()? {
        match name {
            "Records" if has_records => return None,
            "Records" => {
                has_records = true;
                scanner.elements(&mut read)?;
            }
            other if other.contains('\\') => return None,
            _ => {
                scanner.value()?;
            }
        }
    }
    (has_records && scanner.is_at_end()).then_some(())
}

/// The members of one record. `None` from any of the methods says that it takes a closer look.
pub(crate) struct Members<'s, 'a> {
    event: &'a str,
    scanner: &'s mut Scanner<'a>,
}

impl<'a> Members<'_, 'a> {
    /// The name of the next member, undecoded; then its value is next. `Some(None)` at the end of the record.
    pub(crate) fn name(&mut self) -> Option<Option<&'a str>> {
        self.scanner.name()
    }

    /// Passes over a value.
    pub(crate) fn value(&mut self) -> Option<Member<'a>> {
        self.scanner.value()
    }

    /// Takes a text, or `null`.
    pub(crate) fn text(&mut self) -> Option<Option<Text>> {
        if !self.scanner.is_next(b'"') {
            return (self.scanner.value()?.get() == "null").then_some(None);
        }
        self.decoded().map(|text| Some(Text::of(self.event, text)))
    }

    /// Takes a text, which is decoded.
    pub(crate) fn string(&mut self) -> Option<String> {
        self.decoded().map(Cow::into_owned)
    }

    /// Takes an object of texts, or `null`; `Ok` if what stands there is what they and their names say.
    pub(crate) fn texts(&mut self) -> Option<Option<Result<Span, Member<'a>>>> {
        if !self.scanner.is_next(b'{') {
            return (self.scanner.value()?.get() == "null").then_some(None);
        }
        let (object, is_plain) = self.scanner.nested_object(|scanner| {
            let mut is_plain = true;
            while let Some(name) = scanner.name()? {
                let (_, has_escapes) = scanner.text()?;
                is_plain &= !has_escapes && !name.contains('\\');
            }
            Some(is_plain)
        })?;
        Some(Some(match is_plain {
            true => Ok(Span::within(self.event, object.get())),
            false => Err(object),
        }))
    }

    fn decoded(&mut self) -> Option<Cow<'a, str>> {
        let (text, has_escapes) = self.scanner.text()?;
        if has_escapes {
            let (_, decoded) = unescape(text.get().as_bytes(), 1)?;
            return String::from_utf8(decoded).ok().map(Cow::Owned);
        }
        let inside = text.get().strip_prefix('"')?.strip_suffix('"')?;
        Some(Cow::Borrowed(inside))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::event::tests::any_event;

    fn found(event: &str) -> Option<Vec<String>> {
        let spans = spans(event)?;
        Some(
            spans
                .iter()
                .map(|span| span.json(event).to_owned())
                .collect(),
        )
    }

    #[test]
    fn records_are_found_whatever_they_hold() {
        let event = "{\"window\": {\"Records\": 1}, \"Records\" : [ {\"a\": \"]\"} ,[],\t7,\"\\\"\" ] , \"state\": {} }\n";
        let expected = ["{\"a\": \"]\"}", "[]", "7", "\"\\\"\""];
        assert_eq!(found(event), Some(expected.map(str::to_owned).to_vec()));
        assert_eq!(found("{\"Records\":[ ]}"), Some(Vec::new()));
        for other in [
            "{}",
            "[]",
            "{\"Records\":{}}",
            "{\"Records\":null}",
            "{\"Records\":[],\"Records\":[]}",
            "{\"Records\":[],\"\\u0052ecords\":[]}",
            "{\"Records\":[1 2]}",
            "{\"Records\":[1,]}",
            "{\"Records\":[1",
            "{\"Records\":[]} 1",
        ] {
            assert_eq!(found(other), None, "{other}");
        }
    }

    #[test]
    fn members_are_texts_or_take_a_closer_look() {
        let texts = |record: &str| {
            let event = format!("{{\"Records\":[{record}]}}");
            let texts = read(&event, |members| {
                let mut texts = Vec::new();
                while let Some(name) = members.name()? {
                    let text = members.text()?;
                    texts.push((
                        name.to_owned(),
                        text.map(|text| text.get(&event).to_owned()),
                    ));
                }
                Some(texts)
            });
            texts
                .and_then(|mut records| records.pop())
                .map(|(it, _)| it)
        };
        assert_eq!(
            texts(r#"{"a": "x", "b": null, "c": "\u00e9\n"}"#),
            Some(vec![
                ("a".to_owned(), Some("x".to_owned())),
                ("b".to_owned(), None),
                ("c".to_owned(), Some("é\n".to_owned())),
            ])
        );
        for other in [
            r#"{"a": 1}"#,
            r#"{"a": {}}"#,
            r#"{"a": "\x"}"#,
            r#"{"a": "\ud83d"}"#,
            "[]",
        ] {
            assert_eq!(texts(other), None, "{other}");
        }
    }

    #[test]
    fn objects_of_texts_are_plain_or_not() {
        let event =
            r#"{"Records":[{"a":{"b":"c"},"d":null,"e":{"f":"\n"},"\u0067":{"\u0068":"i"}}]}"#;
        let found = read(event, |members| {
            let mut found = Vec::new();
            while members.name()?.is_some() {
                found.push(members.texts()?.map(|texts| match texts {
                    Ok(span) => (true, span.json(event).to_owned()),
                    Err(object) => (false, object.get().to_owned()),
                }));
            }
            Some(found)
        });
        let (found, _) = found.unwrap().pop().unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|texts| texts.as_ref().map(|(plain, json)| (*plain, json.as_str())))
            .collect();
        assert_eq!(
            found,
            [
                Some((true, r#"{"b":"c"}"#)),
                None,
                Some((false, r#"{"f":"\n"}"#)),
                Some((false, r#"{"\u0068":"i"}"#)),
            ]
        );
    }

    proptest! {
        #[test]
        fn records_are_those_that_serde_finds(
            records in prop::collection::vec(any_event(), 0..4),
            pretty in any::<bool>(),
        ) {
            let event = json!({ "Records": records });
            let event = if pretty { format!("{event:#}") } else { event.to_string() };
            let found: Vec<Value> = found(&event)
                .unwrap()
                .iter()
                .map(|record| serde_json::from_str(record).unwrap())
                .collect();
            prop_assert_eq!(found, records);
        }

        #[test]
        fn any_text_can_be_searched(event in "[{}\\[\\]\":,\\\\Records1 é]{0,40}") {
            let _ = spans(&event);
            let _ = read(&event, |members| {
                while members.name()?.is_some() {
                    members.text()?;
                }
                Some(())
            });
        }
    }
}
