//! Locks.

use std::time::Duration;

use chalice_deploy::{LockError, LockTimes, StateStore, StoreError};
use tokio::{task::JoinSet, time::sleep};

use crate::{
    UNRENEWED, holder,
    server::{Fault, Server},
    store, store_in_moto,
};

const LOCK: &str = "/state/shop/dev.lock";

/// The user who has the lock.
fn held_by<T: std::fmt::Debug>(result: Result<T, LockError>) -> String {
    match result.unwrap_err() {
        LockError::Held {
            holder: Some(holder),
            ..
        } => holder.user,
        error => panic!("{error}"),
    }
}

#[tokio::test]
async fn in_moto_one_deployment_at_a_time_has_the_lock() {
    let (_moto, client, store) = store_in_moto("locks").await;
    assert_eq!(store.unlock().await.unwrap(), None);
    let lock = store.lock(holder("ann")).await.unwrap();
    lock.check().unwrap();
    let error = store.lock(holder("bob")).await.unwrap_err().to_string();
    assert!(
        error.starts_with("stage `dev` is being deployed by ann on ")
            && error.contains(" (s3://locks/shop/dev.lock). It has shown itself "),
        "{error}"
    );
    lock.release().await.unwrap();
    let object = client
        .head_object()
        .bucket("locks")
        .key("shop/dev.lock")
        .send()
        .await;
    assert!(object.unwrap_err().into_service_error().is_not_found());

    let lock = store.lock(holder("bob")).await.unwrap();
    let taken = store.unlock().await.unwrap().unwrap();
    assert_eq!(taken.user, "bob");
    // The lock is another's now, and stays that.
    let _other = store.lock(holder("cid")).await.unwrap();
    lock.release().await.unwrap();
    assert_eq!(held_by(store.lock(holder("bob")).await), "cid");
}

