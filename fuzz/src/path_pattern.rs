//! Parsing the path of a route: never a panic, and what passes has the form
//! that the router, the manifest and API Gateway rely on.

use chalice_core::path::{
    MAX_LENGTH, MAX_PLACEHOLDERS, MAX_SEGMENTS, PathPattern, Segment, best_match, placeholders,
};

/// Checks one input.
pub fn check(path: &str) {
    match PathPattern::parse(path) {
        Ok(pattern) => holds(path, &pattern),
        Err(errors) => {
            assert!(!errors.is_empty(), "a refusal has a reason");
            for error in errors {
                assert!(!error.to_string().is_empty(), "{error:?} explains itself");
            }
        }
    }
}

fn holds(path: &str, pattern: &PathPattern) {
    let template = pattern.to_string();
    assert!(path.len() <= MAX_LENGTH);
    assert!(template.is_ascii() && template.starts_with('/') && !template.contains("//"));
    assert!(template == "/" || !template.ends_with('/'));
    assert!(pattern.segments().len() <= MAX_SEGMENTS);
    assert!(pattern.placeholders().count() <= MAX_PLACEHOLDERS);
    assert_eq!(PathPattern::parse(&template).as_ref(), Ok(pattern));
    assert!(placeholders(&template).eq(pattern.placeholders()));

    let definitions = pattern.definitions();
    assert_eq!(definitions.len(), pattern.segments().len());
    let mut example = String::new();
    for (segment, definition) in pattern.segments().iter().zip(definitions) {
        let (Segment::Literal(text) | Segment::Parameter(text) | Segment::Greedy(text)) = segment;
        let span = usize::from(definition.start())..usize::from(definition.end());
        assert_eq!(&template[span], text);
        example.push('/');
        example.push_str(match segment {
            Segment::Literal(text) => text,
            Segment::Parameter(_) => "one",
            Segment::Greedy(_) => "one/two/",
        });
    }
    if example.is_empty() {
        example.push('/');
    }
    let found = best_match([pattern], &example).expect("a pattern matches its example");
    assert_eq!(found.parameters.len(), pattern.placeholders().count());
}
