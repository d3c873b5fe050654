//! What Amazon Resource Names name.

/// The resource of an ARN: what follows the account, `my-queue` of
/// `arn:aws:sqs:us-east-1:123456789012:my-queue`; empty for any other text.
pub(super) fn resource(arn: &str) -> &str {
    match arn.splitn(6, ':').nth(5) {
        Some(resource) if arn.starts_with("arn:") => resource,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_name_resources() {
        assert_eq!(
            resource("arn:aws:sqs:us-east-1:123456789012:a.fifo"),
            "a.fifo"
        );
        assert_eq!(resource("arn:aws:s3:::bucket"), "bucket");
        let stream = "arn:aws:dynamodb:us-west-2:12345:table/T/stream/2020-09-28T16:49:14.209";
        assert_eq!(resource(stream), "table/T/stream/2020-09-28T16:49:14.209");
        for none in ["", "bad", "arn:aws:sqs", "a:b:c:d:e:f"] {
            assert_eq!(resource(none), "");
        }
    }
}
