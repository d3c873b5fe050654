//! Settings of the app as a whole.

mod app_name;
mod version;

pub use app_name::AppName;
pub(crate) use version::Version;
