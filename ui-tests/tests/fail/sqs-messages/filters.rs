use chalice::prelude::*;

#[on_sqs_message(queue = "orders", filters = { "body": { "kind": ["order"] } })]
fn no_list(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders", filters = [{ "data": { "kind": ["order"] } }, { "body": { "kind": "order" } }])]
fn patterns(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders", filters = [{ body: ["order"] }])]
fn json(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders", filters = ["{\"body\":"])]
fn text(_event: SqsEvent) {}

#[app]
static APP: App = App {
    name: "filters",
    handlers: [no_list, patterns, json, text],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
