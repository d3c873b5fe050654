//! Log groups.

use chalice_resources::{Id, LogGroup};
use serde_json::json;

use crate::{
    TerraformError,
    expression::{Address, literal},
    template::Template,
};

impl Template<'_> {
    pub(crate) fn log_groups(&mut self) -> Result<(), TerraformError> {
        for group in self.resources.log_groups.iter() {
            let mut arguments = json!({ "name": literal(&group.log_group_name) });
            if let Some(retention) = group.retention_in_days {
                arguments["retention_in_days"] = retention.days().into();
            }
            self.add(&address(group), arguments)?;
        }
        Ok(())
    }

    pub(crate) fn log_group(&self, group: Id<LogGroup>) -> Address {
        address(&self.resources.log_groups[group])
    }
}

fn address(group: &LogGroup) -> Address {
    Address::new("aws_cloudwatch_log_group", &group.name)
}
