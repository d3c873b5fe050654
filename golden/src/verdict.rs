//! What comes of a comparison, for people.

use std::{fmt, fs, path::Path};

use chalice_config::{CommandLine, Config};
use chalice_core::manifest::model::Manifest;
use chalice_openapi::{Placeholders, SwaggerSettings};
use chalice_resources::Resources;
use serde_json::Value;

use crate::{Comparison, Intended, counterpart::Counterpart, sam, swagger, terraform};

/// What comes of the comparison of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    app: String,
    document: String,
    outcome: Result<(Comparison, &'static [Intended]), String>,
}

/// The kinds of documents that AWS Chalice writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Sam,
    Terraform,
    Swagger,
}

impl Kind {
    /// The kind of a file of that name, with the stage that it is of.
    fn of(file: &str) -> Option<(Kind, &str)> {
        let between = |start, end| file.strip_prefix(start)?.strip_suffix(end);
        [
            (Kind::Sam, between("sam-", ".json")),
            (Kind::Terraform, between("chalice-", ".tf.json")),
            (Kind::Swagger, between("swagger-", ".json")),
        ]
        .into_iter()
        .find_map(|(kind, stage)| Some((kind, stage?)))
    }
}

impl Verdict {
    /// The verdicts on all documents of an app, by name.
    ///
    /// # Errors
    ///
    /// When its folder cannot be read.
    pub fn of(
        counterpart: &Counterpart,
        manifest: &Manifest,
    ) -> Result<Vec<Verdict>, std::io::Error> {
        let output = counterpart.directory.join("out");
        let mut names = Vec::new();
        for entry in fs::read_dir(&output)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        let verdicts = names.into_iter().filter_map(|name| {
            let (kind, stage) = Kind::of(&name)?;
            let text = fs::read_to_string(output.join(&name)).ok()?;
            // Which is what there is of an app without routes.
            if text.trim().is_empty() {
                return None;
            }
            let outcome = serde_json::from_str(&text)
                .map_err(|error| format!("{name} is no JSON: {error}"))
                .and_then(|expected| compare(kind, counterpart, manifest, stage, &expected));
            Some(Verdict {
                app: counterpart.name.clone(),
                document: name,
                outcome,
            })
        });
        Ok(verdicts.collect())
    }

    /// Whether every difference is meant to be.
    pub fn is_passed(&self) -> bool {
        matches!(&self.outcome, Ok((comparison, _)) if comparison.unintended.is_empty())
    }
}

fn compare(
    kind: Kind,
    counterpart: &Counterpart,
    manifest: &Manifest,
    stage: &str,
    expected: &Value,
) -> Result<(Comparison, &'static [Intended]), String> {
    let app = &counterpart.name;
    Ok(match kind {
        Kind::Sam => {
            let resources = resources(&counterpart.directory, manifest, stage)?;
            let found = chalice_sam::template(&resources).map_err(|error| error.to_string())?;
            (sam::compare(app, expected, &found.into()), sam::INTENDED)
        }
        Kind::Terraform => {
            let resources = resources(&counterpart.directory, manifest, stage)?;
            let found =
                chalice_terraform::template(&resources).map_err(|error| error.to_string())?;
            (
                terraform::compare(app, expected, &found),
                terraform::INTENDED,
            )
        }
        Kind::Swagger => {
            let found =
                chalice_openapi::swagger(manifest, &SwaggerSettings::default(), &Placeholders)
                    .map_err(|error| error.to_string())?;
            let found = serde_json::to_value(found).map_err(|error| error.to_string())?;
            (swagger::compare(app, expected, &found), swagger::INTENDED)
        }
    })
}

fn resources(directory: &Path, manifest: &Manifest, stage: &str) -> Result<Resources, String> {
    let stage = Config::load_stage(directory, stage, CommandLine::default(), None)
        .map_err(|error| error.to_string())?;
    chalice_resources::resources(manifest, &stage).map_err(|error| error.to_string())
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Verdict {
            app,
            document,
            outcome,
        } = self;
        let (comparison, reasons) = match outcome {
            Ok(compared) => compared,
            Err(error) => return writeln!(f, "{app} {document}: failed: {error}"),
        };
        let Comparison {
            equal,
            intended,
            unintended,
        } = comparison;
        let verdict = match self.is_passed() {
            true => "passed",
            false => "failed",
        };
        writeln!(
            f,
            "{app} {document}: {verdict}: {equal} values equal, {} differences intended, {} not",
            intended.len(),
            unintended.len()
        )?;
        for difference in unintended {
            writeln!(f, "  not intended: {difference}")?;
        }
        for (index, difference) in intended {
            writeln!(
                f,
                "  intended: {}: {}",
                difference.path, reasons[*index].reason
            )?;
        }
        Ok(())
    }
}
