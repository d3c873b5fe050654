//! One module per part.

mod invocation;
mod invocation_time;
mod sqs_batch;

use crate::part::Part;

/// All parts, in the order of the report.
pub(crate) const PARTS: &[Part] = &[invocation::PART, invocation_time::PART, sqs_batch::PART];
