//! The checked-in cases: each agrees with Chalice, or differs as listed.

use conformance::{
    case::{self, Case},
    differences::Differences,
    driver::Subject,
    live::rules::RULES,
    suite,
};

fn cases() -> Vec<Case> {
    case::read(&suite::folder().join("cases.json")).unwrap()
}

fn differences() -> Differences {
    Differences::read(&suite::folder().join("differences.toml")).unwrap()
}

#[tokio::test]
async fn every_case_agrees_or_differs_as_listed() {
    let subject = Subject::start().await.unwrap();
    let cases = cases();
    let report = suite::run(&subject, &cases, &differences()).await;
    assert!(report.failed.is_empty(), "{report}");
    assert_eq!(report.passed, cases.len());
    assert!(report.passed > 100);
    // Those of the file are listed by name.
    assert!(report.explained.is_empty(), "{report}");
}

#[test]
fn every_listed_case_exists_once() {
    let cases = cases();
    for (at, case) in cases.iter().enumerate() {
        let again = cases[..at].iter().any(|earlier| earlier.name == case.name);
        assert!(!again, "two cases have the name `{}`", case.name);
    }
    for listed in differences().cases {
        assert!(
            cases.iter().any(|case| case.name == listed.name),
            "differences.toml lists `{}`, and cases.json has no such case",
            listed.name
        );
    }
}

#[test]
fn rules_and_reasons_are_the_same() {
    let differences = differences();
    let reasons: Vec<&str> = differences
        .kinds
        .iter()
        .map(|kind| kind.name.as_str())
        .collect();
    for rule in RULES {
        assert!(
            reasons.contains(&rule.name),
            "differences.toml gives no reason for the rule `{}`",
            rule.name
        );
    }
    for reason in reasons {
        assert!(
            RULES.iter().any(|rule| rule.name == reason),
            "differences.toml has a reason for `{reason}`, which is no rule"
        );
    }
}

/// What only events from elsewhere than API Gateway bring about, and no rule knows.
const BY_NAME_ALONE: [&str; 3] = [
    "mq-empty-list",
    "missing-mvqsp-key",
    "missing-stagevars-key",
];

#[tokio::test]
async fn rules_say_what_the_listed_cases_say() {
    let subject = Subject::start().await.unwrap();
    let listed: Vec<String> = differences()
        .cases
        .into_iter()
        .map(|case| case.name)
        .collect();
    let mut cases = cases();
    cases.retain(|case| listed.contains(&case.name));
    // Under other names, nothing is listed.
    let report = suite::run(&subject, &cases, &Differences::default()).await;
    assert_eq!(report.listed, 0);
    let failed: Vec<&str> = report
        .failed
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(failed, BY_NAME_ALONE, "{report}");
    assert_eq!(report.explained.len(), cases.len() - failed.len());
}
