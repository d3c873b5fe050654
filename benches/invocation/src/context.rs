//! The context of every invocation.

use lambda_runtime::Context;

/// A context as AWS Lambda's headers make it.
pub fn context() -> Context {
    let mut context = Context::default();
    context.request_id = "8476a536-e9f4-11e8-9739-2dfe598c3fcd".to_owned();
    context.deadline = 4_102_444_800_000;
    context.invoked_function_arn =
        "arn:aws:lambda:eu-central-1:123456789012:function:orders".to_owned();
    context.xray_trace_id = Some(
        "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1".to_owned(),
    );
    context
}
