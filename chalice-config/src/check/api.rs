//! What settings of a stage's APIs mean for each other.

use super::Finding;
use crate::{
    ApiGatewayStage, ApiSettings, ApiType, CustomDomain, EndpointType, Problem, Refusal,
    RequestValidation, Stage, TlsVersion,
};

/// The findings about the stage's APIs.
struct Check<'a> {
    stage: &'a Stage,
    settings: ApiSettings,
    findings: &'a mut Vec<Finding>,
}

impl Stage {
    pub(super) fn check_api(&self, findings: &mut Vec<Finding>) {
        let mut check = Check {
            stage: self,
            settings: self.api_settings(),
            findings,
        };
        check.vpc_endpoints();
        check.endpoint();
        check.policy_file();
        check.domains();
        check.http_api();
        check.default_stage();
    }
}

const POLICY: &[&str] = &[
    "api_gateway_policy_file",
    "api_gateway_endpoint_vpce",
    "api_gateway_endpoint_type",
];
const VPCE: &[&str] = &[
    "api_gateway_endpoint_vpce",
    "api_gateway_endpoint_type",
    "api_gateway_policy_file",
];
const ENDPOINT: &[&str] = &[
    "api_gateway_endpoint_type",
    "api_gateway_endpoint_vpce",
    "api_gateway_policy_file",
];

