//! What a pattern is made of, and what each operator takes.

use chalice::prelude::*;

#[on_cw_event("{\"source\": ")]
fn no_json(_event: CloudWatchEvent) {}

#[on_cw_event({ "source" = ["aws.ec2"] })]
fn no_colon(_event: CloudWatchEvent) {}

#[on_cw_event({ source: ["aws.ec2"] })]
fn no_key(_event: CloudWatchEvent) {}

#[on_cw_event({ "source": [ec2] })]
fn word(_event: CloudWatchEvent) {}

#[on_cw_event({ "source": ["a"], "source": ["b"] })]
fn twice(_event: CloudWatchEvent) {}

#[on_cw_event({})]
fn empty(_event: CloudWatchEvent) {}

#[on_cw_event({ "detail": {} })]
fn empty_object(_event: CloudWatchEvent) {}

#[on_cw_event({ "source": [] })]
fn empty_list(_event: CloudWatchEvent) {}

#[on_cw_event({ "source": { "prefix": "aws." } })]
fn no_list(_event: CloudWatchEvent) {}

#[on_cw_event({ "source": [["aws.ec2"]] })]
fn nested_list(_event: CloudWatchEvent) {}

#[on_cw_event({ "source": [{ "prefix": "a", "suffix": "b" }] })]
fn two_operators(_event: CloudWatchEvent) {}

#[on_cw_event({ "source": [{ "prefx": "aws." }] })]
fn operator(_event: CloudWatchEvent) {}

#[on_cw_event({ "source": [{ "anything-but": { "prefx": "a" } }] })]
fn within(_event: CloudWatchEvent) {}

#[on_cw_event({ "detail": { "a": [{ "exists": 1 }] } })]
fn operands(_event: CloudWatchEvent) {}

#[on_cw_event({ "detail": { "a": [{ "numeric": [">", 5, "<", 1] }] } })]
fn range(_event: CloudWatchEvent) {}

#[on_cw_event({ "detail": { "a": [{ "numeric": ["≥", 5] }] } })]
fn numeric(_event: CloudWatchEvent) {}

#[on_cw_event({ "detail": { "a": [{ "cidr": "10.0.0.0" }] } })]
fn address(_event: CloudWatchEvent) {}

#[on_cw_event({ "source": [{ "wildcard": "aws.**" }] })]
fn stars(_event: CloudWatchEvent) {}

#[on_cw_event({ "source": [{ "wildcard": "aws\\." }] })]
fn escape(_event: CloudWatchEvent) {}

#[on_cw_event({ "$or": [{ "source": ["a"] }] })]
fn alternatives(_event: CloudWatchEvent) {}

#[on_cw_event(pattern = { "source": ["a"] }, event_bus = "arn:aws:sqs:us-east-1:123456789012:bus")]
fn bus(_event: CloudWatchEvent) {}

#[on_cw_event(pattern = { "source": ["a"] }, event_bus = "partner/acme")]
fn partner(_event: CloudWatchEvent) {}

#[app]
static APP: App = App {
    name: "patterns",
    handlers: [no_json, no_colon, no_key, word, twice, empty, empty_object, empty_list, no_list, nested_list, two_operators, operator, within, operands, range, numeric, address, stars, escape, alternatives, bus, partner],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
