//! All that is known, and how it is found.

use std::sync::LazyLock;

use chalice_core::suggest::nearest;

use crate::{
    Action, Coverage, SdkService,
    action::{Actions, actions},
    service::{Services, services},
};

/// The actions of IAM, and the services of the AWS SDK for Rust.
#[derive(Debug)]
pub struct Catalog {
    actions: &'static Actions,
    services: Services,
}

impl Catalog {
    /// The catalog, which is read when it is first asked for: 20,000 actions and as many operations.
    pub fn get() -> &'static Catalog {
        static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog {
            actions: actions(),
            services: services(),
        });
        &CATALOG
    }

    /// The service of a crate: `aws-sdk-s3`, or `aws_sdk_s3` as Rust has it.
    pub fn service(&self, crate_name: &str) -> Option<&SdkService> {
        let name = crate_name
            .strip_prefix("aws-sdk-")
            .or_else(|| crate_name.strip_prefix("aws_sdk_"))?;
        self.services.get(name)
    }

    /// All services, sorted by the name of their crate.
    pub fn services(&self) -> impl Iterator<Item = &SdkService> {
        self.services.values()
    }

    /// All actions, sorted by name.
    pub fn actions(&self) -> impl Iterator<Item = &'static Action> {
        self.actions.values()
    }

    /// The action of that name with its prefix, in upper or lower case: IAM makes no difference.
    ///
    /// ```
    /// let action = chalice_iam::Catalog::get().action("s3:getobject").unwrap();
    /// assert_eq!(action.name(), "s3:GetObject");
    /// ```
    pub fn action(&self, name: &str) -> Option<&'static Action> {
        self.actions.get(&name.to_ascii_lowercase())
    }

    /// The actions that a pattern of a policy is for, sorted by name: `s3:Get*`, `dynamodb:?etItem`, `*`. A
    /// name without wildcards is for one at most.
    ///
    /// ```
    /// let get = chalice_iam::Catalog::get().expand("sqs:receive*");
    /// let names: Vec<&str> = get.iter().map(|it| it.name()).collect();
    /// assert_eq!(names, ["sqs:ReceiveMessage"]);
    /// ```
    pub fn expand(&self, pattern: &str) -> Vec<&'static Action> {
        let pattern = pattern.to_ascii_lowercase();
        // What comes before the first wildcard, all of them begin with.
        let start = pattern.split(['*', '?']).next().unwrap_or_default();
        self.actions
            .range(start.to_owned()..)
            .take_while(|(name, _)| name.starts_with(start))
            .filter(|(name, _)| is_for(pattern.as_bytes(), name.as_bytes()))
            .map(|(_, action)| action)
            .collect()
    }

    /// The action that a name which is none was most likely meant to be, if one is near.
    ///
    /// ```
    /// let catalog = chalice_iam::Catalog::get();
    /// assert_eq!(catalog.suggest("s3:GetObjet").unwrap().name(), "s3:GetObject");
    /// assert_eq!(catalog.suggest("dynamo:GetItem").unwrap().name(), "dynamodb:GetItem");
    /// assert_eq!(catalog.suggest("s3:ListObjects").unwrap().name(), "s3:ListBucket");
    /// assert!(catalog.suggest("make coffee").is_none());
    /// ```
    pub fn suggest(&self, name: &str) -> Option<&'static Action> {
        let lower = name.to_ascii_lowercase();
        let (prefix, rest) = lower.split_once(':')?;
        // An operation's name is not always an action's.
        if let Some(actions) = self.actions_of_operation(prefix, rest) {
            return actions.first().copied();
        }
        let of_prefix = |prefix: &str| {
            let start = format!("{prefix}:");
            self.actions
                .range(start.clone()..)
                .map(|it| it.0.as_str())
                .take_while(move |it| it.starts_with(&start))
        };
        let prefix = match of_prefix(prefix).next() {
            Some(_) => prefix,
            None => {
                let mut prefixes: Vec<&str> = self.actions.values().map(Action::prefix).collect();
                prefixes.dedup();
                // Of prefixes that are near, the one that has such an action.
                let exact = prefixes
                    .iter()
                    .copied()
                    .filter(|it| self.actions.contains_key(&format!("{it}:{rest}")));
                nearest(prefix, exact).or_else(|| nearest(prefix, prefixes.iter().copied()))?
            }
        };
        let names = of_prefix(prefix).filter_map(|it| Some(it.split_once(':')?.1));
        let near = nearest(rest, names)?;
        self.action(&format!("{prefix}:{near}"))
    }

    /// The actions that an operation of services with that prefix takes.
    fn actions_of_operation(&self, prefix: &str, name: &str) -> Option<&[&'static Action]> {
        self.services
            .values()
            .filter(|it| it.prefix() == prefix)
            .find_map(|it| it.operation(name)?.actions().ok())
            .filter(|it| !it.is_empty())
    }

    /// Of how many operations it is known what they take.
    pub fn coverage(&self) -> Coverage {
        Coverage::of(self)
    }
}

