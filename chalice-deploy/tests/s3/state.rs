//! States.

use aws_sdk_s3::types::{BucketVersioningStatus, VersioningConfiguration};
use chalice_deploy::{
    DeployedStage, DeployedState, S3Store, StateStore, Status, StoreError, Version,
};
use tokio::task::JoinSet;

use crate::{
    BUCKET, access, function, holder,
    server::{Fault, Server},
    store, store_in_moto,
};

fn state(names: &[&str]) -> DeployedState {
    let mut state = DeployedState::default();
    for name in names {
        state.put(function(name));
    }
    state
}

fn is_changed<T: std::fmt::Debug>(result: Result<T, StoreError>) -> bool {
    matches!(result.unwrap_err(), StoreError::Changed { .. })
}

/// What every bucket does.
async fn keeps_states_and_refuses_old_versions(store: &S3Store) {
    let loaded = store.load().await.unwrap();
    assert_eq!(
        (loaded.state, loaded.version),
        (state(&[]), Version::Absent)
    );
    let first = store.save(&state(&["a"]), &Version::Absent).await.unwrap();
    let loaded = store.load().await.unwrap();
    assert_eq!((loaded.state, &loaded.version), (state(&["a"]), &first));

    // Somebody else has not seen the first state.
    assert!(is_changed(
        store.save(&state(&["b"]), &Version::Absent).await
    ));
    let second = store.save(&state(&["a", "c"]), &first).await.unwrap();
    assert_ne!(first, second);
    assert!(is_changed(store.save(&state(&["b"]), &first).await));
    assert!(is_changed(store.delete(&first).await));
    assert!(is_changed(store.delete(&Version::Absent).await));
    assert_eq!(store.load().await.unwrap().state, state(&["a", "c"]));

    store.delete(&second).await.unwrap();
    store.delete(&Version::Absent).await.unwrap();
    assert_eq!(store.load().await.unwrap().version, Version::Absent);
    assert!(is_changed(store.save(&state(&["b"]), &second).await));
    store.save(&state(&["d"]), &Version::Absent).await.unwrap();
}

#[tokio::test]
async fn moto_keeps_states() {
    let (_moto, client, store) = store_in_moto("kept").await;
    keeps_states_and_refuses_old_versions(&store).await;
    let object = client
        .get_object()
        .bucket("kept")
        .key("shop/dev.json")
        .send()
        .await;
    assert_eq!(object.unwrap().content_type(), Some("application/json"));
    assert_eq!(store.location(), "s3://kept/shop/dev.json");
}

#[tokio::test]
async fn moto_keeps_states_in_a_bucket_with_versions() {
    let (_moto, client, store) = store_in_moto("versions").await;
    let versions = VersioningConfiguration::builder().status(BucketVersioningStatus::Enabled);
    let request = client.put_bucket_versioning().bucket("versions");
    request
        .versioning_configuration(versions.build())
        .send()
        .await
        .unwrap();
    keeps_states_and_refuses_old_versions(&store).await;
    let listed = client
        .list_object_versions()
        .bucket("versions")
        .send()
        .await
        .unwrap();
    assert_eq!(
        (listed.versions().len(), listed.delete_markers().len()),
        (3, 1)
    );
}

