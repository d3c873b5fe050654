//! One line of the report: ours beside a peer's.

use serde::Serialize;

/// What was measured, several times where time is noisy.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Sample {
    /// The middle value.
    pub(crate) median: f64,
    /// The quarter of the values below which the lowest are; the value itself for counts, which repeat exactly.
    pub(crate) low: f64,
    /// The quarter of the values above which the highest are.
    pub(crate) high: f64,
    /// How many values there were.
    pub(crate) count: usize,
}

impl Sample {
    /// A count that repeats exactly, such as instructions.
    pub(crate) fn exact(value: f64) -> Sample {
        Sample {
            median: value,
            low: value,
            high: value,
            count: 1,
        }
    }

    /// The quartiles of values. Without values there is no sample.
    pub(crate) fn of(mut values: Vec<f64>) -> Option<Sample> {
        values.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let last = values.len().checked_sub(1)?;
            values.get((last as f64 * share).round() as usize).copied()
        };
        Some(Sample {
            median: at(0.5)?,
            low: at(0.25)?,
            high: at(0.75)?,
            count: values.len(),
        })
    }

    /// Whether the middle halves of both have values in common: then there is no difference to claim.
    pub(crate) fn overlaps(&self, other: &Sample) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// What the ratio of ours to the peer's has to be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Goal {
    /// Lower than this.
    Below(f64),
    /// This, or lower.
    AtMost(f64),
    /// Higher than this.
    Above(f64),
    /// None: the figure is there to be seen beside the others.
    None,
}

impl Goal {
    /// Whether a ratio reaches the goal; nothing where there is no goal.
    pub(crate) fn is_met(self, ratio: f64) -> Option<bool> {
        match self {
            Goal::Below(limit) => Some(ratio < limit),
            Goal::AtMost(limit) => Some(ratio <= limit),
            Goal::Above(limit) => Some(ratio > limit),
            Goal::None => None,
        }
    }
}

/// As it stands in the table.
impl std::fmt::Display for Goal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Goal::Below(limit) => write!(f, "< {limit}"),
            Goal::AtMost(limit) => write!(f, "<= {limit}"),
            Goal::Above(limit) => write!(f, "> {limit}"),
            Goal::None => f.write_str("-"),
        }
    }
}

/// Ours against one peer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    /// What was measured, such as `hits, 130 routes`.
    pub(crate) name: String,
    /// Whom it is compared with, such as `matchit 0.9.2`.
    pub(crate) against: String,
    /// What we need.
    pub(crate) ours: Sample,
    /// What the peer needs.
    pub(crate) peer: Sample,
    /// What the ratio has to be.
    pub(crate) goal: Goal,
    /// What both are counted in, such as `instructions`.
    pub(crate) unit: &'static str,
    /// How it was measured, in a few words.
    pub(crate) measured: &'static str,
}

impl Figure {
    /// Ours divided by the peer's; infinite where the peer needs nothing and we need something.
    pub(crate) fn ratio(&self) -> f64 {
        match self.ours.median == 0.0 {
            true => 0.0,
            false => self.ours.median / self.peer.median,
        }
    }
}
