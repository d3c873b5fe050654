//! What AWS documents about operations that functions use most.

use chalice_iam::{Basis, Catalog};

const OPERATIONS: &[(&str, &str, &str)] = &[
    ("apigateway", "get_rest_apis", "apigateway:GET"),
    ("apigateway", "update_stage", "apigateway:PATCH"),
    (
        "apigatewaymanagement",
        "post_to_connection",
        "execute-api:ManageConnections",
    ),
    ("apigatewayv2", "create_route", "apigateway:POST"),
    ("bedrockruntime", "converse", "bedrock:InvokeModel"),
    (
        "cloudcontrol",
        "create_resource",
        "cloudformation:CreateResource",
    ),
    ("cloudwatch", "put_metric_data", "cloudwatch:PutMetricData"),
    ("cloudwatchlogs", "put_log_events", "logs:PutLogEvents"),
    (
        "cognitoidentityprovider",
        "admin_get_user",
        "cognito-idp:AdminGetUser",
    ),
    ("cognitoidentityprovider", "sign_up", ""),
    ("docdb", "describe_db_clusters", "rds:DescribeDBClusters"),
    ("dynamodb", "batch_write_item", "dynamodb:BatchWriteItem"),
    ("dynamodb", "transact_get_items", "dynamodb:GetItem"),
    ("dynamodbstreams", "get_records", "dynamodb:GetRecords"),
    ("ec2", "describe_instances", "ec2:DescribeInstances"),
    (
        "elasticloadbalancingv2",
        "describe_target_health",
        "elasticloadbalancing:DescribeTargetHealth",
    ),
    ("eventbridge", "put_events", "events:PutEvents"),
    ("firehose", "put_record_batch", "firehose:PutRecordBatch"),
    ("iotdataplane", "publish", "iot:Publish"),
    ("kinesis", "put_records", "kinesis:PutRecords"),
    ("kms", "re_encrypt", "kms:ReEncryptFrom kms:ReEncryptTo"),
    ("lambda", "invoke", "lambda:InvokeFunction"),
    ("lambda", "list_functions", "lambda:ListFunctions"),
    ("opensearch", "describe_domain", "es:DescribeDomain"),
    ("rdsdata", "execute_statement", "rds-data:ExecuteStatement"),
    ("resourcegroupstagging", "get_resources", "tag:GetResources"),
    ("s3", "copy_object", "s3:GetObject s3:PutObject"),
    ("s3", "delete_objects", "s3:DeleteObject"),
    ("s3", "get_bucket_cors", "s3:GetBucketCORS"),
    ("s3", "get_object", "s3:GetObject"),
    ("s3", "head_bucket", "s3:ListBucket"),
    ("s3", "head_object", "s3:GetObject"),
    ("s3", "list_buckets", "s3:ListAllMyBuckets"),
    ("s3", "list_objects_v2", "s3:ListBucket"),
    ("s3", "upload_part", "s3:PutObject"),
    (
        "s3control",
        "get_public_access_block",
        "s3:GetAccountPublicAccessBlock",
    ),
    ("scheduler", "create_schedule", "scheduler:CreateSchedule"),
    (
        "secretsmanager",
        "get_secret_value",
        "secretsmanager:GetSecretValue",
    ),
    ("ses", "send_email", "ses:SendEmail"),
    ("sesv2", "send_email", "ses:SendEmail"),
    ("sfn", "start_execution", "states:StartExecution"),
    ("sns", "publish_batch", "sns:Publish"),
    ("sqs", "send_message_batch", "sqs:SendMessage"),
    ("ssm", "get_parameters_by_path", "ssm:GetParametersByPath"),
    ("sts", "assume_role", "sts:AssumeRole"),
    ("sts", "assume_role_with_web_identity", ""),
    ("sts", "get_caller_identity", ""),
    (
        "transcribestreaming",
        "start_stream_transcription",
        "transcribe:StartStreamTranscription",
    ),
    ("xray", "put_trace_segments", "xray:PutTraceSegments"),
];

#[test]
fn operations_take_what_aws_documents() {
    for (name, operation, expected) in OPERATIONS {
        let service = Catalog::get().service(&format!("aws-sdk-{name}"));
        let operation = service
            .unwrap_or_else(|| panic!("{name}"))
            .operation(operation);
        let operation = operation.unwrap_or_else(|| panic!("{name} {expected}"));
        let actions: Vec<&str> = operation
            .actions()
            .unwrap()
            .iter()
            .map(|it| it.name())
            .collect();
        assert_eq!(actions.join(" "), *expected, "{name}");
        assert!(!operation.depends_on_request());
    }
}

#[test]
fn what_depends_on_the_request_is_said() {
    let dynamodb = Catalog::get().service("aws-sdk-dynamodb").unwrap();
    let transaction = dynamodb.operation("transact_write_items").unwrap();
    assert!(transaction.depends_on_request());
    assert_eq!(transaction.actions().unwrap().len(), 4);
}

/// The share of operations of which it is known what they take; later data can only have more.
#[test]
fn little_is_unknown() {
    let coverage = Catalog::get().coverage();
    assert!(coverage.total() > 19_000, "{}", coverage.total());
    let unknown = coverage.count(Basis::Unknown);
    assert!(
        unknown * 100 < coverage.total() * 11,
        "{unknown} of {}",
        coverage.total()
    );
}
