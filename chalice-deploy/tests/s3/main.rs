//! States and locks in Amazon S3: in moto, and in a bucket of these tests' own, which loses answers, fails, and has a
//! clock that can be set.

mod lock;
mod server;
mod state;

use std::{sync::Arc, time::Duration};

use aws_sdk_s3::{
    Client,
    config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider},
};
use chalice_deploy::{Access, Holder, LambdaFunction, LockTimes, Record, S3Store};
use server::Server;
use verifiers::Moto;

const BUCKET: &str = "state";

fn access(endpoint_url: &str) -> Access {
    let credentials = Credentials::new("AKIDTEST", "secret", None, None, "test");
    let config = aws_config::SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .endpoint_url(endpoint_url)
        .build();
    Access::of_config(config, None).unwrap()
}

/// The stage `dev` of the app, in a bucket of the test's own server.
fn store(server: &Server) -> S3Store {
    S3Store::new(&access(&server.endpoint_url()), BUCKET, "shop", "dev").unwrap()
}

/// As [`store`], in moto, in a bucket of that name.
async fn store_in_moto(bucket: &str) -> (Arc<Moto>, Client, S3Store) {
    let moto = Moto::shared().unwrap_or_else(|error| panic!("{error}"));
    let access = access(&moto.endpoint_url());
    let config = aws_sdk_s3::config::Builder::from(access.config()).force_path_style(true);
    let client = Client::from_conf(config.build());
    let region = aws_sdk_s3::types::BucketLocationConstraint::EuWest1;
    let location = aws_sdk_s3::types::CreateBucketConfiguration::builder()
        .location_constraint(region)
        .build();
    let created = client
        .create_bucket()
        .bucket(bucket)
        .create_bucket_configuration(location);
    created.send().await.unwrap();
    let store = S3Store::new(&access, bucket, "shop", "dev").unwrap();
    (moto, client, store)
}

fn holder(user: &str) -> Holder {
    Holder {
        user: user.to_owned(),
        ..Holder::of_this_process("deploy")
    }
}

fn function(name: &str) -> Record {
    Record::new(
        name,
        LambdaFunction {
            lambda_arn: Some(format!(
                "arn:aws:lambda:eu-west-1:123456789012:function:{name}"
            )),
        },
    )
}

/// Never renewed, within a test.
const UNRENEWED: LockTimes = LockTimes {
    renewal: Duration::from_secs(3600),
    expiry: Duration::from_secs(120),
};
