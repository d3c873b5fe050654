use chalice::prelude::*;

/// One record has no failures of others.
#[on_sqs_message(queue = "orders")]
fn each(_record: SqsRecord) -> BatchItemFailures {
    BatchItemFailures::new()
}

/// A bucket has no use for an answer.
#[on_s3_event(bucket = "mybucket")]
async fn answer(_event: S3Event) -> Result<String> {
    Ok(String::new())
}

/// Nobody hears of the failures.
#[on_sqs_message(queue = "returns", report_batch_item_failures = false)]
fn unheard(_event: SqsEvent) -> BatchItemFailures {
    BatchItemFailures::new()
}

#[on_ws_message]
fn message(_event: WebsocketEvent) -> u8 {
    0
}

#[app]
static APP: App = App {
    name: "returns",
    handlers: [each, answer, unheard, message],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
