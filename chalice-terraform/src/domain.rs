//! Domains of one's own. Their records in the DNS are made elsewhere, from the outputs.

use chalice_config::EndpointType;
use chalice_resources::ApiDomain;
use serde_json::json;

use crate::{
    TerraformError,
    expression::{Address, literal},
    function::tags,
    rest_api,
    template::Template,
};

impl Template<'_> {
    pub(crate) fn rest_api_domain(&mut self, domain: &ApiDomain) -> Result<(), TerraformError> {
        let settings = &domain.domain;
        let is_edge = domain.endpoint_type == EndpointType::Edge;
        let (certificate, alias, zone) = match is_edge {
            true => (
                "certificate_arn",
                "cloudfront_domain_name",
                "cloudfront_zone_id",
            ),
            false => (
                "regional_certificate_arn",
                "regional_domain_name",
                "regional_zone_id",
            ),
        };
        let mut arguments = json!({
            "domain_name": literal(settings.domain_name.as_str()),
            certificate: literal(settings.certificate_arn.as_str()),
            "endpoint_configuration": { "types": [domain.endpoint_type.as_str()] },
            "security_policy": settings.tls_version.security_policy(),
        });
        if !settings.tags.is_empty() {
            arguments["tags"] = tags(settings.tags.iter()).into();
        }
        let address = Address::new("aws_api_gateway_domain_name", domain.name);
        self.add(&address, arguments)?;

        let prefix = settings.url_prefix.as_ref().map(|prefix| prefix.as_str());
        let mapping_name = format!("{}_mapping", domain.name);
        let api_id = rest_api::address().get("id");
        let stage = rest_api::stage().get("stage_name");
        let domain_name = address.get("domain_name");
        // Prefixes of several parts are what API mappings alone take (Amazon API Gateway, "Map API stages
        // to a custom domain name for REST APIs").
        let (kind, mapping) = match prefix {
            Some(prefix) if prefix.contains('/') => (
                "aws_apigatewayv2_api_mapping",
                json!({
                    "api_id": api_id,
                    "stage": stage,
                    "domain_name": domain_name,
                    "api_mapping_key": literal(prefix),
                }),
            ),
            prefix => {
                let mut mapping =
                    json!({ "api_id": api_id, "stage_name": stage, "domain_name": domain_name });
                if let Some(prefix) = prefix {
                    mapping["base_path"] = literal(prefix).into();
                }
                ("aws_api_gateway_base_path_mapping", mapping)
            }
        };
        self.add(&Address::new(kind, &mapping_name), mapping)?;
        self.output("AliasDomainName", address.get(alias));
        self.output("HostedZoneId", address.get(zone));
        Ok(())
    }

    /// The domain of an HTTP or WebSocket API.
    pub(crate) fn domain(
        &mut self,
        domain: &ApiDomain,
        mapped: &Mapped,
    ) -> Result<(), TerraformError> {
        let settings = &domain.domain;
        let mut arguments = json!({
            "domain_name": literal(settings.domain_name.as_str()),
            "domain_name_configuration": {
                "certificate_arn": literal(settings.certificate_arn.as_str()),
                "endpoint_type": domain.endpoint_type.as_str(),
                "security_policy": settings.tls_version.security_policy(),
            },
        });
        if !settings.tags.is_empty() {
            arguments["tags"] = tags(settings.tags.iter()).into();
        }
        let address = Address::new("aws_apigatewayv2_domain_name", domain.name);
        self.add(&address, arguments)?;
        let mut mapping = json!({
            "api_id": mapped.api.get("id"),
            "stage": mapped.stage.get("id"),
            "domain_name": address.get("id"),
        });
        if let Some(prefix) = &settings.url_prefix {
            mapping["api_mapping_key"] = literal(prefix.as_str()).into();
        }
        let name = format!("{}_mapping", domain.name);
        self.add(
            &Address::new("aws_apigatewayv2_api_mapping", &name),
            mapping,
        )?;
        let configuration =
            |attribute| address.get(&format!("domain_name_configuration[0].{attribute}"));
        for (output, attribute) in [
            ("AliasDomainName", "target_domain_name"),
            ("HostedZoneId", "hosted_zone_id"),
        ] {
            let output = format!("{}{output}", mapped.outputs);
            self.output(output, configuration(attribute));
        }
        Ok(())
    }
}

/// What a domain leads to.
pub(crate) struct Mapped {
    pub(crate) api: Address,
    pub(crate) stage: Address,
    /// What the names of the domain's outputs begin with.
    pub(crate) outputs: &'static str,
}
