//! Policies that are too large for an inline policy.

use chalice_core::manifest::model::{Grant, GrantSource, GrantedResource, Manifest, ResourceKind};
use chalice_resources::{PolicyDocument, Resources, resources};

use super::{manifest, refused, stage};

/// The app, which may do something with so many buckets.
fn with_buckets(count: usize) -> Manifest {
    let mut manifest = manifest();
    let grants = (0..count).map(|number| Grant {
        actions: vec!["s3:GetObject".to_owned(), "s3:PutObject".to_owned()],
        resources: vec![GrantedResource {
            kind: ResourceKind::Bucket,
            name: Some(format!("photos-of-customer-{number:04}")),
            variable: None,
            arn: "arn:{partition}:s3:::{name}/*".to_owned(),
        }],
        source: GrantSource {
            file: "src/main.rs".to_owned(),
            line: 1,
        },
    });
    manifest.app.grants = grants.collect();
    manifest
}

fn of(count: usize) -> Resources {
    resources(&with_buckets(count), &stage("")).unwrap()
}

#[test]
fn what_fits_is_one_inline_policy() {
    let resources = of(70);
    let role = resources.roles.iter().next().unwrap();
    assert!(
        (8_000..10_240).contains(&role.policy.size()),
        "{}",
        role.policy.size()
    );
    assert!(role.managed_policies.is_empty());
}

#[test]
fn what_does_not_is_several_managed_policies() {
    let resources = of(200);
    let role = resources.roles.iter().next().unwrap();
    assert!(role.policy.size() > 10_240);
    let policies = &role.managed_policies;
    assert!((4..=10).contains(&policies.len()), "{}", policies.len());
    let PolicyDocument::Generated(whole) = &role.policy else {
        panic!("{role:?}");
    };
    let mut count = 0;
    for policy in policies {
        assert!(policy.document.size() <= 6_144, "{}", policy.name);
        assert!(
            policy.name.starts_with("default-role-policy"),
            "{}",
            policy.name
        );
        let PolicyDocument::Generated(statements) = &policy.document else {
            panic!("{policy:?}");
        };
        assert!(statements.iter().all(|statement| whole.contains(statement)));
        count += statements.len();
    }
    assert_eq!(count, whole.len());
    // Also in the graph.
    let tree = resources.graph().to_string();
    let line = format!(
        "└── role default-role: shop-dev, with {} policies made of the app",
        policies.len()
    );
    assert!(tree.lines().any(|it| it == line), "{line}\n{tree}");
}

#[test]
fn ten_managed_policies_are_all_that_a_role_has() {
    let of_shared = refused(&with_buckets(600), "").problems;
    assert_eq!(of_shared.len(), 1, "{of_shared:?}");
    assert_eq!(of_shared[0].subject, "the role `shop-dev`");
    let text = &of_shared[0].refusal;
    for part in [
        "IAM allows 10240 in the inline policies of a role, or 10 managed policies of 6144 characters",
        "give each function a role of its own (`\"execution_roles\": \"per_function\"`)",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let own = refused(&with_buckets(600), r#", "execution_roles": "per_function""#);
    let problems = own.problems;
    assert!(problems.len() > 1, "{problems:?}");
    assert!(
        problems[0]
            .refusal
            .contains("move handlers to functions or apps of their own"),
        "{problems:?}"
    );
}

/// As long as a region and a partition can be, whatever they are.
#[test]
fn sizes_are_those_of_the_longest_names() {
    let resources = of(200);
    let role = resources.roles.iter().next().unwrap();
    for policy in &role.managed_policies {
        for (partition, region) in [
            ("aws", "ap-southeast-1"),
            ("aws-us-gov", "us-gov-west-1"),
            ("aws-iso-f", "us-isof-south-1"),
            ("aws-eusc", "eusc-de-east-1"),
        ] {
            let document = policy.document.document(|arn| {
                arn.text(partition, region, "123456789012", "a1b2c3d4e5")
                    .into()
            });
            assert!(document.to_string().len() <= policy.document.size());
        }
    }
}
