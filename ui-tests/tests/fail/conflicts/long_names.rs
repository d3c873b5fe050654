//! Names of functions for which AWS Lambda has no room beside those of app and stage.

use chalice::prelude::*;

#[lambda_function(name = "what-is-this-name-for-if-nobody-ever-reads-it-all")]
fn fits() {}

#[schedule("rate(1 hour)", name = "what-is-this-name-for-if-nobody-ever-reads-it-all-")]
fn does_not_fit() {}

mod reports {
    use super::*;

    #[on_sqs_message(queue = "reports", name = "what-is-this-name-for-if-nobody-reads-it")]
    fn report(_event: SqsEvent) {}

    #[authorizer(name = "and-who-is-this-for-if-nobody-reads-it-at-all")]
    fn guard(_request: AuthRequest) -> AuthResponse {
        AuthResponse::deny("nobody")
    }

    #[blueprint]
    pub static BLUEPRINT: Blueprint = Blueprint {
        handlers: [report, guard],
    };
}

#[app]
pub static APP: App = App {
    name: "weather-apps",
    handlers: [fits, does_not_fit],
    blueprints: [reports::BLUEPRINT.prefix("reports_v2_")],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
