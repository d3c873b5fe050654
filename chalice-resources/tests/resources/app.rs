//! An app with something of everything.

use chalice::prelude::*;

#[authorizer]
fn key(_request: AuthRequest) -> AuthResponse {
    AuthResponse::deny("nobody")
}

#[route("/orders/<id>/items", authorizer = key, cors)]
fn items(id: u64) -> Json<u64> {
    Json(id)
}

#[route("/orders", methods = [POST])]
fn create() {}

#[lambda_function(on_failure = "arn:aws:sqs:eu-west-1:123456789012:lost")]
fn pure() {}

#[schedule("rate(1 hour)", description = "Sweeps.")]
fn sweep(_event: ScheduledEvent) {}

#[on_s3_event(bucket = "photos", prefix = "in/")]
fn resize(_event: S3Event) {}

#[on_sns_message(topic = "news")]
fn notify(_event: SnsEvent) {}

#[on_sqs_message(queue = "orders", maximum_concurrency = 5)]
fn order(_event: SqsEvent) {}

#[on_kinesis_record(stream = "clicks", on_failure = "arn:aws:s3:::lost-clicks")]
fn click(_event: KinesisEvent) {}

#[on_ws_disconnect]
fn gone(_event: WebsocketEvent) {}

#[on_ws_message]
fn message(_event: WebsocketEvent) {}

#[on_ws_message(route_key = "cheer")]
fn cheer(_event: WebsocketEvent) {}

#[on_ws_connect]
fn connect(_event: WebsocketEvent) {}

#[app]
pub(crate) static APP: App = App {
    name: "shop",
    handlers: [
        key, gone, message, cheer, connect, items, create, sweep, resize, notify, order, click,
        pure,
    ],
};
