//! One invocation, prepared and then measured.

use bytes::Bytes;
use lambda_runtime::Context;

use crate::{Gateway, Work, context, event, exchange::Exchanged};

/// An app that has started: it takes an event, as `lambda_runtime` has it, and answers.
pub type Invoke = Box<dyn FnMut(Bytes, Context) -> Exchanged>;

/// One invocation to come.
#[expect(
    missing_debug_implementations,
    reason = "a closure has nothing to show"
)]
pub struct Case {
    invoke: Invoke,
    event: Bytes,
    context: Context,
}

/// What an invocation leaves behind, to be dropped when nothing is measured any more.
#[expect(
    missing_debug_implementations,
    reason = "a closure has nothing to show"
)]
pub struct Done {
    /// The answer.
    pub answer: Exchanged,
    _invoke: Invoke,
}

impl Done {
    pub(crate) fn new(answer: Exchanged, invoke: Invoke) -> Done {
        Done {
            answer,
            _invoke: invoke,
        }
    }
}

impl Case {
    /// An app that has been invoked before, and has answered rightly: what is done at the first invocation is no
    /// part of the figures.
    ///
    /// # Panics
    ///
    /// When there is no app, or it answers wrongly: a wrong answer is not to be measured.
    pub fn checked(invoke: Option<Invoke>, gateway: Gateway, work: Work) -> Case {
        let mut invoke = invoke.unwrap_or_else(|| panic!("no such app"));
        let event = Bytes::from(event(gateway, work));
        let first = invoke(event.clone(), context());
        let again = invoke(event.clone(), context());
        let problem = match &first {
            Ok(answer) => work.problem(answer),
            Err(error) => Some(error.clone()),
        };
        if let Some(problem) = problem {
            panic!("{} {}: {problem}", gateway.name(), work.name());
        }
        // Where allocations are counted, a second look at what is right takes longer than the invocation.
        assert_eq!(first, again);
        Case {
            invoke,
            // Its only owner, as `lambda_runtime` is when it has collected a body of several frames.
            event: Bytes::copy_from_slice(&event),
            context: context(),
        }
    }

    /// What is measured.
    pub fn run(self) -> Done {
        let Case {
            mut invoke,
            event,
            context,
        } = self;
        let answer = invoke(event, context);
        Done::new(answer, invoke)
    }

    /// One more invocation, of many.
    pub fn again(&mut self) -> Exchanged {
        (self.invoke)(self.event.clone(), context())
    }
}
