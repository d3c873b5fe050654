//! How statements become policies.

use std::collections::BTreeSet;

use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::json;

use super::*;
use crate::{Arn, Reasons};

fn statement(actions: &[String], resources: Vec<Arn>) -> Statement {
    Statement {
        actions: actions.to_vec(),
        resources,
        condition: None,
        reasons: Reasons::default(),
    }
}

fn table(name: &str) -> Arn {
    Arn::Regional {
        service: "dynamodb",
        resource: format!("table/{name}"),
    }
}

/// So many actions, of 34 characters each.
fn actions(count: usize) -> Vec<String> {
    let actions = (0..count).map(|number| format!("dynamodb:{number:04}DescribeSomethingOfIt"));
    actions.collect()
}

/// A statement about one table, of 186 characters or few more.
fn about_table(number: usize) -> Statement {
    statement(&actions(2), vec![table(&format!("orders-{number}"))])
}

/// All that is permitted: each action on each resource, with its condition.
fn permitted<'a>(statements: impl IntoIterator<Item = &'a Statement>) -> BTreeSet<String> {
    let statements = statements.into_iter();
    statements
        .flat_map(|statement| {
            let resources = statement.resources.iter();
            resources.flat_map(move |resource| {
                let actions = statement.actions.iter();
                actions
                    .map(move |action| format!("{action} {resource:?} {:?}", statement.condition))
            })
        })
        .collect()
}

fn assert_same_within_limits(statements: &[Statement], parts: &[Part]) {
    let of_parts = parts.iter().flat_map(|part| &part.statements);
    assert_eq!(permitted(of_parts), permitted(statements));
    for part in parts {
        let size = size(&part.statements);
        assert!(size <= MAX_MANAGED, "{}: {size}", part.name);
    }
    let names: BTreeSet<&str> = parts.iter().map(|part| &*part.name).collect();
    assert_eq!(names.len(), parts.len(), "{names:?}");
}

/// How many policies of the first are no more what they were.
fn changed(before: &[Part], after: &[Part]) -> usize {
    before.iter().filter(|part| !after.contains(part)).count()
}

