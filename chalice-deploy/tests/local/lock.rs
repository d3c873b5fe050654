//! Locks.

use std::{fs, thread::sleep, time::Duration};

use chalice_deploy::{Holder, LocalStore, LockError, StateStore};

use crate::{folder_of_parent, say_ready, start_again, store};

fn holder() -> Holder {
    Holder::of_this_process("deploy")
}

#[tokio::test]
async fn one_deployment_at_a_time_has_the_lock() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let lock = store.lock(holder()).await.unwrap();
    lock.check().unwrap();
    let error = store.lock(holder()).await.unwrap_err().to_string();
    let this = std::process::id();
    assert!(
        error.starts_with("stage `dev` is being deployed by ")
            && error.contains(&format!(" (`deploy`, process {this}, since 20"))
            && error.ends_with("dev.lock). Wait for it to end; the lock ends with its process"),
        "{error}"
    );
    let error = store.unlock().await.unwrap_err();
    assert!(matches!(error, LockError::Running { .. }), "{error}");
    // Another stage is another lock.
    let prod = LocalStore::new(folder.path(), "shop", "prod").unwrap();
    prod.lock(holder()).await.unwrap().release().await.unwrap();

    lock.release().await.unwrap();
    assert_eq!(
        fs::read_to_string(folder.path().join("deployed/dev.lock")).unwrap(),
        ""
    );
    let lock = store.lock(holder()).await.unwrap();
    drop(lock);
    assert_eq!(store.unlock().await.unwrap(), None);
    store.lock(holder()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_several_deployments_exactly_one_gets_the_lock() {
    let folder = tempfile::tempdir().unwrap();
    let mut deployments = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let store = store(folder.path());
        deployments.spawn(async move { store.lock(holder()).await });
    }
    let results = deployments.join_all().await;
    assert_eq!(results.iter().filter(|it| it.is_ok()).count(), 1);
}

#[test]
fn a_process_that_is_killed_has_no_lock() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    if let Some(folder) = folder_of_parent() {
        let store = store(&folder);
        let _lock = runtime.block_on(store.lock(holder())).unwrap();
        say_ready();
        // Until it is killed; or for as long as a test may run.
        sleep(Duration::from_secs(60));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let mut child = start_again("lock::a_process_that_is_killed_has_no_lock", folder.path());
    match runtime.block_on(store.lock(holder())).unwrap_err() {
        LockError::Held {
            holder: Some(holder),
            ..
        } => assert_eq!(holder.pid, child.id()),
        error => panic!("{error}"),
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // Whose it was is still there to read.
    let last = runtime.block_on(store.unlock()).unwrap().unwrap();
    assert_eq!(last.pid, child.id());
    runtime.block_on(store.lock(holder())).unwrap();
}
