//! Turns events into lines.

use std::time::SystemTime;

use tracing::{
    Event, Metadata, Subscriber,
    metadata::LevelFilter,
    span::{Attributes, Id, Record},
    subscriber::Interest,
};
use tracing_subscriber::{
    Layer,
    layer::Context,
    registry::{LookupSpan, SpanRef},
};

use super::{
    fields::Fields,
    invocation, json,
    line::Line,
    settings::{Format, Settings},
    text,
};

/// Writes a line per event, with the fields of the spans that the event is in.
pub(super) struct LogLayer<W> {
    settings: Settings,
    write: W,
}

/// What a span of the log keeps.
struct SpanFields {
    /// The span is that of an invocation.
    invocation: bool,
    fields: Fields,
}

impl<W: Fn(&str)> LogLayer<W> {
    /// `write` gets each line, with its line break.
    pub(super) fn new(settings: Settings, write: W) -> LogLayer<W> {
        LogLayer { settings, write }
    }
}

impl<S, W> Layer<S> for LogLayer<W>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: Fn(&str) + Send + Sync + 'static,
{
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if self.settings.filter.wants(metadata) {
            Interest::always()
        } else {
            Interest::never()
        }
    }

    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        self.settings.filter.wants(metadata)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.settings.filter.max_level())
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(SpanFields {
                invocation: invocation::is_its_span(attributes.metadata()),
                fields,
            });
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        // Recorded before the span is locked: a value that panics while it is
        // formatted is logged, which reads the span.
        let mut fields = Fields::default();
        values.record(&mut fields);
        if let Some(span) = context.span(id)
            && let Some(known) = span.extensions_mut().get_mut::<SpanFields>()
        {
            known.fields.set_all(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let metadata = event.metadata();
        let (mut invocation, mut fields) = (Fields::default(), Fields::default());
        for span in context
            .event_scope(event)
            .into_iter()
            .flat_map(|scope| scope.from_root())
        {
            add(&span, &mut invocation, &mut fields);
        }
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
}

/// Adds a span's fields to those that they belong to.
fn add<S: for<'a> LookupSpan<'a>>(
    span: &SpanRef<'_, S>,
    invocation: &mut Fields,
    fields: &mut Fields,
) {
    let extensions = span.extensions();
    if let Some(known) = extensions.get::<SpanFields>() {
        let to = if known.invocation { invocation } else { fields };
        to.set_copies(&known.fields);
    }
}
