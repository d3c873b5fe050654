//! Which packages of a program may call a crate of the AWS SDK.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, Package, PackageId};

use crate::error::UsageError;

/// The crate whose providers of credentials call AWS STS, AWS IAM Identity Center and AWS Sign-In.
const CREDENTIAL_PROVIDERS: &str = "aws-config";

/// The framework's crate that calls API Gateway for replies to WebSocket clients.
const FRAMEWORK: &str = "chalice-runtime";

/// A program's package and all that it is built from: without tests, build scripts and what is not enabled.
pub(crate) struct Dependencies<'m> {
    /// What a package depends on directly.
    edges: BTreeMap<&'m PackageId, BTreeSet<&'m PackageId>>,
    packages: BTreeMap<&'m PackageId, &'m Package>,
}

/// Who depends on a crate of the SDK.
#[derive(Default)]
pub(crate) struct Users<'m> {
    /// `aws-config`, if it does.
    pub(crate) credential_providers: Option<&'m Package>,
    /// The framework, if it does.
    pub(crate) framework: Option<&'m Package>,
    /// All others from which a chain of dependencies leads to the crate, but for chains through the two above:
    /// they may call it themselves or by way of a crate that exports it again.
    pub(crate) others: Vec<&'m Package>,
}

impl<'m> Dependencies<'m> {
    /// The dependencies of `program`.
    pub(crate) fn of(
        metadata: &'m Metadata,
        program: &PackageId,
    ) -> Result<Dependencies<'m>, UsageError> {
        let nodes: BTreeMap<&PackageId, &cargo_metadata::Node> = metadata
            .resolve
            .iter()
            .flat_map(|resolve| &resolve.nodes)
            .map(|node| (&node.id, node))
            .collect();
        let root = nodes
            .get(program)
            .ok_or_else(|| UsageError::NoSuchPackage {
                package: program.repr.clone(),
            })?;
        let mut edges = BTreeMap::new();
        let mut pending = vec![&root.id];
        while let Some(id) = pending.pop() {
            if edges.contains_key(id) {
                continue;
            }
            let linked = nodes.get(id).into_iter().flat_map(|node| &node.deps);
            let linked: BTreeSet<&PackageId> = linked
                .filter(|dependency| {
                    dependency
                        .dep_kinds
                        .iter()
                        .any(|kind| kind.kind == DependencyKind::Normal)
                })
                .map(|dependency| &dependency.pkg)
                .collect();
            pending.extend(&linked);
            edges.insert(id, linked);
        }
        let packages = metadata.packages.iter();
        let packages = packages
            .filter(|package| edges.contains_key(&package.id))
            .map(|package| (&package.id, package))
            .collect();
        Ok(Dependencies { edges, packages })
    }

    /// The crates of the SDK by this name: several if there are several versions.
    pub(crate) fn named(&self, name: &str) -> Vec<&'m Package> {
        let packages = self.packages.values().copied();
        packages
            .filter(|package| package.name.as_str() == name)
            .collect()
    }

    /// Who may call `sdk_crate`.
    pub(crate) fn users_of(&self, sdk_crate: &str) -> Users<'m> {
        let mut users = Users::default();
        let mut seen: BTreeSet<&PackageId> = BTreeSet::new();
        let named = self.named(sdk_crate).into_iter();
        let mut pending: Vec<&PackageId> = named.map(|package| &package.id).collect();
        while let Some(id) = pending.pop() {
            let dependents = self
                .edges
                .iter()
                .filter(|(_, linked)| linked.contains(id))
                .map(|(dependent, _)| *dependent);
            for dependent in dependents {
                let Some(package) = self.packages.get(dependent) else {
                    continue;
                };
                if !seen.insert(dependent) {
                    continue;
                }
                match package.name.as_str() {
                    CREDENTIAL_PROVIDERS => users.credential_providers = Some(package),
                    FRAMEWORK => users.framework = Some(package),
                    _ => {
                        users.others.push(package);
                        pending.push(dependent);
                    }
                }
            }
        }
        users.others.sort_by_key(|package| &package.id);
        users
    }
}
