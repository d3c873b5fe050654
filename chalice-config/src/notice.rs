//! What is taken, and does not do what one might expect.

use std::collections::BTreeMap;

use crate::{Layers, Problem, Refusal, SnapStart, Stage, TlsVersion};

impl Stage {
    /// Settings of the stage that are taken without an effect, or with another one than they say:
    /// for a tool to show, not to fail. `functions` are those of the app, as for [`Stage::check`].
    pub fn notices(&self, functions: Option<&[&str]>) -> Vec<Problem> {
        let mut notices = Vec::new();
        let api = self.api_settings();
        if api.automatic_layer == Some(true) {
            notices.push(Problem {
                key: self.place("automatic_layer", None),
                value: "true".to_owned(),
                refusal: Refusal::new(
                    "it is for packages of Python; what a Rust app depends on is in its binary, so there is no layer",
                    "leave it out",
                ),
            });
        }
        for (key, domain) in [
            ("api_gateway_custom_domain", api.api_gateway_custom_domain),
            (
                "websocket_api_custom_domain",
                api.websocket_api_custom_domain,
            ),
        ] {
            if domain.is_some_and(|domain| domain.tls_version == TlsVersion::Tls1_1) {
                notices.push(Problem {
                    key: format!("{}.tls_version", self.place(key, None)),
                    value: "\"TLS_1_1\"".to_owned(),
                    refusal: Refusal::new(
                        "Amazon API Gateway has no such security policy; the next stricter one, TLS_1_2, is taken",
                        "write \"TLS_1_2\"",
                    ),
                });
            }
        }
        let functions: Vec<Option<&str>> = match functions {
            Some(functions) => functions.iter().copied().map(Some).collect(),
            None => std::iter::once(None)
                .chain(self.function_names().into_iter().map(Some))
                .collect(),
        };
        self.unused(&functions, &mut notices);
        for function in functions {
            self.notices_of_function(function, &mut notices);
        }
        notices
    }

    /// What stands somewhere and has an effect on none of the functions.
    fn unused(&self, functions: &[Option<&str>], notices: &mut Vec<Problem>) {
        // By where it stands: the notice, unless a function makes use of it.
        let mut places: BTreeMap<String, Option<Problem>> = BTreeMap::new();
        for function in functions {
            let settings = self.function_settings(*function);
            let role = settings.iam_role_arn.as_ref().map(|arn| {
                let refusal = Refusal::new(
                    "roles are created with the app, so it has no effect",
                    "write `\"manage_iam_role\": false` beside it, or leave it out",
                );
                let is_used = settings.manage_iam_role == Some(false);
                ("iam_role_arn", arn.to_string(), is_used, refusal)
            });
            let policy = settings.iam_policy_file.as_ref().map(|file| {
                let refusal = match self.command_line().option("autogen_policy") {
                    Some(option) => Refusal::new(
                        format!("the command line has {option}, so it has no effect"),
                        format!("leave {option} out"),
                    ),
                    None => Refusal::new(
                        "the role's policy is worked out from the app, so it has no effect",
                        "write `\"autogen_policy\": false` beside it, or leave it out",
                    ),
                };
                let is_used = settings.autogen_policy == Some(false);
                ("iam_policy_file", file.to_string(), is_used, refusal)
            });
            for (key, value, is_used, refusal) in [role, policy].into_iter().flatten() {
                let key = self.place(key, *function);
                let notice = Problem {
                    key: key.clone(),
                    value: format!("{value:?}"),
                    refusal,
                };
                let known = places.entry(key).or_insert(Some(notice));
                if is_used {
                    *known = None;
                }
            }
        }
        notices.extend(places.into_values().flatten());
    }

    fn notices_of_function(&self, function: Option<&str>, notices: &mut Vec<Problem>) {
        let settings = self.function_settings(function);
        let mut notice = |key: &str, value: &str, refusal: Refusal| {
            let notice = Problem {
                key: self.place(key, function),
                value: value.to_owned(),
                refusal,
            };
            if !notices.contains(&notice) {
                notices.push(notice);
            }
        };
        if settings.snap_start == Some(SnapStart::PublishedVersions) {
            let refusal = Refusal::new(
                "AWS Lambda documents SnapStart for Java, Python and .NET, and may refuse it for provided.al2023, on which \
                 Rust runs",
                "leave it out if the deployment fails",
            );
            notice("snap_start", "\"PublishedVersions\"", refusal);
        }
        for layer in settings.layers.iter().flat_map(Layers::iter) {
            if !layer.has_whole_account() {
                let refusal = Refusal::new(
                    format!("the account in {layer} has less than the 12 digits that AWS takes"),
                    "write all of them, zeros included",
                );
                notice("layers", "a list", refusal);
            }
        }
    }
}
