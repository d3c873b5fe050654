//! `AWS::ApiGateway::DomainName` and `AWS::ApiGatewayV2::DomainName`, with what they lead to.

use chalice_config::EndpointType;
use chalice_resources::ApiDomain;
use serde_json::{Value, json};

use crate::{
    SamError,
    intrinsic::reference,
    logical_id::logical_id,
    rest_api,
    writer::{Writer, set},
};

impl Writer<'_> {
    pub(crate) fn rest_domain(&mut self, domain: &ApiDomain) -> Result<(), SamError> {
        let id = logical_id(domain.name);
        let settings = &domain.domain;
        let mut properties = json!({
            "DomainName": settings.domain_name.as_str(),
            "EndpointConfiguration": { "Types": [domain.endpoint_type.as_str()] },
            "SecurityPolicy": settings.tls_version.security_policy(),
        });
        let certificate = match domain.endpoint_type {
            EndpointType::Edge => "CertificateArn",
            EndpointType::Regional | EndpointType::Private => "RegionalCertificateArn",
        };
        properties[certificate] = settings.certificate_arn.as_str().into();
        if !settings.tags.is_empty() {
            let tags = settings.tags.iter();
            properties["Tags"] = tags
                .map(|(key, value)| json!({ "Key": key, "Value": value }))
                .collect();
        }
        self.add(
            &id,
            subject(domain),
            "AWS::ApiGateway::DomainName",
            properties,
        )?;
        let prefix = settings.url_prefix.as_ref();
        let mapping = json!({
            "DomainName": reference(&id),
            "RestApiId": reference(rest_api::ID),
            "BasePath": prefix.map_or("(none)", |prefix| prefix.as_str()),
            // By reference, because it has to be there first.
            "Stage": reference(&format!("{}.Stage", rest_api::ID)),
        });
        self.mapping(&id, domain, "AWS::ApiGateway::BasePathMapping", mapping)
    }

    /// The domain of an HTTP or WebSocket API.
    pub(crate) fn domain(
        &mut self,
        domain: &ApiDomain,
        api: &str,
        stage: &str,
    ) -> Result<(), SamError> {
        let id = logical_id(domain.name);
        let settings = &domain.domain;
        let mut properties = json!({
            "DomainName": settings.domain_name.as_str(),
            "DomainNameConfigurations": [{
                "CertificateArn": settings.certificate_arn.as_str(),
                "EndpointType": domain.endpoint_type.as_str(),
                "SecurityPolicy": settings.tls_version.security_policy(),
            }],
        });
        if !settings.tags.is_empty() {
            let tags = settings.tags.iter();
            properties["Tags"] = tags
                .map(|(key, value)| (key.to_owned(), Value::from(value)))
                .collect();
        }
        self.add(
            &id,
            subject(domain),
            "AWS::ApiGatewayV2::DomainName",
            properties,
        )?;
        let mut mapping = json!({
            "DomainName": reference(&id),
            "ApiId": reference(api),
            "Stage": reference(stage),
        });
        let prefix = settings.url_prefix.as_ref();
        set(
            &mut mapping,
            "ApiMappingKey",
            prefix.map(|prefix| prefix.as_str()),
        );
        self.mapping(&id, domain, "AWS::ApiGatewayV2::ApiMapping", mapping)
    }

    fn mapping(
        &mut self,
        domain_id: &str,
        domain: &ApiDomain,
        resource_type: &str,
        properties: Value,
    ) -> Result<(), SamError> {
        let id = format!("{domain_id}Mapping");
        let subject = format!("the mapping of {}", subject(domain));
        self.add(&id, subject, resource_type, properties)
    }
}

fn subject(domain: &ApiDomain) -> String {
    format!("the domain `{}`", domain.domain.domain_name)
}
