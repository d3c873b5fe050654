//! One module per part.

mod local_gateway;

use crate::part::Part;

/// All parts, in the order of the report.
pub(crate) const PARTS: &[Part] = &[local_gateway::PART];