#[tokio::test]
async fn the_bucket_of_the_tests_is_as_moto() {
    keeps_states_and_refuses_old_versions(&store(&Server::start())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_several_writers_one_writes() {
    let server = Server::start();
    let mut writers = JoinSet::new();
    for writer in 0..8 {
        let store = store(&server);
        writers.spawn(async move {
            let state = state(&[&format!("writer-{writer}")]);
            store
                .save(&state, &Version::Absent)
                .await
                .is_ok()
                .then_some(state)
        });
    }
    let written: Vec<_> = writers.join_all().await.into_iter().flatten().collect();
    let [written] = written.as_slice() else {
        panic!("{written:?}");
    };
    assert_eq!(store(&server).load().await.unwrap().state, *written);
}

#[tokio::test]
async fn a_state_whose_answer_was_lost_is_written() {
    let server = Server::start();
    let store = store(&server);
    server.fail([Fault::LostAnswer]);
    let version = store.save(&state(&["a"]), &Version::Absent).await.unwrap();
    // The first request has written; the second, of the SDK, is refused; the third finds the state.
    assert_eq!(
        server.requests(),
        ["eu-west-1 PUT", "eu-west-1 PUT", "eu-west-1 GET"]
    );
    store.save(&state(&["a", "b"]), &version).await.unwrap();
}

#[tokio::test]
async fn what_is_no_state_stays_as_it_is() {
    let server = Server::start();
    let path = "/state/shop/dev.json";
    for (text, reason) in [
        (
            &b"{ \"resources\": ["[..],
            "it ends in the middle, at line 1.",
        ),
        (b"", "it is empty."),
    ] {
        server.put(path, text);
        let error = store(&server).load().await.unwrap_err().to_string();
        assert!(
            error.starts_with(&format!(
                "s3://state/shop/dev.json is not the deployed state of stage `dev`: {reason} It is left as it is"
            )),
            "{error}"
        );
        assert_eq!(server.object(path).unwrap(), text);
        // Nor is it taken for a stage that was never deployed.
        let store = store(&server);
        assert!(is_changed(store.save(&state(&[]), &Version::Absent).await));
    }
    let huge = vec![b' '; usize::try_from(DeployedState::SIZE_LIMIT).unwrap() + 1];
    server.put(path, &huge);
    let error = store(&server).load().await.unwrap_err().to_string();
    assert!(error.contains("it has more than 16777216 bytes"), "{error}");
}

#[tokio::test]
async fn refusals_say_what_to_do() {
    let server = Server::start();
    let error = async |faults: &[Fault]| {
        server.fail(faults.iter().cloned());
        store(&server).load().await.unwrap_err().to_string()
    };
    assert_eq!(
        error(&[Fault::Answer(403, "", "AccessDenied", "Access Denied")]).await,
        "s3://state/shop/dev.json: Amazon S3 refuses GetObject: who signs the request lacks the permission \
         `s3:GetObject` on `arn:aws:s3:::state/shop/dev.json`; allow it in a policy of theirs; a state that is not \
         there yet takes `s3:ListBucket` on `arn:aws:s3:::state`, too (AccessDenied, request R1)"
    );
    assert_eq!(
        error(&[Fault::Answer(
            403,
            "",
            "AccessDenied",
            "User: arn:aws:iam::123456789012:user/dev is not authorized to perform: s3:ListBucket on resource: \
             &quot;arn:aws:s3:::state&quot; because no identity-based policy allows the s3:ListBucket action",
        )])
        .await,
        "s3://state/shop/dev.json: Amazon S3 refuses GetObject: arn:aws:iam::123456789012:user/dev lacks the \
         permission `s3:ListBucket` on `arn:aws:s3:::state` (no identity-based policy allows the s3:ListBucket \
         action); allow it in a policy of theirs (AccessDenied, request R1)"
    );
    assert_eq!(
        error(&[Fault::Answer(
            404,
            "",
            "NoSuchBucket",
            "The specified bucket does not exist"
        )])
        .await,
        "there is no bucket `state`, which `state_bucket` names: create it (`aws s3 mb s3://state`; versions are worth \
         switching on), or correct the name"
    );
    let elsewhere =
        "The bucket you are attempting to access must be addressed using the specified endpoint.";
    assert_eq!(
        error(&[Fault::Answer(301, "", "PermanentRedirect", elsewhere)]).await,
        format!(
            "the bucket `state`, which `state_bucket` names, is in another region than `eu-west-1`: {elsewhere}"
        )
    );
}

#[tokio::test]
async fn a_bucket_in_another_region_is_asked_there() {
    let header = "x-amz-bucket-region: us-west-2\r\n";
    let malformed = "The authorization header is malformed; the region 'eu-west-1' is wrong; expecting 'us-west-2'";
    for fault in [
        Fault::Answer(301, header, "PermanentRedirect", "elsewhere"),
        Fault::Answer(400, "", "AuthorizationHeaderMalformed", malformed),
    ] {
        let server = Server::start();
        let store = store(&server);
        server.fail([fault]);
        store.save(&state(&["a"]), &Version::Absent).await.unwrap();
        assert_eq!(store.load().await.unwrap().state, state(&["a"]));
        assert_eq!(
            server.requests(),
            ["eu-west-1 PUT", "us-west-2 PUT", "us-west-2 GET"]
        );
    }
}

#[tokio::test]
async fn moto_says_that_there_is_no_bucket() {
    let (moto, _, _) = store_in_moto("other").await;
    let store = S3Store::new(
        &access(&moto.endpoint_url()),
        "absent-bucket",
        "shop",
        "dev",
    )
    .unwrap();
    for error in [
        store.load().await.unwrap_err(),
        store.save(&state(&[]), &Version::Absent).await.unwrap_err(),
    ] {
        assert!(matches!(error, StoreError::NoBucket { .. }), "{error}");
    }
}

#[tokio::test]
async fn where_nobody_listens_is_said() {
    // Port 9 of this machine discards what it gets, where there is such a server at all.
    let store = S3Store::new(&access("http://127.0.0.1:9"), BUCKET, "shop", "dev").unwrap();
    let error = store.load().await.unwrap_err().to_string();
    assert!(
        error.starts_with(
            "s3://state/shop/dev.json: Amazon S3 cannot be reached at http://127.0.0.1:9 (GetObject): "
        ) && error.contains("refused")
            && error.ends_with("check the network, a proxy, the region, and AWS_ENDPOINT_URL if it is set"),
        "{error}"
    );
}

#[tokio::test]
async fn what_is_interrupted_is_known_to_the_next_deployment() {
    let server = Server::start();
    let store = store(&server);
    let mut stage = DeployedStage::open(&store, holder("first")).await.unwrap();
    stage.begin(function("role")).await.unwrap();
    stage.put(function("role")).await.unwrap();
    stage.begin(function("api_handler")).await.unwrap();
    stage.set_status("role", Status::Updating).await.unwrap();
    // As when the process is killed: nothing is given back, and nothing written.
    drop(stage);
    server.advance(120);

    let mut stage = DeployedStage::open(&store, holder("second")).await.unwrap();
    let statuses = |stage: &DeployedStage<'_>| -> Vec<(String, Status)> {
        let records = stage.state().resources().iter();
        records.map(|it| (it.name.clone(), it.status())).collect()
    };
    assert_eq!(
        statuses(&stage),
        [
            ("role".to_owned(), Status::Updating),
            ("api_handler".to_owned(), Status::Creating),
        ]
    );
    stage.put(function("role")).await.unwrap();
    stage.remove("api_handler").await.unwrap();
    assert_eq!(stage.state(), &state(&["role"]));
    stage.close().await.unwrap();
    assert_eq!(store.load().await.unwrap().state, state(&["role"]));
    assert_eq!(server.object("/state/shop/dev.lock"), None);
}

#[tokio::test]
async fn a_step_that_cannot_be_written_is_none() {
    let server = Server::start();
    let store = store(&server);
    let mut stage = DeployedStage::open(&store, holder("first")).await.unwrap();
    stage.put(function("role")).await.unwrap();
    // Somebody writes by hand.
    server.put(
        "/state/shop/dev.json",
        state(&["other"]).to_text().as_bytes(),
    );
    assert!(is_changed(stage.begin(function("api_handler")).await));
    assert_eq!(stage.state(), &state(&["role"]));
    assert_eq!(store.load().await.unwrap().state, state(&["other"]));
}
