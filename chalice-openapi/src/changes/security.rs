//! What a request needs to pass.

use std::{collections::BTreeSet, fmt};

use serde_json::Value;

use super::{Place, Report, members};

/// One way to pass: everything that it needs.
type Way = Vec<Need>;

/// What a scheme needs, told by how it is sent and not by what it is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Need {
    what: String,
    /// A token needs one of these, if there are any.
    scopes: BTreeSet<String>,
}

impl Need {
    /// Whether a request that has this has the other, too.
    fn meets(&self, other: &Need) -> bool {
        let by_scopes = || !self.scopes.is_empty() && self.scopes.is_subset(&other.scopes);
        self.what == other.what && (other.scopes.is_empty() || by_scopes())
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match self.scopes.is_empty() {
            true => Ok(()),
            false => {
                let scopes: Vec<&str> = self.scopes.iter().map(String::as_str).collect();
                write!(f, " with one of the scopes `{}`", scopes.join("`, `"))
            }
        }
    }
}

/// Compares the security requirements of an operation.
pub(super) fn security(report: &mut Report<'_>, place: &Place, old: &Value, new: &Value) {
    let documents = report.documents;
    let old = ways(documents.old, old);
    let new = ways(documents.new, new);
    if old == new {
        return;
    }
    let passes = |old: &Way| {
        let met = |needed: &Need| old.iter().any(|need| need.meets(needed));
        new.iter().any(|way| way.iter().all(met))
    };
    let refused: Vec<&Way> = old.iter().filter(|way| !passes(way)).collect();
    if refused.is_empty() {
        report.compatible(place, "requests need less to pass, or pass in more ways");
        return;
    }
    let needed: Vec<String> = new.iter().map(text).collect();
    for way in refused {
        report.breaking(
            place,
            format!(
                "requests with {} passed; {} is needed now, and they are refused",
                text(way),
                needed.join(", or ")
            ),
        );
    }
}

fn text(way: &Way) -> String {
    match way.is_empty() {
        true => "nothing".to_owned(),
        false => way
            .iter()
            .map(Need::to_string)
            .collect::<Vec<String>>()
            .join(" and "),
    }
}

fn ways(document: &Value, operation: &Value) -> Vec<Way> {
    let requirements = operation
        .get("security")
        .or_else(|| document.get("security"));
    let requirements = requirements.and_then(Value::as_array).into_iter().flatten();
    let mut ways: Vec<Way> = requirements
        .map(|requirement| {
            let mut way: Way = members(Some(requirement))
                .map(|(name, scopes)| need(document, name, scopes))
                .collect();
            way.sort();
            way
        })
        .collect();
    if ways.is_empty() {
        ways.push(Way::new());
    }
    ways.sort();
    ways
}

fn need(document: &Value, name: &str, scopes: &Value) -> Need {
    let scheme = &document["components"]["securitySchemes"][name];
    let text = |member: &str| scheme[member].as_str().unwrap_or_default();
    let mut what = match text("type") {
        "apiKey" => format!("the {} `{}`", text("in"), text("name")),
        "openIdConnect" => format!("a token of `{}`", text("openIdConnectUrl")),
        _ => format!("`{name}`"),
    };
    let authtype = text("x-amazon-apigateway-authtype");
    if !authtype.is_empty() {
        what += &format!(" ({authtype})");
    }
    let scopes = scopes.as_array().into_iter().flatten();
    Need {
        what,
        scopes: scopes
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
    }
}
