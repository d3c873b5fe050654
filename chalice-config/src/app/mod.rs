//! Settings of the app as a whole.

mod app_name;
mod schema_file;
mod state_bucket;
mod version;

pub use app_name::AppName;
pub(crate) use schema_file::SchemaFile;
pub use state_bucket::StateBucket;
pub(crate) use version::Version;
