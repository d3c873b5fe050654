//! What the programs can and cannot reach, by hand from their sources.

/// A service, an operation, and what is special about the call.
pub(crate) type Row = (&'static str, &'static str, &'static str);

/// A program and its operations.
#[derive(Debug)]
pub(crate) struct Expected {
    pub(crate) program: &'static str,
    /// The crates of its sources.
    pub(crate) crates: &'static [&'static str],
    /// Operations that some run of the program calls.
    pub(crate) reachable: &'static [Row],
    /// Operations that no run calls, and that are found nevertheless.
    pub(crate) extra: &'static [Row],
    /// Operations that no run calls, and that must not be found.
    pub(crate) unreachable: &'static [Row],
}

/// Twelve services.
pub(crate) const CLERK: Expected = Expected {
    program: "clerk",
    crates: &["clerk", "courier", "storeroom"],
    reachable: REACHABLE,
    extra: EXTRA,
    unreachable: UNREACHABLE,
};

/// Three services.
pub(crate) const ERRAND: Expected = Expected {
    program: "errand",
    crates: &["errand"],
    reachable: &[
        ("dynamodbstreams", "describe_stream", "closure in a stream"),
        (
            "dynamodbstreams",
            "get_shard_iterator",
            "the client's method as a value",
        ),
        ("dynamodbstreams", "list_streams", "`customize`"),
        ("iotdataplane", "delete_thing_shadow", "in `join!`"),
        (
            "iotdataplane",
            "get_thing_shadow",
            "trait object of another crate",
        ),
        ("iotdataplane", "list_retained_messages", "pages"),
        ("iotdataplane", "publish", "spawned task"),
        (
            "iotdataplane",
            "update_thing_shadow",
            "trait object of another crate",
        ),
        (
            "rdsdata",
            "batch_execute_statement",
            "async function as an argument",
        ),
        (
            "rdsdata",
            "begin_transaction",
            "generic function of another crate",
        ),
        (
            "rdsdata",
            "commit_transaction",
            "generic function of another crate",
        ),
        (
            "rdsdata",
            "execute_statement",
            "async closure passed to another crate",
        ),
        (
            "rdsdata",
            "rollback_transaction",
            "generic function of another crate",
        ),
    ],
    extra: &[],
    unreachable: &[
        (
            "dynamodbstreams",
            "get_records",
            "builder that is never sent",
        ),
        (
            "iotdataplane",
            "delete_connection",
            "type that is never a trait object",
        ),
        (
            "iotdataplane",
            "get_connection",
            "function that is never called",
        ),
        (
            "iotdataplane",
            "get_retained_message",
            "type that is never a trait object",
        ),
        (
            "iotdataplane",
            "list_named_shadows_for_thing",
            "generic function without an instance",
        ),
        ("rdsdata", "execute_sql", "another crate's unused function"),
    ],
};

