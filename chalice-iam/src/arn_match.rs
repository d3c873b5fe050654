//! Whether an ARN with wildcards can be one of a format with placeholders.

use crate::action::Ends;

/// `arn:${Partition}:s3:::${BucketName}/${ObjectName}`.
pub(crate) struct ArnFormat<'a> {
    format: &'a str,
    ends_at: Ends,
}

/// A part of either text: of both, a string is sought that is of both.
#[derive(Clone, Copy)]
enum Part {
    /// This character.
    One(char),
    /// One character of these.
    Any(Ends),
    /// Characters of these, or none.
    Many(Ends),
}

impl<'a> ArnFormat<'a> {
    /// A format, and where its last placeholder ends.
    ///
    /// Of a placeholder that more of the format comes after, the next character is where it ends.
    pub(crate) fn new(format: &'a str, ends_at: Ends) -> ArnFormat<'a> {
        ArnFormat { format, ends_at }
    }

    /// Whether there is a resource with an ARN of this format that the pattern is for.
    ///
    /// The five parts before the resource are compared one by one, because wildcards do not go
    /// beyond `:` there. `:*` at the end of the ARN of a log group is of no account, since Amazon
    /// CloudWatch Logs wants it there.
    pub(crate) fn matches(&self, arn: &str) -> bool {
        let pattern = without_variables(arn);
        if self.matches_whole(&pattern) {
            return true;
        }
        match pattern.strip_suffix(":*") {
            Some(group) if group.contains(":log-group:") => self.matches_whole(group),
            _ => false,
        }
    }

    fn matches_whole(&self, pattern: &str) -> bool {
        let format: Vec<&str> = split(self.format);
        let pattern: Vec<&str> = pattern.splitn(6, ':').collect();
        if format.len() != 6 || pattern.len() != 6 {
            return false;
        }
        format
            .iter()
            .zip(&pattern)
            .enumerate()
            .all(|(at, (format, pattern))| {
                let ends_at = match at {
                    5 => self.ends_at,
                    _ => Ends::default(),
                };
                overlap(&format_parts(format, ends_at), &pattern_parts(pattern))
            })
    }
}

/// An ARN's six parts. Placeholders have no colons.
fn split(format: &str) -> Vec<&str> {
    format.splitn(6, ':').collect()
}

/// Variables of policies and of templates, `${aws:username}`, can be anything.
fn without_variables(arn: &str) -> String {
    let mut text = String::with_capacity(arn.len());
    let mut rest = arn;
    while let Some((before, variable)) = rest.split_once("${") {
        let Some((_, after)) = variable.split_once('}') else {
            break;
        };
        text += before;
        text.push('*');
        rest = after;
    }
    text + rest
}

fn pattern_parts(pattern: &str) -> Vec<Part> {
    pattern
        .chars()
        .map(|it| match it {
            '*' => Part::Many(Ends::default()),
            '?' => Part::Any(Ends::default()),
            it => Part::One(it),
        })
        .collect()
}

/// A placeholder is at least one character.
fn format_parts(format: &str, last_ends_at: Ends) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = format;
    while let Some(first) = rest.chars().next() {
        if let Some((_, after)) = rest.strip_prefix("${").and_then(|it| it.split_once('}')) {
            let ends_at = match after.chars().next() {
                None => last_ends_at,
                Some(next) => Ends {
                    slash: next == '/',
                    colon: next == ':',
                },
            };
            parts.extend([Part::Any(ends_at), Part::Many(ends_at)]);
            rest = after;
        } else {
            parts.push(match first {
                '*' => Part::Many(Ends::default()),
                it => Part::One(it),
            });
            rest = &rest[first.len_utf8()..];
        }
    }
    parts
}

/// Whether there is a string that both are for.
fn overlap(a: &[Part], b: &[Part]) -> bool {
    let width = b.len() + 1;
    let mut seen = vec![false; (a.len() + 1) * width];
    let mut next = vec![(0, 0)];
    while let Some((i, j)) = next.pop() {
        if std::mem::replace(&mut seen[i * width + j], true) {
            continue;
        }
        let (first, second) = (a.get(i), b.get(j));
        if first.is_none() && second.is_none() {
            return true;
        }
        // Nothing more for one of them.
        if let Some(Part::Many(_)) = first {
            next.push((i + 1, j));
        }
        if let Some(Part::Many(_)) = second {
            next.push((i, j + 1));
        }
        // One character for both.
        if let (Some(&first), Some(&second)) = (first, second)
            && share_a_character(first, second)
        {
            let after = |part, at| match part {
                Part::Many(_) => at,
                Part::One(_) | Part::Any(_) => at + 1,
            };
            next.push((after(first, i), after(second, j)));
        }
    }
    false
}

