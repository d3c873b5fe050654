//! More segments or placeholders than the router takes.

use chalice::prelude::*;

#[route(
    "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21/22/23/24/25/26/27/28/29/30/31/32/33"
)]
fn segments() {}

#[route("/<a>/<b>/<c>/<d>/<e>/<f>/<g>/<h>/<i>/<j>/<k>/<l>/<m>/<n>/<o>/<p>/<q>")]
fn placeholders() {}

#[app]
pub static APP: App = App {
    name: "fixture",
    handlers: [segments, placeholders],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
