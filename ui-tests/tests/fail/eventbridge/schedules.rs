use chalice::prelude::*;

#[schedule]
fn nothing() {}

#[schedule("rate(1 hours)")]
fn plural() {}

#[schedule("every 5 minutes")]
fn words() {}

#[schedule("cron(0 18 * * MON-FRI *)")]
fn two_days() {}

#[schedule("cron(0 0 31 2 ? *)")]
fn never() {}

#[schedule(Rate::minuts(5))]
fn misspelt() {}

#[schedule(Cron::new("0", "25", "?", "*", "MON-FRI", "*"))]
fn hours() {}

#[schedule(5)]
fn number() {}

#[schedule("rate(1 hour)", descripton = "x")]
fn key() {}

#[app]
static APP: App = App {
    name: "schedules",
    handlers: [nothing, plural, words, two_days, never, misspelt, hours, number, key],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
