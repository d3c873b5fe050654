//! States.

use std::{fs, path::Path, thread::sleep, time::Duration};

use chalice_deploy::{
    DeployedStage, DeployedState, Holder, LocalStore, StateStore, StoreError, Version,
};
use serde_json::{Value, json};

use crate::{folder_of_parent, say_ready, start_again, state, store};

fn is_changed<T: std::fmt::Debug>(result: Result<T, StoreError>) -> bool {
    matches!(result.unwrap_err(), StoreError::Changed { .. })
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut names: Vec<_> = entries
        .map(|it| it.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn it_keeps_states_and_refuses_old_versions() {
    let folder = tempfile::tempdir().unwrap();
    // `.chalice/deployed` is made.
    let store = store(folder.path());
    let loaded = store.load().await.unwrap();
    assert_eq!(
        (loaded.state, loaded.version),
        (state(&[]), Version::Absent)
    );
    let first = store.save(&state(&["a"]), &Version::Absent).await.unwrap();
    let deployed = folder.path().join("deployed");
    assert_eq!(names(&deployed), ["dev.json"]);
    assert_eq!(
        store.location(),
        deployed.join("dev.json").display().to_string()
    );
    assert_eq!(
        fs::read_to_string(deployed.join("dev.json")).unwrap(),
        "{\n  \"resources\": [\n    {\n      \"name\": \"a\",\n      \"resource_type\": \"lambda_function\",\n      \
         \"lambda_arn\": \"arn:aws:lambda:eu-west-1:123456789012:function:a\"\n    }\n  ],\n  \"schema_version\": \
         \"2.0\",\n  \"backend\": \"api\"\n}\n"
    );

    assert!(is_changed(
        store.save(&state(&["b"]), &Version::Absent).await
    ));
    let second = store.save(&state(&["a", "c"]), &first).await.unwrap();
    assert!(is_changed(store.save(&state(&["b"]), &first).await));
    assert!(is_changed(store.delete(&first).await));
    let loaded = store.load().await.unwrap();
    assert_eq!(
        (loaded.state, &loaded.version),
        (state(&["a", "c"]), &second)
    );
    // The other stage has a file of its own.
    let prod = LocalStore::new(folder.path(), "shop", "prod").unwrap();
    assert_eq!(prod.load().await.unwrap().version, Version::Absent);

    store.delete(&second).await.unwrap();
    store.delete(&Version::Absent).await.unwrap();
    assert!(names(&deployed).is_empty());
}

#[tokio::test]
async fn what_is_no_state_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deployed/dev.json");
    fs::create_dir(folder.path().join("deployed")).unwrap();
    let whole = state(&["a"]).to_text();
    for text in [
        "",
        "\0\0\0",
        "<<<<<<< HEAD\n",
        &whole[..whole.len() / 2],
        "{}",
        "[]",
    ] {
        fs::write(&path, text).unwrap();
        let error = store(folder.path()).load().await.unwrap_err().to_string();
        assert!(
            error.starts_with(&format!(
                "{} is not the deployed state of stage `dev`: ",
                path.display()
            )) && error.contains("It is left as it is: restore the last good version of it"),
            "{error}"
        );
        assert!(
            DeployedStage::open(&store(folder.path()), Holder::of_this_process("deploy"))
                .await
                .is_err()
        );
        assert!(is_changed(
            store(folder.path())
                .save(&state(&[]), &Version::Absent)
                .await
        ));
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    // Its size is known before it is read.
    let file = fs::File::create(&path).unwrap();
    file.set_len(100 * DeployedState::SIZE_LIMIT).unwrap();
    let error = store(folder.path()).load().await.unwrap_err().to_string();
    assert!(error.contains("it has more than 16777216 bytes"), "{error}");
}

#[tokio::test]
async fn a_state_of_format_1_is_taken_over_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let old =
        json!({ "dev": { "api_handler_arn": "arn:handler", "rest_api_id": "a1" } }).to_string();
    fs::write(folder.path().join("deployed.json"), &old).unwrap();
    let store = store(folder.path());
    let loaded = store.load().await.unwrap();
    assert_eq!(loaded.state.resources().len(), 2);
    store.save(&loaded.state, &loaded.version).await.unwrap();
    let loaded = store.load().await.unwrap();
    assert_eq!(loaded.state.resources().len(), 2);
    assert_ne!(loaded.version, Version::Absent);
    assert_eq!(
        fs::read_to_string(folder.path().join("deployed.json")).unwrap(),
        old
    );
    // A stage that is not in it was never deployed.
    let prod = LocalStore::new(folder.path(), "shop", "prod").unwrap();
    assert_eq!(prod.load().await.unwrap().state, state(&[]));
    fs::write(folder.path().join("deployed.json"), "{").unwrap();
    let error = prod.load().await.unwrap_err().to_string();
    assert!(
        error.contains(
            "deployed.json is not the deployed state of stage `prod`: it ends in the middle"
        ),
        "{error}"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let target = elsewhere.path().join("state.json");
    let path = folder.path().join("deployed/dev.json");
    fs::create_dir(folder.path().join("deployed")).unwrap();
    symlink(&target, &path).unwrap();
    let store = store(folder.path());
    // It leads nowhere: that is not a stage that was never deployed.
    let error = store.load().await.unwrap_err().to_string();
    assert!(
        error.contains("dev.json cannot be read: No such file"),
        "{error}"
    );

    fs::write(&target, state(&["a"]).to_text()).unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    let loaded = store.load().await.unwrap();
    store.save(&state(&["b"]), &loaded.version).await.unwrap();
    assert!(path.is_symlink());
    assert_eq!(
        fs::read_to_string(&target).unwrap(),
        state(&["b"]).to_text()
    );
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&target), 0o640);
    assert_eq!(names(elsewhere.path()), ["state.json"]);

    // A new file is as the user's mask has it, and not for its owner alone.
    let other = LocalStore::new(folder.path(), "shop", "prod").unwrap();
    other.save(&state(&[]), &Version::Absent).await.unwrap();
    fs::write(folder.path().join("sample"), "").unwrap();
    assert_eq!(
        mode(&folder.path().join("deployed/prod.json")),
        mode(&folder.path().join("sample"))
    );
}

