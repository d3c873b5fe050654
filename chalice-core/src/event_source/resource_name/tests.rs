//! Names that AWS takes and names that it refuses.

use std::fmt;

use super::*;

fn problem<T: fmt::Debug>(result: Result<T, ResourceNameError>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn buckets() {
    for name in ["abc", "my.bucket-1", "1.2.3", &"a".repeat(63)] {
        assert_eq!(bucket(name), Ok(()), "{name}");
    }
    assert!(problem(bucket("ab")).contains("3 to 63"));
    assert!(problem(bucket(&"a".repeat(64))).contains("has 64"));
    assert!(problem(bucket("MyBucket")).ends_with("write \"mybucket\""));
    assert!(problem(bucket("my_bucket")).contains("'_'"));
    assert!(problem(bucket("-bucket")).contains("begins and ends"));
    assert!(problem(bucket("bucket.")).contains("begins and ends"));
    assert!(problem(bucket("a..b")).contains("two periods"));
    assert!(problem(bucket("192.168.5.4")).contains("IP address"));
    assert!(problem(bucket("xn--bucket")).contains("`xn--`"));
    assert!(problem(bucket("bucket-s3alias")).contains("`-s3alias`"));
    assert!(problem(bucket("logs--use1-az4--x-s3")).contains("directory bucket"));
    assert!(problem(bucket("arn:aws:s3:::photos")).ends_with("write \"photos\""));
    assert!(problem(bucket("s3://photos/cats")).ends_with("write \"photos\""));
    assert!(problem(bucket("https://")).contains("is a URL"));
}

#[test]
fn queues() {
    assert_eq!(queue("My_queue-1"), Ok(Ordering::Standard));
    assert_eq!(queue("orders.fifo"), Ok(Ordering::Fifo));
    assert_eq!(
        queue(&format!("{}.fifo", "q".repeat(75))),
        Ok(Ordering::Fifo)
    );
    assert!(problem(queue(&format!("{}.fifo", "q".repeat(76)))).contains("has 81"));
    assert!(problem(queue(".fifo")).contains("too short"));
    assert!(problem(queue("")).contains("too short"));
    assert!(problem(queue("orders.new")).contains("only in `.fifo` at the end"));
    assert_eq!(
        problem(queue("arn:aws:sqs:us-east-1:123456789012:orders")),
        "`arn:aws:sqs:us-east-1:123456789012:orders` is an ARN where a queue's name belongs: write queue_arn = \
         \"arn:aws:sqs:us-east-1:123456789012:orders\""
    );
    assert!(
        problem(queue(
            "https://sqs.us-east-1.amazonaws.com/123456789012/orders"
        ))
        .ends_with("is a URL where a queue's name belongs: write \"orders\"")
    );
}

#[test]
fn topics() {
    assert_eq!(topic(&"t".repeat(256)), Ok(()));
    assert!(problem(topic(&"t".repeat(257))).contains("at most 256"));
    assert!(problem(topic("prices.fifo")).contains("#[on_sqs_message]"));
    assert!(problem(topic("prices!")).contains("'!'"));
}

#[test]
fn streams_tables_and_buses() {
    assert_eq!(stream("clicks.v1"), Ok(()));
    assert!(problem(stream(&"s".repeat(129))).contains("at most 128"));
    assert!(
        problem(stream(
            "arn:aws:kinesis:us-east-1:123456789012:stream/clicks"
        ))
        .contains("write stream_arn = \"arn:")
    );
    assert_eq!(table("Music"), Ok(()));
    assert!(problem(table("ab")).contains("3 to 255"));
    assert_eq!(event_bus("default"), Ok(()));
    assert_eq!(event_bus("aws.partner/example.com/acme"), Ok(()));
    assert!(problem(event_bus("a/b")).contains("aws.partner/"));
    assert!(problem(event_bus("a b")).contains("' '"));
}
