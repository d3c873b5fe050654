//! Topics of Amazon SNS.

use super::{
    handle::{operations, part, resource},
    kind::TOPIC,
};

resource! {
    /// A topic of Amazon SNS.
    Topic = TOPIC
}

operations! { Topic:
    /// `Publish` and `PublishBatch`: `sns:Publish` on the topic.
    publish = &[part(&["sns:Publish"], TOPIC.forms)];
}
