use chalice::prelude::*;

#[on_sqs_message(queue = "orders", filters = { "body": { "kind": ["order"] } })]
fn no_list(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders", filters = [{ "data": { "kind": ["order"] } }, { "body": { "kind": "order" } }])]
fn patterns(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders", filters = [{ body: ["order"] }])]
fn json(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders", filters = ["{\"body\":"])]
fn text(_event: SqsEvent) {}

#[on_sqs_message(queue = "orders", filters = [{ "body": [{ "wildcard": "a*" }, { "anything-but": { "prefix": "b" } }] }])]
fn of_rules(_event: SqsEvent) {}

#[on_sqs_message(
    queue = "orders",
    filters = [
        { "body": [1] }, { "body": [2] }, { "body": [3] }, { "body": [4] }, { "body": [5] }, { "body": [6] },
        { "body": [7] }, { "body": [8] }, { "body": [9] }, { "body": [10] }, { "body": [11] },
    ]
)]
fn too_many(_event: SqsEvent) {}

#[app]
static APP: App = App {
    name: "filters",
    handlers: [no_list, patterns, json, text, of_rules, too_many],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
