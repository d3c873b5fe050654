//! What a refusal of permission says.

use chalice_iam::Catalog;

use super::Call;

/// A permission that is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Denied {
    /// The actions of IAM, as AWS names them, or as its Service Authorization Reference has them for the operation:
    /// `lambda:CreateFunction`. Empty when neither is known.
    pub actions: Vec<String>,
    /// What they were to be done with: an ARN, with wildcards where AWS does not say more.
    pub resource: Option<String>,
    /// Who lacks the permission: the ARN of a user or of a role's session.
    pub principal: Option<String>,
    /// Which policy is the reason, as AWS says it: `no identity-based policy allows the .. action`.
    pub reason: Option<String>,
}

/// How AWS begins to name an action, in all of its services.
const ACTION: &str = "not authorized to perform: ";
const RESOURCE: &str = " on resource: ";

impl Denied {
    /// What AWS says, or what the call takes if AWS says nothing.
    pub(super) fn of(message: &str, call: &Call) -> Denied {
        let named = Denied::named(message);
        let mut denied = named.unwrap_or_default();
        if denied.actions.is_empty() {
            denied.actions = actions_of(call);
        }
        denied.resource = denied.resource.or_else(|| call.resource.clone());
        denied
    }

    /// What the message names: `User: A is not authorized to perform: B on resource: C because D`.
    pub(super) fn named(message: &str) -> Option<Denied> {
        let (before, after) = message.split_once(ACTION)?;
        let action = after.split([' ', ',']).next().unwrap_or_default();
        let action = action.trim_matches(['"', '\'', '`', '.']);
        // Some services write their actions in lower case, and their prefix in upper case.
        let action = match Catalog::get().action(action) {
            Some(known) => known.name(),
            None => action,
        };
        let resource = after.split_once(RESOURCE).map(|(_, resource)| resource);
        let resource = resource.and_then(|it| it.split_whitespace().next());
        let resource = resource.map(|it| it.trim_matches(['"', '\'', '`', ',', '.']));
        let principal = before.split_once("User: ");
        let principal = principal.and_then(|(_, it)| it.split_whitespace().next());
        let reason = [" because ", " with an explicit deny"]
            .into_iter()
            .find_map(|start| after.find(start))
            .map(|at| {
                after[at..]
                    .trim()
                    .trim_start_matches("because ")
                    .trim_end_matches('.')
            });
        let text = |it: Option<&str>| it.filter(|it| !it.is_empty()).map(str::to_owned);
        Some(Denied {
            actions: text(Some(action)).into_iter().collect(),
            resource: text(resource),
            principal: text(principal),
            reason: text(reason),
        })
    }

    /// Whether a policy forbids it, so that no other can allow it.
    pub fn is_explicit(&self) -> bool {
        let reason = self.reason.as_deref().unwrap_or_default();
        reason.contains("explicit deny")
    }
}

/// What the operation takes by the catalog.
fn actions_of(call: &Call) -> Vec<String> {
    let service = Catalog::get().service(call.service.sdk_crate);
    let operation = service.and_then(|service| service.operation(call.operation));
    let actions = operation.and_then(|operation| operation.actions().ok());
    let actions = actions.unwrap_or_default().iter();
    actions.map(|action| action.name().to_owned()).collect()
}

impl std::fmt::Display for Denied {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let who = self.principal.as_deref().unwrap_or("who signs the request");
        let verb = match self.is_explicit() {
            true => "is forbidden",
            false => "lacks the permission",
        };
        write!(f, "{who} {verb}")?;
        for (index, action) in self.actions.iter().enumerate() {
            let and = if index == 0 { "" } else { " and" };
            write!(f, "{and} `{action}`")?;
        }
        if let Some(resource) = &self.resource {
            write!(f, " on `{resource}`")?;
        }
        if let Some(reason) = &self.reason {
            write!(f, " ({reason})")?;
        }
        match self.is_explicit() {
            true => f.write_str(
                "; no other policy can allow it: ask who is responsible for the one that denies it",
            ),
            false => f.write_str("; allow it in a policy of theirs"),
        }
    }
}