const REACHABLE: &[Row] = &[
    ("dynamodbstreams", "describe_stream", "direct"),
    ("dynamodbstreams", "get_records", "direct"),
    ("dynamodbstreams", "get_shard_iterator", "direct"),
    ("dynamodbstreams", "list_streams", "direct"),
    (
        "firehose",
        "describe_delivery_stream",
        "trait object of another crate",
    ),
    (
        "firehose",
        "list_delivery_streams",
        "an arm of a match on a variable",
    ),
    ("firehose", "put_record", "trait object of another crate"),
    (
        "firehose",
        "put_record_batch",
        "an arm of a match on a variable",
    ),
    (
        "firehose",
        "start_delivery_stream_encryption",
        "the client's method as a value",
    ),
    (
        "firehose",
        "tag_delivery_stream",
        "an arm of a match on a variable",
    ),
    (
        "iotdataplane",
        "delete_thing_shadow",
        "async block in `join!`",
    ),
    ("iotdataplane", "get_thing_shadow", "direct"),
    ("iotdataplane", "list_named_shadows_for_thing", "in `join!`"),
    (
        "iotdataplane",
        "publish",
        "direct, of a name that Amazon SNS has too",
    ),
    ("iotdataplane", "update_thing_shadow", "direct"),
    ("kinesis", "describe_stream", "waiter"),
    ("kinesis", "get_records", "generic type in a generic type"),
    (
        "kinesis",
        "get_shard_iterator",
        "generic type in a generic type",
    ),
    ("kinesis", "list_shards", "generic type in a generic type"),
    (
        "kinesis",
        "put_records",
        "async closure passed to another crate",
    ),
    ("kinesis", "start_stream_encryption", "function in a table"),
    ("kinesis", "update_shard_count", "function in a table"),
    ("polly", "describe_voices", "async block in a stream"),
    ("polly", "get_lexicon", "closure in a stream"),
    ("polly", "list_speech_synthesis_tasks", "pages, collected"),
    ("polly", "synthesize_speech", "presigned"),
    (
        "rdsdata",
        "batch_execute_statement",
        "async function as an argument",
    ),
    (
        "rdsdata",
        "begin_transaction",
        "generic function of another crate",
    ),
    (
        "rdsdata",
        "commit_transaction",
        "generic function of another crate",
    ),
    (
        "rdsdata",
        "execute_statement",
        "async closure passed to another crate",
    ),
    (
        "rdsdata",
        "rollback_transaction",
        "generic function of another crate",
    ),
    ("scheduler", "create_schedule", "recursive async function"),
    ("scheduler", "get_schedule", "the other side of a `cfg`"),
    (
        "scheduler",
        "list_schedules",
        "default method of a trait of another crate",
    ),
    ("scheduler", "tag_resource", "macro of another crate"),
    (
        "secretsmanager",
        "describe_secret",
        "private method in another crate",
    ),
    (
        "secretsmanager",
        "get_random_password",
        "private function in another crate",
    ),
    (
        "secretsmanager",
        "get_secret_value",
        "private function in another crate",
    ),
    (
        "secretsmanager",
        "rotate_secret",
        "method of a type of another crate",
    ),
    ("sfn", "get_activity_task", "trait object"),
    ("sfn", "list_executions", "items of pages"),
    ("sfn", "send_task_heartbeat", "trait object"),
    ("sfn", "send_task_success", "trait object"),
    ("sfn", "start_execution", "spawned task"),
    (
        "sfn",
        "stop_execution",
        "spawned while something is dropped",
    ),
    ("sns", "create_topic", "direct"),
    ("sns", "delete_topic", "argument of `println!`"),
    (
        "sns",
        "get_topic_attributes",
        "trait object of another crate",
    ),
    ("sns", "list_topics", "name as an argument of a macro"),
    ("sns", "publish", "trait object of another crate"),
    ("sns", "publish_batch", "direct"),
    (
        "sns",
        "set_topic_attributes",
        "name as an argument of a macro",
    ),
    ("sns", "subscribe", "direct"),
    (
        "sqs",
        "change_message_visibility",
        "builder in several statements",
    ),
    ("sqs", "get_queue_url", "direct"),
    ("sqs", "list_queues", "pages"),
    ("sqs", "purge_queue", "behind the number of arguments"),
    (
        "sqs",
        "receive_message",
        "async closure generic over the client",
    ),
    ("sqs", "send_message", "direct"),
    ("sqs", "send_message_batch", "`customize`"),
    ("sqs", "set_queue_attributes", "`send_with` on an input"),
    (
        "sts",
        "decode_authorization_message",
        "the client's method as a path",
    ),
    ("sts", "get_caller_identity", "direct"),
    ("sts", "get_session_token", "direct"),
];

const EXTRA: &[Row] = &[
    (
        "firehose",
        "delete_delivery_stream",
        "a method of a trait that nobody calls, in the vtable of a type that is used",
    ),
    (
        "sfn",
        "delete_state_machine",
        "behind a condition that is never true, in an async function: its future's states keep it",
    ),
];

const UNREACHABLE: &[Row] = &[
    (
        "kinesis",
        "delete_stream",
        "async closure that is never called",
    ),
    ("polly", "delete_lexicon", "builder that is never sent"),
    ("polly", "put_lexicon", "type of an error alone"),
    (
        "scheduler",
        "delete_schedule",
        "function behind a `cfg` that is off",
    ),
    (
        "scheduler",
        "list_schedule_groups",
        "implementation that is never used",
    ),
    (
        "secretsmanager",
        "cancel_rotate_secret",
        "other method of a type that is used",
    ),
    (
        "secretsmanager",
        "delete_secret",
        "another crate's unused function",
    ),
    (
        "sfn",
        "start_sync_execution",
        "generic function without an instance",
    ),
    ("sns", "delete_endpoint", "function that is never called"),
    ("sns", "unsubscribe", "another crate's unused function"),
    ("sqs", "create_queue", "function that is never called"),
    ("sqs", "delete_queue", "block behind a `cfg` that is off"),
    (
        "sqs",
        "list_queue_tags",
        "type that is never a trait object",
    ),
    ("sqs", "remove_permission", "future that is never polled"),
    ("sqs", "tag_queue", "type that is never a trait object"),
    ("sqs", "untag_queue", "test"),
];
