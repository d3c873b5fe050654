//! Names of resources and of environment variables, judged in const evaluation.

use super::kind::Kind;
use crate::{event_source::resource_name::Resource, text::Text};

/// Panics, for a compile error where the caller is, unless AWS can have a resource of `kind` with that name.
#[track_caller]
pub(super) const fn assert_name(kind: &Kind, name: &str) {
    let rules = kind.rules;
    let mut text = Text::<1024>::new();
    if starts_with(name, "arn:") {
        text.push("`");
        text.push(name);
        text.push("` is an ARN, and `");
        text.push(kind.type_name);
        text.push("::named` takes a name, of a resource of the app's own account and region\nhelp: of another, `Grant::allow(&[\"");
        text.push(kind.prefix);
        text.push(":..\"]).on(&[\"");
        text.push(name);
        text.push("\"])`");
        panic!("{}", text.as_str());
    }
    let (shortest, longest) = rules.lengths();
    let stem = stem(rules, name);
    let problem = if starts_with(name, "https:") || starts_with(name, "s3:") {
        text.push("it is a URL");
        true
    } else if let Some(at) = refused_character(rules, stem) {
        text.push("`");
        text.push(character_at(stem, at));
        text.push("` is not allowed: ");
        text.push(rules.service());
        text.push(" takes ");
        text.push(rules.alphabet());
        true
    } else if stem.is_empty() || name.len() < shortest || characters(name) > longest {
        text.push("it has ");
        text.push_number(name.len() as u32);
        text.push(" characters, and ");
        text.push(rules.service());
        text.push(" takes ");
        text.push_number(shortest as u32);
        text.push(" to ");
        text.push_number(longest as u32);
        true
    } else if let Some(problem) = special_problem(rules, name) {
        text.push(problem);
        true
    } else {
        false
    };
    if problem {
        let mut message = Text::<1024>::new();
        message.push("\"");
        message.push(name);
        message.push("\" cannot be ");
        message.push(rules.words());
        message.push(": ");
        message.push(text.as_str());
        panic!("{}", message.as_str());
    }
}

/// The part of a name that may have the resource's characters only.
const fn stem(rules: Resource, name: &str) -> &str {
    let end = match rules {
        Resource::Queue | Resource::Topic if ends_with(name, ".fifo") => name.len() - 5,
        // An alias or a version may follow, which is judged by itself.
        Resource::Function => crate::bytes::position(name.as_bytes(), b':', 0),
        _ => name.len(),
    };
    name.split_at(end).0
}

/// What the characters alone do not tell.
const fn special_problem(rules: Resource, name: &str) -> Option<&'static str> {
    let bytes = name.as_bytes();
    match rules {
        Resource::Bucket => bucket_problem(name),
        Resource::EventBus if contains(bytes, b"/") && !starts_with(name, "aws.partner/") => {
            Some("`/` is in the names of partners' event buses only, `aws.partner/..`")
        }
        Resource::Parameter if contains(bytes, b"/") && bytes[0] != b'/' => Some(
            "a name with levels begins with `/`: AWS Systems Manager takes `/app/database`, and not `app/database`",
        ),
        Resource::Parameter if starts_with(name, "/aws/") => Some(
            "it is one of AWS's own, which are of no account\nhelp: \
             `Grant::allow(&[\"ssm:GetParameter\"]).on(&[\"arn:aws:ssm:*::parameter/aws/..\"])`",
        ),
        Resource::Parameter if bytes[bytes.len() - 1] == b'/' => {
            Some("it ends with `/`: leave that out")
        }
        Resource::Function => qualifier_problem(bytes),
        _ => None,
    }
}

/// What Amazon S3 refuses beyond characters ("General purpose bucket naming rules").
const fn bucket_problem(name: &str) -> Option<&'static str> {
    let bytes = name.as_bytes();
    let (first, last) = (bytes[0], bytes[bytes.len() - 1]);
    if !first.is_ascii_alphanumeric() || !last.is_ascii_alphanumeric() {
        return Some("it begins and ends with a letter or a digit");
    }
    if contains(bytes, b"..") {
        return Some("Amazon S3 takes no two periods in a row");
    }
    if contains(bytes, b"--x-s3") {
        return Some(
            "it is that of a directory bucket, whose actions are of the service `s3express`\nhelp: \
             `Grant::allow(&[\"s3express:CreateSession\"]).on(&[\"arn:aws:s3express:..\"])`",
        );
    }
    if starts_with(name, "xn--")
        || starts_with(name, "sthree-")
        || starts_with(name, "amzn-s3-demo-")
    {
        return Some(
            "Amazon S3 keeps `xn--`, `sthree-` and `amzn-s3-demo-` at the beginning for itself",
        );
    }
    if ends_with(name, "-s3alias")
        || ends_with(name, "--ol-s3")
        || ends_with(name, ".mrap")
        || ends_with(name, "--table-s3")
    {
        return Some(
            "Amazon S3 keeps `-s3alias`, `--ol-s3`, `.mrap` and `--table-s3` at the end for itself",
        );
    }
    if is_ip_address(bytes) {
        return Some("Amazon S3 takes none that is formatted as an IP address");
    }
    None
}

