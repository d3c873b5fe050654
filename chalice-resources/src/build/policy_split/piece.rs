//! What a policy has whole: statements, and parts of those that are too large for one.

use super::{MAX_MANAGED, hash::hash, size};
use crate::{Arn, Statement};

/// How many characters of an ARN an error shows.
const SHOWN: usize = 100;

/// A statement, or a part of one.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Which statement it is of.
    pub(super) statement: usize,
    /// Its place among all pieces.
    pub(super) position: usize,
    /// What it permits.
    pub(super) allows: Statement,
    /// How many characters that is in a policy.
    pub(super) size: usize,
    /// What it is about in the upper half, and all of it in the lower: what is about one resource stays together,
    /// unless it is too large for that.
    hash: u64,
}

impl Piece {
    /// Whether that bit of the hash is set; 0 is the uppermost.
    pub(super) fn has_bit(&self, bit: u32) -> bool {
        (self.hash << bit) >> (u64::BITS - 1) == 1
    }
}

/// The pieces of the statements, each small enough for a policy. No two have the same hash, but by chance.
///
/// # Errors
///
/// When one action on one resource is too large.
pub(super) fn pieces(statements: &[Statement]) -> Result<Vec<Piece>, String> {
    // An order that the code's has no part in, so that moving a handler changes nothing.
    let mut sorted: Vec<(String, &Statement)> =
        statements.iter().map(|it| (text(it), it)).collect();
    sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
    sorted.dedup_by(|(a, _), (b, _)| a == b);
    let mut pieces: Vec<Piece> = Vec::new();
    let empty = size(&[]);
    for (statement, (_, whole)) in sorted.into_iter().enumerate() {
        for (about, allows) in small_enough(whole)? {
            let hash = (hash(&about) >> 32 << 32) | (hash(&text(&allows)) >> 32);
            pieces.push(Piece {
                statement,
                position: pieces.len(),
                size: size(std::slice::from_ref(&allows)) - empty,
                allows,
                hash,
            });
        }
    }
    Ok(pieces)
}

/// The statement, or else one per resource, or per action, or per action and resource; each with what it is about.
fn small_enough(whole: &Statement) -> Result<Vec<(String, Statement)>, String> {
    let fits = |statement: &Statement| size(std::slice::from_ref(statement)) <= MAX_MANAGED;
    if fits(whole) {
        return Ok(vec![(about(whole), whole.clone())]);
    }
    let with_about = |parts: Vec<Statement>, about: fn(&Statement) -> String| {
        parts
            .into_iter()
            .map(|part| (about(&part), part))
            .collect::<Vec<_>>()
    };
    let by_resource = by_resource(whole);
    if by_resource.iter().all(fits) {
        return Ok(with_about(by_resource, about));
    }
    let by_action = by_action(whole);
    if by_action.iter().all(fits) {
        return Ok(with_about(by_action, about_action));
    }
    let by_both: Vec<Statement> = by_resource.iter().flat_map(self::by_action).collect();
    match by_both.iter().find(|part| !fits(part)) {
        None => Ok(with_about(by_both, about_action)),
        Some(part) => Err(refusal(part)),
    }
}

fn by_resource(statement: &Statement) -> Vec<Statement> {
    let resources = statement.resources.iter();
    resources
        .map(|resource| Statement {
            resources: vec![resource.clone()],
            ..statement.clone()
        })
        .collect()
}

fn by_action(statement: &Statement) -> Vec<Statement> {
    let actions = statement.actions.iter();
    actions
        .map(|action| Statement {
            actions: vec![action.clone()],
            ..statement.clone()
        })
        .collect()
}

/// The first resource, which further actions and resources leave as it is; what may be done to everything is about
/// its service.
fn about(statement: &Statement) -> String {
    let resource = statement.resources.first().map(arn).unwrap_or_default();
    if resource != "*" {
        return resource;
    }
    let services = statement.actions.iter().map(|it| it.split(':').next());
    let service = services.min().flatten().unwrap_or_default();
    format!("{service} {resource}")
}

fn about_action(statement: &Statement) -> String {
    format!("{} {}", statement.actions.join(" "), about(statement))
}

/// All of a statement, the resources first, so that an order of these texts is one by service and resource.
fn text(statement: &Statement) -> String {
    let resources: Vec<String> = statement.resources.iter().map(arn).collect();
    let condition = statement.condition.as_ref();
    format!(
        "{} {} {}",
        resources.join(" "),
        statement.actions.join(" "),
        condition.map(ToString::to_string).unwrap_or_default()
    )
}

fn arn(arn: &Arn) -> String {
    arn.text("{partition}", "{region}", "{account}", "{api}")
}

fn refusal(part: &Statement) -> String {
    let resource = part.resources.first().map(arn).unwrap_or_default();
    let shown = match resource.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}..", &resource[..end]),
        None => resource,
    };
    format!(
        "`{}` on `{shown}` alone has {} characters in a policy, its conditions included, and IAM allows {MAX_MANAGED} in \
         one: write a shorter ARN; if the conditions are those of file systems (`efs`), give each function a role of its own \
         (`\"execution_roles\": \"per_function\"`)",
        part.actions.join(" "),
        size(std::slice::from_ref(part)),
    )
}

/// How large a policy of the pieces is, which are in their order.
pub(super) fn size_of(pieces: &[Piece]) -> usize {
    let commas = pieces.len().saturating_sub(1);
    let sizes: usize = pieces.iter().map(|piece| piece.size).sum();
    let apart = size(&[]) + sizes + commas;
    let joins = pieces
        .windows(2)
        .any(|pair| pair[0].statement == pair[1].statement);
    match joins && apart > MAX_MANAGED {
        true => size(&joined(pieces)),
        false => apart,
    }
}

/// The statements that the pieces make, those of one statement put together as far as they permit no more than
/// they do.
pub(super) fn joined(pieces: &[Piece]) -> Vec<Statement> {
    let mut pieces: Vec<&Piece> = pieces.iter().collect();
    pieces.sort_by_key(|piece| piece.position);
    let mut statements = Vec::new();
    for pieces in pieces.chunk_by(|a, b| a.statement == b.statement) {
        let mut of_actions: Vec<Statement> = Vec::new();
        for Piece { allows, .. } in pieces {
            let known = of_actions
                .iter_mut()
                .find(|it| it.actions == allows.actions);
            match known {
                Some(known) => known.resources.extend(allows.resources.iter().cloned()),
                None => of_actions.push(allows.clone()),
            }
        }
        let mut of_resources: Vec<Statement> = Vec::new();
        for statement in of_actions {
            let known = of_resources
                .iter_mut()
                .find(|it| it.resources == statement.resources);
            match known {
                Some(known) => known.actions.extend(statement.actions),
                None => of_resources.push(statement),
            }
        }
        statements.extend(of_resources);
    }
    statements
}
