//! A path that its prefixes make too long.

use chalice::prelude::*;

mod users {
    use super::*;

    #[route("/17/18/19/20/21/22/23/24/25/26/27/28/29/30/31/32")]
    fn list() {}

    #[blueprint]
    pub static BLUEPRINT: Blueprint = Blueprint { handlers: [list] };
}

#[app]
pub static APP: App = App {
    name: "fixture",
    blueprints: [users::BLUEPRINT.at("/0/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16")],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
