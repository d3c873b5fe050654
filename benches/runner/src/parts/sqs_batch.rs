//! One batch of Amazon SQS in process, from the event's bytes to those of the answer: instructions.
//!
//! Each message has a JSON body of four fields. The package `app-sqs-batch` has a handler that takes one message at a
//! time, `SqsRecord<Json<T>>`, and one that takes the event and reads each body by itself; `peer-aws-lambda-events` is
//! the loop that one writes by hand. All report failed messages, of which there are none. Where an
//! invocation begins and ends is said in the package `invocation`.

use crate::{
    failure::Failure,
    figure::{Figure, Goal, Sample},
    gungraun::Bench,
    part::{Part, Setting},
};

/// The part.
pub(crate) const PART: Part = Part {
    name: "sqs-batch",
    about: "one batch of Amazon SQS with JSON bodies, against aws_lambda_events and a loop",
    build,
    measure,
};

const OURS: Bench = Bench {
    package: "app-sqs-batch",
    name: "in_process",
};

const PEER: Bench = Bench {
    package: "peer-aws-lambda-events",
    name: "in_process",
};

fn build(setting: &Setting) -> Result<(), Failure> {
    OURS.build(setting)?;
    PEER.build(setting)
}

fn measure(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let ours = OURS.measure(setting)?;
    let peer = PEER.measure(setting)?;
    let mut figures = Vec::new();
    for messages in [10, 1_000] {
        for (handler, name) in [
            ("message", "message by message"),
            ("batch", "the whole event"),
        ] {
            let of_ours = format!("sqs_batch::ours::{handler}_{messages}");
            let of_peer = format!("sqs_batch::by_hand::n{messages}");
            figures.push(Figure {
                name: format!("{messages} messages, {name}"),
                against: "aws_lambda_events 1.2.1 and a loop".to_owned(),
                ours: Sample::exact(ours.instructions(&of_ours)?),
                peer: Sample::exact(peer.instructions(&of_peer)?),
                goal: Goal::AtMost(1.05),
                unit: "instructions",
                measured: "callgrind",
            });
        }
    }
    Ok(figures)
}
