//! What `.chalice/config.json` says of the stage for which a command works.

use std::io::ErrorKind;
use std::path::Path;

use chalice_config::{AppName, CommandLine, Config, ConfigError, DEFAULT_STAGE, PATH, Stage};

/// The stage of the project in that folder, which need not have a configuration: then the defaults hold.
///
/// # Errors
///
/// When the configuration is none with which the stage can be deployed.
pub(crate) fn load(
    project: &Path,
    stage: &str,
    command_line: CommandLine,
) -> Result<Option<Stage>, ConfigError> {
    match Config::load_stage(project, stage, command_line, None) {
        Ok(stage) => Ok(Some(stage)),
        // A link to nowhere is a file that somebody wants to be read.
        Err(ConfigError::Unreadable { reason, path })
            if reason.kind() == ErrorKind::NotFound && !path.is_symlink() =>
        {
            // The name becomes that of a folder, and a part of others, before the app's is known.
            let any = AppName::new("app").map(Config::of_app);
            if let Ok(any) = any {
                any.stage(stage)?.check(None)?;
            }
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Checks the stage against the functions that the app has, once they are known, and says what
/// has no effect.
pub(crate) fn check(stage: &Stage, functions: &[&str]) -> Result<(), ConfigError> {
    for notice in notices(stage, functions)? {
        eprintln!("warning: {notice}");
    }
    Ok(())
}

/// As [`check`], for who says it later: a sentence each.
pub(crate) fn notices(stage: &Stage, functions: &[&str]) -> Result<Vec<String>, ConfigError> {
    stage.check(Some(functions))?;
    // Files that list no stage are for the default one.
    let is_unlisted = !stage.is_listed() && stage.name() != DEFAULT_STAGE;
    let unlisted = is_unlisted.then(|| {
        format!(
            "{PATH} does not list the stage `{}`, which so has what stands at the top of the file",
            stage.name()
        )
    });
    let notices = stage.notices(Some(functions));
    let notices = notices.iter().map(|notice| format!("{PATH}: {notice}"));
    Ok(unlisted.into_iter().chain(notices).collect())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use chalice_config::LambdaArchitecture::{Arm64, X86_64};

    use super::*;

    #[test]
    fn a_project_without_a_configuration_has_the_defaults() {
        let project = tempfile::tempdir().unwrap();
        let load = |command_line| load(project.path(), "prod", command_line);
        assert!(load(CommandLine::default()).unwrap().is_none());
        let file = project.path().join(PATH);
        for name in ["", "../other", "my stage"] {
            let stage = super::load(project.path(), name, CommandLine::default());
            let error = stage.unwrap_err().to_string();
            assert!(error.contains("is the stage that is asked for"), "{error}");
        }
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        let text =
            r#"{"version": "2.0", "app_name": "a", "stages": {"prod": {"architecture": "arm64"}}}"#;
        fs::write(&file, text).unwrap();
        let stage = load(CommandLine::default()).unwrap().unwrap();
        assert_eq!(stage.lambda_architecture(), Arm64);
        // The command line wins.
        let command_line = CommandLine {
            lambda_architecture: Some(X86_64),
            ..CommandLine::default()
        };
        let stage = load(command_line).unwrap().unwrap();
        assert_eq!(stage.lambda_architecture(), X86_64);
        fs::write(&file, text.replace("arm64", "arm")).unwrap();
        let error = load(CommandLine::default()).unwrap_err().to_string();
        assert!(error.contains("`stages.prod.architecture`"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_nowhere_is_no_missing_file() {
        let project = tempfile::tempdir().unwrap();
        fs::create_dir(project.path().join(".chalice")).unwrap();
        std::os::unix::fs::symlink("nowhere", project.path().join(PATH)).unwrap();
        let error = load(project.path(), "dev", CommandLine::default()).unwrap_err();
        assert!(error.to_string().contains("cannot be read"), "{error}");
    }

    #[test]
    fn functions_that_the_app_does_not_have() {
        let text = r#"{"version": "2.0", "app_name": "a", "lambda_functions": {"resiez": {"lambda_timeout": 5}}}"#;
        let command_line = CommandLine::default();
        let stage = Config::parse_stage(Path::new(PATH), text, "dev", command_line, None).unwrap();
        let error = notices(&stage, &["resize"]).unwrap_err().to_string();
        assert!(error.contains("did you mean `resize`?"), "{error}");
        assert_eq!(notices(&stage, &["resiez"]).unwrap(), [""; 0]);
        let stage = Config::parse(Path::new(PATH), text).unwrap().stage("prod");
        assert_eq!(
            notices(&stage.unwrap(), &["resiez"]).unwrap(),
            [
                ".chalice/config.json does not list the stage `prod`, which so has what stands at the top of the file"
            ]
        );
    }
}
