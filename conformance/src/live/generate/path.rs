//! What stands for the placeholders of a path.

use fastrand::Rng;

use super::{KnownRoute, one, rarely};

const RETURNED: &[&str] = &[
    "none", "list", "int", "true", "str", "unicode", "ustr", "decimal", "nan", "nested", "intkey",
    "tuple", "slash", "float", "missing",
];
const RESPONSES: &[&str] = &[
    "created",
    "text",
    "multi",
    "badheader",
    "binary",
    "binary-lc",
    "binstr",
    "redirect",
    "empty204",
    "jsonstr",
    "bytes-text",
    "missing",
];
const ERRORS: &[&str] = &[
    "BadRequestError",
    "UnauthorizedError",
    "ForbiddenError",
    "NotFoundError",
    "ConflictError",
    "TooManyRequestsError",
    "UnprocessableEntityError",
    "ChaliceViewError",
    "MethodNotAllowedError",
    "RequestTimeoutError",
    "NoSuchError",
];
const OTHER_ERRORS: &[&str] = &["my", "empty", "unhandled", "other"];
const SEGMENTS: &[&str] = &[
    "1",
    "12",
    "abc",
    "a-b_c.d~e",
    "a%20b",
    "%C3%A9",
    "%E2%98%83",
    "a+b",
    "a%2Bb",
    "%FF",
    "a%2Fb",
    "%25",
    "%2520",
    "100%25",
    "*",
    "a:b",
    "bar",
    "(x)",
    "@",
    "a,b",
    "a;b=c",
    "a;",
    "..",
    ".",
];

/// The values of a route's placeholders, percent-encoded.
pub(super) fn parameters(random: &mut Rng, route: &KnownRoute) -> Vec<(String, String)> {
    route
        .placeholders()
        .map(|(name, greedy)| {
            let value = match route.path.as_str() {
                "/ret/{kind}" => one(random, RETURNED).to_owned(),
                "/resp/{kind}" => one(random, RESPONSES).to_owned(),
                "/err/{name}" => one(random, ERRORS).to_owned(),
                "/err2/{name}" => one(random, OTHER_ERRORS).to_owned(),
                _ if greedy => {
                    let segments: Vec<String> =
                        (0..random.usize(1..4)).map(|_| segment(random)).collect();
                    segments.join("/")
                }
                _ => segment(random),
            };
            (name.to_owned(), value)
        })
        .collect()
}

/// A segment of a path, as a client sends it.
fn segment(random: &mut Rng) -> String {
    if rarely(random, 3) {
        return (0..random.usize(1..10))
            .map(|_| random.alphanumeric())
            .collect();
    }
    one(random, SEGMENTS).to_owned()
}

/// The route's path with the values in place of its placeholders.
pub(super) fn filled(route: &KnownRoute, parameters: &[(String, String)]) -> String {
    let mut path = route.path.clone();
    for (name, value) in parameters {
        for placeholder in [format!("{{{name}}}"), format!("{{{name}+}}")] {
            path = path.replace(&placeholder, value);
        }
    }
    path
}
