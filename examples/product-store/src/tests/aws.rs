//! The app with moto in the place of AWS.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use aws_sdk_dynamodb::config::SharedInterceptor;
use chalice::{
    prelude::*,
    test::{Client, HttpResponse},
};
use verifiers::Moto;

use super::permissions::Recorder;
use crate::{Shared, note_picture, pictures, products, sweep};

/// The app with moto in the place of AWS. All else is as in `APP`.
#[app]
pub(super) static STORE: App = App {
    name: "product-store",
    handlers: [note_picture, sweep],
    blueprints: [
        products::BLUEPRINT.at("/products"),
        pictures::BLUEPRINT.at("/products"),
    ],
    state: Shared::in_moto,
};

impl Shared {
    async fn in_moto() -> Result<Shared> {
        let endpoint_url = chalice::env::var("AWS_ENDPOINT_URL")?;
        let recorder = Recorder::current();
        Shared::new(
            dynamodb(&endpoint_url, recorder.clone()),
            s3(&endpoint_url, recorder),
        )
    }
}

/// A table and a bucket as the store wants them.
pub(super) struct Aws {
    pub(super) table: String,
    pub(super) bucket: String,
    moto: Arc<Moto>,
}

impl Aws {
    /// A table and a bucket that no other test has.
    pub(super) async fn create() -> Aws {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let moto = Moto::shared().unwrap_or_else(|error| panic!("{error}"));
        Aws::create_in(
            moto,
            format!("products-{number}"),
            format!("pictures-{number}"),
        )
        .await
    }

    /// A table and a bucket of these names.
    pub(super) async fn create_in(moto: Arc<Moto>, table: String, bucket: String) -> Aws {
        let aws = Aws {
            table,
            bucket,
            moto,
        };
        let mut definition: Value = include_str!("../../table.json").parse().unwrap();
        definition["TableName"] = aws.table.as_str().into();
        let created = aws.moto.dynamodb("CreateTable", &definition.to_string());
        created.unwrap_or_else(|error| panic!("{error}"));
        let create = aws.s3().create_bucket().bucket(&aws.bucket);
        create.send().await.unwrap();
        aws
    }

    /// Where moto listens.
    pub(super) fn endpoint_url(&self) -> String {
        self.moto.endpoint_url()
    }

    /// A client of the table.
    pub(super) fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        dynamodb(&self.endpoint_url(), None)
    }

    /// A client of the bucket.
    pub(super) fn s3(&self) -> aws_sdk_s3::Client {
        s3(&self.endpoint_url(), None)
    }

    /// The stage `dev` of the store, with this table and this bucket.
    pub(super) async fn store(&self) -> Client<STORE> {
        Client::builder(&STORE)
            .stage_from_config("dev")
            .env("PRODUCTS_TABLE", &self.table)
            .env("PICTURES_BUCKET", &self.bucket)
            .env("AWS_ENDPOINT_URL", self.endpoint_url())
            .build()
            .await
            .unwrap()
    }

    /// The keys of all objects.
    pub(super) async fn keys(&self) -> Vec<String> {
        let list = self.s3().list_objects_v2().bucket(&self.bucket);
        let page = list.send().await.unwrap();
        assert_ne!(page.is_truncated(), Some(true), "there is another page");
        let keys = page.contents().iter().filter_map(|object| object.key());
        keys.map(str::to_owned).collect()
    }
}

/// A client of Amazon DynamoDB where that listens.
fn dynamodb(endpoint_url: &str, recorder: Option<Recorder>) -> aws_sdk_dynamodb::Client {
    use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
    let mut config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url(endpoint_url);
    if let Some(recorder) = recorder {
        config.push_interceptor(SharedInterceptor::new(recorder));
    }
    aws_sdk_dynamodb::Client::from_conf(config.build())
}

/// A client of Amazon S3 where that listens.
fn s3(endpoint_url: &str, recorder: Option<Recorder>) -> aws_sdk_s3::Client {
    use aws_sdk_s3::config::{BehaviorVersion, Config, Credentials, Region};
    let mut config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        // Buckets are no part of the host name.
        .force_path_style(true)
        .endpoint_url(endpoint_url);
    if let Some(recorder) = recorder {
        config.push_interceptor(SharedInterceptor::new(recorder));
    }
    aws_sdk_s3::Client::from_conf(config.build())
}

/// A product as a client writes it.
pub(super) fn product(id: &str, category: &str) -> Value {
    json!({ "id": id, "name": format!("The {id}"), "category": category, "price": 1999 })
}

/// Adds products.
pub(super) async fn add(client: &Client<STORE>, products: &[(&str, &str)]) {
    for (id, category) in products {
        let post = client.http().post("/products").json(&product(id, category));
        let response = post.await;
        assert_eq!(response.status(), 201, "{}", response.text());
    }
}

/// Status, code and message of an error.
pub(super) fn error(response: &HttpResponse) -> (u16, String, String) {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Body {
        code: String,
        message: String,
    }
    let Body { code, message } = response.json();
    (response.status().as_u16(), code, message)
}
