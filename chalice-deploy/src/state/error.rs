//! What is wrong with a state.

/// Why a text is not the state of a stage, or the state does not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StateError {
    /// The file is there, without anything in it.
    #[error("it is empty")]
    Empty,
    /// It ends in the middle.
    #[error("it ends in the middle, at line {line}")]
    Truncated {
        /// The last line, from 1.
        line: usize,
    },
    /// It is no JSON.
    #[error("it is not JSON: {reason}")]
    NotJson {
        /// What the parser says, with line and column.
        reason: String,
    },
    /// It is larger than any state.
    #[error("it has more than {limit} bytes, which the state of no stage has")]
    TooLarge {
        /// The largest size that is read, in bytes.
        limit: u64,
    },
    /// It is JSON of another form.
    #[error("{place} is not {expected}, as AWS Chalice's format 2.0 has it")]
    Form {
        /// The place: `resources[3].name`.
        place: String,
        /// What is expected there.
        expected: &'static str,
    },
    /// Another format.
    #[error("its `schema_version` is {found}, and this version reads 2.0 alone")]
    SchemaVersion {
        /// What it says, shortened.
        found: String,
    },
    /// Another way to deploy.
    #[error(
        "its `backend` is {found}, and only what was deployed by the `api` backend can be deployed again by calls to \
         AWS: what is in a stack of AWS CloudFormation stays there"
    )]
    Backend {
        /// What it says, shortened.
        found: String,
    },
    /// Two records of one name.
    #[error("two of its `resources` are called `{name}`")]
    Duplicate {
        /// The name.
        name: String,
    },
    /// The step of a deployment, as a newer version records it.
    #[error(
        "`resources[{index}].cargo_chalice` is of a newer version of cargo-chalice, or broken: update cargo-chalice"
    )]
    Progress {
        /// Which record, from 0.
        index: usize,
    },
    /// The stage is deployed to another account or region.
    #[error(
        "the stage is deployed to {deployed} (account, region), and the credentials in use are for {wanted}: give \
         that account's `--profile` and `--region`, delete the stage there, or deploy under another stage's name"
    )]
    Elsewhere {
        /// Where it is.
        deployed: String,
        /// Where it was to be deployed.
        wanted: String,
    },
    /// A record that is to be changed is not there.
    #[error("there is no resource `{name}` in the state")]
    NoSuchResource {
        /// The name.
        name: String,
    },
    /// A state of AWS Chalice's format 1.0 that cannot be taken over.
    #[error("`{stage}` in it is not what AWS Chalice's format 1.0 has: {reason}")]
    Version1 {
        /// The stage.
        stage: String,
        /// What is missing or different.
        reason: String,
    },
}

/// A value of a file in an error: short, whatever it is.
pub(super) fn shown(value: &serde_json::Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}..", &text[..end]),
        None => text,
    }
}