/// Whether a pattern with `*` and `?` is for a name.
fn is_for(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut read) = (0, 0);
    // The last star, and up to where in the name it reaches.
    let mut star = None;
    while read < name.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(&it) if it == b'?' || it == name[read] => {
                at += 1;
                read += 1;
            }
            _ => match star {
                Some((star_at, reach)) => {
                    star = Some((star_at, reach + 1));
                    at = star_at + 1;
                    read = reach + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|it| *it == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(pattern: &str) -> Vec<&'static str> {
        let actions = Catalog::get().expand(pattern);
        actions.iter().map(|it| it.name()).collect()
    }

    #[test]
    fn wildcards_stand_for_actions() {
        assert_eq!(names("s3:GetObject"), ["s3:GetObject"]);
        assert!(names("s3:GetObjet").is_empty());
        assert!(names("s3:GetObject*").contains(&"s3:GetObjectTagging"));
        assert_eq!(names("DynamoDB:?etItem"), ["dynamodb:GetItem"]);
        assert_eq!(names("*").len(), Catalog::get().actions().count());
        assert!(names("s3:*").iter().all(|it| it.starts_with("s3:")));
        assert!(names("*:PutItem").contains(&"dynamodb:PutItem"));
    }

    #[test]
    fn services_have_both_names() {
        let catalog = Catalog::get();
        for name in ["aws-sdk-sfn", "aws_sdk_sfn"] {
            let service = catalog.service(name).unwrap();
            assert_eq!(
                (service.crate_name(), service.prefix()),
                ("aws-sdk-sfn", "states")
            );
        }
        assert!(catalog.service("sfn").is_none());
        assert!(catalog.service("aws-config").is_none());
    }

    #[test]
    fn suggestions() {
        let suggest = |name| Catalog::get().suggest(name).map(Action::name);
        assert_eq!(suggest("sqs:SendMesage"), Some("sqs:SendMessage"));
        assert_eq!(suggest("lambda:Invoke"), Some("lambda:InvokeFunction"));
        assert_eq!(suggest("ses:SendMail"), Some("ses:SendEmail"));
        assert_eq!(suggest("s4:GetObject"), Some("s3:GetObject"));
        assert_eq!(suggest("s3:"), None);
        assert_eq!(suggest("s3GetObject"), None);
    }

    proptest! {
        #[test]
        fn patterns_are_as_ever(name in "[ab]{0,8}", pattern in "[ab*?]{0,8}") {
            fn simple(pattern: &[u8], name: &[u8]) -> bool {
                match (pattern, name) {
                    ([], []) => true,
                    ([b'*', rest @ ..], _) => {
                        simple(rest, name) || !name.is_empty() && simple(pattern, &name[1..])
                    }
                    ([b'?', rest @ ..], [_, after @ ..]) => simple(rest, after),
                    ([a, rest @ ..], [b, after @ ..]) => a == b && simple(rest, after),
                    _ => false,
                }
            }
            let (pattern, name) = (pattern.as_bytes(), name.as_bytes());
            prop_assert_eq!(is_for(pattern, name), simple(pattern, name));
        }
    }
}
