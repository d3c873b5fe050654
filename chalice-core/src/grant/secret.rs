//! Secrets of AWS Secrets Manager.

use super::{
    handle::{operations, part, resource},
    kind::SECRET,
};

resource! {
    /// A secret of AWS Secrets Manager, by its name.
    ///
    /// A secret that a customer managed key encrypts needs `kms:Decrypt` on that key besides.
    Secret = SECRET
}

operations! { Secret:
    /// `GetSecretValue`, on the secret.
    read = &[part(&["secretsmanager:GetSecretValue"], SECRET.forms)];
}
