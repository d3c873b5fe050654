//! The account and the region that a stage is deployed to.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{DeployedState, StateError};

/// Where on AWS a stage is deployed: the member `cargo_chalice` of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The account, 12 digits.
    pub account_id: String,
    /// The region: `eu-west-1`.
    pub region: String,
    /// What other versions say besides.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Origin {
    /// That account and region.
    pub fn new(account_id: impl Into<String>, region: impl Into<String>) -> Origin {
        Origin {
            account_id: account_id.into(),
            region: region.into(),
            extra: Map::new(),
        }
    }
}

impl DeployedState {
    /// Where the stage is deployed: as the file says; or as the ARN of one of its functions does, since
    /// AWS Chalice does not record it. `None` when nothing is deployed that would tell.
    pub fn origin(&self) -> Option<Origin> {
        self.origin.clone().or_else(|| {
            self.resources()
                .iter()
                .flat_map(|record| record.resource.members())
                .filter(|(key, _)| *key == "lambda_arn")
                .find_map(|(_, arn)| of_arn(arn.as_str()?))
        })
    }

    /// Records where the stage is deployed from now on.
    ///
    /// # Errors
    ///
    /// When it is deployed elsewhere: its resources would be taken for ones that are gone, and be left behind.
    pub fn set_origin(&mut self, origin: Origin) -> Result<(), StateError> {
        match self.origin() {
            Some(known) if !known.is_at(&origin) && !self.resources().is_empty() => {
                Err(StateError::Elsewhere {
                    deployed: format!("{}, {}", known.account_id, known.region),
                    wanted: format!("{}, {}", origin.account_id, origin.region),
                })
            }
            _ => {
                let extra = self.origin.take().map(|known| known.extra);
                self.origin = Some(Origin {
                    extra: extra.unwrap_or_default(),
                    ..origin
                });
                Ok(())
            }
        }
    }
}

impl Origin {
    fn is_at(&self, other: &Origin) -> bool {
        self.account_id == other.account_id && self.region == other.region
    }
}

/// `arn:aws:lambda:eu-west-1:123456789012:function:f`
fn of_arn(arn: &str) -> Option<Origin> {
    let mut parts = arn.split(':').skip(3);
    let (region, account_id) = (parts.next()?, parts.next()?);
    (!region.is_empty() && !account_id.is_empty()).then(|| Origin::new(account_id, region))
}
