//! The bucket: objects that are written under conditions.

use std::{
    future::Future,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use aws_sdk_s3::{
    Client,
    config::{Builder, Region, http::HttpResponse},
    error::{ProvideErrorMetadata, SdkError},
    primitives::ByteStream,
};

use super::{StoreError, date::DateOfAnswer};
use crate::{Access, AwsErrorKind, Call, DeployedState, Service, StateError};

/// A bucket of Amazon S3, as whoever deploys sees it.
#[derive(Debug)]
pub(super) struct Bucket {
    access: Access,
    name: String,
    /// For the bucket's region, which may be another than the stage's.
    client: Mutex<Client>,
}

/// An object that has been read.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) bytes: Vec<u8>,
    pub(super) etag: String,
    /// How long ago it was written, by the clock of S3 alone.
    pub(super) age: Option<Duration>,
}

/// Under which condition an object is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Condition<'a> {
    /// There is none of that key.
    Absent,
    /// The one of that key has that ETag.
    Is(&'a str),
}

/// What has become of a conditional request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is written: its ETag.
    Written(String),
    /// The condition does not hold, and nothing is changed.
    Refused,
}

/// Of the header with which S3 says where a bucket is.
const BUCKET_REGION: &str = "x-amz-bucket-region";

impl Bucket {
    pub(super) fn new(access: &Access, name: &str) -> Bucket {
        Bucket {
            client: Mutex::new(client(access, None)),
            access: access.clone(),
            name: name.to_owned(),
        }
    }

    pub(super) fn url(&self, key: &str) -> String {
        format!("s3://{}/{key}", self.name)
    }

