//! Actions and the types of resources they are for, from `data/actions.txt`.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use crate::{AccessLevel, arn_match::ArnFormat};

/// An action of IAM, such as `s3:GetObject`.
#[derive(Debug, PartialEq, Eq)]
pub struct Action {
    name: String,
    access_level: AccessLevel,
    resource_types: Vec<ResourceType>,
    dependent_actions: Vec<&'static str>,
}

/// A type of resources for an action, such as `object` for `s3:GetObject`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResourceType {
    name: &'static str,
    arn_format: &'static str,
    /// Whether a placeholder ends where `/` or `:` is, because a longer format of the service goes on there.
    ends_at: Ends,
    required: bool,
}

/// Where the last placeholder of a format ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ends {
    pub(crate) slash: bool,
    pub(crate) colon: bool,
}

impl Action {
    /// Its name with the prefix of its service, as AWS spells it: `s3:GetObject`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The prefix of its service: `s3`.
    pub fn prefix(&self) -> &str {
        self.name.split(':').next().unwrap_or_default()
    }

    /// What it does.
    pub fn access_level(&self) -> AccessLevel {
        self.access_level
    }

    /// The types of resources that a statement can name for it, sorted by name. Without any, a
    /// statement can only have `*`.
    pub fn resource_types(&self) -> &[ResourceType] {
        &self.resource_types
    }

    /// The actions that the caller may need besides, such as `iam:PassRole` for
    /// `lambda:CreateFunction`, sorted by name. [`Catalog::action`](crate::Catalog::action) knows each of them.
    pub fn dependent_actions(&self) -> &[&'static str] {
        &self.dependent_actions
    }

    /// Whether a statement with this resource can allow the action at all: whether the ARN, which
    /// may have the wildcards `*` and `?` and variables in `${}`, can be that of a resource of one
    /// of its types. `*` always can.
    ///
    /// ```
    /// let catalog = chalice_iam::Catalog::get();
    /// let query = catalog.action("dynamodb:Query").unwrap();
    /// assert!(query.applies_to("arn:aws:dynamodb:*:*:table/orders/index/by_customer"));
    /// assert!(!query.applies_to("arn:aws:s3:::orders"));
    /// let list = catalog.action("s3:ListAllMyBuckets").unwrap();
    /// assert!(list.applies_to("*") && !list.applies_to("arn:aws:s3:::photos"));
    /// ```
    pub fn applies_to(&self, arn: &str) -> bool {
        arn == "*" || self.resource_types.iter().any(|it| it.matches(arn))
    }
}

impl ResourceType {
    /// Its name in AWS's Service Authorization Reference: `object`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The ARN of such a resource, with placeholders: `arn:${Partition}:s3:::${BucketName}/${ObjectName}`.
    pub fn arn_format(&self) -> &'static str {
        self.arn_format
    }

    /// Whether the action always needs a resource of this type; otherwise it does in some of its uses.
    pub fn is_required(&self) -> bool {
        self.required
    }

    /// Whether an ARN, which may have wildcards and variables, can be that of a resource of this type.
    pub fn matches(&self, arn: &str) -> bool {
        ArnFormat::new(self.arn_format, self.ends_at).matches(arn)
    }
}

/// All actions by their name in lower case, which begins with their prefix.
pub(crate) type Actions = BTreeMap<String, Action>;

/// The actions of the data.
pub(crate) fn actions() -> &'static Actions {
    static ACTIONS: LazyLock<Actions> = LazyLock::new(|| {
        parse(include_str!("../data/actions.txt")).unwrap_or_else(|line| {
            panic!("data/actions.txt has been changed by hand: it cannot be read at {line:?}")
        })
    });
    &ACTIONS
}

