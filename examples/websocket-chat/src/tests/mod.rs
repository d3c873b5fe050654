//! Tests against moto, which stands in for Amazon DynamoDB.

mod conversation;
mod storage;
mod table;
