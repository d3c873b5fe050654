//! A handler that no app and no blueprint lists, whatever its visibility.

#![deny(dead_code)]

use chalice::prelude::*;

mod users {
    use super::*;

    #[route("/1")]
    async fn private() {}

    #[route("/2")]
    pub fn public() {}

    #[route("/3")]
    pub(crate) async fn of_the_crate() {}

    #[route("/4")]
    pub(super) fn of_the_parent() {}

    #[route("/5")]
    pub(crate) fn listed() {}
}

#[route("/6")]
pub async fn at_the_root() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [users::listed],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
