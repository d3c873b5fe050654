//! Generated policies that are too large for an inline policy, as several managed policies.
//!
//! Which policy a statement is in follows from a hash of what it is about, bit by bit: all statements
//! are one policy; if that is too large, those whose first bit is 0 are one and the others another, and
//! so on with the next bit. So the policies follow from the statements, whatever their order and whatever
//! was deployed before, and one statement more changes the one policy that it belongs to, which may
//! then be divided in two; one less changes that policy, which may then become one with its other half. Policies are about half to three quarters full
//! that way. Where more than [`MAX_ATTACHED`] would be needed, they are [packed](packed) as full as they can be
//! instead, and there one statement may change several.

mod hash;
mod packed;
mod piece;
#[cfg(test)]
mod tests;

use chalice_config::ExecutionRoles;

use super::Build;
use crate::{Id, ManagedPolicy, PolicyDocument, Problem, Role, Statement};
use piece::{Piece, joined, pieces, size_of};

/// The size of all inline policies of a role together, in characters without white space (AWS Identity
/// and Access Management, "IAM and AWS STS quotas").
const MAX_INLINE: usize = 10_240;

/// The size of a managed policy, as that of inline policies ("IAM and AWS STS quotas").
const MAX_MANAGED: usize = 6_144;

/// How many managed policies a role has unless its account's quota was raised ("IAM and AWS STS quotas").
const MAX_ATTACHED: usize = 10;

/// A policy of several.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    /// What its name ends with.
    name: String,
    statements: Vec<Statement>,
}

impl Build<'_> {
    /// Splits the generated policies that are too large to be inline.
    pub(super) fn split_policies(&mut self) {
        let ids: Vec<Id<Role>> = self.resources.roles.entries().map(|(id, _)| id).collect();
        for id in ids {
            let role = &self.resources.roles[id];
            let PolicyDocument::Generated(statements) = &role.policy else {
                // That of a file has been read, and is not larger.
                continue;
            };
            let size = role.policy.size();
            if size <= MAX_INLINE {
                continue;
            }
            let parts = split(statements).and_then(|parts| match parts.len() > MAX_ATTACHED {
                true => Err(self.too_large(size)),
                false => Ok(parts),
            });
            match parts {
                Ok(parts) => {
                    let name = role.name.clone();
                    self.resources.roles.get_mut(id).managed_policies = parts
                        .into_iter()
                        .map(|part| part.policy_of(&name))
                        .collect();
                }
                Err(refusal) => {
                    let subject = format!("the role `{}`", role.role_name);
                    self.problems.push(Problem::new(subject, refusal));
                }
            }
        }
    }

    fn too_large(&self, size: usize) -> String {
        let fix = match self.stage.execution_roles() {
            ExecutionRoles::Shared => {
                "give each function a role of its own (`\"execution_roles\": \"per_function\"`), or grant actions on \
                 fewer resources, many of them at once by a pattern: `Grant::allow(&[..]).on(&[\"arn:aws:s3:::photos-*\"])`"
            }
            ExecutionRoles::PerFunction => {
                "move handlers to functions or apps of their own, or grant actions on fewer resources, many of them at \
                 once by a pattern: `Grant::allow(&[..]).on(&[\"arn:aws:s3:::photos-*\"])`"
            }
        };
        format!(
            "what it permits has {size} characters, and IAM allows {MAX_INLINE} in the inline policies of a role, or \
             {MAX_ATTACHED} managed policies of {MAX_MANAGED} characters: {fix}"
        )
    }
}

impl Part {
    fn policy_of(self, role: &str) -> ManagedPolicy {
        let hyphen = if self.name.is_empty() { "" } else { "-" };
        ManagedPolicy {
            name: format!("{role}-policy{hyphen}{}", self.name),
            document: PolicyDocument::Generated(self.statements),
        }
    }
}

/// The policies that permit together what the statements do, in the order of their names, none of them larger than
/// [`MAX_MANAGED`].
///
/// # Errors
///
/// When one action on one resource is larger than that.
fn split(statements: &[Statement]) -> Result<Vec<Part>, String> {
    let pieces = pieces(statements)?;
    let mut parts = divided(pieces.clone());
    if parts.len() > MAX_ATTACHED
        && let Some(packed) = packed::packed(pieces)
    {
        // Under names that most of them had, since a policy of another name is attached before the old one is
        // detached, and both count for the quota.
        let names = parts.into_iter().map(|part| part.name);
        let packed = names.zip(packed);
        parts = packed
            .map(|(name, statements)| Part { name, statements })
            .collect();
    }
    Ok(parts)
}

/// The policies that the bits of the pieces' hashes make.
fn divided(pieces: Vec<Piece>) -> Vec<Part> {
    let mut parts = Vec::new();
    divide(pieces, 0, "", &mut parts);
    parts
}

/// One policy of the pieces, or else those of the pieces whose hash has a 0 at that bit, and of the others.
fn divide(pieces: Vec<Piece>, bit: u32, name: &str, parts: &mut Vec<Part>) {
    if pieces.is_empty() {
        return;
    }
    // Pieces of one hash are one piece: see `pieces`.
    if bit == u64::BITS || size_of(&pieces) <= MAX_MANAGED {
        parts.push(Part {
            // So that one half of what is divided keeps the name, and is changed, not replaced.
            name: name.trim_end_matches('0').to_owned(),
            statements: joined(&pieces),
        });
        return;
    }
    let (zeros, ones) = pieces.into_iter().partition(|piece| !piece.has_bit(bit));
    divide(zeros, bit + 1, &format!("{name}0"), parts);
    divide(ones, bit + 1, &format!("{name}1"), parts);
}

fn size(statements: &[Statement]) -> usize {
    PolicyDocument::Generated(statements.to_vec()).size()
}
