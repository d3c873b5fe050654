//! ARNs that AWS has, and what is written in their place.

use std::fmt;

use proptest::prelude::*;

use super::*;

fn problem<T: fmt::Debug>(result: Result<T, ArnError>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn parts() {
    let arn = Arn::parse("arn:aws-us-gov:sns:us-gov-west-1:123456789012:a:b").unwrap();
    assert_eq!(
        (arn.partition, arn.region, arn.resource),
        ("aws-us-gov", "us-gov-west-1", "a:b")
    );
    assert!(Arn::parse("arn:aws:s3:::photos").is_ok());
    assert!(problem(Arn::parse("orders")).contains("is not an ARN"));
    assert!(problem(Arn::parse("arn:aws:sqs:us-east-1")).contains("has the form"));
    assert!(problem(Arn::parse("arn:awz:s3:::photos")).contains("did you mean `aws`?"));
    assert!(
        problem(Arn::parse("arn:aws:sqs:useast1:123456789012:q"))
            .contains("`useast1` is no region")
    );
    assert!(problem(Arn::parse("arn:aws:sqs:us-east-1:12345:q")).contains("12 digits"));
    assert!(
        problem(Arn::parse("arn:aws:sqs:cn-north-1:123456789012:q"))
            .ends_with("write `arn:aws-cn:..`")
    );
    assert!(
        problem(Arn::parse("arn:aws-cn:sqs:us-east-1:123456789012:q"))
            .ends_with("write `arn:aws:..`")
    );
}

#[test]
fn queues() {
    assert_eq!(
        queue("arn:aws:sqs:us-east-1:123456789012:orders.fifo"),
        Ok(("orders.fifo", Ordering::Fifo))
    );
    assert_eq!(
        problem(queue(
            "https://sqs.eu-west-1.amazonaws.com/123456789012/orders"
        )),
        "`https://sqs.eu-west-1.amazonaws.com/123456789012/orders` is the queue's URL, and its ARN belongs here: \
         write \"arn:aws:sqs:eu-west-1:123456789012:orders\""
    );
    assert!(problem(queue("orders")).contains("looks like"));
    assert!(problem(queue("arn:aws:sns:us-east-1:123456789012:t")).contains("service `sns`"));
    assert!(problem(queue("arn:aws:sqs::123456789012:q")).contains("region"));
    assert!(problem(queue("arn:aws:sqs:us-east-1::q")).contains("account"));
    assert!(problem(queue("arn:aws:sqs:us-east-1:123456789012:a b")).contains("' '"));
}

#[test]
fn topics() {
    assert_eq!(
        topic("arn:aws:sns:us-east-1:123456789012:prices"),
        Ok("prices")
    );
    assert!(
        problem(topic("arn:aws:sns:us-east-1:123456789012:prices.fifo")).contains("FIFO topic")
    );
    assert!(
        problem(topic(
            "arn:aws:sns:us-east-1:123456789012:prices:6b0e71bd-7e97-4d97-80ce-4a0994e55286"
        ))
        .ends_with("write \"arn:aws:sns:us-east-1:123456789012:prices\"")
    );
}

#[test]
fn streams() {
    let clicks = "arn:aws:kinesis:us-east-1:123456789012:stream/clicks";
    assert_eq!(kinesis_stream(clicks), Ok("clicks"));
    assert_eq!(
        kinesis_stream(&format!("{clicks}/consumer/me:1693526400")),
        Ok("clicks")
    );
    assert!(problem(kinesis_stream(&format!("{clicks}/shards/1"))).contains("looks like"));
    let table = "arn:aws:dynamodb:us-east-1:123456789012:table/Music";
    assert_eq!(
        dynamodb_stream(&format!("{table}/stream/2016-07-29T19:26:04.000")),
        Ok(("Music", "2016-07-29T19:26:04.000"))
    );
    assert!(problem(dynamodb_stream(table)).contains("is the ARN of a table"));
    assert!(problem(dynamodb_stream(&format!("{table}/stream/latest"))).contains("`latest`"));
    assert!(problem(dynamodb_stream(&format!("{table}/index/by-year"))).contains("looks like"));
    assert!(problem(dynamodb_stream("Music")).contains("DynamoDB stream looks like"));
}

#[test]
fn event_buses() {
    assert_eq!(
        event_bus("arn:aws:events:us-east-1:123456789012:event-bus/default"),
        Ok("default")
    );
    assert!(
        problem(event_bus("arn:aws:events:us-east-1:123456789012:rule/a")).contains("event bus")
    );
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "(arn:(aws|aws-cn)?:?)?[a-z0-9:/-]{0,60}") {
        for result in [
            queue(&text).map(|_| ()),
            topic(&text).map(|_| ()),
            kinesis_stream(&text).map(|_| ()),
            dynamodb_stream(&text).map(|_| ()),
            event_bus(&text).map(|_| ()),
        ] {
            if let Err(error) = result {
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }

    #[test]
    fn what_parses_is_written_as_it_was(
        region in "(us|eu)-(east|west)-[1-3]",
        account in "[0-9]{12}",
        resource in "[a-z:/]{1,20}",
    ) {
        let text = format!("arn:aws:sqs:{region}:{account}:{resource}");
        prop_assert_eq!(Arn::parse(&text).map(|arn| arn.to_string()), Ok(text.clone()));
    }
}
