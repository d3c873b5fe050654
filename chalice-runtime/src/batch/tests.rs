//! Batches against a model that says what of them is handled and what has failed.

use std::{
    cell::{Cell, RefCell},
    collections::HashSet,
    time::Duration,
};

use proptest::prelude::*;
use tokio::{task::yield_now, time::sleep};

use super::*;

/// What a record's handler does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Succeeds,
    Fails,
    Panics,
    /// Panics before it gives a future.
    PanicsAtOnce,
}

#[derive(Clone, Debug)]
struct Script {
    group: Option<String>,
    fate: Fate,
    /// How often it waits.
    waits: usize,
}

/// What happened to a batch.
#[derive(Debug, PartialEq, Eq)]
struct Happened {
    /// The records whose handlers were called, in that order.
    called: Vec<usize>,
    /// The records of which `on_failure` was told.
    told: Vec<String>,
    /// The identifiers, or the failure of the invocation.
    result: Result<Vec<String>, RecordFailure<usize>>,
    most_at_a_time: usize,
}

fn identifiers(scripts: &[Script]) -> Vec<String> {
    (0..scripts.len()).map(|at| format!("id-{at}")).collect()
}

async fn happens(scripts: &[Script], rules: BatchRules) -> Happened {
    let identifiers = identifiers(scripts);
    let records: Vec<BatchRecord<'_>> = scripts
        .iter()
        .zip(&identifiers)
        .map(|(script, identifier)| BatchRecord {
            identifier,
            group: script.group.as_deref(),
        })
        .collect();
    let called = RefCell::new(Vec::new());
    let (running, most) = (Cell::new(0), Cell::new(0));
    let handler = |at: usize| {
        called.borrow_mut().push(at);
        let script = &scripts[at];
        assert!(script.fate != Fate::PanicsAtOnce, "at once");
        running.set(running.get() + 1);
        most.set(most.get().max(running.get()));
        let running = &running;
        async move {
            for _ in 0..script.waits {
                yield_now().await;
            }
            running.set(running.get() - 1);
            match script.fate {
                Fate::Succeeds => Ok(()),
                Fate::Fails => Err(at),
                Fate::Panics | Fate::PanicsAtOnce => panic!("record {at}"),
            }
        }
    };
    let mut told = Vec::new();
    let result = run(&records, rules, handler, |record, _| {
        told.push(record.identifier.to_owned());
    })
    .await
    .map(|failed| failed.into_iter().map(str::to_owned).collect());
    Happened {
        called: called.into_inner(),
        told,
        result,
        most_at_a_time: most.get(),
    }
}

/// The same, one rule after the other, for records in order.
fn model(scripts: &[Script], rules: BatchRules) -> (Vec<usize>, Result<Vec<String>, usize>) {
    let identifiers = identifiers(scripts);
    let mut called = Vec::new();
    let mut failed: Vec<usize> = Vec::new();
    for (at, script) in scripts.iter().enumerate() {
        let behind_its_group = rules.order == Order::WithinGroups
            && failed
                .iter()
                .any(|earlier| scripts[*earlier].group == script.group);
        let behind_any = rules.order == Order::Strict && !failed.is_empty();
        if behind_any {
            continue;
        }
        if behind_its_group {
            failed.push(at);
            continue;
        }
        called.push(at);
        if script.fate != Fate::Succeeds {
            if !rules.report_batch_item_failures {
                return (called, Err(at));
            }
            failed.push(at);
        }
    }
    (
        called,
        Ok(failed
            .into_iter()
            .map(|at| identifiers[at].clone())
            .collect()),
    )
}

fn on_a_thread<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime")
        .block_on(future)
}

fn scripts() -> impl Strategy<Value = Vec<Script>> {
    let fate = prop_oneof![
        6 => Just(Fate::Succeeds),
        2 => Just(Fate::Fails),
        1 => Just(Fate::Panics),
        1 => Just(Fate::PanicsAtOnce),
    ];
    let script = (prop::option::of("[ab]"), fate, 0..4usize)
        .prop_map(|(group, fate, waits)| Script { group, fate, waits });
    prop::collection::vec(script, 0..12)
}

fn rules(order: Order, concurrency: usize, report_batch_item_failures: bool) -> BatchRules {
    BatchRules {
        order,
        concurrency,
        report_batch_item_failures,
        remaining: None,
    }
}

