//! The spans that are open, and which of them each thread is in.
//!
//! A registry of our own: that of `tracing-subscriber` has room for thousands of threads, which
//! every cold start would write zeros into.

use std::{
    cell::RefCell,
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use tracing::{Metadata, span::Id};

use super::{fields::Fields, invocation};

/// The last number that a span has got: no two of a process have the same, whichever log they are in.
static LAST: AtomicU64 = AtomicU64::new(0);

thread_local! {
    /// The spans that this thread is in, the innermost last.
    static ENTERED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// The spans of one log.
#[derive(Debug, Default)]
pub(super) struct Spans(Mutex<Open>);

type Open = HashMap<u64, Span, BuildHasherDefault<NumberHasher>>;

/// A span that is open.
#[derive(Debug)]
struct Span {
    metadata: &'static Metadata<'static>,
    parent: Option<u64>,
    /// How many handles there are, spans inside of it included.
    handles: usize,
    fields: Fields,
}

impl Spans {
    /// Opens a span. It ends with its last handle.
    pub(super) fn open(
        &self,
        metadata: &'static Metadata<'static>,
        parent: Option<&Id>,
        fields: Fields,
    ) -> Id {
        let number = LAST.fetch_add(1, Ordering::Relaxed) + 1;
        let mut open = self.lock();
        let parent = parent.map(Id::into_u64).filter(|parent| {
            let parent = open.get_mut(parent);
            parent.map(|parent| parent.handles += 1).is_some()
        });
        let span = Span {
            metadata,
            parent,
            handles: 1,
            fields,
        };
        open.insert(number, span);
        Id::from_u64(number)
    }

    /// Sets fields of a span.
    pub(super) fn record(&self, span: &Id, fields: Fields) {
        if let Some(span) = self.lock().get_mut(&span.into_u64()) {
            span.fields.set_all(fields);
        }
    }

    /// Takes one more handle of a span.
    pub(super) fn keep(&self, span: &Id) {
        if let Some(span) = self.lock().get_mut(&span.into_u64()) {
            span.handles += 1;
        }
    }

    /// Gives a handle back: the span's last one ends it, and then perhaps those around it. Whether it has ended.
    pub(super) fn give_back(&self, span: &Id) -> bool {
        let mut ended = Vec::new();
        let mut open = self.lock();
        let mut next = Some(span.into_u64());
        while let Some(number) = next.take() {
            let Some(span) = open.get_mut(&number) else {
                break;
            };
            span.handles -= 1;
            if span.handles == 0 {
                next = span.parent;
                ended.extend(open.remove(&number));
            }
        }
        !ended.is_empty()
    }

    /// Notes that this thread is in a span.
    pub(super) fn enter(&self, span: &Id) {
        ENTERED.with_borrow_mut(|entered| entered.push(span.into_u64()));
    }

    /// Notes that this thread has left a span, which need not be the innermost.
    pub(super) fn exit(&self, span: &Id) {
        ENTERED.with_borrow_mut(|entered| {
            if let Some(at) = entered.iter().rposition(|it| *it == span.into_u64()) {
                entered.remove(at);
            }
        });
    }

    /// The innermost span of this log that this thread is in, and what it was made from.
    pub(super) fn current(&self) -> Option<(Id, &'static Metadata<'static>)> {
        let open = self.lock();
        ENTERED.with_borrow(|entered| {
            let mut spans = entered.iter().rev();
            spans.find_map(|number| Some((Id::from_u64(*number), open.get(number)?.metadata)))
        })
    }

    /// The fields of a span and of those around it: those of invocations, and all others. What
    /// an inner span says stands in place of what an outer one does.
    pub(super) fn fields(&self, span: &Id) -> (Fields, Fields) {
        let (mut of_invocation, mut others) = (Fields::default(), Fields::default());
        let open = self.lock();
        let innermost = open.get(&span.into_u64());
        let around = |span: &&Span| open.get(&span.parent?);
        let mut spans: Vec<&Span> = std::iter::successors(innermost, around).collect();
        while let Some(span) = spans.pop() {
            match invocation::is_its_span(span.metadata) {
                true => of_invocation.set_copies(&span.fields),
                false => others.set_copies(&span.fields),
            }
        }
        (of_invocation, others)
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        // Nothing panics while it is locked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Numbers that follow each other are their own hashes, spread over all bits.
#[derive(Debug, Default)]
struct NumberHasher(u64);

impl Hasher for NumberHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(self.0 ^ u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        // The multiplier of Fibonacci hashing: 2^64 divided by the golden ratio.
        self.0 = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}
