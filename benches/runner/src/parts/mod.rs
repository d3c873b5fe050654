//! One module per part.

mod cargo_check;

use crate::part::Part;

/// All parts, in the order of the report.
pub(crate) const PARTS: &[Part] = &[cargo_check::PART];
