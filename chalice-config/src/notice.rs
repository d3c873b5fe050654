//! What is taken, and does not do what one might expect.

use crate::{Problem, Refusal, SnapStart, Stage, TlsVersion};

impl Stage {
    /// Settings of the stage that are taken without an effect, or with another one than they say:
    /// for a tool to show, not to fail.
    pub fn notices(&self) -> Vec<Problem> {
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
        self.notices_of_function(None, &mut notices);
        for name in self.function_names() {
            self.notices_of_function(Some(name), &mut notices);
        }
        notices
    }

    fn notices_of_function(&self, function: Option<&str>, notices: &mut Vec<Problem>) {
        let settings = self.function_settings(function);
        let mut notice = |key: &str, value: String, refusal: Refusal| {
            let notice = Problem {
                key: self.place(key, function),
                value,
                refusal,
            };
            if !notices.contains(&notice) {
                notices.push(notice);
            }
        };
        if settings.snap_start == Some(SnapStart::PublishedVersions) {
            notice(
                "snap_start",
                "\"PublishedVersions\"".to_owned(),
                Refusal::new(
                    "AWS Lambda documents SnapStart for Java, Python and .NET, and may refuse it for provided.al2023, on \
                     which Rust runs",
                    "leave it out if the deployment fails",
                ),
            );
        }
        if let Some(arn) = &settings.iam_role_arn
            && settings.manage_iam_role != Some(false)
        {
            notice(
                "iam_role_arn",
                format!("{:?}", arn.as_str()),
                Refusal::new(
                    "roles are created with the app, so it has no effect",
                    "write `\"manage_iam_role\": false` beside it, or leave it out",
                ),
            );
        }
        if let Some(file) = &settings.iam_policy_file
            && settings.autogen_policy != Some(false)
        {
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
            notice("iam_policy_file", format!("{:?}", file.as_str()), refusal);
        }
        for layer in settings.layers.iter().flat_map(crate::Layers::iter) {
            if !layer.has_whole_account() {
                notice(
                    "layers",
                    "a list".to_owned(),
                    Refusal::new(
                        format!(
                            "the account in {layer} has less than the 12 digits that AWS takes"
                        ),
                        "write all of them, zeros included",
                    ),
                );
            }
        }
    }
}