    pub(super) async fn get(&self, key: &str) -> Result<Option<Object>, StoreError> {
        let date = DateOfAnswer::default();
        let answer = self
            .send(|client| {
                let request = client.get_object().bucket(&self.name).key(key);
                request.customize().interceptor(date.clone()).send()
            })
            .await;
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) if error.code() == Some("NoSuchKey") => return Ok(None),
            Err(error) => return Err(self.failure("GetObject", key, error)),
        };
        let size = answer.content_length().unwrap_or_default();
        if u64::try_from(size).is_ok_and(|size| size > DeployedState::SIZE_LIMIT) {
            return Err(StateError::TooLarge {
                limit: DeployedState::SIZE_LIMIT,
            }
            .into());
        }
        let etag = answer.e_tag().unwrap_or_default().to_owned();
        let written = answer.last_modified().copied();
        let age = date.get().zip(written).map(|(now, written)| {
            let seconds = now.secs().saturating_sub(written.secs());
            Duration::from_secs(u64::try_from(seconds).unwrap_or_default())
        });
        let bytes = answer
            .body
            .collect()
            .await
            .map_err(|error| StoreError::File {
                path: self.url(key),
                action: "read",
                reason: error.into(),
            })?;
        Ok(Some(Object {
            bytes: bytes.into_bytes().to_vec(),
            etag,
            age,
        }))
    }

    pub(super) async fn put(
        &self,
        key: &str,
        text: &str,
        condition: Condition<'_>,
    ) -> Result<Outcome, StoreError> {
        let answer = self
            .send(|client| {
                let request = client
                    .put_object()
                    .bucket(&self.name)
                    .key(key)
                    .content_type("application/json")
                    .body(ByteStream::from(text.as_bytes().to_vec()));
                match condition {
                    Condition::Absent => request.if_none_match("*"),
                    Condition::Is(etag) => request.if_match(etag),
                }
                .send()
            })
            .await;
        match answer {
            Ok(answer) => Ok(Outcome::Written(
                answer.e_tag().unwrap_or_default().to_owned(),
            )),
            Err(error) if is_refused(&error) => Ok(Outcome::Refused),
            Err(error) => Err(self.failure("PutObject", key, error)),
        }
    }

    /// Deletes the object if it has that ETag, and says whether it had.
    pub(super) async fn delete(&self, key: &str, etag: &str) -> Result<bool, StoreError> {
        let answer = self
            .send(|client| {
                let request = client.delete_object().bucket(&self.name).key(key);
                request.if_match(etag).send()
            })
            .await;
        match answer {
            Ok(_) => Ok(true),
            Err(error) if is_refused(&error) => Ok(false),
            Err(error) => Err(self.failure("DeleteObject", key, error)),
        }
    }

    /// Sends a request; to the bucket's region, if S3 says that it is another one.
    async fn send<T, E, F>(
        &self,
        request: impl Fn(Client) -> F,
    ) -> Result<T, SdkError<E, HttpResponse>>
    where
        E: ProvideErrorMetadata,
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    {
        let client = self.client();
        let asked = client.config().region().cloned();
        let result = request(client).await;
        let Err(error) = &result else {
            return result;
        };
        match region_of(error).map(|region| Region::new(region.to_owned())) {
            Some(region) if Some(&region) != asked.as_ref() => {
                let client = client_of(&self.access, region);
                *self.client.lock().unwrap_or_else(PoisonError::into_inner) = client.clone();
                request(client).await
            }
            _ => result,
        }
    }

    fn client(&self) -> Client {
        self.client
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn failure<E>(
        &self,
        operation: &'static str,
        key: &str,
        error: SdkError<E, HttpResponse>,
    ) -> StoreError
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        let status = error.raw_response().map(|it| it.status().as_u16());
        let code = error.code().unwrap_or_default().to_owned();
        let hint = error.message().unwrap_or("no region is named").to_owned();
        match code.as_str() {
            "NoSuchBucket" => {
                return StoreError::NoBucket {
                    bucket: self.name.clone(),
                };
            }
            "PermanentRedirect"
            | "AuthorizationHeaderMalformed"
            | "IllegalLocationConstraintException" => {
                return self.wrong_region(hint);
            }
            _ if status == Some(301) => return self.wrong_region(hint),
            _ => {}
        }
        let object = format!("arn:{}:s3:::{}/{key}", self.partition(), self.name);
        let reason = self
            .access
            .failure(Call::new(Service::S3, operation).on(object), error);
        let reason = match reason.kind() {
            AwsErrorKind::AccessDenied(denied) if operation == "GetObject" => {
                // Without it, S3 does not say that an object is not there.
                let also = format!("arn:{}:s3:::{}", self.partition(), self.name);
                let is_listing = denied.actions.iter().any(|it| it == "s3:ListBucket");
                match is_listing {
                    true => reason,
                    false => reason.with_hint(format!(
                        "a state that is not there yet takes `s3:ListBucket` on `{also}`, too"
                    )),
                }
            }
            _ => reason,
        };
        StoreError::Aws {
            location: self.url(key),
            reason,
        }
    }

    fn wrong_region(&self, hint: String) -> StoreError {
        let client = self.client();
        let region = client.config().region().map(ToString::to_string);
        StoreError::WrongRegion {
            bucket: self.name.clone(),
            region: region.unwrap_or_default(),
            hint,
        }
    }

    /// As ARNs of this region begin (AWS, "Partitions").
    fn partition(&self) -> &'static str {
        match self.access.region() {
            region if region.starts_with("cn-") => "aws-cn",
            region if region.starts_with("us-gov-") => "aws-us-gov",
            _ => "aws",
        }
    }
}

fn client_of(access: &Access, region: Region) -> Client {
    client(access, Some(region))
}

fn client(access: &Access, region: Option<Region>) -> Client {
    let mut config = Builder::from(access.config());
    if region.is_some() {
        config = config.region(region);
    }
    // What stands in for S3 has one host, and none for each bucket.
    let has_one_host = access.endpoint_override(Service::S3).is_some();
    Client::from_conf(config.force_path_style(has_one_host).build())
}

/// The region of the bucket, if S3 says it: in a header, or as `the region 'us-east-1' is wrong; expecting 'eu-west-1'`.
fn region_of<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> Option<&str> {
    let header = error
        .raw_response()
        .and_then(|it| it.headers().get(BUCKET_REGION));
    header.or_else(|| {
        let (_, expected) = error.message()?.split_once("expecting '")?;
        expected.split('\'').next()
    })
}

/// Whether the condition of a request does not hold. S3 answers 409 when others have written at the same time, and 404
/// when the object that had to be there is gone (Amazon S3, "How to prevent object overwrites with conditional
/// writes").
fn is_refused<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> bool {
    match error.code() {
        Some("PreconditionFailed" | "ConditionalRequestConflict" | "NoSuchKey") => true,
        _ => error
            .raw_response()
            .is_some_and(|it| it.status().as_u16() == 412),
    }
}
