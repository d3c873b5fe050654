//! Whether the actions of a grant exist and apply to its resources. What does not is a panic
//! in const evaluation: a compile error where the caller is.

use super::{
    action::{Action, Service, find, list_has},
    arn_pattern::{is_whole, overlap},
    distance::nearest,
    kind::Kind,
    name::starts_with,
};
use crate::{
    bytes::{equal, position, slice},
    text::Text,
};

/// Room for a message.
const MESSAGE: usize = 2048;

/// Panics unless each action exists and applies to resources of `kind`.
#[track_caller]
pub(super) const fn assert_further(kind: &Kind, actions: &[&str]) {
    assert!(
        !actions.is_empty(),
        "no action is listed: name those that are allowed, `.allow(&[\"s3:GetObjectTagging\"])`"
    );
    let mut at = 0;
    while at < actions.len() {
        let action = known(actions[at]);
        if !applies(&action, kind, actions[at]) {
            other_kind(kind, actions[at], &action);
        }
        at += 1;
    }
}

/// Whether the action applies to a resource of that kind.
const fn applies(action: &Action, kind: &Kind, written: &str) -> bool {
    let prefix = position(written.as_bytes(), b':', 0);
    if !equal(slice(written.as_bytes(), 0, prefix), kind.prefix.as_bytes()) {
        return false;
    }
    let mut form = 0;
    while form < kind.forms.len() {
        if list_has(action.types, b',', kind.forms[form].resource_type) {
            return true;
        }
        form += 1;
    }
    false
}

#[track_caller]
const fn other_kind(kind: &Kind, written: &str, action: &Action) -> ! {
    let mut text = Text::<MESSAGE>::new();
    text.push("`");
    text.push(written);
    text.push("` cannot be allowed on ");
    text.push(kind.words);
    text.push(": ");
    push_types(&mut text, action);
    text.push("\nhelp: `Grant::allow(&[\"");
    text.push(written);
    if action.types.is_empty() {
        text.push("\"]).on(&[\"*\"])`");
    } else {
        text.push("\"]).on(&[\"");
        push_first_arn(&mut text, action);
        text.push("\"])`");
    }
    panic!("{}", text.as_str());
}

/// `it applies to ..`
const fn push_types(text: &mut Text<MESSAGE>, action: &Action) {
    if action.types.is_empty() {
        text.push("IAM applies it to all resources at once, `*`");
        return;
    }
    text.push("IAM applies it to ");
    let bytes = action.types.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        let end = position(bytes, b',', start);
        text.push(if start == 0 {
            "`"
        } else if end == bytes.len() {
            "` and `"
        } else {
            "`, `"
        });
        text.push(action.types.split_at(end).0.split_at(start).1);
        start = end + 1;
    }
    text.push("`");
}

/// The ARN of the first type of resource that the action applies to, as one would write it: `arn:aws:sqs:*:*:<QueueName>`
const fn push_first_arn(text: &mut Text<MESSAGE>, action: &Action) {
    let end = position(action.types.as_bytes(), b',', 0);
    let form = form_of(action, action.types.split_at(end).0);
    let bytes = form.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let dollar = position(bytes, b'$', at);
        text.push(form.split_at(dollar).0.split_at(at).1);
        if dollar == bytes.len() {
            return;
        }
        let brace = position(bytes, b'}', dollar);
        let name = form.split_at(brace).0.split_at(dollar + 2).1;
        if equal(name.as_bytes(), b"Partition") {
            text.push("aws");
        } else if equal(name.as_bytes(), b"Region") || equal(name.as_bytes(), b"Account") {
            text.push("*");
        } else {
            text.push("<");
            text.push(name);
            text.push(">");
        }
        at = brace + 1;
    }
}

/// The ARN of a type of resource: `arn:${Partition}:s3:::${BucketName}`
const fn form_of(action: &Action, resource_type: &str) -> &'static str {
    let arns = action.arns();
    let bytes = arns.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        let end = position(bytes, b'|', start);
        let tilde = position(bytes, b'~', start);
        if tilde < end && equal(slice(bytes, start, tilde), resource_type.as_bytes()) {
            return arns.split_at(end).0.split_at(tilde + 1).1;
        }
        start = end + 1;
    }
    ""
}

/// Panics unless each action exists and applies to one of the ARNs, and each ARN has an action.
#[track_caller]
pub(super) const fn assert_on(actions: &[&str], arns: &[&str]) {
    assert!(
        !actions.is_empty(),
        "no action is listed: name those that are allowed, `Grant::allow(&[\"ses:SendEmail\"])`"
    );
    assert!(
        !arns.is_empty(),
        "no resource is listed: name the ARNs that the actions are allowed on, or `*` for all, `.on(&[\"*\"])`"
    );
    let mut at = 0;
    while at < actions.len() {
        let action = known(actions[at]);
        let (mut arn, mut found) = (0, false);
        while arn < arns.len() && !found {
            found = is_for(&action, arns[arn]);
            arn += 1;
        }
        if !found {
            no_arn(actions[at], &action, arns);
        }
        at += 1;
    }
    let mut arn = 0;
    while arn < arns.len() {
        assert_arn(arns[arn]);
        let (mut at, mut found) = (0, false);
        while at < actions.len() && !found {
            found = match find(actions[at]) {
                Some(action) => is_for(&action, arns[arn]),
                None => false,
            };
            at += 1;
        }
        if !found {
            no_action(arns[arn], actions);
        }
        arn += 1;
    }
}

