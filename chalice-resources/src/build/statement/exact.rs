//! The statements of a function's own role: each names what it is about.
//!
//! Where a resource is `*`, AWS takes nothing narrower for those actions, or its own documentation
//! asks for it (Service Authorization Reference).

use super::{Functions, answer_websocket, mappings, of_functions, on, on_all};
use crate::{
    Arn, Function, MappingSource, Reason, Resources, Statement, StreamKind, StreamSettings,
};

pub(super) fn statements(resources: &Resources, functions: &Functions<'_>) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    for (_, function) in functions {
        statements.extend(log(function));
    }
    let in_vpc = of_functions(functions, Reason::Vpc, |it| it.vpc.is_some());
    if !in_vpc.is_empty() {
        // AWS Lambda, "Giving Lambda functions access to resources in an Amazon VPC": interfaces are
        // made by AWS Lambda, whose names nobody knows before.
        statements.push(on(
            &[
                "ec2:CreateNetworkInterface",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSubnets",
                "ec2:DeleteNetworkInterface",
                "ec2:AssignPrivateIpAddresses",
                "ec2:UnassignPrivateIpAddresses",
            ],
            "*",
            &in_vpc,
        ));
    }
    let traced = of_functions(functions, Reason::Tracing, |it| it.xray);
    if !traced.is_empty() {
        statements.push(on(
            &["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
            "*",
            &traced,
        ));
    }
    for (mapping, reason) in mappings(resources, functions) {
        let because = &[reason];
        match &mapping.source {
            MappingSource::Queue { .. } => statements.push(on_all(
                &[
                    "sqs:ReceiveMessage",
                    "sqs:DeleteMessage",
                    "sqs:GetQueueAttributes",
                ],
                vec![mapping.event_source.clone()],
                because,
            )),
            MappingSource::Stream(StreamSettings {
                kind: StreamKind::Kinesis,
                ..
            }) => statements.extend(kinesis(&mapping.event_source, because)),
            MappingSource::Stream(StreamSettings {
                kind: StreamKind::Dynamodb,
                ..
            }) => statements.extend([
                on_all(
                    &[
                        "dynamodb:DescribeStream",
                        "dynamodb:GetRecords",
                        "dynamodb:GetShardIterator",
                    ],
                    vec![mapping.event_source.clone()],
                    because,
                ),
                on(&["dynamodb:ListStreams"], "*", because),
            ]),
        }
    }
    let websocket = answer_websocket(resources, functions);
    if let Some(api) = &resources.websocket_api
        && !websocket.is_empty()
    {
        statements.push(on_all(
            &["execute-api:ManageConnections"],
            vec![Arn::WebsocketApi {
                resource: format!("{}/*/@connections/*", api.stage.as_str()),
            }],
            &websocket,
        ));
    }
    statements
}

/// Lines of a function's log go to streams of its own log group, which AWS Lambda creates unless the
/// stage does.
fn log(function: &Function) -> Vec<Statement> {
    let name = function.log_group_name();
    let because = &[(Reason::Log, &*function.name)];
    let group = |end: &str| Arn::Regional {
        service: "logs",
        resource: format!("log-group:{name}{end}"),
    };
    let mut statements = Vec::new();
    if function.log_group.is_none() {
        // Requests name the group with and without the colon that ends it.
        statements.push(on_all(
            &["logs:CreateLogGroup"],
            vec![group(""), group(":*")],
            because,
        ));
    }
    statements.push(on_all(
        &["logs:CreateLogStream", "logs:PutLogEvents"],
        vec![group(":*")],
        because,
    ));
    statements
}

/// A stream, or a consumer of one with a throughput of its own (`<stream>/consumer/<name>:<time>`).
fn kinesis(source: &Arn, because: &[(Reason, &str)]) -> Vec<Statement> {
    let stream = match source {
        Arn::Literal(arn) => {
            let stream = arn.split_once("/consumer/");
            stream.map(|(stream, _)| Arn::Literal(stream.to_owned()))
        }
        _ => None,
    };
    let mut statements = Vec::new();
    if stream.is_some() {
        statements.push(on_all(
            &["kinesis:SubscribeToShard", "kinesis:DescribeStreamConsumer"],
            vec![source.clone()],
            because,
        ));
    }
    statements.push(on_all(
        &[
            "kinesis:GetRecords",
            "kinesis:GetShardIterator",
            "kinesis:DescribeStream",
            "kinesis:DescribeStreamSummary",
            "kinesis:ListShards",
        ],
        vec![stream.unwrap_or_else(|| source.clone())],
        because,
    ));
    statements.push(on(&["kinesis:ListStreams"], "*", because));
    statements
}
