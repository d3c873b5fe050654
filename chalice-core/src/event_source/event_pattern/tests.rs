//! Patterns that EventBridge takes and refuses, and events that they match.

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn problem(json: &str) -> String {
    EventPattern::parse(json).unwrap_err().to_string()
}

fn matches(pattern: &Value, event: &Value) -> bool {
    EventPattern::parse(&pattern.to_string())
        .unwrap_or_else(|error| panic!("{pattern}: {error}"))
        .matches(event)
}

/// Whether the field `x` of `detail` with this value fits `[rule]`.
fn fits(rule: &Value, value: &Value) -> bool {
    matches(
        &json!({"detail": {"x": [rule]}}),
        &json!({"detail": {"x": value}}),
    )
}

#[test]
fn fields_are_and_values_are_or() {
    let pattern = json!({"source": ["aws.ec2", "aws.s3"], "detail": {"state": ["running"]}});
    assert!(matches(
        &pattern,
        &json!({"source": "aws.s3", "detail": {"state": "running", "more": 1}})
    ));
    assert!(!matches(
        &pattern,
        &json!({"source": "aws.s3", "detail": {"state": "stopped"}})
    ));
    assert!(!matches(
        &pattern,
        &json!({"source": "aws.s3", "detail": "running"})
    ));
    assert!(!matches(&pattern, &json!({"detail": {"state": "running"}})));
}

#[test]
fn values() {
    assert!(fits(&json!(null), &json!(null)));
    assert!(fits(&json!(""), &json!("")));
    assert!(fits(&json!(true), &json!(true)));
    assert!(fits(&json!(100), &json!(1e2)));
    assert!(!fits(&json!(1), &json!("1")));
    assert!(!fits(&json!(1), &json!(true)));
    assert!(!fits(&json!(0), &json!(null)));
}

#[test]
fn texts() {
    assert!(fits(&json!({"prefix": "eu-"}), &json!("eu-west-1")));
    assert!(!fits(&json!({"prefix": "eu-"}), &json!("EU-west-1")));
    assert!(fits(
        &json!({"prefix": {"equals-ignore-case": "eu-"}}),
        &json!("EU-west-1")
    ));
    assert!(fits(&json!({"suffix": ".png"}), &json!("a.png")));
    assert!(fits(
        &json!({"suffix": {"equals-ignore-case": ".PNG"}}),
        &json!("a.png")
    ));
    assert!(fits(
        &json!({"equals-ignore-case": "alice"}),
        &json!("ALICE")
    ));
    assert!(fits(
        &json!({"wildcard": "dir/*.png"}),
        &json!("dir/sub/a.png")
    ));
    assert!(!fits(
        &json!({"wildcard": "dir/*.png"}),
        &json!("dir/a.jpg")
    ));
    assert!(!fits(&json!({"prefix": ""}), &json!(5)));
}

#[test]
fn numbers_and_addresses() {
    assert!(fits(&json!({"numeric": ["=", 3.018e2]}), &json!(301.8)));
    assert!(fits(&json!({"numeric": [">", 0, "<=", 5]}), &json!(5)));
    assert!(!fits(&json!({"numeric": [">", 0, "<=", 5]}), &json!(0)));
    assert!(fits(&json!({"numeric": ["<", 0]}), &json!(-1)));
    assert!(!fits(&json!({"numeric": ["<", 10]}), &json!("5")));
    assert!(fits(&json!({"cidr": "10.0.0.0/8"}), &json!("10.1.2.3")));
    assert!(!fits(&json!({"cidr": "10.0.0.0/8"}), &json!("11.1.2.3")));
}

#[test]
fn anything_but() {
    assert!(fits(&json!({"anything-but": "a"}), &json!("b")));
    assert!(!fits(&json!({"anything-but": ["a", "b"]}), &json!("b")));
    assert!(fits(&json!({"anything-but": [1, 2]}), &json!(3)));
    assert!(fits(
        &json!({"anything-but": {"prefix": "us-"}}),
        &json!("eu-west-1")
    ));
    assert!(!fits(
        &json!({"anything-but": {"suffix": [".png", ".jpg"]}}),
        &json!("a.jpg")
    ));
    assert!(!fits(
        &json!({"anything-but": {"equals-ignore-case": "a"}}),
        &json!("A")
    ));
    assert!(!fits(
        &json!({"anything-but": {"wildcard": "*/lib/*"}}),
        &json!("a/lib/b")
    ));
    let pattern = json!({"detail": {"x": [{"anything-but": "a"}]}});
    assert!(
        !matches(&pattern, &json!({"detail": {}})),
        "a field that is absent is nothing"
    );
}

