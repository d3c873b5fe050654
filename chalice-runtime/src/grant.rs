//! The names of granted resources at run time.

use std::borrow::Cow;

use chalice_core::grant::{Declared, Name};

use crate::env::{self, VarError};

/// The name of a resource of [`grant`](chalice_core::grant), for the SDK: one constant says what the
/// function may do, and whom it calls.
///
/// ```
/// use chalice_core::grant::Bucket;
/// use chalice_runtime::{ResourceName, Result};
///
/// const PHOTOS: Bucket = Bucket::from_env("PHOTOS_BUCKET");
///
/// async fn handler() -> Result<String> {
///     let bucket = PHOTOS.name()?;
///     Ok(format!("the bucket is {bucket}"))
/// }
/// ```
pub trait ResourceName {
    /// The name: as declared, or from the environment variable that [`env::var`] sees.
    ///
    /// # Errors
    ///
    /// Of a resource whose name is an environment variable's value: [`VarError::NotSet`] where that is not
    /// set, and [`VarError::Invalid`] where it is empty. Of one that is named, none.
    fn name(&self) -> Result<Cow<'static, str>, VarError>;
}

impl<T: Declared> ResourceName for T {
    fn name(&self) -> Result<Cow<'static, str>, VarError> {
        let variable = match self.declared_name() {
            Name::Literal(name) => return Ok(Cow::Borrowed(name)),
            Name::Variable(variable) => variable,
        };
        let value = env::var(variable)?;
        if value.is_empty() {
            return Err(VarError::Invalid {
                name: variable.to_owned(),
                value,
                expected: "name of a resource",
                reason: "it is empty; set it for the function (`environment_variables` in .chalice/config.json)"
                    .to_owned(),
            });
        }
        Ok(Cow::Owned(value))
    }
}

#[cfg(test)]
mod tests {
    use chalice_core::grant::{Bucket, Table};

    use super::*;

    #[test]
    fn names() {
        const PHOTOS: Bucket = Bucket::named("photos");
        assert!(matches!(PHOTOS.name(), Ok(Cow::Borrowed("photos"))));
        const ORDERS: Table = Table::from_env("GRANT_TEST_UNSET_TABLE");
        let error = ORDERS.name().unwrap_err();
        assert_eq!(
            error,
            VarError::NotSet {
                name: "GRANT_TEST_UNSET_TABLE".to_owned()
            }
        );
    }
}
