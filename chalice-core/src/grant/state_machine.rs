//! State machines of AWS Step Functions.

use super::{
    handle::{operations, part, resource},
    kind::STATE_MACHINE,
};

resource! {
    /// A state machine of AWS Step Functions.
    StateMachine = STATE_MACHINE
}

operations! { StateMachine:
    /// `StartExecution`, of the state machine.
    start = &[part(&["states:StartExecution"], STATE_MACHINE.forms)];
    /// `StartSyncExecution`, of the state machine, which is an express workflow.
    start_sync = &[part(&["states:StartSyncExecution"], STATE_MACHINE.forms)];
}
