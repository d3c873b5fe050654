//! What breaks clients and what does not, one change at a time.

mod api;
mod documents;
mod operations;
mod schemas;
