use chalice::prelude::*;

/// The event is of another kind.
#[middleware(sqs)]
async fn sqs(event: KinesisEvent, next: Next<'_, KinesisEvent>) -> FunctionResult {
    next.run(event).await
}

/// What is inside is for events of another kind.
#[middleware(s3)]
async fn s3(event: S3Event, next: Next<'_>) -> FunctionResult {
    next.run(event).await
}

/// No client waits for a response.
#[middleware(scheduled)]
async fn scheduled(event: ScheduledEvent, next: Next<'_, ScheduledEvent>) -> Response {
    let _ = next.run(event).await;
    Response::new(StatusCode::OK)
}

#[middleware(lambda)]
async fn misspelt(event: LambdaFunctionEvent, next: Next<'_, LambdaFunctionEvent>) -> FunctionResult {
    next.run(event).await
}

#[app]
static APP: App = App {
    name: "kinds",
    middleware: [sqs, s3, scheduled, misspelt],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
