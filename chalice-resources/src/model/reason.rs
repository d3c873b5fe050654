//! Why statements of policies are there.

use std::collections::{BTreeMap, BTreeSet};

/// Why a generated policy allows an action.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// The function writes a log.
    Log,
    /// The function is connected to a VPC.
    Vpc,
    /// The function is traced by AWS X-Ray.
    Tracing,
    /// AWS Lambda polls the event source of this name with the function's role.
    EventSource(String),
    /// The function answers a route of the WebSocket API, and may send messages to its clients.
    WebsocketApi,
    /// Events that failed for good go to the function's dead-letter target.
    DeadLetter,
    /// Records of what failed go where the attribute of the function says.
    OnFailure,
    /// The function mounts a file system.
    FileSystem,
    /// The function's environment variables are encrypted with a key of the account.
    EncryptedVariables,
    /// The code declares it.
    Grant {
        /// The file, as given to the compiler.
        file: String,
        /// The line, counted from 1.
        line: u32,
    },
    /// The program uses it, and the app declares no grants at all.
    Used,
}

/// Why a statement allows each of its actions, and for which functions.
///
/// It is no part of policies: two statements that allow the same may have different reasons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reasons(BTreeMap<String, BTreeMap<Reason, BTreeSet<String>>>);

impl Reasons {
    /// Why an action is allowed: each reason with the names, within the app, of the functions that it is about.
    pub fn of_action(&self, action: &str) -> impl Iterator<Item = (&Reason, &BTreeSet<String>)> {
        self.0.get(action).into_iter().flatten()
    }

    /// Adds a reason for an action.
    pub(crate) fn add(&mut self, action: &str, reason: &Reason, function: &str) {
        self.0
            .entry(action.to_owned())
            .or_default()
            .entry(reason.clone())
            .or_default()
            .insert(function.to_owned());
    }
}
