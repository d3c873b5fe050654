//! Tables of Amazon DynamoDB, as moto has them.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use aws_sdk_dynamodb::{
    Client, Config,
    config::{BehaviorVersion, Credentials, Region},
    types::AttributeValue,
};
use chalice::prelude::*;
use verifiers::Moto;

/// A table as the chat wants it, which no other test has.
pub(super) struct Table {
    pub(super) name: String,
    moto: Arc<Moto>,
}

impl Table {
    pub(super) fn create() -> Table {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let table = Table {
            name: format!("chat-{}", COUNT.fetch_add(1, Ordering::Relaxed)),
            moto: Moto::shared().unwrap_or_else(|error| panic!("{error}")),
        };
        let mut definition: Value = include_str!("../../table.json").parse().unwrap();
        definition["TableName"] = table.name.as_str().into();
        let created = table.moto.dynamodb("CreateTable", &definition.to_string());
        created.unwrap_or_else(|error| panic!("{error}"));
        table
    }

    /// A client of the server that has the table.
    pub(super) fn client(&self) -> Client {
        client(&self.endpoint_url())
    }

    /// Where that server listens.
    pub(super) fn endpoint_url(&self) -> String {
        self.moto.endpoint_url()
    }

    /// The keys of all items, in order.
    pub(super) async fn items(&self) -> Vec<(String, String)> {
        let scan = self.client().scan().table_name(&self.name);
        let answer = scan.send().await.unwrap();
        assert_eq!(answer.last_evaluated_key, None, "there is another page");
        let text =
            |item: &HashMap<String, AttributeValue>, name| item[name].as_s().unwrap().clone();
        let items = answer.items().iter();
        let mut items: Vec<_> = items
            .map(|item| (text(item, "PK"), text(item, "SK")))
            .collect();
        items.sort();
        items
    }
}

/// A client of the server that listens there.
pub(super) fn client(endpoint_url: &str) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url(endpoint_url)
        .build();
    Client::from_conf(config)
}
