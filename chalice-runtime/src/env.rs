//! Environment variables, as the function that runs has them.
//!
//! On AWS Lambda they are those of the process, which is one function's. A test
//! has many functions, stages and clients in one process, so there a client's
//! own variables (`Client::builder(&APP).env("TABLE", "orders")`) travel with its
//! invocations, and the process keeps its environment. Hence `chalice::env::var`
//! and not `std::env::var`:
//!
//! ```
//! use chalice_runtime::{Result, env};
//!
//! async fn orders() -> Result<String> {
//!     let table = env::var("TABLE")?;
//!     let limit: u32 = env::parse("LIMIT")?;
//!     Ok(format!("the first {limit} of {table}"))
//! }
//! ```
//!
//! Handlers, authorizers, middleware, layers, streams and the app's `connect` see the client's
//! variables. A task that they spawn, and a thread, sees those of the process,
//! unless it is given [`current`]'s:
//!
//! ```
//! # async fn handler() -> chalice_runtime::Result<()> {
//! use chalice_runtime::env;
//!
//! let variables = env::current();
//! let table = tokio::task::spawn_blocking(move || variables.var("TABLE")).await??;
//!
//! let work = async { env::var("TABLE") };
//! let table = tokio::spawn(env::current().scope(work)).await??;
//! # Ok(())
//! # }
//! ```
//!
//! Without the feature `test`, all of this is the process's environment, at its price.

use std::{fmt, future::Future, str::FromStr};

use crate::function::short_type_name;

#[cfg(feature = "test")]
pub(crate) use client::Own;

/// Why a variable has no value of the kind that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VarError {
    /// There is no such variable.
    #[error(
        "the environment variable {name} is not set; set it for the function on AWS Lambda (`environment_variables` in \
         .chalice/config.json), and in a test by `Client::builder(&APP).env({name:?}, ..)`"
    )]
    NotSet {
        /// The variable.
        name: String,
    },
    /// Its value is no Unicode, which only a variable of the process can have.
    #[error("the environment variable {name} has a value that is not valid Unicode")]
    NotUnicode {
        /// The variable.
        name: String,
    },
    /// Its value is none of the type that was asked for.
    #[error("the environment variable {name} is {value:?}, which is no `{expected}`: {reason}")]
    Invalid {
        /// The variable.
        name: String,
        /// Its value.
        value: String,
        /// The type.
        expected: &'static str,
        /// What the type says about the value.
        reason: String,
    },
}

/// The variable's value.
///
/// # Errors
///
/// [`VarError::NotSet`], [`VarError::NotUnicode`].
pub fn var(name: &str) -> Result<String, VarError> {
    #[cfg(feature = "test")]
    if let Some(value) = client::var(name) {
        return Ok(value);
    }
    of_process(name)
}

/// The variable's value as a `T`, such as a number.
///
/// # Errors
///
/// Those of [`var`]; and [`VarError::Invalid`], which repeats the value, and so
/// brings it into the log: a secret is better read by [`var`].
pub fn parse<T>(name: &str) -> Result<T, VarError>
where
    T: FromStr<Err: fmt::Display>,
{
    parsed(name, var(name)?)
}

/// The variables that are seen here, for a task or a thread to see them as well.
pub fn current() -> Variables {
    Variables {
        #[cfg(feature = "test")]
        own: client::current(),
    }
}

/// The variables that the invocation sees which called [`current`].
#[derive(Clone)]
pub struct Variables {
    #[cfg(feature = "test")]
    own: Option<Own>,
}

impl Variables {
    /// The variable's value.
    ///
    /// # Errors
    ///
    /// As [`var`].
    pub fn var(&self, name: &str) -> Result<String, VarError> {
        #[cfg(feature = "test")]
        if let Some(value) = self.own.as_ref().and_then(|own| own.get(name)) {
            return Ok(value.clone());
        }
        of_process(name)
    }

    /// The variable's value as a `T`.
    ///
    /// # Errors
    ///
    /// As [`parse`].
    pub fn parse<T>(&self, name: &str) -> Result<T, VarError>
    where
        T: FromStr<Err: fmt::Display>,
    {
        parsed(name, self.var(name)?)
    }

