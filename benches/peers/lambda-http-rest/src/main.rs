//! Invokes a peer many times.

use invocation::{Gateway, Work, context, event};

fn main() {
    let a: Vec<String> = std::env::args().collect();
    let gateway = Gateway::ALL.into_iter().find(|g| g.name() == a[2]).unwrap();
    let work = Work::ALL.into_iter().find(|w| w.name() == a[3]).unwrap();
    let routes = a[1].parse().unwrap();
    let mut invoke = if routes == 0 { lambda_http_rest::bare(work) } else { lambda_http_rest::axum(routes).unwrap() };
    let event = event(gateway, work);
    for _ in 0..a[4].parse::<usize>().unwrap() {
        let answer = invoke(&event, context()).unwrap();
        let v: serde_json::Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!(v["body"].as_str().unwrap(), work.expected());
    }
}
