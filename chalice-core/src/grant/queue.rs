//! Queues of Amazon SQS.

use super::{
    handle::{operations, part, resource},
    kind::QUEUE,
};

resource! {
    /// A queue of Amazon SQS.
    Queue = QUEUE
}

operations! { Queue:
    /// `SendMessage` and `SendMessageBatch`; and `GetQueueUrl`, since the SDK takes the queue's URL.
    send = &[part(&["sqs:GetQueueUrl", "sqs:SendMessage"], QUEUE.forms)];
    /// `ReceiveMessage`, `DeleteMessage` and `ChangeMessageVisibility`, and their batches; and
    /// `GetQueueUrl`, since the SDK takes the queue's URL. Functions with `#[on_sqs_message]` need
    /// none of it for the queue that invokes them.
    receive = &[part(
        &[
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:GetQueueUrl",
            "sqs:ReceiveMessage",
        ],
        QUEUE.forms,
    )];
}
