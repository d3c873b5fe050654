//! The proof that roles permit what the functions do, and nothing else.

use verifiers::{IamQuestion, iam_simulator};

use super::{
    policy::Policy,
    recorder::{ACCOUNT, Call, REGION},
    roles::Roles,
};

/// What came out.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// What speaks against the roles; nothing, if they permit what was called and no more.
    pub(super) mistakes: Vec<String>,
    /// How many statements there are.
    pub(super) statements: usize,
    /// How many questions the simulator was asked.
    pub(super) questions: usize,
}

/// A question, and the answer that it has to have.
struct Case {
    policy: Policy,
    action: &'static str,
    arn: String,
    allowed: bool,
    about: String,
}

impl Case {
    fn new(policy: &Policy, call: &Call, allowed: bool, about: String) -> Case {
        Case {
            policy: policy.clone(),
            action: call.action,
            arn: call.arn.clone(),
            allowed,
            about,
        }
    }
}

/// Asks an independent evaluator of policies:
///
/// - With its function's role, each call is allowed.
/// - Without any one part of the role, the calls are refused that need it, and no others. Each part is needed by a call,
///   but for those by which AWS Lambda writes the log.
/// - With the role of another function of the stage, it is allowed if that allows it, too.
/// - With any role of the other stage it is refused, and on anything that has a similar name, is in another region, or of
///   another account.
pub(super) fn prove(calls: &[Call], roles: &Roles, other_stage: &Roles) -> Outcome {
    let mut outcome = Outcome::default();
    let mut cases = Vec::new();
    for (function, role) in roles {
        outcome.statements += role.statements().len();
        let (own, of_others): (Vec<_>, Vec<_>) =
            calls.iter().partition(|call| call.function == *function);
        for call in &own {
            cases.push(Case::new(role, call, true, "its role".to_owned()));
            for arn in neighbours(&call.arn) {
                let mut case = Case::new(role, call, false, "a neighbour".to_owned());
                case.arn = arn;
                cases.push(case);
            }
        }
        for part in role.parts() {
            let needs = |call: &Call| {
                role.allows(call.action, &call.arn) && !part.rest.allows(call.action, &call.arn)
            };
            if part.is_of_the_log == own.iter().copied().any(needs) {
                outcome.mistakes.push(match part.is_of_the_log {
                    true => format!("{function}: {} is not for the log alone", part.name),
                    false => format!("{function}: no call needs {}", part.name),
                });
            }
            cases.extend(own.iter().copied().map(|call| {
                let about = format!("the role without {}", part.name);
                Case::new(&part.rest, call, !needs(call), about)
            }));
        }
        cases.extend(of_others.into_iter().map(|call| {
            let allowed = role.allows(call.action, &call.arn);
            Case::new(role, call, allowed, format!("the role of {function}"))
        }));
    }
    for (function, role) in other_stage {
        let about = || format!("the role of {function}");
        cases.extend(
            calls
                .iter()
                .map(|call| Case::new(role, call, false, about())),
        );
    }
    let functions = calls
        .iter()
        .filter(|call| !roles.contains_key(&call.function));
    let without_role = functions.map(|call| format!("{call}: it has no role"));
    outcome.mistakes.extend(without_role);
    outcome.questions = cases.len();
    outcome.mistakes.extend(differences(&cases));
    outcome
}

/// Where the simulator does not answer as it has to.
fn differences(cases: &[Case]) -> Vec<String> {
    let questions: Vec<IamQuestion<'_>> = cases
        .iter()
        .map(|case| IamQuestion {
            policy: &case.policy.0,
            account: ACCOUNT,
            action: case.action,
            resource: &case.arn,
        })
        .collect();
    let answers = iam_simulator().answers(&questions);
    let answers = answers.unwrap_or_else(|error| panic!("{error}"));
    let wrong = cases
        .iter()
        .zip(answers)
        .filter(|(case, allowed)| case.allowed != *allowed);
    wrong
        .map(|(case, allowed)| {
            let answer = if allowed { "allowed" } else { "refused" };
            format!(
                "{} on {}: {answer} by {}",
                case.action, case.arn, case.about
            )
        })
        .collect()
}

/// ARNs that are nearly this one.
fn neighbours(arn: &str) -> Vec<String> {
    let (before, rest) = match arn.split_once(":table/") {
        Some((before, rest)) => (format!("{before}:table/"), rest),
        None => {
            let rest = arn.rsplit(":::").next().unwrap_or_default();
            (arn.replace(rest, ""), rest)
        }
    };
    let (name, behind) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let names = [
        format!("{name}-2"),
        format!("my-{name}"),
        name[..name.len() - 1].to_owned(),
    ];
    let mut neighbours: Vec<String> = names.map(|name| format!("{before}{name}{behind}")).into();
    if let Some((table, _)) = arn.split_once("/index/") {
        neighbours.push(format!("{table}/index/by_price"));
    }
    for (own, other) in [(REGION, "eu-central-1"), (ACCOUNT, "210987654321")] {
        if before.contains(own) {
            neighbours.push(arn.replace(own, other));
        }
    }
    neighbours
}

#[test]
fn neighbours_have_other_arns() {
    assert_eq!(
        neighbours("arn:aws:s3:::pictures/pictures/lamp"),
        [
            "arn:aws:s3:::pictures-2/pictures/lamp",
            "arn:aws:s3:::my-pictures/pictures/lamp",
            "arn:aws:s3:::picture/pictures/lamp",
        ]
    );
    assert_eq!(
        neighbours("arn:aws:dynamodb:us-east-1:123456789012:table/products/index/by_category"),
        [
            "arn:aws:dynamodb:us-east-1:123456789012:table/products-2/index/by_category",
            "arn:aws:dynamodb:us-east-1:123456789012:table/my-products/index/by_category",
            "arn:aws:dynamodb:us-east-1:123456789012:table/product/index/by_category",
            "arn:aws:dynamodb:us-east-1:123456789012:table/products/index/by_price",
            "arn:aws:dynamodb:eu-central-1:123456789012:table/products/index/by_category",
            "arn:aws:dynamodb:us-east-1:210987654321:table/products/index/by_category",
        ]
    );
}
