//! The crates of the AWS SDK for Rust, from `data/sdk.txt` and the table that is kept by hand.

use std::collections::BTreeMap;

use crate::{
    Action, Basis, Operation,
    action::{Actions, actions},
    overrides::{self, CrateOverrides, Overrides, Takes},
};

/// A service as a crate of the AWS SDK for Rust: `aws-sdk-s3`.
#[derive(Debug)]
pub struct SdkService {
    crate_name: String,
    prefix: &'static str,
    /// By their names in lower case, without underscores.
    operations: BTreeMap<String, Operation>,
}

impl SdkService {
    /// The name of the crate: `aws-sdk-s3`.
    pub fn crate_name(&self) -> &str {
        &self.crate_name
    }

    /// What the names of its actions begin with: `s3`. The table that is kept by hand has some
    /// operations with actions of other services.
    pub fn prefix(&self) -> &'static str {
        self.prefix
    }

    /// Its operations, sorted by name.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.operations.values()
    }

    /// The operation of that name: as AWS spells it (`HeadObject`), or as its method and its module are
    /// called in the crate (`head_object`).
    pub fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.get(&folded(name))
    }
}

/// The same for all spellings of an operation: `head_object`, `HeadObject`.
fn folded(name: &str) -> String {
    name.chars()
        .filter(|it| *it != '_')
        .map(|it| it.to_ascii_lowercase())
        .collect()
}

/// All crates by their name without `aws-sdk-`.
pub(crate) type Services = BTreeMap<&'static str, SdkService>;

/// The crates of the data.
pub(crate) fn services() -> Services {
    let overrides = overrides::parse(overrides::TEXT).unwrap_or_else(|(number, line)| {
        panic!("data/overrides.txt cannot be read at line {number}: {line}")
    });
    parse(include_str!("../data/sdk.txt"), &overrides, actions()).unwrap_or_else(|line| {
        panic!("data/sdk.txt has been changed by hand: it cannot be read at {line:?}")
    })
}

fn parse(
    text: &'static str,
    overrides: &Overrides,
    actions: &'static Actions,
) -> Result<Services, &'static str> {
    let mut services = Services::new();
    let nothing = CrateOverrides::default();
    for line in text.lines() {
        let mut columns = line.split('\t');
        let (Some(name), Some(prefix), Some(entries)) =
            (columns.next(), columns.next(), columns.next())
        else {
            return Err(line);
        };
        let overrides = overrides.get(name).unwrap_or(&nothing);
        let service = SdkService {
            crate_name: format!("aws-sdk-{name}"),
            prefix,
            operations: BTreeMap::new(),
        };
        let entries = entries.split('|').filter(|it| !it.is_empty());
        services.insert(name, filled(service, entries, overrides, actions));
    }
    for (name, overrides) in overrides {
        if let Some(prefix) = overrides.added_prefix {
            let service = SdkService {
                crate_name: format!("aws-sdk-{name}"),
                prefix,
                operations: BTreeMap::new(),
            };
            services.insert(name, filled(service, [].into_iter(), overrides, actions));
        }
    }
    Ok(services)
}

