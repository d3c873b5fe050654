use chalice::prelude::*;

#[on_sns_message(topic = "t", filter_policy)]
fn no_value(_event: SnsEvent) {}

#[on_sns_message(topic = "t", filter_policy = "{\"store\": ")]
fn no_json(_event: SnsEvent) {}

#[on_sns_message(topic = "t", filter_policy = { store: ["example_corp"] })]
fn no_key(_event: SnsEvent) {}

#[on_sns_message(topic = "t", filter_policy = {})]
fn empty(_event: SnsEvent) {}

#[on_sns_message(topic = "t", filter_policy = { "store": "example_corp" })]
fn no_list(_event: SnsEvent) {}

#[on_sns_message(topic = "t", filter_policy = { "store": [{ "prefx": "example" }] })]
fn operator(_event: SnsEvent) {}

#[on_sns_message(topic = "t", filter_policy = { "store": [{ "anything-but": { "suffix": "corp" } }] })]
fn within_anything_but(_event: SnsEvent) {}

#[on_sns_message(topic = "t", filter_policy = { "price": [{ "numeric": [">", 5_000_000_000] }] })]
fn number(_event: SnsEvent) {}

#[on_sns_message(topic = "t", filter_policy = { "order": { "store": ["example_corp"] } })]
fn nested(_event: SnsEvent) {}

#[on_sns_message(topic = "t", filter_policy = { "a": [1], "b": [1], "c": [1], "d": [1], "e": [1], "f": [1] })]
fn keys(_event: SnsEvent) {}

#[on_sns_message(
    topic = "t",
    filter_policy = {
        "a": [1, 2, 3, 4, 5],
        "b": [1, 2, 3, 4, 5],
        "c": { "d": [1, 2, 3, 4] },
    },
    filter_policy_scope = "MessageBody"
)]
fn combinations(_event: SnsEvent) {}

#[on_sns_message(topic = "t", filter_policy = { "path": [{ "wildcard": "*/a/*/b/*/c/*" }] })]
fn wildcards(_event: SnsEvent) {}

#[on_sns_message(topic = "t", filter_policy = { "store": ["a"] }, filter_policy_scope = "MesageBody")]
fn scope(_event: SnsEvent) {}

#[on_sns_message(topic = "t", filter_policy_scope = "MessageBody")]
fn scope_of_nothing(_event: SnsEvent) {}

#[app]
static APP: App = App {
    name: "sns",
    handlers: [
        no_value,
        no_json,
        no_key,
        empty,
        no_list,
        operator,
        within_anything_but,
        number,
        nested,
        keys,
        combinations,
        wildcards,
        scope,
        scope_of_nothing,
    ],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
