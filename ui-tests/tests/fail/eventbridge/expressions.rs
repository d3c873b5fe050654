//! The grammar of schedules.

use chalice::prelude::*;

#[schedule("at(2026-12-24T18:00:00)")]
fn once() {}

#[schedule("rate(0 minutes)")]
fn zero() {}

#[schedule("rate(5 seconds)")]
fn unit() {}

#[schedule("rate(1.5 hours)")]
fn fraction() {}

#[schedule(Rate::minutes(0))]
fn call() {}

#[schedule("cron(0 18 * * *)")]
fn fields() {}

#[schedule("cron(0 18 ? * ? *)")]
fn open_days() {}

#[schedule("cron(60 18 * * ? *)")]
fn minute() {}

#[schedule("cron(0 18 * JANUARY ? *)")]
fn month() {}

#[schedule("cron(0 18 ? * 0 *)")]
fn weekday() {}

#[schedule("cron(0 18 * * ? 2030-2026)")]
fn years() {}

#[schedule("cron(0 18 * * ? 1969)")]
fn past() {}

#[schedule("cron(0/0 18 * * ? *)")]
fn step() {}

#[schedule("cron(0/61 18 * * ? *)")]
fn large_step() {}

#[schedule("cron(/5 18 * * ? *)")]
fn no_start() {}

#[schedule("cron(? 18 * * ? *)")]
fn question_mark() {}

#[schedule("cron(0, 18 * * ? *)")]
fn missing() {}

#[schedule("cron(0 18 1,L * ? *)")]
fn special() {}

#[schedule("cron(L 18 * * ? *)")]
fn last() {}

#[schedule("cron(0 18 ? * 2W *)")]
fn nearest() {}

#[schedule("cron(0 18 ? * 2#6 *)")]
fn sixth() {}

#[app]
static APP: App = App {
    name: "schedules",
    handlers: [once, zero, unit, fraction, call, fields, open_days, minute, month, weekday, years, past, step, large_step, no_start, question_mark, missing, special, last, nearest, sixth],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
