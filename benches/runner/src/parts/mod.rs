//! One module per part.

mod binary_size;
mod cold_start;
mod warm_invocation;

use crate::part::Part;

/// All parts, in the order of the report.
pub(crate) const PARTS: &[Part] = &[cold_start::PART, warm_invocation::PART, binary_size::PART];
