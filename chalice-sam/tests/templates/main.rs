//! What templates hold, and what others say of them.

mod bucket_notifications;
mod contents;
mod http;
mod judges;
mod rich;
mod roles;