impl Check<'_> {
    /// The first of `keys` cannot be what it is.
    fn found(&mut self, keys: &'static [&'static str], value: String, refusal: Refusal) {
        let key = keys.first().copied().unwrap_or_default();
        let key = self.stage.place(key, None);
        let problem = Problem {
            key,
            value,
            refusal,
        };
        self.findings.push(Finding { keys, problem });
    }

    fn endpoint_type(&self) -> EndpointType {
        self.settings.api_gateway_endpoint_type.unwrap_or_default()
    }

    fn vpc_endpoints(&mut self) {
        let Some(endpoints) = self.settings.api_gateway_endpoint_vpce.clone() else {
            return;
        };
        for endpoint in endpoints.iter().filter(|endpoint| !endpoint.is_whole()) {
            let refusal = Refusal::new(
                "ids of VPC endpoints are `vpce-` and then digits and lowercase letters",
                "write the id of an endpoint for `execute-api`",
            );
            self.found(
                &["api_gateway_endpoint_vpce"],
                format!("{:?}", endpoint.as_str()),
                refusal,
            );
        }
        if self.endpoint_type() != EndpointType::Private {
            let refusal = Refusal::new(
                format!(
                    "only private APIs are called through VPC endpoints, and this one's endpoint is {}",
                    self.endpoint_type()
                ),
                "write `\"api_gateway_endpoint_type\": \"PRIVATE\"`, or leave this setting out",
            );
            self.found(VPCE, "given".to_owned(), refusal);
        }
    }

    fn endpoint(&mut self) {
        let (vpce, policy) = (
            self.settings.api_gateway_endpoint_vpce.is_some(),
            self.settings.api_gateway_policy_file.is_some(),
        );
        if self.endpoint_type() == EndpointType::Private && !vpce && !policy {
            let refusal = Refusal::new(
                "Amazon API Gateway lets nobody call a private API that has no resource policy",
                "write `api_gateway_endpoint_vpce`, or a policy of your own into `api_gateway_policy_file`",
            );
            self.found(ENDPOINT, "\"PRIVATE\"".to_owned(), refusal);
        }
        if vpce && policy {
            let refusal = Refusal::new(
                "an API has one resource policy, and `api_gateway_endpoint_vpce` makes another one",
                "keep one of the two; a policy can name VPC endpoints in a condition, `aws:SourceVpce`",
            );
            self.found(POLICY, "given".to_owned(), refusal);
        }
    }

    fn policy_file(&mut self) {
        let Some(file) = &self.settings.api_gateway_policy_file else {
            return;
        };
        let value = format!("{:?}", file.as_str());
        if let Err(refusal) = self.stage.api_policy(file) {
            self.found(&["api_gateway_policy_file"], value, refusal);
        }
    }

    fn domains(&mut self) {
        let domain = self.settings.api_gateway_custom_domain.clone();
        let websocket = self.settings.websocket_api_custom_domain.clone();
        if let Some(domain) = &domain {
            self.domain(domain);
        }
        if let Some(websocket) = &websocket {
            self.tls(websocket, &["websocket_api_custom_domain"], "WebSocket");
        }
        if let (Some(domain), Some(websocket)) = (domain, websocket)
            && domain.domain_name == websocket.domain_name
        {
            let refusal = Refusal::new(
                "Amazon API Gateway takes no WebSocket API in the domain of another kind of API",
                "choose a domain of its own for each",
            );
            self.found(
                &["websocket_api_custom_domain", "api_gateway_custom_domain"],
                format!("in {}", websocket.domain_name),
                refusal,
            );
        }
    }

    fn domain(&mut self, domain: &CustomDomain) {
        const KEYS: &[&str] = &["api_gateway_custom_domain", "api_gateway_endpoint_type"];
        let is_http = self.settings.api_type == Some(ApiType::Http);
        let region = domain.certificate_arn.region();
        match self.endpoint_type() {
            EndpointType::Edge if !is_http => {
                let is_aws = domain.certificate_arn.as_str().starts_with("arn:aws:");
                if is_aws && region != "us-east-1" {
                    let refusal = Refusal::new(
                        format!(
                            "endpoints of the type EDGE have certificates in us-east-1, since Amazon CloudFront takes \
                             no others, and this one is in {region}"
                        ),
                        "name a certificate in us-east-1, or write `\"api_gateway_endpoint_type\": \"REGIONAL\"`",
                    );
                    self.found(KEYS, "an object".to_owned(), refusal);
                }
            }
            EndpointType::Private if !is_http => {
                let refusal = Refusal::new(
                    "Amazon API Gateway gives private APIs domains of another kind, which are not made here",
                    "leave it out, or write another `api_gateway_endpoint_type`",
                );
                self.found(KEYS, "an object".to_owned(), refusal);
            }
            _ => {}
        }
        if is_http {
            self.tls(domain, &["api_gateway_custom_domain", "api_type"], "HTTP");
        }
    }

    fn tls(&mut self, domain: &CustomDomain, keys: &'static [&'static str], kind: &str) {
        if domain.tls_version == TlsVersion::Tls1_0 {
            let refusal = Refusal::new(
                format!("Amazon API Gateway serves {kind} APIs by TLS 1.2 and newer alone"),
                "write `\"tls_version\": \"TLS_1_2\"`, or leave it out",
            );
            self.found(keys, "with TLS_1_0".to_owned(), refusal);
        }
    }

    /// What HTTP APIs have not (Amazon API Gateway, "Choose between REST APIs and HTTP APIs").
    fn http_api(&mut self) {
        if self.settings.api_type != Some(ApiType::Http) {
            return;
        }
        let settings = &self.settings;
        let endpoint = settings.api_gateway_endpoint_type;
        let endpoint = endpoint.filter(|endpoint| *endpoint != EndpointType::Regional);
        let rest_only = [
            (
                endpoint.map(|endpoint| format!("{:?}", endpoint.as_str())),
                &["api_gateway_endpoint_type", "api_type"] as &[&str],
            ),
            (
                settings
                    .api_gateway_endpoint_vpce
                    .as_ref()
                    .map(|_| "given".to_owned()),
                &["api_gateway_endpoint_vpce", "api_type"],
            ),
            (
                settings
                    .api_gateway_policy_file
                    .as_ref()
                    .map(|file| format!("{:?}", file.as_str())),
                &["api_gateway_policy_file", "api_type"],
            ),
            (
                settings
                    .minimum_compression_size
                    .map(|size| size.bytes().to_string()),
                &["minimum_compression_size", "api_type"],
            ),
            (
                settings
                    .request_validation
                    .filter(|validation| *validation != RequestValidation::None)
                    .map(|validation| format!("{:?}", validation.as_str())),
                &["request_validation", "api_type"],
            ),
        ];
        for (value, keys) in rest_only {
            if let Some(value) = value {
                let refusal = Refusal::new(
                    "`api_type` is http, and of Amazon API Gateway's products REST APIs alone have this",
                    "leave it out, or write `\"api_type\": \"rest\"`",
                );
                self.found(keys, value, refusal);
            }
        }
        let to_firehose = |log: &crate::AccessLog| {
            let destination = log.destination.as_ref();
            destination.is_some_and(|destination| destination.is_firehose())
        };
        if self.settings.access_log.as_ref().is_some_and(to_firehose) {
            let refusal = Refusal::new(
                "`api_type` is http, and HTTP APIs write their access log to log groups alone",
                "name a log group as `destination`, or leave `destination` out",
            );
            self.found(&["access_log", "api_type"], "an object".to_owned(), refusal);
        }
    }

    fn default_stage(&mut self) {
        let stage = self.settings.api_gateway_stage.as_ref();
        let is_http = self.settings.api_type == Some(ApiType::Http);
        if stage.is_some_and(ApiGatewayStage::is_default_of_http_apis) && !is_http {
            let refusal = Refusal::new(
                "of Amazon API Gateway's products HTTP APIs alone have that stage",
                "choose another name, or write `\"api_type\": \"http\"`",
            );
            let keys = &["api_gateway_stage", "api_type"];
            self.found(keys, "\"$default\"".to_owned(), refusal);
        }
    }
}
