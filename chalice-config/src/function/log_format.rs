//! `log_format`: the form of a function's log, and what of it is kept.

use serde_json::{Value, json};

use crate::{
    Problem,
    reading::{Given, Setting, words},
};

words! {
    enum Format: "the formats of AWS Lambda's logs" {
        Text = "text",
        Json = "json",
    }
}

words! {
    /// The least level of the app's own lines that AWS Lambda keeps.
    #[derive(Default)]
    pub enum ApplicationLogLevel: "the levels of an app's log" {
        /// All of them.
        Trace = "TRACE",
        /// From `DEBUG` up.
        Debug = "DEBUG",
        /// From `INFO` up: AWS Lambda's default.
        #[default]
        Info = "INFO",
        /// From `WARN` up.
        Warn = "WARN",
        /// From `ERROR` up.
        Error = "ERROR",
        /// Fatal errors alone.
        Fatal = "FATAL",
    }
}

words! {
    /// The least level of AWS Lambda's own lines that it keeps.
    #[derive(Default)]
    pub enum SystemLogLevel: "the levels of AWS Lambda's own lines" {
        /// All of them.
        Debug = "DEBUG",
        /// Also the reports of invocations: the default.
        #[default]
        Info = "INFO",
        /// Warnings alone.
        Warn = "WARN",
    }
}

/// How AWS Lambda writes a function's log (AWS Lambda, "Configuring advanced logging controls for
/// Lambda functions").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines of text: AWS Lambda's default. It keeps all of them.
    #[default]
    Text,
    /// JSON, of which AWS Lambda drops what is below the levels.
    Json {
        /// For the app's lines.
        application_level: ApplicationLogLevel,
        /// For AWS Lambda's lines.
        system_level: SystemLogLevel,
    },
}

impl Setting for LogFormat {
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<LogFormat> {
        if given.value.is_object() {
            let section = given.section(problems)?;
            section.no_keys_but(&["application_level", "system_level"], problems);
            return Some(LogFormat::Json {
                application_level: section
                    .setting("application_level", problems)
                    .unwrap_or_default(),
                system_level: section
                    .setting("system_level", problems)
                    .unwrap_or_default(),
            });
        }
        match <Format as Setting>::read(given, problems)? {
            Format::Text => Some(LogFormat::Text),
            Format::Json => Some(LogFormat::Json {
                application_level: ApplicationLogLevel::default(),
                system_level: SystemLogLevel::default(),
            }),
        }
    }

    fn schema() -> Value {
        json!({
            "anyOf": [
                <Format as Setting>::schema(),
                {
                    "type": "object",
                    "description": "JSON with levels, below which lines are dropped.",
                    "properties": {
                        "application_level": <ApplicationLogLevel as Setting>::schema(),
                        "system_level": <SystemLogLevel as Setting>::schema(),
                    },
                    "additionalProperties": false,
                },
            ],
        })
    }
}