#[test]
fn existence() {
    let exists = json!({"detail": {"x": [{"exists": true}]}});
    let absent = json!({"detail": {"x": [{"exists": false}]}});
    for (event, leaf) in [
        (json!({"detail": {"x": 1}}), true),
        (json!({"detail": {"x": null}}), true),
        (json!({"detail": {"x": {"y": 1}}}), false),
        (json!({"detail": {"x": []}}), false),
        (json!({"detail": {}}), false),
        (json!({}), false),
        (json!({"detail": [{"y": 1}, {"x": 1}]}), true),
    ] {
        assert_eq!(matches(&exists, &event), leaf, "{event}");
        assert_eq!(matches(&absent, &event), !leaf, "{event}");
    }
}

#[test]
fn arrays_of_events() {
    let pattern = json!({"resources": ["b"]});
    assert!(matches(&pattern, &json!({"resources": ["a", "b"]})));
    assert!(!matches(&pattern, &json!({"resources": ["a"]})));
    let same = json!({"detail": {"items": {"name": ["a"], "size": [2]}}});
    assert!(matches(
        &same,
        &json!({"detail": {"items": [{"name": "b"}, {"name": "a", "size": 2}]}})
    ));
    assert!(!matches(
        &same,
        &json!({"detail": {"items": [{"name": "a", "size": 1}, {"name": "b", "size": 2}]}})
    ));
}

