//! The statements of a role that functions share: those of AWS Chalice, on every queue and stream.

use super::{Functions, answer_websocket, mappings, of_functions, on};
use crate::{MappingSource, Reason, Resources, Statement, StreamKind};

pub(super) fn statements(resources: &Resources, functions: &Functions<'_>) -> Vec<Statement> {
    let polls = |is_such: fn(&MappingSource) -> bool| -> Vec<(Reason, &str)> {
        mappings(resources, functions)
            .filter(|(mapping, _)| is_such(&mapping.source))
            .map(|(_, reason)| reason)
            .collect()
    };
    let mut statements = vec![on(
        &[
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
        ],
        "arn:*:logs:*:*:*",
        &of_functions(functions, Reason::Log, |_| true),
    )];
    let in_vpc = of_functions(functions, Reason::Vpc, |it| it.vpc.is_some());
    if !in_vpc.is_empty() {
        statements.push(on(
            &[
                "ec2:CreateNetworkInterface",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DetachNetworkInterface",
                "ec2:DeleteNetworkInterface",
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
    let queues = polls(|source| matches!(source, MappingSource::Queue { .. }));
    if !queues.is_empty() {
        statements.push(on(
            &[
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
            ],
            "*",
            &queues,
        ));
    }
    let kinesis = polls(
        |source| matches!(source, MappingSource::Stream(it) if it.kind == StreamKind::Kinesis),
    );
    if !kinesis.is_empty() {
        statements.push(on(
            &[
                "kinesis:GetRecords",
                "kinesis:GetShardIterator",
                "kinesis:DescribeStream",
                "kinesis:ListStreams",
            ],
            "*",
            &kinesis,
        ));
    }
    let dynamodb = polls(
        |source| matches!(source, MappingSource::Stream(it) if it.kind == StreamKind::Dynamodb),
    );
    if !dynamodb.is_empty() {
        statements.push(on(
            &[
                "dynamodb:DescribeStream",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
                "dynamodb:ListStreams",
            ],
            "*",
            &dynamodb,
        ));
    }
    let websocket = answer_websocket(resources, functions);
    if !websocket.is_empty() {
        statements.push(on(
            &["execute-api:ManageConnections"],
            "arn:*:execute-api:*:*:*/@connections/*",
            &websocket,
        ));
    }
    statements
}