    /// The future, in which [`var`] and [`parse`] see these variables: for `tokio::spawn`.
    pub fn scope<F: Future>(self, future: F) -> impl Future<Output = F::Output> {
        #[cfg(feature = "test")]
        let future = client::scope(self.own, future);
        future
    }
}

impl fmt::Debug for Variables {
    // Values may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Variables").finish_non_exhaustive()
    }
}

fn of_process(name: &str) -> Result<String, VarError> {
    let name_again = || name.to_owned();
    std::env::var(name).map_err(|error| match error {
        std::env::VarError::NotPresent => VarError::NotSet { name: name_again() },
        std::env::VarError::NotUnicode(_) => VarError::NotUnicode { name: name_again() },
    })
}

fn parsed<T>(name: &str, value: String) -> Result<T, VarError>
where
    T: FromStr<Err: fmt::Display>,
{
    value.parse().map_err(|error: T::Err| VarError::Invalid {
        name: name.to_owned(),
        reason: error.to_string(),
        expected: short_type_name::<T>(),
        value,
    })
}

/// The variables of a test client's invocations.
#[cfg(feature = "test")]
mod client {
    use std::{collections::BTreeMap, future::Future, sync::Arc};

    /// What a client says of the environment; everything else is the process's.
    pub(crate) type Own = Arc<BTreeMap<String, String>>;

    tokio::task_local! {
        static OWN: Own;
    }

    pub(super) fn var(name: &str) -> Option<String> {
        OWN.try_with(|own| own.get(name).cloned()).ok().flatten()
    }

    pub(super) fn current() -> Option<Own> {
        OWN.try_get().ok()
    }

    pub(super) async fn scope<F: Future>(own: Option<Own>, future: F) -> F::Output {
        match own {
            Some(own) => OWN.scope(own, future).await,
            None => future.await,
        }
    }

    impl super::Variables {
        /// A test client's own variables.
        pub(crate) fn of_client(own: Own) -> super::Variables {
            super::Variables { own: Some(own) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_that_is_not_set_says_where_to_set_it() {
        let error = var("CHALICE_NO_SUCH_VARIABLE").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the environment variable CHALICE_NO_SUCH_VARIABLE is not set; set it for the function on AWS Lambda \
             (`environment_variables` in .chalice/config.json), and in a test by \
             `Client::builder(&APP).env(\"CHALICE_NO_SUCH_VARIABLE\", ..)`"
        );
        for name in ["", "a=b", "a\0b"] {
            let expected = VarError::NotSet { name: name.into() };
            assert_eq!(var(name), Err(expected.clone()));
            assert_eq!(current().var(name), Err(expected));
        }
    }

    #[test]
    fn what_is_no_value_of_the_type_is_named_with_the_reason() {
        let error = parsed::<u32>("LIMIT", "ten".to_owned()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the environment variable LIMIT is \"ten\", which is no `u32`: invalid digit found in string"
        );
        assert_eq!(parsed::<u32>("LIMIT", "10".to_owned()), Ok(10));
    }

    #[cfg(feature = "test")]
    #[tokio::test]
    async fn variables_of_a_client_are_seen_in_their_scope_alone() {
        const NAME: &str = "CHALICE_VARIABLE_OF_THIS_TEST";
        let own = |value: &str| {
            Variables::of_client(Own::new([(NAME.to_owned(), value.to_owned())].into()))
        };
        own("1")
            .scope(async {
                assert_eq!(parse::<u8>(NAME), Ok(1));
                assert_eq!(own("2").scope(async { var(NAME) }).await.unwrap(), "2");
                assert_eq!(var(NAME).unwrap(), "1");
                // Not the client's own, hence the process's.
                assert_eq!(var("PATH").ok(), std::env::var("PATH").ok());
                let alone = tokio::spawn(async { var(NAME) });
                assert!(matches!(alone.await.unwrap(), Err(VarError::NotSet { .. })));
                let spawned = tokio::spawn(current().scope(async { var(NAME) }));
                assert_eq!(spawned.await.unwrap().unwrap(), "1");
                let variables = current();
                let thread = std::thread::spawn(move || variables.parse::<u8>(NAME));
                assert_eq!(thread.join().unwrap(), Ok(1));
            })
            .await;
        var(NAME).unwrap_err();
        current().scope(async { var(NAME) }).await.unwrap_err();
    }
}
