//! Turns events into lines.

use std::time::SystemTime;

use tracing::{
    Event, Metadata, Subscriber,
    metadata::LevelFilter,
    span::{Attributes, Id, Record},
    subscriber::Interest,
};
use tracing_core::span::Current;

use super::{
    fields::Fields,
    json,
    line::Line,
    settings::{Format, Settings},
    spans::Spans,
    text,
};

/// Writes a line per event, with the fields of the spans that the event is in.
pub(super) struct Log<W> {
    settings: Settings,
    spans: Spans,
    write: W,
}

impl<W: Fn(&str)> Log<W> {
    /// `write` gets each line, with its line break.
    pub(super) fn new(settings: Settings, write: W) -> Log<W> {
        Log {
            settings,
            spans: Spans::default(),
            write,
        }
    }

    /// The innermost span that this thread is in.
    fn current(&self) -> Option<Id> {
        self.spans.current().map(|(id, _)| id)
    }
}

impl<W: Fn(&str) + Send + Sync + 'static> Subscriber for Log<W> {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if self.settings.filter.wants(metadata) {
            Interest::always()
        } else {
            Interest::never()
        }
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        self.settings.filter.wants(metadata)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.settings.filter.max_level())
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let parent = match attributes.is_contextual() {
            true => self.current(),
            false => attributes.parent().cloned(),
        };
        self.spans
            .open(attributes.metadata(), parent.as_ref(), fields)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        // Recorded before the spans are locked: a value that panics while it is
        // formatted is logged, which reads them.
        let mut fields = Fields::default();
        values.record(&mut fields);
        self.spans.record(id, fields);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        let span = match event.is_contextual() {
            true => self.current(),
            false => event.parent().cloned(),
        };
        let (invocation, mut fields) = match span {
            Some(span) => self.spans.fields(&span),
            None => (Fields::default(), Fields::default()),
        };
        // A message is an event's; that of a span is a field like others.
        let message_of_span = fields.take("message");
        event.record(&mut fields);
        if let Some(message) = message_of_span {
            fields.set("fields.message", message);
        }
        let line = Line {
            timestamp: SystemTime::now().into(),
            level: *metadata.level(),
            target: metadata.target(),
            function_name: self.settings.function_name.as_deref(),
            invocation,
            fields,
        };
        (self.write)(&match self.settings.format {
            Format::Json => json::line(line),
            Format::Text => text::line(line),
        });
    }

    fn enter(&self, id: &Id) {
        self.spans.enter(id);
    }

    fn exit(&self, id: &Id) {
        self.spans.exit(id);
    }

    fn clone_span(&self, id: &Id) -> Id {
        self.spans.keep(id);
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        self.spans.give_back(&id)
    }

    fn current_span(&self) -> Current {
        match self.spans.current() {
            Some((id, metadata)) => Current::new(id, metadata),
            None => Current::none(),
        }
    }
}
