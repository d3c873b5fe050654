//! What functions call on AWS.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use aws_sdk_dynamodb::{
    config::{
        ConfigBag, Intercept, interceptors::BeforeSerializationInterceptorContextRef as Context,
    },
    operation::{
        batch_get_item::BatchGetItemInput, delete_item::DeleteItemInput, get_item::GetItemInput,
        put_item::PutItemInput, query::QueryInput, scan::ScanInput, update_item::UpdateItemInput,
    },
};
use aws_sdk_s3::{
    error::BoxError,
    operation::{
        delete_object::DeleteObjectInput, get_object::GetObjectInput,
        list_objects_v2::ListObjectsV2Input, put_object::PutObjectInput,
    },
};
use chalice_iam::Catalog;

/// The region and the account of the stages.
pub(super) const REGION: &str = "us-east-1";
pub(super) const ACCOUNT: &str = "123456789012";

/// A call of an operation, as a policy is asked about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Call {
    /// The function that called, by its name on AWS.
    pub(super) function: String,
    /// The operation.
    pub(super) operation: &'static str,
    /// The action of IAM that it takes.
    pub(super) action: &'static str,
    /// What was acted on.
    pub(super) arn: String,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Call {
            function,
            operation,
            arn,
            ..
        } = self;
        write!(f, "{operation} on {arn} by {function}")
    }
}

/// An interceptor of clients of the AWS SDK that keeps every call. Of an operation that it does not know it makes an
/// error, so that no call passes unseen.
#[derive(Clone, Debug, Default)]
pub(in crate::tests) struct Recorder(Arc<Mutex<Vec<Call>>>);

tokio::task_local! {
    static CURRENT: Recorder;
}

impl Recorder {
    /// The one of the test, if that records: see [`scope`](Recorder::scope).
    pub(in crate::tests) fn current() -> Option<Recorder> {
        CURRENT.try_with(Recorder::clone).ok()
    }

    /// Runs `work`, in which apps get clients that record.
    pub(super) async fn scope<T>(&self, work: impl Future<Output = T>) -> T {
        CURRENT.scope(self.clone(), work).await
    }

    /// Every call, each once.
    pub(super) fn calls(&self) -> Vec<Call> {
        let mut calls = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        calls.sort();
        calls.dedup();
        calls
    }
}

impl Intercept for Recorder {
    fn name(&self) -> &'static str {
        "Recorder"
    }

    fn read_before_execution(
        &self,
        context: &Context<'_>,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let known = of_dynamodb(context).or_else(|| of_s3(context));
        let Known {
            service,
            operation,
            arns,
        } = known.ok_or("the recorder does not know this operation")?;
        // The invocation's own, since interceptors run in the task that calls.
        let function = chalice::env::var("AWS_LAMBDA_FUNCTION_NAME")?;
        let mut calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for arn in arns {
            for action in actions(service, operation, &arn)? {
                calls.push(Call {
                    function: function.clone(),
                    operation,
                    action,
                    arn: arn.clone(),
                });
            }
        }
        Ok(())
    }
}

/// A request of an operation that the recorder knows.
struct Known {
    /// The crate of the operation's service.
    service: &'static str,
    operation: &'static str,
    /// What it is about.
    arns: Vec<String>,
}

/// What the operation takes on that resource, by AWS's Service Authorization Reference.
fn actions(service: &str, operation: &str, arn: &str) -> Result<Vec<&'static str>, BoxError> {
    let service = Catalog::get().service(service);
    let operation = service.and_then(|it| it.operation(operation));
    let all = operation
        .ok_or("the reference does not have this operation")?
        .actions()?;
    let actions = all
        .iter()
        .filter(|it| it.applies_to(arn))
        .map(|it| it.name());
    let actions: Vec<&str> = actions.collect();
    match actions.is_empty() {
        true => Err("the operation takes no action on this resource".into()),
        false => Ok(actions),
    }
}

fn of_dynamodb(context: &Context<'_>) -> Option<Known> {
    let input = context.input();
    let known = |operation, arn| Known {
        service: "aws-sdk-dynamodb",
        operation,
        arns: vec![arn],
    };
    macro_rules! on_the_table {
        ($($operation:literal: $input:ty,)*) => {$(
            if let Some(input) = input.downcast_ref::<$input>() {
                return Some(known($operation, table(input.table_name()?)));
            }
        )*};
    }
    on_the_table! {
        "DeleteItem": DeleteItemInput,
        "GetItem": GetItemInput,
        "PutItem": PutItemInput,
        "UpdateItem": UpdateItemInput,
    }
    macro_rules! on_the_table_or_an_index {
        ($($operation:literal: $input:ty,)*) => {$(
            if let Some(input) = input.downcast_ref::<$input>() {
                let table = table(input.table_name()?);
                let arn = match input.index_name() {
                    Some(index) => format!("{table}/index/{index}"),
                    None => table,
                };
                return Some(known($operation, arn));
            }
        )*};
    }
    on_the_table_or_an_index! {
        "Query": QueryInput,
        "Scan": ScanInput,
    }
    let batch = input.downcast_ref::<BatchGetItemInput>()?;
    let tables = batch.request_items()?.keys();
    Some(Known {
        service: "aws-sdk-dynamodb",
        operation: "BatchGetItem",
        arns: tables.map(|name| table(name)).collect(),
    })
}

fn of_s3(context: &Context<'_>) -> Option<Known> {
    let input = context.input();
    let known = |operation, arn| Known {
        service: "aws-sdk-s3",
        operation,
        arns: vec![arn],
    };
    macro_rules! on_the_object {
        ($($operation:literal: $input:ty,)*) => {$(
            if let Some(input) = input.downcast_ref::<$input>() {
                let arn = format!("{}/{}", bucket(input.bucket()?), input.key()?);
                return Some(known($operation, arn));
            }
        )*};
    }
    on_the_object! {
        "DeleteObject": DeleteObjectInput,
        "GetObject": GetObjectInput,
        "PutObject": PutObjectInput,
    }
    let list = input.downcast_ref::<ListObjectsV2Input>()?;
    Some(known("ListObjectsV2", bucket(list.bucket()?)))
}

fn table(name: &str) -> String {
    format!("arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{name}")
}

fn bucket(name: &str) -> String {
    format!("arn:aws:s3:::{name}")
}
