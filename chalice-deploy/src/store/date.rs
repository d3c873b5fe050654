//! The time by Amazon S3's clock.

use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_s3::{
    config::{
        ConfigBag, Intercept, RuntimeComponents,
        interceptors::BeforeDeserializationInterceptorContextRef,
    },
    error::BoxError,
    primitives::{DateTime, DateTimeFormat},
};

/// Reads the header `Date` of an answer: the clocks of two machines differ, and S3 has only one.
#[derive(Clone, Debug, Default)]
pub(super) struct DateOfAnswer(Arc<Mutex<Option<DateTime>>>);

impl DateOfAnswer {
    /// The date of the last attempt's answer.
    pub(super) fn get(&self) -> Option<DateTime> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Intercept for DateOfAnswer {
    fn name(&self) -> &'static str {
        "DateOfAnswer"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let date = context.response().headers().get("date");
        let date = date.and_then(|it| DateTime::from_str(it, DateTimeFormat::HttpDate).ok());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = date;
        Ok(())
    }
}
