//! Event buses of Amazon EventBridge.

use super::{
    handle::{operations, part, resource},
    kind::EVENT_BUS,
};

resource! {
    /// An event bus of Amazon EventBridge; the account's own is called `default`.
    EventBus = EVENT_BUS
}

operations! { EventBus:
    /// `PutEvents`, to the event bus.
    put_events = &[part(&["events:PutEvents"], EVENT_BUS.forms)];
}
