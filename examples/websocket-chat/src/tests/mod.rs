//! Tests against moto, which stands in for Amazon DynamoDB.

mod storage;
mod table;
