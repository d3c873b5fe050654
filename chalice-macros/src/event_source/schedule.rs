//! `#[schedule]`

use chalice_core::event_source::schedule::{Cron, Rate, Schedule, ScheduleError};
use syn::{Expr, ExprCall, ExprLit, ExprPath, Lit};

use super::{
    given::{ASYNCHRONOUS, Given},
    model::{Attribute, Source},
};
use crate::{
    errors::Errors,
    json,
    settings::{self, Setting, Value, ungrouped},
};

pub(crate) const SCHEDULE: Attribute = Attribute {
    name: "#[schedule]",
    positional: Some("expression"),
    keys: &["expression", "on_failure"],
    example: "event: ScheduledEvent",
    event_is_optional: true,
    source,
};

const USAGE: &str = "`#[schedule]` takes an expression, `\"rate(1 hour)\"` or `\"cron(0 18 ? * MON-FRI *)\"`; or \
                     `Rate::hours(1)`, or `Cron::new(\"0\", \"18\", \"?\", \"*\", \"MON-FRI\", \"*\")`";

fn source(given: &Given<'_>, errors: &mut Errors) -> Source {
    let mut source = Source::new("scheduled", "ScheduledEvent");
    let schedule = match given.find("expression") {
        Some(setting) => schedule(setting, errors),
        None => {
            given.missing(USAGE, errors);
            None
        }
    };
    let schedule = schedule.map_or_else(String::new, |schedule| schedule.to_string());
    source.member("schedule", json::string(&schedule));
    source.member("on_failure", given.on_failure(&ASYNCHRONOUS, errors));
    source
}

fn schedule(setting: &Setting, errors: &mut Errors) -> Option<Schedule> {
    let Value::Assigned(value) = &setting.value else {
        settings::wrong_value(setting, USAGE, errors);
        return None;
    };
    let value = ungrouped(value);
    let read = match value {
        Expr::Call(call) => of_call(call),
        _ => settings::string_literal(value).map(|text| Schedule::parse(&text.value())),
    };
    match read {
        Some(Ok(schedule)) => Some(schedule),
        Some(Err(error)) => {
            errors.on(value, error);
            None
        }
        None => {
            errors.on(value, USAGE);
            None
        }
    }
}

/// `Rate::minutes(5)` or `Cron::new(..)`, of literals.
fn of_call(call: &ExprCall) -> Option<Result<Schedule, ScheduleError>> {
    let Expr::Path(ExprPath { path, .. }) = ungrouped(&call.func) else {
        return None;
    };
    let mut names = path
        .segments
        .iter()
        .rev()
        .map(|segment| segment.ident.to_string());
    let (function, ty) = (names.next()?, names.next()?);
    let literals: Option<Vec<String>> = call.args.iter().map(literal).collect();
    let literals = literals?;
    match (ty.as_str(), function.as_str(), literals.as_slice()) {
        ("Rate", function, [value]) => {
            let value = value.parse().ok()?;
            Some(Rate::from_call(function, value).map(Schedule::from))
        }
        ("Cron", "new", [minutes, hours, day_of_month, month, day_of_week, year]) => Some(
            Cron::new(minutes, hours, day_of_month, month, day_of_week, year).map(Schedule::from),
        ),
        _ => None,
    }
}

/// The text of a literal; numbers are fields of cron expressions as well.
fn literal(value: &Expr) -> Option<String> {
    match ungrouped(value) {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Some(text.value()),
        Expr::Lit(ExprLit {
            lit: Lit::Int(number),
            ..
        }) => Some(number.base10_digits().to_owned()),
        _ => None,
    }
}