const fn is_ip_address(bytes: &[u8]) -> bool {
    let (mut periods, mut digits, mut at) = (0, 0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'.' if digits > 0 => {
                periods += 1;
                digits = 0;
            }
            b'0'..=b'9' if digits < 3 => digits += 1,
            _ => return false,
        }
        at += 1;
    }
    periods == 3 && digits > 0
}

/// What follows a function's name: nothing, or an alias or a version (AWS Lambda, `Invoke`, `Qualifier`).
const fn qualifier_problem(bytes: &[u8]) -> Option<&'static str> {
    let colon = crate::bytes::position(bytes, b':', 0);
    if colon == bytes.len() {
        return None;
    }
    let mut at = colon + 1;
    while at < bytes.len() {
        if !(bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'-' | b'_' | b'$')) {
            return Some(
                "behind its `:` there is an alias or a version: letters, digits, `-`, `_` and `$`",
            );
        }
        at += 1;
    }
    if at == colon + 1 || at - colon > 129 {
        return Some("behind its `:` there is an alias or a version, of 1 to 128 characters");
    }
    None
}

/// Panics unless a table can have an index of that name (Amazon DynamoDB, `CreateTable`: as a table's).
#[track_caller]
pub(super) const fn assert_index(name: &str) {
    let rules = Resource::Table;
    let (shortest, longest) = rules.lengths();
    let mut text = Text::<512>::new();
    text.push("\"");
    text.push(name);
    text.push("\" cannot be the name of an index: ");
    if let Some(at) = refused_character(rules, name) {
        text.push("`");
        text.push(character_at(name, at));
        text.push("` is not allowed: Amazon DynamoDB takes ");
        text.push(rules.alphabet());
    } else if name.len() < shortest || name.len() > longest {
        text.push("Amazon DynamoDB takes 3 to 255 characters");
    } else {
        return;
    }
    panic!("{}", text.as_str());
}

/// Panics unless a function can have an environment variable of that name (AWS Lambda, "Environment variables").
#[track_caller]
pub(super) const fn assert_variable(kind: &Kind, variable: &str) {
    let bytes = variable.as_bytes();
    let mut is_valid = bytes.len() >= 2 && bytes[0].is_ascii_alphabetic();
    let mut at = 0;
    while at < bytes.len() {
        is_valid &= bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_';
        at += 1;
    }
    if !is_valid {
        let mut text = Text::<1024>::new();
        text.push("\"");
        text.push(variable);
        text.push(
            "\" cannot be the name of an environment variable: AWS Lambda takes at least two characters, a letter \
             first, and then letters, digits and `_`\nhelp: `",
        );
        text.push(kind.type_name);
        text.push("::from_env(\"..\")` takes the variable that has the name, and `");
        text.push(kind.type_name);
        text.push("::named(\"..\")` the name itself");
        panic!("{}", text.as_str());
    }
}

/// Where the first character is that the resource's names cannot have.
const fn refused_character(rules: Resource, name: &str) -> Option<usize> {
    let mut at = 0;
    while at < name.len() {
        let text = character_at(name, at);
        if !rules.allows(decode(text.as_bytes())) {
            return Some(at);
        }
        at += text.len();
    }
    None
}

/// The character that begins at `at`, as text.
const fn character_at(text: &str, at: usize) -> &str {
    let rest = text.split_at(at).1;
    let mut end = 1;
    while !rest.is_char_boundary(end) {
        end += 1;
    }
    rest.split_at(end).0
}

/// The character that these bytes are in UTF-8 (RFC 3629).
const fn decode(bytes: &[u8]) -> char {
    let mut code = match bytes.len() {
        1 => bytes[0] as u32,
        2 => (bytes[0] & 0x1f) as u32,
        3 => (bytes[0] & 0x0f) as u32,
        _ => (bytes[0] & 0x07) as u32,
    };
    let mut at = 1;
    while at < bytes.len() {
        code = code << 6 | (bytes[at] & 0x3f) as u32;
        at += 1;
    }
    match char::from_u32(code) {
        Some(character) => character,
        None => char::REPLACEMENT_CHARACTER,
    }
}

const fn characters(text: &str) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < text.len() {
        at += character_at(text, at).len();
        count += 1;
    }
    count
}

/// Whether `text` begins with `start`.
pub(super) const fn starts_with(text: &str, start: &str) -> bool {
    text.len() >= start.len()
        && crate::bytes::equal(
            crate::bytes::slice(text.as_bytes(), 0, start.len()),
            start.as_bytes(),
        )
}

const fn ends_with(text: &str, end: &str) -> bool {
    text.len() >= end.len()
        && crate::bytes::equal(
            crate::bytes::slice(text.as_bytes(), text.len() - end.len(), text.len()),
            end.as_bytes(),
        )
}

const fn contains(bytes: &[u8], part: &[u8]) -> bool {
    let mut at = 0;
    while at + part.len() <= bytes.len() {
        if crate::bytes::equal(crate::bytes::slice(bytes, at, at + part.len()), part) {
            return true;
        }
        at += 1;
    }
    false
}
