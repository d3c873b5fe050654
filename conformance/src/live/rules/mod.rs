//! Intended differences as rules: what follows for our output from an input and
//! from what Chalice makes of it.
//!
//! A rule rewrites Chalice's output into the one that we intend, to the letter.
//! What is left over when all rules have been applied is a disagreement, also
//! where we have come to do what Chalice does.

mod answers;
mod authorizers;
mod cors;
mod gateway;
mod requests;

use serde_json::{Value, json};

use super::question::Question;
use crate::output::{Answer, Output};

/// An intended difference.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name in `differences.toml`, where the reason is.
    pub name: &'static str,
    /// Rewrites Chalice's output; true if the rule had something to say.
    apply: fn(&Question, &mut Pair) -> bool,
}

/// Applies every rule; the result is the names of those that had something to say.
pub fn apply_all(question: &Question, pair: &mut Pair) -> Vec<&'static str> {
    let rules = RULES.iter().filter(|rule| rule.apply(question, pair));
    rules.map(|rule| rule.name).collect()
}

/// What both made of an input.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Chalice's output, which rules rewrite.
    pub chalice: Output,
    /// Our output. Rules take out of it what cannot be foretold, such as random ids.
    pub ours: Output,
}

/// Every rule, in the order in which they are applied.
pub const RULES: &[Rule] = &[
    // What happens before a handler runs.
    rule("unknown-path", requests::unknown_path),
    rule("local-unknown-method", gateway::unknown_method),
    rule("local-options-without-cors", gateway::options_without_cors),
    rule("local-empty-segment", gateway::empty_segment),
    rule("local-greedy", gateway::greedy),
    rule("local-error-names", gateway::error_names),
    rule("preflight-in-the-function", cors::preflight),
    rule("cors-on-405", cors::method_not_allowed),
    rule("malformed-method-arn", authorizers::method_arn),
    rule("explicit-deny", authorizers::explicit_deny),
    rule("undecided-authorizer", authorizers::undecided),
    rule("user-pool", authorizers::user_pool),
    // What handlers see.
    rule("local-event", gateway::event),
    rule("local-semicolons", gateway::semicolons),
    rule("path-parameters", requests::path_parameters),
    rule("base64-that-is-none", requests::base64_that_is_none),
    rule("json-media-types", requests::json_media_types),
    rule("strict-json", requests::strict_json),
    rule("text-that-is-none", requests::text_that_is_none),
    // What handlers answer.
    rule("text-is-text", answers::text_is_text),
    rule("nan", answers::nan),
    rule("unserializable", answers::unserializable),
    rule("bytes-as-text", answers::bytes_as_text),
    rule("text-as-bytes", answers::text_as_bytes),
    rule("no-body", answers::no_body),
    rule("debug-mode", answers::debug_mode),
    rule("cors-on-unhandled-errors", cors::unhandled),
    rule("cors-names-have-no-case", cors::names_have_no_case),
];

const fn rule(name: &'static str, apply: fn(&Question, &mut Pair) -> bool) -> Rule {
    Rule { name, apply }
}

impl Rule {
    /// Applies the rule; true if it had something to say.
    fn apply(&self, question: &Question, pair: &mut Pair) -> bool {
        (self.apply)(question, pair)
    }
}

impl Pair {
    /// Chalice's answer, if it is one of that status.
    fn answer(&mut self, status: u64) -> Option<&mut Answer> {
        match &mut self.chalice {
            Output::Answer(answer) if answer.status == status => Some(answer),
            _ => None,
        }
    }

    /// Chalice's output becomes this answer.
    fn expect(&mut self, status: u64, headers: &[(&str, &str)], body: &str) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), vec![(*value).to_owned()]));
        self.chalice = Output::Answer(
            Answer {
                status,
                headers: headers.collect(),
                base64: false,
                body: body.to_owned().into(),
            }
            .as_sent(),
        );
        true
    }
}

impl Answer {
    /// Changes the body, if it is JSON; true if it has changed.
    fn change(&mut self, change: impl FnOnce(&mut Value)) -> bool {
        let Some(before) = self.json() else {
            return false;
        };
        let mut after = before.clone();
        change(&mut after);
        let changed = before != after;
        if changed {
            self.body = after.to_string().into();
        }
        changed
    }

    /// The answer becomes the body of an error, with its headers as they are.
    fn fail(&mut self, status: u64, code: &str, message: &str) -> bool {
        self.status = status;
        self.base64 = false;
        self.headers.remove("content-type");
        self.body = json!({ "Code": code, "Message": message })
            .to_string()
            .into();
        true
    }

    /// Adds headers that are not there.
    fn add(&mut self, headers: &[(&str, &str)]) -> bool {
        let before = self.headers.len();
        for (name, value) in headers {
            self.headers
                .entry(name.to_ascii_lowercase())
                .or_insert_with(|| vec![(*value).to_owned()]);
        }
        self.headers.len() > before
    }
}
