//! The roles permit what the functions do, and nothing else.
//!
//! - `visit.rs` calls every route and every function, against moto.
//! - `recorder.rs` keeps which operations they call, on what.
//! - `roles.rs` has the policies that the roles of a stage have.
//! - `policy.rs` takes them apart.
//! - `proof.rs` asks an independent evaluator of policies about each call.

mod policy;
mod proof;
mod recorder;
mod roles;
mod visit;

use chalice::Application;
use chalice_core::manifest::model::Manifest;

use super::aws::STORE;
use crate::APP;
use proof::{Outcome, prove};
use roles::roles;

pub(super) use recorder::Recorder;

const API: &str = "product-store-dev";
const NOTE_PICTURE: &str = "product-store-dev-note_picture";
const SWEEP: &str = "product-store-dev-sweep";

/// What the guide says of it.
const GUIDE: &str = include_str!("../../../../../docs/iam.md");

#[tokio::test]
async fn the_roles_permit_what_the_functions_do_and_nothing_else() {
    let mut figures = [0; 3];
    for (stage, other) in [("dev", "prod"), ("prod", "dev")] {
        let calls = visit::calls(stage).await;
        let Outcome {
            mistakes,
            statements,
            questions,
        } = prove(&calls, &roles(stage), &roles(other));
        assert_eq!(mistakes, [""; 0], "{stage}");
        for (sum, figure) in figures.iter_mut().zip([calls.len(), statements, questions]) {
            *sum += figure;
        }
    }
    let [calls, statements, questions] = figures;
    let figures = format!("{calls} calls, {statements} statements and {questions} questions");
    assert!(
        GUIDE.contains(&figures),
        "docs/iam.md does not say {figures:?}"
    );
}

/// The tests have an app of their own for the sake of its clients.
#[test]
fn the_app_under_test_is_the_app() {
    let [app, store] = [APP::manifest(), STORE::manifest()].map(|json| {
        let manifest = Manifest::from_json(json).unwrap();
        let functions = manifest.functions.into_iter();
        let functions = functions.map(|it| (it.name, it.grants));
        let routes = manifest.routes.into_iter();
        let routes = routes.map(|it| (it.path, it.methods, it.name, it.grants));
        (functions.collect::<Vec<_>>(), routes.collect::<Vec<_>>())
    });
    assert_eq!(app, store);
}

/// What the proof says of roles with a mistake.
#[tokio::test]
async fn a_mistake_in_a_role_is_found() {
    let calls = visit::calls("dev").await;
    let (dev, prod) = (roles("dev"), roles("prod"));
    let found = |function: &str, written: &str, instead: &str| {
        let mut roles = dev.clone();
        let policy = roles.get_mut(function).unwrap();
        let text = policy.0.to_string();
        assert!(text.contains(written), "{written}: {text}");
        policy.0 = text.replace(written, instead).parse().unwrap();
        prove(&calls, &roles, &prod).mistakes.join("\n")
    };

    // Too little.
    let mistakes = found(API, r#""dynamodb:GetItem","#, "");
    assert!(
        mistakes.contains(
            "dynamodb:GetItem on arn:aws:dynamodb:us-east-1:123456789012:table/product-store-dev: refused by its role"
        ),
        "{mistakes}"
    );
    let mistakes = found(SWEEP, "-pictures-dev/*", "-pictures-dev/Pictures/*");
    assert!(
        mistakes.contains(
            "s3:DeleteObject on arn:aws:s3:::product-store-pictures-dev/pictures/lamp: refused by its role"
        ),
        "{mistakes}"
    );

    // Too much.
    let mistakes = found(API, "-pictures-dev/*", "-pictures-dev*");
    assert!(
        mistakes.contains(
            "s3:PutObject on arn:aws:s3:::product-store-pictures-dev-2/pictures/lamp: allowed by a neighbour"
        ),
        "{mistakes}"
    );
    let mistakes = found(NOTE_PICTURE, "table/product-store-dev", "table/*");
    assert!(
        mistakes.contains("table/my-product-store-dev: allowed by a neighbour"),
        "{mistakes}"
    );
    let mistakes = found(
        NOTE_PICTURE,
        r#""dynamodb:UpdateItem""#,
        r#""dynamodb:DeleteTable","dynamodb:UpdateItem""#,
    );
    assert_eq!(
        mistakes,
        format!("{NOTE_PICTURE}: no call needs statement 2, dynamodb:DeleteTable")
    );

    // Of the other stage.
    let mut roles = dev.clone();
    let sweep = prod["product-store-prod-sweep"].clone();
    roles.insert(SWEEP.to_owned(), sweep);
    let mistakes = prove(&calls, &roles, &prod).mistakes.join("\n");
    assert!(
        mistakes.contains("product-store-pictures-dev: refused by its role"),
        "{mistakes}"
    );
}