fn any_statement() -> impl Strategy<Value = Statement> {
    let arn = prop_oneof![
        4 => (0..120_u32).prop_map(|number| table(&format!("t{number}"))),
        2 => (0..60_u32, "[a-z]{1,40}").prop_map(|(number, name)| Arn::Global {
            service: "s3",
            resource: format!("{name}-{number}/*"),
        }),
        1 => Just(Arn::Literal("*".to_owned())),
    ];
    let service = prop_oneof![Just("dynamodb"), Just("s3"), Just("ec2")];
    let action = (service, "[A-Z][A-Za-z]{3,30}")
        .prop_map(|(service, action)| format!("{service}:{action}"));
    let condition = proptest::option::weighted(0.1, "[a-z]{1,60}").prop_map(|value| {
        value.map(|value| json!({ "StringEquals": { "aws:PrincipalTag/team": value } }))
    });
    (vec(action, 1..8), vec(arn, 1..4), condition).prop_map(|(actions, resources, condition)| {
        Statement {
            actions,
            resources,
            condition,
            reasons: Reasons::default(),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_policies_permit_what_the_statements_do(statements in vec(any_statement(), 1..70)) {
        assert_same_within_limits(&statements, &split(&statements).unwrap());
        assert_same_within_limits(&statements, &divided(pieces(&statements).unwrap()));
    }

    #[test]
    fn the_order_of_the_statements_is_no_matter(
        statements in vec(any_statement(), 1..70),
        turns in any::<Index>(),
    ) {
        let mut others = statements.clone();
        others.reverse();
        others.rotate_left(turns.index(statements.len()));
        prop_assert_eq!(split(&statements), split(&others));
    }

    #[test]
    fn one_statement_more_changes_one_policy(
        statements in vec(any_statement(), 1..70),
        one_more in any_statement(),
        at in any::<Index>(),
    ) {
        let before = divided(pieces(&statements).unwrap());
        let mut with_it = statements.clone();
        with_it.insert(at.index(statements.len()), one_more);
        let after = divided(pieces(&with_it).unwrap());
        prop_assert!(changed(&before, &after) <= 1);
    }

    /// A statement that is larger than a policy is divided by its resources, each of which has its place.
    #[test]
    fn one_resource_more_of_a_large_statement_changes_one_policy(
        count in 100_usize..140,
        one_more in any::<Index>(),
    ) {
        let of = |numbers: &[usize]| {
            let tables = numbers.iter().map(|number| table(&format!("orders-{number}")));
            let whole = [statement(&actions(3), tables.collect())];
            let parts = divided(pieces(&whole).unwrap());
            assert_same_within_limits(&whole, &parts);
            parts
        };
        let all: Vec<usize> = (0..count).collect();
        let mut without = all.clone();
        without.remove(one_more.index(count));
        prop_assert!(changed(&of(&without), &of(&all)) <= 1);
    }
}

#[test]
fn one_half_keeps_the_name() {
    let of = |count: usize| {
        let statements: Vec<Statement> = (0..count).map(about_table).collect();
        split(&statements).unwrap()
    };
    let mut before = of(50);
    let mut divisions = 0;
    for count in 51..120 {
        let after = of(count);
        assert!(after.len() <= MAX_ATTACHED);
        assert!(changed(&before, &after) <= 1);
        // Nothing is detached, and at most one policy is attached.
        let names = |parts: &[Part]| -> Vec<String> {
            parts.iter().map(|part| part.name.clone()).collect()
        };
        let (old, new) = (names(&before), names(&after));
        assert!(old.iter().all(|name| new.contains(name)), "{old:?} {new:?}");
        assert!(new.len() <= old.len() + 1, "{old:?} {new:?}");
        divisions += new.len() - old.len();
        before = after;
    }
    assert!(divisions >= 2, "{divisions}");
}

/// Another hash would move what is deployed.
#[test]
fn the_policies_are_those_of_every_version() {
    let statements: Vec<Statement> = (0..100).map(about_table).collect();
    let parts = split(&statements).unwrap();
    let found: Vec<(&str, usize)> = parts
        .iter()
        .map(|part| (&*part.name, part.statements.len()))
        .collect();
    assert_eq!(found, [("", 22), ("01", 23), ("1", 29), ("11", 26)]);
}

#[test]
fn statements_about_one_resource_are_in_one_policy() {
    let mut statements: Vec<Statement> = (0..60).map(about_table).collect();
    let more = (0..60).map(|number| {
        let name = table(&format!("orders-{number}"));
        let index = table(&format!("orders-{number}/index/*"));
        statement(&["dynamodb:Query".to_owned()], vec![name, index])
    });
    statements.extend(more);
    let parts = split(&statements).unwrap();
    assert_same_within_limits(&statements, &parts);
    for number in 0..60 {
        let name = table(&format!("orders-{number}"));
        let having = parts.iter().filter(|part| {
            let mut statements = part.statements.iter();
            statements.any(|statement| statement.resources.contains(&name))
        });
        assert_eq!(having.count(), 1);
    }
}

#[test]
fn a_role_near_the_quota_has_policies_that_are_full() {
    let statements: Vec<Statement> = (0..300).map(about_table).collect();
    assert!(size(&statements) > 9 * MAX_MANAGED);
    let divided = divided(pieces(&statements).unwrap());
    assert!(divided.len() > MAX_ATTACHED, "{}", divided.len());
    let parts = split(&statements).unwrap();
    assert_eq!(parts.len(), MAX_ATTACHED);
    assert_same_within_limits(&statements, &parts);
    for part in &parts {
        assert!(divided.iter().any(|it| it.name == part.name));
    }
    let beyond: Vec<Statement> = (0..330).map(about_table).collect();
    assert!(size(&beyond) > 10 * MAX_MANAGED);
    assert!(split(&beyond).unwrap().len() > MAX_ATTACHED);
}

#[test]
fn large_statements_are_divided_by_resources_or_actions_or_both() {
    let tables = |count: usize, long: usize| -> Vec<Arn> {
        let more = "x".repeat(long);
        (0..count)
            .map(|number| table(&format!("orders-{number}{more}")))
            .collect()
    };
    let long_actions: Vec<String> = (0..20)
        .map(|number| format!("dynamodb:{number}{}", "X".repeat(320)))
        .collect();
    for (actions, tables, at_least) in [
        (actions(2), tables(250, 0), 3),
        (actions(400), tables(2, 0), 3),
        // All actions and some of the resources are nearly a policy.
        (actions(150), tables(12, 0), 2),
        // Neither all actions nor all resources are one policy.
        (long_actions, tables(20, 320), 20),
    ] {
        let whole = [statement(&actions, tables)];
        let parts = divided(pieces(&whole).unwrap());
        assert!(parts.len() >= at_least, "{}", parts.len());
        assert_same_within_limits(&whole, &parts);
        // Put together again, as far as that is exact.
        let statements = parts.iter().map(|part| part.statements.len());
        assert!(statements.max().unwrap() <= actions.len());
    }
}

#[test]
fn what_is_about_one_resource_and_too_large_is_divided_all_the_same() {
    let statements: Vec<Statement> = (0..4)
        .map(|number| {
            let actions = (0..100).map(|it| format!("ec2:{number}{it:03}DescribeSomethingOfIt"));
            statement(
                &actions.collect::<Vec<_>>(),
                vec![Arn::Literal("*".to_owned())],
            )
        })
        .collect();
    let parts = split(&statements).unwrap();
    assert!(parts.len() > 2, "{}", parts.len());
    assert_same_within_limits(&statements, &parts);
}

#[test]
fn one_action_on_one_resource_may_be_too_large() {
    let whole = statement(&actions(2), vec![table(&"x".repeat(6_144))]);
    let refusal = split(&[whole]).unwrap_err();
    assert!(
        refusal.starts_with("`dynamodb:0000DescribeSomethingOfIt` on `arn:{partition}:dynamodb:"),
        "{refusal}"
    );
    assert!(refusal.contains("and IAM allows 6144 in one"), "{refusal}");
    assert!(refusal.len() < 600, "{refusal}");
}

#[test]
fn what_is_there_twice_is_there_once() {
    let twice = [about_table(1), about_table(1)];
    assert_eq!(split(&twice).unwrap()[0].statements, [about_table(1)]);
}
