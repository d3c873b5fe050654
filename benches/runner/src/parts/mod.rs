//! One module per part.

use crate::part::Part;

/// All parts, in the order of the report.
pub(crate) const PARTS: &[Part] = &[];
