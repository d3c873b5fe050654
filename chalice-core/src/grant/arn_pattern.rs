//! Whether an ARN in a policy can be one of a type of resource.

use crate::bytes::{equal, position, slice};

/// Whether some ARN has both this form, `arn:${Partition}:s3:::${BucketName}`, and matches this pattern
/// of a policy, in which `*` stands for any text and `?` for any character.
pub(super) const fn overlap(form: &str, pattern: &str) -> bool {
    let (mut form, mut pattern) = (form.as_bytes(), pattern.as_bytes());
    // `*` matches colons as well, but IAM wants the first five parts of an ARN each by itself.
    let mut parts = 0;
    while parts < 5 {
        let (form_end, pattern_end) = (position(form, b':', 0), colon(pattern));
        if pattern_end == pattern.len() || form_end == form.len() {
            return false;
        }
        if !intersect(slice(form, 0, form_end), slice(pattern, 0, pattern_end)) {
            return false;
        }
        form = slice(form, form_end + 1, form.len());
        pattern = slice(pattern, pattern_end + 1, pattern.len());
        parts += 1;
    }
    intersect(form, pattern)
}

/// Whether a pattern has the six parts of an ARN.
pub(super) const fn is_whole(pattern: &[u8]) -> bool {
    let (mut rest, mut parts) = (pattern, 1);
    while parts < 6 {
        let end = colon(rest);
        if end == rest.len() {
            return false;
        }
        rest = slice(rest, end + 1, rest.len());
        parts += 1;
    }
    !rest.is_empty()
}

/// Where a pattern's first colon is that is not one of a policy variable, `${aws:username}`; or its length.
const fn colon(pattern: &[u8]) -> usize {
    let (mut at, mut is_variable) = (0, false);
    while at < pattern.len() && (is_variable || pattern[at] != b':') {
        match pattern[at] {
            b'{' if at > 0 && pattern[at - 1] == b'$' => is_variable = true,
            b'}' => is_variable = false,
            _ => {}
        }
        at += 1;
    }
    at
}

/// Whether there is a text that both match.
const fn intersect(form: &[u8], pattern: &[u8]) -> bool {
    if form.is_empty() {
        return all_stars(pattern);
    }
    if form[0] == b'$' && form.len() > 1 && form[1] == b'{' {
        let end = position(form, b'}', 0);
        let rest = slice(form, end + 1, form.len());
        return placeholder(slice(form, 2, end), rest, pattern);
    }
    if pattern.is_empty() {
        return false;
    }
    match pattern[0] {
        b'*' => {
            intersect(form, slice(pattern, 1, pattern.len()))
                || intersect(slice(form, 1, form.len()), pattern)
        }
        // A policy variable, `${aws:PrincipalAccount}`, may be any text.
        b'$' if pattern.len() > 1 && pattern[1] == b'{' => {
            let end = position(pattern, b'}', 0);
            let rest = slice(
                pattern,
                if end == pattern.len() { end } else { end + 1 },
                pattern.len(),
            );
            let mut at = 0;
            while at <= form.len() {
                if intersect(slice(form, at, form.len()), rest) {
                    return true;
                }
                at += 1;
            }
            false
        }
        byte => {
            (byte == b'?' || byte == form[0])
                && intersect(slice(form, 1, form.len()), slice(pattern, 1, pattern.len()))
        }
    }
}

/// A placeholder stands for one character or more.
const fn placeholder(name: &[u8], rest: &[u8], pattern: &[u8]) -> bool {
    // Names without slashes tell a resource from what is in it: `bucket` from `bucket/object`.
    let has_slashes = !equal(name, b"BucketName") && !equal(name, b"TableName");
    let mut at = 0;
    while at < pattern.len() {
        match pattern[at] {
            // It takes a part of what the star matches, and the star matches the rest.
            b'*' => {
                if intersect(rest, slice(pattern, at, pattern.len())) {
                    return true;
                }
            }
            b'/' if !has_slashes => return false,
            _ => {
                if intersect(rest, slice(pattern, at + 1, pattern.len())) {
                    return true;
                }
            }
        }
        at += 1;
    }
    false
}

const fn all_stars(pattern: &[u8]) -> bool {
    let mut at = 0;
    while at < pattern.len() {
        if pattern[at] != b'*' {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUCKET: &str = "arn:${Partition}:s3:::${BucketName}";
    const OBJECT: &str = "arn:${Partition}:s3:::${BucketName}/${ObjectName}";
    const IDENTITY: &str = "arn:${Partition}:ses:${Region}:${Account}:identity/${IdentityName}";
    const LOG_GROUP: &str = "arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}";

    #[test]
    fn what_overlaps() {
        for (form, pattern) in [
            (BUCKET, "arn:aws:s3:::photos"),
            (BUCKET, "arn:aws:s3:::photos-*"),
            (BUCKET, "arn:*:s3:::*"),
            (OBJECT, "arn:aws:s3:::photos/*"),
            (OBJECT, "arn:aws:s3:::photos/thumbnails/?.jpg"),
            (OBJECT, "arn:aws:s3:::*"),
            (OBJECT, "arn:aws:s3:::photos/${aws:username}/*"),
            (IDENTITY, "arn:aws:ses:*:*:identity/example.com"),
            (
                IDENTITY,
                "arn:aws:ses:eu-west-1:${aws:PrincipalAccount}:identity/*",
            ),
            (LOG_GROUP, "arn:aws:logs:*:*:log-group:/aws/lambda/x"),
            (LOG_GROUP, "arn:aws:logs:*:*:*"),
        ] {
            assert!(overlap(form, pattern), "{form} {pattern}");
        }
    }

    #[test]
    fn what_does_not() {
        for (form, pattern) in [
            (BUCKET, "arn:aws:s3:::photos/*"),
            (BUCKET, "arn:aws:s3:eu-west-1::photos"),
            (BUCKET, "arn:aws:s3:::"),
            (BUCKET, "photos"),
            (BUCKET, ""),
            (OBJECT, "arn:aws:s3:::photos"),
            (OBJECT, "arn:aws:s3:::photos/"),
            (IDENTITY, "arn:aws:ses:*:*:template/welcome"),
            (IDENTITY, "arn:aws:ses:::identity/example.com"),
            (IDENTITY, "arn:aws:sns:*:*:identity/example.com"),
            (LOG_GROUP, "arn:aws:logs:*:*"),
        ] {
            assert!(!overlap(form, pattern), "{form} {pattern}");
        }
    }
}
