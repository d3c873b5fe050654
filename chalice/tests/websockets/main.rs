//! Conversations with the WebSocket APIs of apps, and messages from all of their other functions.

mod api;
mod conversations;
mod refusals;