proptest! {
    #[test]
    fn in_order_as_the_model_says(
        scripts in scripts(),
        order in prop::sample::select(vec![Order::Any, Order::WithinGroups, Order::Strict]),
        reports in any::<bool>(),
        // The other orders have no concurrency, whatever the rules say.
        concurrency in 0..3usize,
    ) {
        let concurrency = if order == Order::Any { concurrency.min(1) } else { concurrency };
        let rules = rules(order, concurrency, reports);
        let happened = on_a_thread(happens(&scripts, rules));
        let (called, result) = model(&scripts, rules);
        prop_assert_eq!(happened.called, called);
        prop_assert!(happened.most_at_a_time <= 1);
        match (happened.result, result) {
            (Ok(failed), Ok(expected)) => {
                prop_assert_eq!(&happened.told, &failed);
                prop_assert_eq!(failed, expected);
            }
            (Err(RecordFailure::Error(at)), Err(expected)) => {
                prop_assert_eq!(at, expected);
                prop_assert_eq!(scripts[at].fate, Fate::Fails);
            }
            (Err(RecordFailure::Panic(message)), Err(expected)) => {
                let text = match scripts[expected].fate {
                    Fate::Panics => format!("record {expected}"),
                    _ => "at once".to_owned(),
                };
                prop_assert_eq!(message, text);
            }
            (happened, expected) => prop_assert!(false, "{happened:?} instead of {expected:?}"),
        }
    }

    #[test]
    fn several_at_a_time_are_the_same_records(scripts in scripts(), concurrency in 2..6usize) {
        let happened = on_a_thread(happens(&scripts, rules(Order::Any, concurrency, true)));
        let (called, expected) = model(&scripts, rules(Order::Any, 1, true));
        prop_assert_eq!(happened.result.as_ref().ok(), expected.as_ref().ok());
        // They begin in the order of the batch.
        prop_assert_eq!(happened.called, called);
        let told: HashSet<String> = happened.told.into_iter().collect();
        prop_assert_eq!(told, expected.unwrap_or_default().into_iter().collect());
        prop_assert!(happened.most_at_a_time <= concurrency);
    }

    #[test]
    fn several_at_a_time_stop_at_a_failure_that_is_not_reported(
        scripts in scripts(),
        concurrency in 2..6usize,
    ) {
        let happened = on_a_thread(happens(&scripts, rules(Order::Any, concurrency, false)));
        let fails = scripts.iter().any(|script| script.fate != Fate::Succeeds);
        prop_assert_eq!(happened.result.is_err(), fails);
        if !fails {
            prop_assert_eq!(happened.result, Ok(Vec::new()));
        }
        prop_assert_eq!(happened.told, Vec::<String>::new());
    }
}

/// Records that wait for so many seconds, and the identifiers that failed, in
/// an invocation of ten seconds; with what `on_failure` was told.
async fn of_ten_seconds(
    order: Order,
    concurrency: usize,
    seconds: &[u64],
) -> (Vec<String>, Vec<RecordFailure<()>>) {
    let names: Vec<String> = (0..seconds.len()).map(|at| at.to_string()).collect();
    let records: Vec<BatchRecord<'_>> = names
        .iter()
        .map(|identifier| BatchRecord {
            identifier,
            group: None,
        })
        .collect();
    let rules = BatchRules {
        remaining: Some(Duration::from_secs(10)),
        ..rules(order, concurrency, true)
    };
    let mut told = Vec::new();
    let handler = async |at: usize| {
        sleep(Duration::from_secs(seconds[at])).await;
        Ok(())
    };
    let failed = run(&records, rules, handler, |_, failure| {
        told.push(failure.clone())
    })
    .await;
    let failed = failed.expect("failures are reported");
    (failed.into_iter().map(str::to_owned).collect(), told)
}

#[tokio::test(start_paused = true)]
async fn what_is_not_handled_in_time_has_failed() {
    let began = tokio::time::Instant::now();
    let (failed, told) = of_ten_seconds(Order::Any, 1, &[4, 5, 60, 1]).await;
    assert_eq!(failed, ["2", "3"]);
    assert_eq!(told, [RecordFailure::OutOfTime, RecordFailure::OutOfTime]);
    assert_eq!(began.elapsed().as_millis(), 9_500, "the margin is kept");
}

#[tokio::test(start_paused = true)]
async fn a_stream_goes_on_where_time_ended() {
    let (failed, _) = of_ten_seconds(Order::Strict, 1, &[4, 60, 1]).await;
    assert_eq!(failed, ["1"]);
}

#[tokio::test(start_paused = true)]
async fn a_group_fails_with_the_record_that_time_ended() {
    let (failed, told) = of_ten_seconds(Order::WithinGroups, 1, &[4, 60, 1]).await;
    assert_eq!(failed, ["1", "2"]);
    assert_eq!(told, [RecordFailure::OutOfTime, RecordFailure::GroupFailed]);
}

#[tokio::test(start_paused = true)]
async fn waiting_overlaps() {
    let began = tokio::time::Instant::now();
    let (failed, _) = of_ten_seconds(Order::Any, 3, &[4; 6]).await;
    assert_eq!(failed, [""; 0]);
    assert_eq!(began.elapsed().as_secs(), 8);
    let (failed, _) = of_ten_seconds(Order::Any, 2, &[4, 60, 60, 4]).await;
    assert_eq!(failed, ["1", "2", "3"]);
}

#[tokio::test(start_paused = true)]
async fn time_that_ends_fails_an_invocation_without_report() {
    let record = BatchRecord {
        identifier: "a",
        group: None,
    };
    let rules = BatchRules {
        remaining: Some(Duration::from_secs(1)),
        ..rules(Order::Strict, 1, false)
    };
    let handler = async |_| {
        sleep(Duration::from_secs(5)).await;
        Err("never")
    };
    let result = run(&[record], rules, handler, |_, _| {}).await;
    assert_eq!(result, Err(RecordFailure::OutOfTime));
}

#[test]
fn batches_can_move_between_threads() {
    fn assert_send<T: Send>(value: T) -> T {
        value
    }
    let records = [BatchRecord {
        identifier: "a",
        group: None,
    }];
    for order in [Order::Any, Order::Strict] {
        let rules = rules(order, 2, true);
        let handler = |at: usize| async move { if at == 0 { Err(at) } else { Ok(()) } };
        let failed = on_a_thread(assert_send(run(&records, rules, handler, |_, _| {})));
        assert_eq!(failed, Ok(vec!["a"]));
    }
}