/// The table that `cargo xtask iam-data` writes; an error is the line or the entry that is not as it writes it.
fn parse(text: &'static str) -> Result<Actions, &'static str> {
    let mut all = Actions::new();
    for line in text.lines() {
        let mut columns = line.split('\t');
        let (Some(prefix), Some(entries), Some(types)) =
            (columns.next(), columns.next(), columns.next())
        else {
            return Err(line);
        };
        let types = resource_types(types, entries)?;
        for entry in entries.split('|').filter(|it| !it.is_empty()) {
            let action = action(prefix, entry, &types).ok_or(entry)?;
            all.insert(action.name.to_ascii_lowercase(), action);
        }
    }
    Ok(all)
}

/// The formats of a service by type, and where each ends: types that no action is for, such as the aliases
/// of state machines, are part of what they are of.
fn resource_types(
    column: &'static str,
    actions: &str,
) -> Result<BTreeMap<&'static str, (&'static str, Ends)>, &'static str> {
    let formats = column
        .split('|')
        .filter(|it| !it.is_empty())
        .map(|it| it.split_once('~').ok_or(it))
        .collect::<Result<Vec<_>, _>>()?;
    let in_use: BTreeSet<&str> = actions
        .split('|')
        .filter_map(|it| it.split_once(':'))
        .flat_map(|(_, it)| it.split(';').next().unwrap_or_default().split(','))
        .map(|it| it.trim_end_matches('*'))
        .collect();
    let ends = |format: &str| {
        let next = |separator: char| {
            let in_use = formats.iter().filter(|it| in_use.contains(it.0));
            in_use.map(|it| it.1).any(|longer| {
                longer
                    .strip_prefix(format)
                    .is_some_and(|it| it.starts_with(separator))
            })
        };
        Ends {
            slash: next('/'),
            colon: next(':'),
        }
    };
    Ok(formats
        .iter()
        .map(|(name, format)| (*name, (*format, ends(format))))
        .collect())
}

/// `CreateFunction=W:function*;iam:PassRole`.
fn action(
    prefix: &str,
    entry: &'static str,
    types: &BTreeMap<&'static str, (&'static str, Ends)>,
) -> Option<Action> {
    let (name, rest) = entry.split_once('=')?;
    let (level, rest) = rest.split_once(':')?;
    let (kinds, dependent) = rest.split_once(';').unwrap_or((rest, ""));
    let words = |list: &'static str| list.split(',').filter(|it| !it.is_empty());
    let resource_types = words(kinds)
        .map(|kind| {
            let (name, required) = match kind.strip_suffix('*') {
                Some(name) => (name, true),
                None => (kind, false),
            };
            let (arn_format, ends_at) = *types.get(name)?;
            Some(ResourceType {
                name,
                arn_format,
                ends_at,
                required,
            })
        })
        .collect::<Option<Vec<_>>>()?;
    Some(Action {
        name: format!("{prefix}:{name}"),
        access_level: AccessLevel::of(level)?,
        resource_types,
        dependent_actions: words(dependent).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_read() {
        let text = include_str!("../data/actions.txt");
        let entries: usize = text
            .lines()
            .map(|line| line.split('\t').nth(1).unwrap())
            .filter(|it| !it.is_empty())
            .map(|it| it.split('|').count())
            .sum();
        assert_eq!(actions().len(), entries);
        assert!(entries > 20_000, "{entries}");
    }

    #[test]
    fn dependent_actions_exist() {
        for action in actions().values() {
            for dependent in action.dependent_actions() {
                assert!(
                    actions().contains_key(&dependent.to_lowercase()),
                    "{dependent} of {}",
                    action.name()
                );
            }
        }
        let create = &actions()["lambda:createfunction"];
        assert!(create.dependent_actions().contains(&"iam:PassRole"));
        assert_eq!(create.access_level(), AccessLevel::Write);
        assert_eq!(create.prefix(), "lambda");
        assert_eq!(create.resource_types()[0].name(), "function");
        assert!(create.resource_types()[0].is_required());
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        assert_eq!(parse("s3\tGet=R:"), Err("s3\tGet=R:"));
        assert_eq!(parse("s3\tGet=R:\tbucket"), Err("bucket"));
        for entry in ["Get", "Get=R", "Get=X:", "Get=R:object"] {
            let line = format!("s3\t{entry}\t").leak();
            assert_eq!(parse(line), Err(entry));
        }
    }
}