/// The service with its operations: those of the data, and those that the table adds.
fn filled(
    mut service: SdkService,
    entries: impl Iterator<Item = &'static str>,
    overrides: &CrateOverrides,
    actions: &'static Actions,
) -> SdkService {
    let added = overrides.operations.iter().filter(|it| it.1.added);
    for entry in entries.chain(added.map(|it| *it.0)) {
        let (name, mark) = match entry.find(['!', '=']) {
            Some(at) => entry.split_at(at),
            None => (entry, ""),
        };
        let find = |action: &str| actions.get(&action.to_ascii_lowercase());
        let own = |name: &str| find(&format!("{}:{name}", service.prefix));
        let all =
            |list: &[&str]| -> Vec<&Action> { list.iter().filter_map(|it| find(it)).collect() };
        let listed = overrides.operations.get(name);
        let also = listed.map(|it| it.also.as_slice()).unwrap_or_default();
        let (basis, actions): (Basis, Vec<&Action>) = if let Some(it) = listed {
            match &it.takes {
                Takes::Nothing => (Basis::NoPermission, Vec::new()),
                Takes::All(list) => match (own(name), all(list)) {
                    (Some(same), list) if list == [same] => (Basis::SameName, list),
                    (_, list) => (Basis::Table, list),
                },
                Takes::ByRequest(list) => (Basis::TableByRequest, all(list)),
            }
        } else if mark == "!" {
            (Basis::NoPermission, Vec::new())
        } else if let Some(action) = own(name) {
            (Basis::SameName, vec![action])
        } else if let Some(action) = mark.strip_prefix('=').and_then(own) {
            (Basis::HttpMethod, vec![action])
        } else {
            (Basis::Unknown, Vec::new())
        };
        let operation = Operation {
            crate_name: service.crate_name.clone(),
            name,
            basis,
            actions,
            optional_actions: all(also),
        };
        service.operations.insert(folded(name), operation);
    }
    service
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the operations in the data, without their marks.
    fn data() -> BTreeMap<&'static str, (&'static str, Vec<&'static str>)> {
        include_str!("../data/sdk.txt")
            .lines()
            .map(|line| {
                let columns: Vec<&str> = line.split('\t').collect();
                let names = columns[2].split('|');
                let names = names
                    .map(|it| it.split(['!', '=']).next().unwrap())
                    .collect();
                (columns[0], (columns[1], names))
            })
            .collect()
    }

    #[test]
    fn names_differ_without_case_and_underscores() {
        let services = services();
        for (name, (_, operations)) in data() {
            let known = services[name].operations.values();
            let from_data = known.filter(|it| operations.contains(&it.name)).count();
            assert_eq!(from_data, operations.len(), "{name}");
        }
    }

    #[test]
    fn every_line_of_the_table_is_for_an_operation_that_is_there() {
        let data = data();
        let overrides = overrides::parse(overrides::TEXT).unwrap();
        for (name, part) in &overrides {
            assert_eq!(
                data.contains_key(name),
                part.added_prefix.is_none(),
                "[{name}] has a prefix exactly if the data does not know the crate"
            );
            let (prefix, operations) = data.get(name).cloned().unwrap_or_default();
            for (operation, it) in &part.operations {
                let line = it.line;
                assert_eq!(
                    operations.contains(operation),
                    !it.added,
                    "line {line}: {operation} has a + exactly if the data does not know it"
                );
                let own = format!("{prefix}:{operation}").to_lowercase();
                assert_eq!(
                    actions().contains_key(&own),
                    it.deliberate,
                    "line {line}: {operation} has a ! exactly if there is an action of its name"
                );
            }
        }
    }

    #[test]
    fn every_action_of_the_table_exists_as_it_is_spelt() {
        let overrides = overrides::parse(overrides::TEXT).unwrap();
        for part in overrides.values() {
            for (operation, it) in &part.operations {
                let list: &[&str] = match &it.takes {
                    Takes::All(list) | Takes::ByRequest(list) => list,
                    Takes::Nothing => &[],
                };
                for name in list.iter().chain(&it.also) {
                    let action = actions().get(&name.to_lowercase());
                    let action = action.map(Action::name);
                    assert_eq!(action, Some(*name), "line {}: {operation}", it.line);
                }
            }
        }
    }

    #[test]
    fn all_kinds_of_operations() {
        let overrides = overrides::parse(
            "[s3]\nHeadObject = s3:GetObject\n+FlyObject = none\n[fly s3]\n+GetObject = some of s3:GetObject s3:PutObject",
        );
        let text = "s3\ts3\tHeadObject|PutObject|Sign!|Strange\napi\tapigateway\tGetApi=GET\n";
        let services = parse(text, &overrides.unwrap(), actions()).unwrap();
        let all: Vec<(&str, &str, Basis, usize)> = services
            .values()
            .flat_map(|it| it.operations().map(|op| (it.prefix(), op)))
            .map(|(prefix, op)| (prefix, op.name, op.basis, op.actions.len()))
            .collect();
        assert_eq!(
            all,
            [
                ("apigateway", "GetApi", Basis::HttpMethod, 1),
                ("s3", "GetObject", Basis::TableByRequest, 2),
                ("s3", "FlyObject", Basis::NoPermission, 0),
                ("s3", "HeadObject", Basis::Table, 1),
                ("s3", "PutObject", Basis::SameName, 1),
                ("s3", "Sign", Basis::NoPermission, 0),
                ("s3", "Strange", Basis::Unknown, 0),
            ]
        );
        assert!(services["s3"].operation("head_object").is_some());
        assert!(services["s3"].operation("HEAD").is_none());
        assert_eq!(
            parse("s3\ts3", &Overrides::new(), actions()).unwrap_err(),
            "s3\ts3"
        );
    }
}