#[tokio::test]
async fn what_cannot_be_written_is_said() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("deployed"), "no folder").unwrap();
    let store = store(folder.path());
    let error = store
        .save(&state(&[]), &Version::Absent)
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("dev.json cannot be "), "{error}");
    let error = store
        .lock(Holder::of_this_process("deploy"))
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("deployed cannot be locked: "), "{error}");
}

#[test]
fn names_cannot_lead_elsewhere() {
    for (app, stage) in [
        ("shop", "../dev"),
        ("shop", ""),
        ("a/b", "dev"),
        ("shop", "d.v"),
        ("shop", &"x".repeat(61)),
    ] {
        let error = LocalStore::new(Path::new("."), app, stage)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("is no name of an app or a stage: these have 1 to 60 letters"),
            "{error}"
        );
    }
}

#[test]
fn a_process_that_is_killed_leaves_a_whole_state() {
    let this = "state::a_process_that_is_killed_leaves_a_whole_state";
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    if let Some(folder) = folder_of_parent() {
        // Writes until it is killed, and each time more.
        runtime.block_on(async {
            let store = store(&folder);
            let mut stage = DeployedStage::open(&store, Holder::of_this_process("deploy"))
                .await
                .unwrap();
            let more = stage.state().resources().len();
            say_ready();
            for number in more.. {
                let record = state(&[&format!("f{number}")]).resources()[0].clone();
                stage.put(record).await.unwrap();
            }
        });
    }
    let folder = tempfile::tempdir().unwrap();
    let mut known = 0;
    for round in 0..4 {
        let mut child = start_again(this, folder.path());
        // It has written at least once, and then for a while.
        let count = || {
            let loaded = runtime.block_on(store(folder.path()).load());
            loaded.unwrap().state.resources().len()
        };
        for _ in 0..200 {
            if count() > known {
                break;
            }
            sleep(Duration::from_millis(50));
        }
        sleep(Duration::from_millis(50 + 37 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let count = count();
        assert!(count > known, "{count} records, {known} before");
        known = count;
    }
    // What the last one has begun to write is removed by the next.
    fs::write(folder.path().join("deployed/.dev.json.x.tmp"), "{").unwrap();
    let store = store(folder.path());
    let stage = runtime.block_on(DeployedStage::open(
        &store,
        Holder::of_this_process("deploy"),
    ));
    runtime.block_on(stage.unwrap().close()).unwrap();
    assert_eq!(
        names(&folder.path().join("deployed")),
        ["dev.json", "dev.lock"]
    );
    let text = fs::read_to_string(folder.path().join("deployed/dev.json")).unwrap();
    assert!(serde_json::from_str::<Value>(&text).is_ok());
}