/// Whether the ARN can be that of a resource that the action applies to.
const fn is_for(action: &Action, arn: &str) -> bool {
    if equal(arn.as_bytes(), b"*") {
        return true;
    }
    let bytes = action.types.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        let end = position(bytes, b',', start);
        let resource_type = action.types.split_at(end).0.split_at(start).1;
        if overlap(form_of(action, resource_type), arn) {
            return true;
        }
        start = end + 1;
    }
    false
}

#[track_caller]
const fn assert_arn(arn: &str) {
    let bytes = arn.as_bytes();
    if equal(bytes, b"*") || is_whole(bytes) && starts_with(arn, "arn:") {
        return;
    }
    let mut text = Text::<MESSAGE>::new();
    text.push("\"");
    text.push(arn);
    text.push("\" is no ARN, `arn:<partition>:<service>:<region>:<account>:<resource>`, in which `*` stands for any text, and not `*` for all resources either");
    panic!("{}", text.as_str());
}

#[track_caller]
const fn no_arn(written: &str, action: &Action, arns: &[&str]) -> ! {
    // A text that is no ARN is no other kind of resource.
    let mut at = 0;
    while at < arns.len() {
        assert_arn(arns[at]);
        at += 1;
    }
    let mut text = Text::<MESSAGE>::new();
    text.push("`");
    text.push(written);
    text.push("` cannot be allowed on \"");
    text.push(arns[0]);
    text.push("\"");
    if arns.len() > 1 {
        text.push(" or another of these");
    }
    text.push(": ");
    push_types(&mut text, action);
    text.push("\nhelp: `.on(&[\"");
    if action.types.is_empty() {
        text.push("*");
    } else {
        push_first_arn(&mut text, action);
    }
    text.push("\"])`");
    panic!("{}", text.as_str());
}

#[track_caller]
const fn no_action(arn: &str, actions: &[&str]) -> ! {
    let mut text = Text::<MESSAGE>::new();
    text.push("none of the actions applies to \"");
    text.push(arn);
    text.push("\", so allowing it would do nothing: leave it out, or list the action that it is for beside `");
    text.push(actions[0]);
    text.push("`");
    panic!("{}", text.as_str());
}

/// The action of that name.
#[track_caller]
const fn known(written: &str) -> Action {
    let bytes = written.as_bytes();
    match find(written) {
        Some(action) => {
            let start = bytes.len() - action.name.len();
            if equal(slice(bytes, start, bytes.len()), action.name.as_bytes())
                && is_lower(slice(bytes, 0, start))
            {
                return action;
            }
            // Policies are compared with each other and with what a binary calls, by text.
            misspelt(written)
        }
        None => misspelt(written),
    }
}

const fn is_lower(bytes: &[u8]) -> bool {
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_uppercase() {
            return false;
        }
        at += 1;
    }
    true
}

/// Says what is wrong with an action that IAM does not have. Slow: it compares texts.
#[track_caller]
const fn misspelt(written: &str) -> ! {
    let bytes = written.as_bytes();
    let mut text = Text::<MESSAGE>::new();
    text.push("`");
    text.push(written);
    text.push("` is no action of IAM");
    let colon = position(bytes, b':', 0);
    if position(bytes, b'*', 0) < bytes.len() || position(bytes, b'?', 0) < bytes.len() {
        text.push(
            ": a grant names each action by itself, without `*` and `?`, so that a policy allows what was meant and \
             no more",
        );
    } else if colon == bytes.len() {
        text.push(": it has the form `<prefix>:<action>`, as `s3:GetObject`");
    } else {
        let (prefix, rest) = written.split_at(colon);
        let name = rest.split_at(1).1;
        match Service::find(prefix) {
            Some(service) => {
                if let Some(near) = nearest(name, service.actions, b'|', b'=') {
                    push_suggestion(&mut text, service.prefix, near);
                }
            }
            None => match Service::nearest(prefix) {
                Some(service) => match nearest(name, service.actions, b'|', b'=') {
                    Some(near) => push_suggestion(&mut text, service.prefix, near),
                    None => {
                        text.push(": no service has the prefix `");
                        text.push(prefix);
                        text.push("`; did you mean `");
                        text.push(service.prefix);
                        text.push("`?");
                    }
                },
                None => {
                    text.push(": no service has the prefix `");
                    text.push(prefix);
                    text.push("`");
                }
            },
        }
    }
    panic!("{}", text.as_str());
}

const fn push_suggestion(text: &mut Text<MESSAGE>, prefix: &str, name: &str) {
    text.push("; did you mean `");
    text.push(prefix);
    text.push(":");
    text.push(name);
    text.push("`?");
}