#[tokio::test]
async fn in_moto_the_lock_of_a_deployment_that_is_gone_expires() {
    let (_moto, _, store) = store_in_moto("expiry").await;
    let store = store.with_lock_times(LockTimes {
        renewal: Duration::from_millis(300),
        expiry: Duration::from_secs(4),
    });
    let lock = store.lock(holder("ann")).await.unwrap();
    // It is renewed in this time.
    sleep(Duration::from_secs(5)).await;
    assert_eq!(held_by(store.lock(holder("bob")).await), "ann");
    lock.check().unwrap();
    // A killed process renews nothing, and gives nothing back.
    drop(lock);
    assert_eq!(held_by(store.lock(holder("bob")).await), "ann");
    sleep(Duration::from_secs(5)).await;
    let lock = store.lock(holder("bob")).await.unwrap();
    lock.release().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_several_deployments_exactly_one_gets_the_lock() {
    let server = Server::start();
    for round in 0..3 {
        if round == 2 {
            // The same for a lock that has expired.
            drop(
                store(&server)
                    .with_lock_times(UNRENEWED)
                    .lock(holder("gone"))
                    .await
                    .unwrap(),
            );
            server.advance(120);
        }
        let mut deployments = JoinSet::new();
        for user in 0..8 {
            let store = store(&server);
            deployments.spawn(async move { store.lock(holder(&user.to_string())).await });
        }
        let results = deployments.join_all().await;
        let mut locks: Vec<_> = results.into_iter().filter_map(Result::ok).collect();
        assert_eq!(locks.len(), 1);
        locks.remove(0).release().await.unwrap();
        assert_eq!(server.object(LOCK), None);
    }
}

#[tokio::test]
async fn a_lock_expires_by_the_clock_of_s3_alone() {
    let server = Server::start();
    let store = store(&server).with_lock_times(UNRENEWED);
    let first = store.lock(holder("ann")).await.unwrap();
    server.advance(119);
    let error = store.lock(holder("bob")).await.unwrap_err().to_string();
    assert!(
        error.contains("It has shown itself 119 seconds ago"),
        "{error}"
    );
    // The clock of the bucket goes wrong: a lock of the future is none that has expired.
    server.advance(-1_000);
    assert_eq!(held_by(store.lock(holder("bob")).await), "ann");
    server.advance(1_001);
    let second = store.lock(holder("bob")).await.unwrap();
    // The first one is not gone, but has slept: what it gives back is not the other's.
    first.release().await.unwrap();
    assert_eq!(held_by(store.lock(holder("cid")).await), "bob");
    second.release().await.unwrap();
}

#[tokio::test]
async fn a_lock_that_is_taken_away_is_noticed() {
    let server = Server::start();
    let times = LockTimes {
        renewal: Duration::from_millis(20),
        expiry: Duration::from_secs(120),
    };
    let store = store(&server).with_lock_times(times);
    let lock = store.lock(holder("ann")).await.unwrap();
    for _ in 0..5 {
        // Much later, by S3's clock; but it is renewed all the time.
        sleep(Duration::from_millis(200)).await;
        server.advance(100);
    }
    sleep(Duration::from_millis(600)).await;
    lock.check().unwrap();
    assert_eq!(held_by(store.lock(holder("bob")).await), "ann");

    server.put(LOCK, b"not ours");
    sleep(Duration::from_secs(1)).await;
    let error = lock.check().unwrap_err().to_string();
    assert!(
        error.starts_with(
            "the lock of stage `dev` is lost (s3://state/shop/dev.lock): somebody else has taken it"
        ),
        "{error}"
    );
    lock.release().await.unwrap();
    assert_eq!(server.object(LOCK).unwrap(), b"not ours");
}

#[tokio::test]
async fn a_lock_that_cannot_be_renewed_is_lost_when_it_expires() {
    let server = Server::start();
    let store = store(&server).with_lock_times(LockTimes {
        renewal: Duration::from_millis(50),
        expiry: Duration::from_secs(1),
    });
    let lock = store.lock(holder("ann")).await.unwrap();
    server.fail(vec![
        Fault::Answer(403, "", "AccessDenied", "Access Denied");
        1_000
    ]);
    lock.check().unwrap();
    sleep(Duration::from_millis(1_300)).await;
    let error = lock.check().unwrap_err().to_string();
    assert!(
        error.contains("Amazon S3 could not be reached for so long"),
        "{error}"
    );
}

#[tokio::test]
async fn what_cannot_be_read_as_a_lock_does_not_expire() {
    let server = Server::start();
    server.put(LOCK, b"{");
    server.advance(1_000_000);
    let store = store(&server);
    let error = store.lock(holder("bob")).await.unwrap_err().to_string();
    assert_eq!(
        error,
        "stage `dev` is being deployed by somebody else (s3://state/shop/dev.lock). The lock cannot be read, so that \
         it does not expire: if that deployment is gone, run the command with `--unlock`"
    );
    assert_eq!(store.unlock().await.unwrap(), None);
    assert_eq!(server.object(LOCK), None);
}

#[tokio::test]
async fn a_lock_whose_answer_was_lost_is_held() {
    let server = Server::start();
    let store = store(&server);
    server.fail([Fault::LostAnswer]);
    let lock = store.lock(holder("ann")).await.unwrap();
    assert_eq!(
        server.requests(),
        ["eu-west-1 PUT", "eu-west-1 PUT", "eu-west-1 GET"]
    );
    lock.release().await.unwrap();
    assert_eq!(server.object(LOCK), None);
}

#[tokio::test]
async fn a_lock_that_may_not_be_written_says_so() {
    let server = Server::start();
    server.fail([Fault::Answer(403, "", "AccessDenied", "Access Denied")]);
    let error = store(&server).lock(holder("ann")).await.unwrap_err();
    let LockError::Store(store) = &error else {
        panic!("{error}");
    };
    assert!(matches!(**store, StoreError::Aws { .. }));
    assert!(
        error
            .to_string()
            .contains("`s3:PutObject` on `arn:aws:s3:::state/shop/dev.lock`"),
        "{error}"
    );
}
