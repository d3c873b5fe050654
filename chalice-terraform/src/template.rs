//! The configuration as a whole.

use std::collections::BTreeMap;

use chalice_resources::{Api, Arn, Resources};
use serde_json::{Map, Value, json};

use crate::{
    TerraformError,
    expression::{Address, literal},
    websocket_api,
};

/// From which version on Terraform reads the configuration.
const REQUIRED_VERSION: &str = ">= 1.4";

/// From which version on the AWS provider has all that the configuration uses.
const REQUIRED_PROVIDER: &str = ">= 5.100";

/// Writes the resources of a stage as what `chalice.tf.json` holds.
///
/// The functions' code is the file `deployment.zip` beside it.
///
/// # Errors
///
/// When two resources would have the same address, because of names that differ in nothing that
/// Terraform takes.
pub fn template(resources: &Resources) -> Result<Value, TerraformError> {
    let mut template = Template {
        resources,
        managed: BTreeMap::new(),
        data: BTreeMap::new(),
        locals: Map::new(),
        outputs: Map::new(),
    };
    for name in ["aws_caller_identity", "aws_partition", "aws_region"] {
        template.data.insert(name, of_chalice(json!({})));
    }
    template.log_groups()?;
    template.roles()?;
    template.functions()?;
    template.event_sources()?;
    match &resources.api {
        Some(Api::Rest(api)) => template.rest_api(api)?,
        Some(Api::Http(api)) => template.http_api(api)?,
        None => {}
    }
    if let Some(api) = &resources.websocket_api {
        template.websocket_api(api)?;
    }
    template.permissions()?;
    Ok(template.finish())
}

/// The configuration so far.
pub(crate) struct Template<'a> {
    pub(crate) resources: &'a Resources,
    managed: BTreeMap<&'static str, Map<String, Value>>,
    data: BTreeMap<&'static str, Map<String, Value>>,
    locals: Map<String, Value>,
    outputs: Map<String, Value>,
}

impl Template<'_> {
    /// Adds a resource.
    pub(crate) fn add(
        &mut self,
        address: &Address,
        arguments: Value,
    ) -> Result<(), TerraformError> {
        let of_kind = self.managed.entry(address.kind).or_default();
        match of_kind.insert(address.name.clone(), arguments) {
            None => Ok(()),
            Some(_) => Err(TerraformError::SameAddress {
                address: address.to_string(),
            }),
        }
    }

    /// Adds a data source, or finds the same one; answers with its name.
    pub(crate) fn data_source(
        &mut self,
        kind: &'static str,
        name: &str,
        arguments: Value,
    ) -> String {
        let of_kind = self.data.entry(kind).or_default();
        let known = of_kind.iter().find(|(_, known)| **known == arguments);
        if let Some((name, _)) = known {
            return name.clone();
        }
        let name = Address::new(kind, name).name;
        of_kind.insert(name.clone(), arguments);
        name
    }

    pub(crate) fn local(&mut self, name: &'static str, value: Value) {
        self.locals.insert(name.to_owned(), value);
    }

    pub(crate) fn output(&mut self, name: impl Into<String>, value: String) {
        self.outputs.insert(name.into(), json!({ "value": value }));
    }

    /// The region to which the stage is deployed.
    ///
    /// Of the data source `aws_region`, each attribute with the name of the region is either new in or
    /// deprecated since the provider's version 6. The host names of services hold it, too.
    pub(crate) fn region(&mut self) -> &'static str {
        let lambda = of_chalice(json!({ "service_id": "lambda" }));
        self.data.insert("aws_service", lambda);
        let region = "${split(\".\", data.aws_service.chalice.dns_name)[1]}";
        self.local("chalice_region", region.into());
        "${local.chalice_region}"
    }

    /// An ARN, as far as it is known in Terraform's words.
    pub(crate) fn arn(&mut self, arn: &Arn) -> String {
        let (arn, region) = match arn {
            Arn::Literal(arn) => return literal(arn),
            Arn::Regional { service, resource } => {
                let resource = literal(resource);
                (Arn::Regional { service, resource }, self.region())
            }
            Arn::Global { service, resource } => {
                let resource = literal(resource);
                (Arn::Global { service, resource }, "")
            }
            Arn::WebsocketApi { resource } => {
                let resource = literal(resource);
                (Arn::WebsocketApi { resource }, self.region())
            }
        };
        arn.text(
            PARTITION,
            region,
            ACCOUNT,
            &websocket_api::address().get("id"),
        )
    }

    fn finish(self) -> Value {
        let mut template = json!({
            "terraform": {
                "required_version": REQUIRED_VERSION,
                "required_providers": {
                    "aws": { "source": "hashicorp/aws", "version": REQUIRED_PROVIDER },
                },
            },
            "data": self.data,
            "resource": self.managed,
        });
        for (name, members) in [("locals", self.locals), ("output", self.outputs)] {
            if !members.is_empty() {
                template[name] = members.into();
            }
        }
        template
    }
}

/// The partition to which the stage is deployed.
pub(crate) const PARTITION: &str = "${data.aws_partition.chalice.partition}";

/// The account to which the stage is deployed.
pub(crate) const ACCOUNT: &str = "${data.aws_caller_identity.chalice.account_id}";

fn of_chalice(arguments: Value) -> Map<String, Value> {
    [("chalice".to_owned(), arguments)].into_iter().collect()
}
