use chalice::prelude::*;

mod first {
    use chalice::prelude::*;

    #[lambda_function(name = "work")]
    pub(crate) fn one() {}
}

#[schedule("rate(1 hour)", name = "work")]
fn two() {}

#[lambda_function]
fn api_handler() {}

#[app]
static APP: App = App {
    name: "names",
    handlers: [first::one, two, api_handler],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
