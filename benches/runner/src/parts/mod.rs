//! One module per part.

mod binary_size;
mod cargo_check;
mod cold_start;
mod local_gateway;
mod warm_invocation;

use crate::part::Part;

/// All parts, in the order of the report.
