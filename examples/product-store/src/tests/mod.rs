//! Tests against moto, which stands in for AWS.

mod aws;
mod permissions;
mod pictures;
mod products;
mod upkeep;
