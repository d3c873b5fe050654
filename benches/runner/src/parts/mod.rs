//! One module per part.

mod binary_size;
mod cargo_check;
mod cold_start;
mod invocation;
mod invocation_time;
mod local_gateway;
mod lookup;
mod sqs_batch;
mod template_lookup;
mod warm_invocation;

use crate::part::Part;

/// All parts, in the order of the report.
pub(crate) const PARTS: &[Part] = &[
    lookup::PART,
    template_lookup::PART,
    invocation::PART,
    invocation_time::PART,
    sqs_batch::PART,
    cold_start::PART,
    warm_invocation::PART,
    binary_size::PART,
    cargo_check::PART,
    local_gateway::PART,
];
