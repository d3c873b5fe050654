//! One module per part.

mod lookup;
mod template_lookup;

use crate::part::Part;

/// All parts, in the order of the report.
pub(crate) const PARTS: &[Part] = &[lookup::PART, template_lookup::PART];
