//! What the environment says about the log: AWS, "Configuring advanced logging
//! controls for Lambda functions".

use tracing::metadata::LevelFilter;

use super::filter::{Filter, level};

/// What lines look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// A JSON object per line, for CloudWatch Logs.
    Json,
    /// Text, for people.
    Text,
}

/// How the log is written.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) format: Format,
    pub(super) filter: Filter,
    /// The Lambda function's name; `None` outside of Lambda.
    pub(super) function_name: Option<String>,
}

impl Settings {
    /// Reads the variables with `get`; with what is wrong about them.
    /// `crates` collects those that the app is written in.
    pub(super) fn new(
        get: impl Fn(&str) -> Option<String>,
        default_format: Format,
        crates: fn() -> Vec<&'static str>,
    ) -> (Settings, Vec<String>) {
        let get = |name: &str| get(name).filter(|value| !value.is_empty());
        let mut problems = Vec::new();

        let format = match get("AWS_LAMBDA_LOG_FORMAT") {
            None => default_format,
            Some(name) if name.eq_ignore_ascii_case("json") => Format::Json,
            Some(name) if name.eq_ignore_ascii_case("text") => Format::Text,
            Some(name) => {
                problems.push(format!(
                    "the environment variable AWS_LAMBDA_LOG_FORMAT is `{name}`, and is ignored: it is neither `JSON` nor `Text`"
                ));
                default_format
            }
        };

        let mut filter = Filter::new(LevelFilter::INFO, crates);
        if let Some(name) = get("AWS_LAMBDA_LOG_LEVEL") {
            match level(&name) {
                Some(level) => filter = Filter::new(level, crates),
                None => problems.push(format!(
                    "the environment variable AWS_LAMBDA_LOG_LEVEL is `{name}`, and is ignored: \
                     it is none of `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR`, `FATAL`"
                )),
            }
        }
        if let Some(directives) = get("RUST_LOG") {
            problems.extend(filter.add(&directives).into_iter().map(|directive| {
                format!(
                    "`{directive}` in the environment variable RUST_LOG is ignored: \
                     it is neither a level, nor `target=level`, nor a target"
                )
            }));
        }

        let settings = Settings {
            format,
            filter,
            function_name: get("AWS_LAMBDA_FUNCTION_NAME"),
        };
        (settings, problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(variables: &[(&str, &str)], default_format: Format) -> (Settings, Vec<String>) {
        let get = |name: &str| {
            let (_, value) = variables.iter().find(|(known, _)| *known == name)?;
            Some((*value).to_owned())
        };
        Settings::new(get, default_format, || vec!["shop"])
    }

    #[test]
    fn the_format_is_that_of_the_place_unless_the_environment_names_one() {
        for format in [Format::Json, Format::Text] {
            assert_eq!(settings(&[], format).0.format, format);
            for (name, expected) in [
                ("JSON", Format::Json),
                ("Text", Format::Text),
                ("", format),
                ("XML", format),
            ] {
                let variables = [("AWS_LAMBDA_LOG_FORMAT", name)];
                assert_eq!(settings(&variables, format).0.format, expected);
            }
        }
    }

    #[test]
    fn directives_come_after_the_level() {
        let levels = |variables: &[(&str, &str)]| {
            let (settings, problems) = settings(variables, Format::Json);
            assert_eq!(problems, [""; 0]);
            settings.filter.max_level()
        };
        let level = |name| ("AWS_LAMBDA_LOG_LEVEL", name);
        assert_eq!(levels(&[]), LevelFilter::INFO);
        assert_eq!(levels(&[level("DEBUG")]), LevelFilter::DEBUG);
        assert_eq!(levels(&[level("FATAL")]), LevelFilter::ERROR);
        assert_eq!(
            levels(&[level("DEBUG"), ("RUST_LOG", "warn")]),
            LevelFilter::WARN
        );
        assert_eq!(
            levels(&[level("ERROR"), ("RUST_LOG", "shop=debug")]),
            LevelFilter::DEBUG
        );
    }

    #[test]
    fn what_is_wrong_is_said_and_ignored() {
        let variables = [
            ("AWS_LAMBDA_LOG_FORMAT", "XML"),
            ("AWS_LAMBDA_LOG_LEVEL", "loud"),
            ("RUST_LOG", "shop=loud,debug"),
            ("AWS_LAMBDA_FUNCTION_NAME", "shop-dev"),
        ];
        let (settings, problems) = settings(&variables, Format::Json);
        assert_eq!(settings.function_name.as_deref(), Some("shop-dev"));
        assert_eq!(settings.filter.max_level(), LevelFilter::DEBUG);
        for (problem, part) in problems.iter().zip([
            "AWS_LAMBDA_LOG_FORMAT is `XML`",
            "AWS_LAMBDA_LOG_LEVEL is `loud`",
            "`shop=loud` in the environment variable RUST_LOG",
        ]) {
            assert!(problem.contains(part), "{problem}");
        }
        assert_eq!(problems.len(), 3);
    }
}
