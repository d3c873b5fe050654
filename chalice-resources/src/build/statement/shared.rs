//! The statements of a role that functions share: those of AWS Chalice, on every queue and stream.

use super::{Functions, answers_websocket, mappings, on};
use crate::{MappingSource, Resources, Statement, StreamKind};

pub(super) fn statements(resources: &Resources, functions: &Functions<'_>) -> Vec<Statement> {
    let polls = |stream: StreamKind| {
        mappings(resources, functions).any(
            |mapping| matches!(&mapping.source, MappingSource::Stream(it) if it.kind == stream),
        )
    };
    let mut statements = vec![on(
        &[
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
        ],
        "arn:*:logs:*:*:*",
    )];
    if functions.iter().any(|(_, function)| function.vpc.is_some()) {
        statements.push(on(
            &[
                "ec2:CreateNetworkInterface",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DetachNetworkInterface",
                "ec2:DeleteNetworkInterface",
            ],
            "*",
        ));
    }
    if functions.iter().any(|(_, function)| function.xray) {
        statements.push(on(
            &["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
            "*",
        ));
    }
    if mappings(resources, functions)
        .any(|mapping| matches!(mapping.source, MappingSource::Queue { .. }))
    {
        statements.push(on(
            &[
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
            ],
            "*",
        ));
    }
    if polls(StreamKind::Kinesis) {
        statements.push(on(
            &[
                "kinesis:GetRecords",
                "kinesis:GetShardIterator",
                "kinesis:DescribeStream",
                "kinesis:ListStreams",
            ],
            "*",
        ));
    }
    if polls(StreamKind::Dynamodb) {
        statements.push(on(
            &[
                "dynamodb:DescribeStream",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
                "dynamodb:ListStreams",
            ],
            "*",
        ));
    }
    if answers_websocket(resources, functions) {
        statements.push(on(
            &["execute-api:ManageConnections"],
            "arn:*:execute-api:*:*:*/@connections/*",
        ));
    }
    statements
}
