//! What templates hold, and what others say of them.

mod bucket_notifications;
mod contents;
mod http;
mod judges;
mod permissions;
mod policies;
mod request_validation;
mod rich;
mod roles;
mod s3_events;
