//! The kinds of resources that grants name, and the ARNs that each of them has.

use crate::event_source::resource_name::Resource;

/// A kind of resource.
#[derive(Debug)]
pub(super) struct Kind {
    /// What the manifest calls it.
    pub(super) key: &'static str,
    /// The type that stands for it in Rust.
    pub(super) type_name: &'static str,
    /// What messages call one of it.
    pub(super) words: &'static str,
    /// The prefix of the service's actions.
    pub(super) prefix: &'static str,
    /// What its names may look like.
    pub(super) rules: Resource,
    /// The forms of ARN that its actions apply to.
    pub(super) forms: &'static [Form],
}

/// A form of ARN of a kind of resource.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// What AWS's Service Authorization Reference calls this type of resource.
    pub(super) resource_type: &'static str,
    /// The ARN, with `{partition}`, `{region}`, `{account}`, `{name}` and `{index}` where those go.
    pub(super) arn: &'static str,
}

impl Form {
    const fn new(resource_type: &'static str, arn: &'static str) -> Form {
        Form { resource_type, arn }
    }
}

/// A bucket itself.
pub(super) const BUCKET_ITSELF: Form = Form::new("bucket", "arn:{partition}:s3:::{name}");
/// Everything in a bucket.
pub(super) const OBJECTS: Form = Form::new("object", "arn:{partition}:s3:::{name}/*");
/// A table itself.
pub(super) const TABLE_ITSELF: Form = Form::new(
    "table",
    "arn:{partition}:dynamodb:{region}:{account}:table/{name}",
);
/// The indexes of a table: once for each that is named, or once with `*` for all.
pub(super) const INDEXES: Form = Form::new(
    "index",
    "arn:{partition}:dynamodb:{region}:{account}:table/{name}/index/{index}",
);
const QUEUE_ITSELF: Form = Form::new("queue", "arn:{partition}:sqs:{region}:{account}:{name}");
const TOPIC_ITSELF: Form = Form::new("topic", "arn:{partition}:sns:{region}:{account}:{name}");
// AWS Secrets Manager ends the ARN of every secret with a hyphen and six random characters.
const SECRET_ITSELF: Form = Form::new(
    "Secret",
    "arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-??????",
);
/// A parameter itself, or the level of a hierarchy of that name.
pub(super) const PARAMETER_ITSELF: Form = Form::new(
    "parameter",
    "arn:{partition}:ssm:{region}:{account}:parameter/{name}",
);
/// The parameters below a level of a hierarchy.
pub(super) const PARAMETERS_BELOW: Form = Form::new(
    "parameter",
    "arn:{partition}:ssm:{region}:{account}:parameter/{name}/*",
);
const FUNCTION_ITSELF: Form = Form::new(
    "function",
    "arn:{partition}:lambda:{region}:{account}:function:{name}",
);
const EVENT_BUS_ITSELF: Form = Form::new(
    "event-bus",
    "arn:{partition}:events:{region}:{account}:event-bus/{name}",
);
const STATE_MACHINE_ITSELF: Form = Form::new(
    "statemachine",
    "arn:{partition}:states:{region}:{account}:stateMachine:{name}",
);

const fn kind(
    [key, type_name, words, prefix]: [&'static str; 4],
    rules: Resource,
    forms: &'static [Form],
) -> Kind {
    Kind {
        key,
        type_name,
        words,
        prefix,
        rules,
        forms,
    }
}

pub(super) const BUCKET: &Kind = &kind(
    ["bucket", "Bucket", "a bucket", "s3"],
    Resource::Bucket,
    &[BUCKET_ITSELF, OBJECTS],
);
pub(super) const TABLE: &Kind = &kind(
    ["table", "Table", "a table", "dynamodb"],
    Resource::Table,
    &[TABLE_ITSELF, INDEXES],
);
pub(super) const QUEUE: &Kind = &kind(
    ["queue", "Queue", "a queue", "sqs"],
    Resource::Queue,
    &[QUEUE_ITSELF],
);
pub(super) const TOPIC: &Kind = &kind(
    ["topic", "Topic", "a topic", "sns"],
    Resource::Topic,
    &[TOPIC_ITSELF],
);
pub(super) const SECRET: &Kind = &kind(
    ["secret", "Secret", "a secret", "secretsmanager"],
    Resource::Secret,
    &[SECRET_ITSELF],
);
pub(super) const PARAMETER: &Kind = &kind(
    ["parameter", "Parameter", "a parameter", "ssm"],
    Resource::Parameter,
    &[PARAMETER_ITSELF],
);
pub(super) const FUNCTION: &Kind = &kind(
    ["function", "Function", "a function", "lambda"],
    Resource::Function,
    &[FUNCTION_ITSELF],
);
pub(super) const EVENT_BUS: &Kind = &kind(
    ["event_bus", "EventBus", "an event bus", "events"],
    Resource::EventBus,
    &[EVENT_BUS_ITSELF],
);
pub(super) const STATE_MACHINE: &Kind = &kind(
    ["state_machine", "StateMachine", "a state machine", "states"],
    Resource::StateMachine,
    &[STATE_MACHINE_ITSELF],
);
