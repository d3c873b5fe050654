//! What differs between two OpenAPI documents of an API, and what of it breaks clients.
//!
//! A change of what clients send breaks them if something that was taken is refused; a change
//! of what they get breaks them if something comes that did not come before, or no longer
//! comes. Texts for people (`summary`, `description`, ..) are not compared.

mod extent;
mod operation;
mod parameters;
mod responses;
mod schema;
mod security;
mod shape;

use std::{cell::Cell, fmt, rc::Rc};

use serde_json::{Map, Value};

use self::shape::Documents;

/// Whether a change breaks clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Impact {
    /// A client that was written for the old document may fail.
    Breaking,
    /// It goes on as before.
    Compatible,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Change {
    /// Whether it breaks clients.
    pub impact: Impact,
    /// Where it is: a JSON Pointer (RFC 6901) into the new document, or into the old one if
    /// something is no longer there.
    pub place: String,
    /// What has changed, and what that means to clients.
    pub message: String,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let impact = match self.impact {
            Impact::Breaking => "breaking",
            Impact::Compatible => "compatible",
        };
        write!(f, "{impact}: {}: {}", self.place, self.message)
    }
}

/// Why a document cannot be compared with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is no OpenAPI 3.1 document: {0}")]
pub struct NotADocument(String);

/// Compares two OpenAPI 3.1 documents. Breaking changes come first.
///
/// # Errors
///
/// When one of them is no such document.
pub fn changes(old: &Value, new: &Value) -> Result<Vec<Change>, NotADocument> {
    for document in [old, new] {
        check(document)?;
    }
    let mut report = Report::new(Documents { old, new });
    operation::paths(&mut report);
    let mut changes = report.changes;
    changes.sort();
    changes.dedup();
    Ok(changes)
}

fn check(document: &Value) -> Result<(), NotADocument> {
    match document.get("openapi").and_then(Value::as_str) {
        Some(version) if version.starts_with("3.1.") => {}
        Some(version) => {
            return Err(NotADocument(format!(
                "its member `openapi` is \"{version}\", and documents of 3.1 are compared"
            )));
        }
        None => {
            return Err(NotADocument(match document.get("swagger") {
                Some(_) => "it is a Swagger document; compare without `--swagger`".to_owned(),
                None => "it has no member `openapi`".to_owned(),
            }));
        }
    }
    match document.get("paths") {
        Some(Value::Object(_)) => Ok(()),
        _ => Err(NotADocument("it has no object `paths`".to_owned())),
    }
}

/// The changes, while they are looked for.
#[derive(Debug)]
struct Report<'d> {
    documents: Documents<'d>,
    changes: Vec<Change>,
    /// Pairs of schemas that have been compared, or are being compared.
    compared: schema::Compared,
    /// How many attempts at alternatives this one is within.
    attempt: usize,
    /// How many comparisons the attempts at the alternatives of one schema have left, all together.
    left: Rc<Cell<usize>>,
}

impl<'d> Report<'d> {
    fn new(documents: Documents<'d>) -> Report<'d> {
        Report {
            documents,
            changes: Vec::new(),
            compared: schema::Compared::default(),
            attempt: 0,
            left: Rc::default(),
        }
    }

    fn breaking(&mut self, place: &Place, message: impl Into<String>) {
        self.add(Impact::Breaking, place, message.into());
    }

    fn compatible(&mut self, place: &Place, message: impl Into<String>) {
        self.add(Impact::Compatible, place, message.into());
    }

    fn add(&mut self, impact: Impact, place: &Place, message: String) {
        self.changes.push(Change {
            impact,
            place: place.0.clone(),
            message,
        });
    }
}

/// A JSON Pointer.
#[derive(Clone, Debug)]
struct Place(String);

impl Place {
    fn new(root: &str) -> Place {
        Place(format!("/{root}"))
    }

    fn at(&self, name: &str) -> Place {
        Place(format!(
            "{}/{}",
            self.0,
            name.replace('~', "~0").replace('/', "~1")
        ))
    }
}

/// The members of an object; none of anything else.
fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::iter)
}
