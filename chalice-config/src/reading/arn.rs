//! ARNs of resources that the file names.

use chalice_core::event_source::arn::Arn;

/// Whether `text` is the ARN of a resource of that service, and `is_taken` takes its parts.
pub(crate) fn is_arn(text: &str, service: &str, is_taken: impl FnOnce(&Arn<'_>) -> bool) -> bool {
    // Policies that AWS keeps itself have its name for an account.
    let own = text.replacen(":iam::aws:", ":iam:::", 1);
    Arn::parse(&own).is_ok_and(|arn| arn.service == service && is_taken(&arn))
}

/// What comes behind `start`, if anything does.
pub(crate) fn behind<'a>(resource: &'a str, start: &str) -> Option<&'a str> {
    resource
        .strip_prefix(start)
        .filter(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

/// The region in an ARN.
pub(crate) fn region(arn: &str) -> &str {
    arn.split(':').nth(3).unwrap_or_default()
}
