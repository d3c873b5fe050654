//! Where a service is reached.

use aws_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

use super::Service;

/// The URL that the SDK's variables or the profile put in place of the service's own.
pub(super) fn endpoint_override(config: &SdkConfig, service: Service) -> Option<String> {
    // As clients do it: what is set for one service wins over what is set for all.
    let of_service = || {
        let key = ServiceConfigKey::builder()
            .service_id(service.service_id)
            .env("AWS_ENDPOINT_URL")
            .profile("endpoint_url")
            .build();
        config.service_config()?.load_config(key.ok()?)
    };
    of_service().or_else(|| config.endpoint_url().map(str::to_owned))
}

/// Where the service is reached, for people: the URL in place of its own, or its host.
pub(super) fn endpoint(config: &SdkConfig, service: Service) -> String {
    if let Some(url) = endpoint_override(config, service) {
        return url;
    }
    let prefix = service.endpoint_prefix;
    let region = config.region().map(AsRef::as_ref).unwrap_or("us-east-1");
    match region.starts_with("cn-") {
        _ if service == Service::IAM => "iam.amazonaws.com".to_owned(),
        true => format!("{prefix}.{region}.amazonaws.com.cn"),
        false => format!("{prefix}.{region}.amazonaws.com"),
    }
}
