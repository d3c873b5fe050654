//! Tests against moto, which stands in for Amazon DynamoDB.

mod conversation;
mod scripted;
mod storage;
mod table;
