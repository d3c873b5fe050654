//! What a program uses of the AWS SDK, on whose account, and where.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cargo_metadata::{Metadata, Package, PackageId};

use crate::dependencies::{Dependencies, Users};
use crate::error::UsageError;
use crate::executable::{Evidence, operations};
use crate::operation::Operation;
use crate::source::{Call, NamedCall, Names, UnreadSource, search, waiters};

/// What a program uses of the AWS SDK for Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Analysis {
    /// What told which operations there are.
    pub evidence: Evidence,
    /// The operations, sorted.
    pub operations: Vec<ReachableOperation>,
    /// Files of packages that may hold calls and could not be searched, sorted.
    pub unread: Vec<UnreadSource>,
}

/// An operation that a program can reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReachableOperation {
    /// The operation.
    pub operation: Operation,
    /// On whose account it is there.
    pub origin: Origin,
    /// The places that may call it, sorted: hints. Of operations that have the same name in several services, a
    /// package that uses these services has the same places. Empty if the sources do not show any; always so for
    /// operations that are not the app's.
    pub calls: Vec<Call>,
}

/// On whose account an operation is in a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The app's, or that of a crate it is built from: the function's role has to allow it.
    App,
    /// The framework's own, for WebSocket connections. Which of these a function may send is in the manifest.
    Framework,
    /// That of `aws-config`, which gets credentials by it where there are no others. Functions have theirs in the
    /// environment: no role has to allow it.
    CredentialProviders,
}

impl Analysis {
    /// Analyses the program that Cargo built from `package` as `executable`.
    ///
    /// `metadata` is Cargo's, of the package's workspace and with all dependencies. An operation is not the app's if
    /// no package but `aws-config` or the framework depends on the service's crate, or if those that do have no
    /// place in their sources that could call it, and `aws-config` or the framework has.
    ///
    /// # Errors
    ///
    /// The executable tells nothing ([`operations`]), or the metadata do not have the package.
    pub fn of(
        executable: &Path,
        metadata: &Metadata,
        package: &PackageId,
    ) -> Result<Analysis, UsageError> {
        let usage = operations(executable)?;
        let dependencies = Dependencies::of(metadata, package)?;
        let mut services: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for operation in &usage.operations {
            let names = services.entry(&operation.sdk_crate).or_default();
            names.insert(&operation.name);
        }
        let services: Vec<Service<'_>> = services
            .into_iter()
            .map(|(sdk_crate, operations)| Service::new(sdk_crate, operations, &dependencies))
            .collect();
        let mut sources = Sources::new(&services);
        let operations = services
            .iter()
            .flat_map(|service| service.reachable(&mut sources))
            .collect();
        Ok(Analysis {
            evidence: usage.evidence,
            operations,
            unread: sources.unread.into_iter().collect(),
        })
    }

    /// The operations that the function's role has to allow.
    pub fn of_app(&self) -> impl Iterator<Item = &ReachableOperation> {
        let operations = self.operations.iter();
        operations.filter(|operation| operation.origin == Origin::App)
    }
}

/// A crate of the SDK.
struct Service<'m> {
    sdk_crate: &'m str,
    operations: BTreeSet<&'m str>,
    users: Users<'m>,
    /// The methods that make waiters, with what these poll.
    waiters: BTreeMap<String, BTreeSet<String>>,
}

impl<'m> Service<'m> {
    fn new(
        sdk_crate: &'m str,
        operations: BTreeSet<&'m str>,
        dependencies: &Dependencies<'m>,
    ) -> Service<'m> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for package in dependencies.named(sdk_crate) {
            for (method, polled) in waiters(package) {
                found.entry(method).or_default().extend(polled);
            }
        }
        Service {
            sdk_crate,
            operations,
            users: dependencies.users_of(sdk_crate),
            waiters: found,
        }
    }

    fn reachable(&self, sources: &mut Sources<'m>) -> Vec<ReachableOperation> {
        let others = &self.users.others;
        let app = self.calls(others.iter().copied(), sources);
        let framework = self.calls(self.users.framework.into_iter(), sources);
        let credential_providers = self.calls(self.users.credential_providers.into_iter(), sources);
        let operations = self.operations.iter();
        operations
            .map(|name| {
                let calls: BTreeSet<Call> = app.get(name).cloned().unwrap_or_default();
                let origin = if !calls.is_empty() {
                    Origin::App
                } else if framework.contains_key(name) {
                    Origin::Framework
                } else if credential_providers.contains_key(name) {
                    Origin::CredentialProviders
                } else if !others.is_empty() {
                    Origin::App
                } else if self.users.framework.is_some() {
                    Origin::Framework
                } else if self.users.credential_providers.is_some() {
                    Origin::CredentialProviders
                } else {
                    // The metadata are not those of the executable: what is too much in a report is
                    // seen, what is missing is not.
                    Origin::App
                };
                ReachableOperation {
                    operation: Operation {
                        sdk_crate: self.sdk_crate.to_owned(),
                        name: (*name).to_owned(),
                    },
                    origin,
                    calls: calls.into_iter().collect(),
                }
            })
            .collect()
    }

    /// The places in these packages that may call each of the operations.
    fn calls(
        &self,
        packages: impl Iterator<Item = &'m Package>,
        sources: &mut Sources<'m>,
    ) -> BTreeMap<&'m str, BTreeSet<Call>> {
        let mut found: BTreeMap<&str, BTreeSet<Call>> = BTreeMap::new();
        for package in packages {
            for (name, call) in sources.calls_of(package) {
                let polled = self.waiters.get(name).into_iter().flatten();
                for name in polled.chain([name]) {
                    if let Some(name) = self.operations.get(name.as_str()) {
                        found.entry(name).or_default().insert(call.clone());
                    }
                }
            }
        }
        found
    }
}

/// The sources of packages, each searched once.
struct Sources<'m> {
    names: Names,
    searched: BTreeMap<&'m PackageId, Vec<NamedCall>>,
    unread: BTreeSet<UnreadSource>,
}

impl<'m> Sources<'m> {
    fn new(services: &[Service<'_>]) -> Sources<'m> {
        let mut names = Names::default();
        for service in services {
            let operations = service.operations.iter();
            names
                .operations
                .extend(operations.map(|name| (*name).to_owned()));
            let waiters = service.waiters.iter();
            names.waiters.extend(
                waiters
                    .filter(|(_, polled)| {
                        polled
                            .iter()
                            .any(|name| service.operations.contains(name.as_str()))
                    })
                    .map(|(method, _)| method.clone()),
            );
        }
        Sources {
            names,
            searched: BTreeMap::new(),
            unread: BTreeSet::new(),
        }
    }

    fn calls_of(&mut self, package: &'m Package) -> &[NamedCall] {
        let (names, unread) = (&self.names, &mut self.unread);
        self.searched
            .entry(&package.id)
            .or_insert_with(|| search(package, names, unread))
    }
}
