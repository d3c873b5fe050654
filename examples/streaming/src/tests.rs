use chalice::test::Client;

use crate::*;

#[tokio::test]
async fn a_table_comes_row_by_row() {
    let client = Client::new(&APP).await.unwrap();
    let response = client.http().get("/export/3").await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.header("content-type"), Some("text/csv"));
    assert_eq!(
        response.chunks(),
        ["number,square\n", "1,1\n", "2,4\n", "3,9\n"]
    );
    assert_eq!(response.text(), "number,square\n1,1\n2,4\n3,9\n");
    assert!(response.is_whole());
}

#[tokio::test]
async fn a_log_may_break_off() {
    let client = Client::new(&APP).await.unwrap();
    for (machine, log, is_whole) in [
        ("steady", "started\nstopped\n", true),
        ("broken", "started\n", false),
        ("crashed", "started\n", false),
    ] {
        let path = format!("/machines/{machine}/log");
        let response = client.http().get(&path).await;
        assert_eq!(response.status(), 202);
        assert_eq!((response.text(), response.is_whole()), (log, is_whole));
    }
    let response = client.http().get("/machines/unknown/log").await;
    assert_eq!(response.status(), 404);
    assert_eq!(response.json::<Value>()["Message"], "no machine `unknown`");
}

#[tokio::test]
async fn without_the_flag_nothing_is_streamed() {
    let client = Client::new(&APP).await.unwrap();
    let summary = client.http().get("/summary").await;
    assert_eq!(summary.text(), "all is well");
    assert_eq!(summary.chunks().len(), 1);
}