#[test]
fn alternatives() {
    let pattern = json!({"source": ["s"], "detail": {"$or": [{"a": [1]}, {"b": [2], "c": [3]}]}});
    assert!(matches(
        &pattern,
        &json!({"source": "s", "detail": {"a": 1}})
    ));
    assert!(matches(
        &pattern,
        &json!({"source": "s", "detail": {"b": 2, "c": 3}})
    ));
    assert!(!matches(
        &pattern,
        &json!({"source": "s", "detail": {"b": 2}})
    ));
    let top = json!({"$or": [{"source": ["s"]}, {"detail-type": ["t"]}]});
    assert!(matches(&top, &json!({"source": "x", "detail-type": "t"})));
    assert!(problem(r#"{"$or": [{"source": ["s"]}]}"#).contains("at least two"));
    assert!(problem(r#"{"$or": {"source": ["s"]}}"#).contains("at least two"));
    assert!(
        problem(r#"{"$or": [{"sorce": ["s"]}, {"id": ["s"]}]}"#).contains("did you mean `source`?")
    );
    let many: Vec<Value> = (0..11).map(|value| json!({"a": [value]})).collect();
    let cube = json!({"detail": {"x": {"$or": many}, "y": {"$or": many}, "z": {"$or": many}}});
    assert!(problem(&cube.to_string()).contains("1331 combinations"));
}

#[test]
fn structure() {
    assert!(problem("source").contains("not JSON"));
    assert!(problem("[]").contains("not a JSON object"));
    assert!(problem("{}").contains("without fields"));
    assert_eq!(
        problem(r#"{"detail": {"state": "running"}}"#),
        "in the pattern's field `detail.state`: its value is not in an array, which AWS refuses: write \"state\": \
         [\"running\"]"
    );
    assert!(problem(r#"{"source": []}"#).contains("without values"));
    assert!(problem(r#"{"detail": {}}"#).contains("without fields"));
    assert!(problem(r#"{"source": [["a"]]}"#).contains("array within an array"));
    assert!(problem(r#"{"source": ["a"], "source": ["b"]}"#).contains("occurs twice"));
    assert!(problem(r#"{"detailType": ["a"]}"#).ends_with("did you mean `detail-type`?"));
    assert!(problem(r#"{"zone": ["a"]}"#).contains("the fields are `version`"));
    let long = json!({"source": ["a".repeat(4100)]});
    assert!(problem(&long.to_string()).contains("at most 4096"));
}

#[test]
fn operators() {
    assert!(problem(r#"{"source": [{"prefixx": "a"}]}"#).ends_with("did you mean `prefix`?"));
    assert!(problem(r#"{"source": [{"contains": "a"}]}"#).contains("there are `prefix`"));
    assert!(problem(r#"{"source": [{"prefix": "a", "suffix": "b"}]}"#).contains("this has 2"));
    assert!(problem(r#"{"source": [{}]}"#).contains("this has 0"));
    assert!(
        problem(r#"{"source": {"prefix": "a"}}"#).ends_with(r#"write "source": [{"prefix":"a"}]"#)
    );
    assert!(problem(r#"{"detail": {"x": {"numeric": [">", 1]}}}"#).contains("not in an array"));
    assert!(problem(r#"{"source": [{"prefix": 5}]}"#).contains("`prefix` takes a text"));
    assert!(
        problem(r#"{"source": [{"prefix": {"wildcard": "a"}}]}"#)
            .contains("`prefix` cannot contain")
    );
    assert!(problem(r#"{"source": [{"suffix": ["a"]}]}"#).contains("`suffix` takes a text"));
    assert!(problem(r#"{"source": [{"exists": "yes"}]}"#).contains("`true` or `false`"));
    assert!(problem(r#"{"source": [{"cidr": "10.0.0.0/40"}]}"#).contains("block of IP addresses"));
    assert!(problem(r#"{"source": [{"wildcard": "a**"}]}"#).contains("two `*` in a row"));
    assert!(problem(r#"{"source": [{"wildcard": "a\\d"}]}"#).contains("stands before `*`"));
}

#[test]
fn operands_of_numeric_and_anything_but() {
    for wrong in [
        json!([]),
        json!(["="]),
        json!([">", "1"]),
        json!(["!=", 1]),
        json!(["<", 5, ">", 1]),
        json!([">", 1, ">", 2]),
        json!(["=", 1, "<", 2]),
        json!(5),
    ] {
        let pattern = json!({"detail": {"x": [{"numeric": wrong}]}});
        assert!(
            problem(&pattern.to_string()).contains("`numeric` takes"),
            "{pattern}"
        );
    }
    assert!(problem(r#"{"detail": {"x": [{"numeric": [">", 5, "<", 5]}]}}"#).contains("no number"));
    for wrong in [json!([]), json!(["a", 1]), json!(null), json!([true])] {
        let pattern = json!({"detail": {"x": [{"anything-but": wrong}]}});
        assert!(
            problem(&pattern.to_string()).contains("`anything-but` takes"),
            "{pattern}"
        );
    }
    assert!(
        problem(r#"{"source": [{"anything-but": {"cidr": "::/1"}}]}"#)
            .contains("cannot contain `cidr`")
    );
    assert!(problem(r#"{"source": [{"anything-but": {"prefix": ""}}]}"#).contains("not empty"));
}

#[test]
fn length_is_that_of_the_compact_form() {
    let spaced = format!("{{\"source\": {}[\"a\"]}}", " ".repeat(5000));
    let pattern = EventPattern::parse(&spaced).unwrap();
    assert_eq!(pattern.to_string(), r#"{"source":["a"]}"#);
    assert!(!pattern.exceeds_default_quota());
    let long = json!({"source": ["a".repeat(3000)]});
    assert!(
        EventPattern::parse(&long.to_string())
            .unwrap()
            .exceeds_default_quota()
    );
}

fn any_json() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3..3i32).prop_map(Value::from),
        "[ab*]{0,2}".prop_map(Value::from),
    ];
    let name = prop::sample::select(vec![
        "a",
        "b",
        "$or",
        "source",
        "detail",
        "prefix",
        "suffix",
        "anything-but",
        "numeric",
        "exists",
        "wildcard",
        "cidr",
        "equals-ignore-case",
    ]);
    scalar.prop_recursive(5, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name.clone().prop_map(str::to_owned), inner), 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_answered(detail in any_json(), event in any_json()) {
        let text = json!({"detail": detail}).to_string();
        match EventPattern::parse(&text) {
            Ok(pattern) => {
                pattern.matches(&json!({"detail": event}));
                let again = EventPattern::parse(&pattern.to_string());
                prop_assert_eq!(again.map(|pattern| pattern.to_string()), Ok(pattern.to_string()));
            }
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn any_text_is_answered(text in "[{}\\[\\]\":, a-c$0-9]{0,40}") {
        if let Err(error) = EventPattern::parse(&text) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn texts_as_the_standard_library_says(part in "[abA]{0,3}", value in "[abA]{0,5}") {
        let value_json = json!(value);
        prop_assert_eq!(fits(&json!({"prefix": part}), &value_json), value.starts_with(&part));
        prop_assert_eq!(fits(&json!({"suffix": part}), &value_json), value.ends_with(&part));
        prop_assert_eq!(fits(&json!({"equals-ignore-case": part}), &value_json), value.eq_ignore_ascii_case(&part));
        prop_assert_eq!(fits(&json!({"wildcard": format!("{part}*")}), &value_json), value.starts_with(&part));
        prop_assert_eq!(fits(&json!(part), &value_json), value == part);
        prop_assert_eq!(fits(&json!({"anything-but": part}), &value_json), value != part);
    }

    #[test]
    fn ranges_as_comparisons_say(lower in -5..5i32, upper in -5..5i32, value in -6..6i32) {
        let rule = json!({"numeric": [">=", lower, "<", upper]});
        if lower < upper {
            prop_assert_eq!(fits(&rule, &json!(value)), (lower..upper).contains(&value));
        } else {
            let pattern = json!({"detail": {"x": [rule]}}).to_string();
            prop_assert!(problem(&pattern).contains("no number"));
        }
    }
}
