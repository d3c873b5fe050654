use chalice::prelude::*;

#[lambda_function]
async fn not_send() -> u8 {
    let shared = std::rc::Rc::new(1);
    std::future::ready(()).await;
    *shared
}

#[app]
static APP: App = App {
    name: "not-send",
    handlers: [not_send],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