fn share_a_character(a: Part, b: Part) -> bool {
    match (a, b) {
        (Part::One(a), Part::One(b)) => a == b,
        (Part::One(it), Part::Any(ends) | Part::Many(ends))
        | (Part::Any(ends) | Part::Many(ends), Part::One(it)) => {
            !(ends.slash && it == '/' || ends.colon && it == ':')
        }
        (Part::Any(_) | Part::Many(_), Part::Any(_) | Part::Many(_)) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::actions;
    use proptest::prelude::*;

    /// The types of the action that the ARN can be of.
    fn types(action: &str, arn: &str) -> Vec<&'static str> {
        actions()[&action.to_lowercase()]
            .resource_types()
            .iter()
            .filter(|it| it.matches(arn))
            .map(|it| it.name())
            .collect()
    }

    #[test]
    fn buckets_are_no_objects() {
        assert_eq!(types("s3:GetObject", "arn:aws:s3:::photos/*"), ["object"]);
        assert_eq!(
            types("s3:GetObject", "arn:aws:s3:::photos/a/b.jpg"),
            ["object"]
        );
        assert_eq!(types("s3:GetObject", "arn:aws-cn:s3:::photos*"), ["object"]);
        assert!(types("s3:GetObject", "arn:aws:s3:::photos").is_empty());
        assert!(types("s3:GetObject", "arn:aws:s3:::photos/").is_empty());
        assert_eq!(types("s3:ListBucket", "arn:aws:s3:::photos"), ["bucket"]);
        assert!(types("s3:ListBucket", "arn:aws:s3:::photos/*").is_empty());
        assert_eq!(types("s3:ListBucket", "arn:aws:s3:::${Bucket}"), ["bucket"]);
    }

    #[test]
    fn tables_are_no_indices() {
        let table = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders";
        assert_eq!(types("dynamodb:PutItem", table), ["table"]);
        assert!(types("dynamodb:PutItem", &format!("{table}/index/x")).is_empty());
        assert_eq!(
            types("dynamodb:Query", &format!("{table}/index/*")),
            ["index"]
        );
        assert_eq!(
            types("dynamodb:Query", "arn:aws:dynamodb:*:*:table/*"),
            ["index", "table"]
        );
        let inside =
            "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Orders}";
        assert!(types("dynamodb:PutItem", inside).contains(&"table"));
    }

    #[test]
    fn other_services() {
        fn any(action: &str, arn: &str) -> bool {
            !types(action, arn).is_empty()
        }
        assert!(any("sqs:SendMessage", "arn:aws:sqs:*:*:orders"));
        assert!(!any("sqs:SendMessage", "arn:aws:sns:*:*:orders"));
        assert!(any(
            "ssm:GetParameter",
            "arn:aws:ssm:*:*:parameter/app/prod/key"
        ));
        assert!(any(
            "iam:PassRole",
            "arn:aws:iam::123456789012:role/path/name"
        ));
        assert!(!any("iam:PassRole", "arn:aws:iam::123456789012:user/name"));
        let group = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/show";
        assert!(any("logs:CreateLogGroup", group));
        assert!(any("logs:CreateLogGroup", &format!("{group}:*")));
        assert!(any("logs:CreateLogStream", &format!("{group}:*")));
        assert!(any("logs:PutLogEvents", &format!("{group}:log-stream:*")));
        assert!(any(
            "lambda:InvokeFunction",
            "arn:aws:lambda:*:*:function:show"
        ));
        assert!(any(
            "states:StartExecution",
            "arn:aws:states:*:*:stateMachine:orders"
        ));
        assert!(any(
            "secretsmanager:GetSecretValue",
            "arn:aws:secretsmanager:*:*:secret:app/db-??????"
        ));
        assert!(any(
            "execute-api:ManageConnections",
            "arn:aws:execute-api:*:*:a1b2c3/api/POST/@connections/*"
        ));
        assert!(any(
            "apigateway:GET",
            "arn:aws:apigateway:eu-west-1::/restapis/a1b2c3"
        ));
        assert!(any(
            "events:PutEvents",
            "arn:aws:events:*:*:event-bus/orders"
        ));
        for malformed in [
            "",
            "photos",
            "arn:aws:s3",
            "arn:aws:s3:::",
            "${",
            "arn:aws:s3:::${",
        ] {
            assert!(!any("s3:GetObject", malformed), "{malformed}");
        }
    }

    /// A value for each placeholder that ends where it has to.
    fn example(format: &str) -> String {
        let mut text = String::new();
        let mut rest = format;
        while let Some((before, after)) = rest.split_once("${") {
            text += before;
            text += "x1";
            rest = after.split_once('}').map_or("", |it| it.1);
        }
        text + rest
    }

    #[test]
    fn every_type_has_its_own_arns() {
        for action in actions().values() {
            for kind in action.resource_types() {
                let format = kind.arn_format();
                assert!(kind.matches(&example(format)), "{format}");
                assert!(kind.matches(format), "{format} with variables");
                assert!(action.applies_to("*"));
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_much(arn in r"(arn:)?[a-z*?:/${}é]{0,40}") {
            for action in ["s3:getobject", "logs:putlogevents", "apigateway:get"] {
                let _ = actions()[action].applies_to(&arn);
            }
        }

        #[test]
        fn patterns_without_wildcards_are_compared(a in "[ab/]{0,6}", b in "[ab/]{0,6}") {
            prop_assert_eq!(overlap(&pattern_parts(&a), &pattern_parts(&b)), a == b);
        }

        #[test]
        fn a_wildcard_is_anything(a in "[ab/]{0,4}", middle in "[ab/*?]{0,4}", b in "[ab/]{0,4}") {
            let pattern = pattern_parts(&format!("{a}*{b}"));
            let text = format!("{a}{middle}{b}");
            prop_assert!(overlap(&pattern_parts(&text), &pattern));
        }
    }
}
