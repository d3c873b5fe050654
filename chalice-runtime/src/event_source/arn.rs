//! What Amazon Resource Names name.

/// The resource of an ARN: what follows the account, `my-queue` of
/// `arn:aws:sqs:us-east-1:123456789012:my-queue`; empty for any other text.
pub(super) fn resource(arn: &str) -> &str {
    match arn.splitn(6, ':').nth(5) {
        Some(resource) if arn.starts_with("arn:") => resource,
        _ => "",
    }
}

/// The second part of an ARN's resource, the name in `stream/my-stream` and
/// `table/my-table/stream/2020-09-28T16:49:14.209`; empty for any other text.
pub(super) fn second_part(arn: &str) -> &str {
    resource(arn).split('/').nth(1).unwrap_or_default()
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
        assert_eq!(second_part(stream), "T");
        let stream = "arn:aws:kinesis:us-east-1:123456789012:stream/s";
        assert_eq!(second_part(stream), "s");
        let consumer = "arn:aws:kinesis:us-east-1:123456789012:stream/s/consumer/c:1";
        assert_eq!(second_part(consumer), "s");
        assert_eq!(second_part("arn:aws:sqs:us-east-1:123456789012:q"), "");
        for none in ["", "bad", "arn:aws:sqs", "a:b:c:d:e:f"] {
            assert_eq!(resource(none), "");
        }
    }
}
