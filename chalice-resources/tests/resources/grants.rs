//! Grants, which become statements of the roles.

use std::{fs, path::Path};

use chalice::{
    Application,
    grant::{Bucket, Grant, Parameter, Table},
    prelude::*,
};
use chalice_config::{CommandLine, Config, Stage};
use chalice_core::manifest::model::Manifest;
use chalice_resources::{Problems, Resources, resources};

use crate::roles::actions;

const PHOTOS: Bucket = Bucket::from_env("PHOTOS_BUCKET");
const ORDERS: Table = Table::named("orders").index("by_customer");
const MAIL: Grant = Grant::allow(&["ses:SendEmail"]).on(&["arn:aws:ses:*:*:identity/example.com"]);

#[route("/photos/<key>", methods = [GET], grants = [PHOTOS.get()])]
fn photo(key: String) -> String {
    key
}

#[route("/photos/<key>", methods = [PUT], grants = [PHOTOS.get(), PHOTOS.put()])]
fn store(key: String) -> String {
    key
}

#[lambda_function(grants = [ORDERS.query(), MAIL])]
fn report() {}

#[lambda_function]
fn plain() {}

#[app]
static APP: App = App {
    name: "photos",
    handlers: [photo, store, report, plain],
    grants: [Parameter::named("/photos/limits").read()],
};

fn in_folder(folder: &Path, settings: &str) -> Result<Resources, Problems> {
    resources(&manifest(), &stage_in(folder, settings))
}

pub(crate) fn manifest() -> Manifest {
    Manifest::from_json(APP::manifest()).unwrap()
}

pub(crate) fn stage(settings: &str) -> Stage {
    stage_in(Path::new(""), settings)
}

fn stage_in(folder: &Path, settings: &str) -> Stage {
    let text = format!(r#"{{"version": "2.0", "app_name": "photos"{settings}}}"#);
    let path = folder.join("config.json");
    Config::parse_stage(&path, &text, "dev", CommandLine::default(), None).unwrap()
}

pub(crate) fn of(settings: &str) -> Result<Resources, Problems> {
    resources(&manifest(), &stage(settings))
}

/// What a role permits but to write logs.
fn granted(resources: &Resources, role: &str) -> Vec<String> {
    let mut actions = actions(resources, role);
    actions.retain(|action| !action.starts_with("logs:"));
    actions
}

const LIMITS: &str = "ssm:GetParameter arn:aws:ssm:eu-west-1:123456789012:parameter/photos/limits";

#[test]
fn a_function_may_do_what_it_its_routes_and_the_app_declare() {
    let resources = of(r#", "execution_roles": "per_function",
        "environment_variables": {"PHOTOS_BUCKET": "photos-dev"}"#)
    .unwrap();
    let granted = |role| granted(&resources, role);
    let of_the_app = granted("plain_role");
    assert!(of_the_app.contains(&LIMITS.to_owned()), "{of_the_app:?}");
    let with_limits = |own: &[&str]| {
        let own = own.iter().map(|&action| action.to_owned());
        own.chain(of_the_app.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        granted("api_handler_role"),
        with_limits(&[
            "s3:GetObject arn:aws:s3:::photos-dev/*",
            "s3:PutObject arn:aws:s3:::photos-dev/*",
        ])
    );
    let report = granted("report_role");
    assert_eq!(
        report[0],
        "dynamodb:Query arn:aws:dynamodb:eu-west-1:123456789012:table/orders \
         arn:aws:dynamodb:eu-west-1:123456789012:table/orders/index/by_customer"
    );
    assert_eq!(
        report[1..],
        with_limits(&["ses:SendEmail arn:aws:ses:*:*:identity/example.com"])
    );
}

#[test]
fn a_role_that_functions_share_permits_what_one_of_them_may() {
    let resources = of(r#", "environment_variables": {"PHOTOS_BUCKET": "photos-dev"}"#).unwrap();
    let granted = granted(&resources, "default-role");
    for action in [
        "s3:PutObject arn:aws:s3:::photos-dev/*",
        "ses:SendEmail arn:aws:ses:*:*:identity/example.com",
        LIMITS,
    ] {
        assert_eq!(
            granted.iter().filter(|it| *it == action).count(),
            1,
            "{granted:?}"
        );
    }
}

/// What is said of the environment variable of the bucket's name.
fn refused(variables: &str) -> Vec<String> {
    let problems = of(variables).unwrap_err().problems;
    problems
        .into_iter()
        .map(|problem| {
            assert!(
                problem
                    .subject
                    .starts_with("the function `api_handler`, the grant at ")
                    && problem.subject.contains("grants.rs:"),
                "{problem}"
            );
            problem.refusal
        })
        .collect()
}

#[test]
fn names_have_to_be_known_and_of_one_resource() {
    let texts = refused("");
    assert!(
        texts[0].contains(
            "in the environment variable `PHOTOS_BUCKET`, which this stage does not set: add it to"
        ),
        "{texts:?}"
    );
    let texts = refused(r#", "environment_variables": {"PHOTOS_BUCKET": {"ssm": "/bucket"}}"#);
    assert!(
        texts[0].contains("a reference that AWS resolves when the stage is deployed"),
        "{texts:?}"
    );
    for name in ["*", "photos-*", "photo?", "${stage}x*", "a b", ""] {
        let variables = format!(r#", "environment_variables": {{"PHOTOS_BUCKET": "{name}"}}"#);
        let texts = refused(&variables);
        assert!(
            texts[0].contains("which is no name of a resource"),
            "{name}: {texts:?}"
        );
    }
}

#[test]
fn grants_that_change_nothing_are_said() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("grants-that-change-nothing");
    fs::create_dir_all(&folder).unwrap();
    let policy = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "*"}
    ]}"#;
    fs::write(folder.join("policy.json"), policy).unwrap();
    let notices = |settings: &str| -> Vec<String> {
        let variables = r#", "environment_variables": {"PHOTOS_BUCKET": "photos-dev"}"#;
        let resources = in_folder(&folder, &format!("{variables}{settings}")).unwrap();
        resources
            .notices()
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    assert_eq!(notices(""), [""; 0]);
    let of_files = "grants in the code change nothing here, since `\"autogen_policy\": false` has policies from files \
                    (`iam_policy_file`): permit there what the grants say, or leave `autogen_policy` out";
    assert_eq!(
        notices(r#", "autogen_policy": false, "iam_policy_file": "policy.json""#),
        [format!(
            "the functions `report`, `plain`, `api_handler`: {of_files}"
        )]
    );
    let role = "arn:aws:iam::123456789012:role/mine";
    let existing = format!(
        "grants in the code change nothing here, since `\"manage_iam_role\": false` has the role {role}, which exists \
         (`iam_role_arn`): permit there what the grants say, or leave `manage_iam_role` out"
    );
    assert_eq!(
        notices(&format!(
            r#", "lambda_functions": {{
                "report": {{"manage_iam_role": false, "iam_role_arn": {role:?}}},
                "api_handler": {{"autogen_policy": false, "iam_policy_file": "policy.json"}}
            }}"#
        )),
        [
            format!("the function `api_handler`: {of_files}"),
            format!("the function `report`: {existing}"),
        ]
    );
}
