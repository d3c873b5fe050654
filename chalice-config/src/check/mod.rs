//! What settings of a stage mean for each other, once it is known which of them win.

mod api;
mod function;

use chalice_core::suggest::{list, nearest};

use crate::{ConfigError, Problem, Refusal, Stage, reading::KeyPath};

/// A problem between settings.
struct Finding {
    /// The keys that it is about: if one of them has a problem of its own, this one may be
    /// nothing but its consequence.
    keys: &'static [&'static str],
    problem: Problem,
}

impl Stage {
    /// Checks what the stage's settings mean for each other: its API's, and those of each function
    /// of the app. Without `functions`, these are the ones of which the file says something, and one of
    /// which it says nothing; with them, the file may say nothing of others.
    ///
    /// # Errors
    ///
    /// When AWS would not take them together, or a file that they name is not there: with all that is
    /// wrong.
    pub fn check(&self, functions: Option<&[&str]>) -> Result<(), ConfigError> {
        let mut problems = Vec::new();
        self.check_beside(functions, &mut problems);
        ConfigError::of(&self.path, problems)
    }

    /// Adds what is wrong between settings to what is wrong with values.
    pub(crate) fn check_beside(&self, functions: Option<&[&str]>, problems: &mut Vec<Problem>) {
        let mut findings = Vec::new();
        self.check_api(&mut findings);
        match functions {
            Some(functions) => {
                self.check_names(functions, &mut findings);
                for name in functions {
                    self.check_function(Some(name), &mut findings);
                }
            }
            None => {
                self.check_function(None, &mut findings);
                for name in self.function_names() {
                    self.check_function(Some(name), &mut findings);
                }
            }
        }
        let own = KeyPath::default()
            .key("stages")
            .key(self.name())
            .to_string();
        let refused: Vec<String> = problems
            .iter()
            .map(|problem| problem.key.clone())
            .filter(|key| !key.starts_with("stages.") || key.starts_with(&own))
            .collect();
        let is_refused = |key: &str| {
            refused
                .iter()
                .any(|path| path.split(['.', '[']).any(|part| part == key))
        };
        for Finding { keys, problem } in findings {
            if !keys.iter().any(|key| is_refused(key)) && !problems.contains(&problem) {
                problems.push(problem);
            }
        }
    }

    /// The functions of the file have to be functions of the app.
    fn check_names(&self, functions: &[&str], findings: &mut Vec<Finding>) {
        for name in self.function_names() {
            if functions.contains(&name) {
                continue;
            }
            let known = || functions.iter().copied();
            let fix = match nearest(name, known()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("leave it out; the app has {}", list(known())),
            };
            for path in self.paths_of_function(name) {
                let refusal = Refusal::new("the app has no function of that name", fix.clone());
                findings.push(Finding {
                    keys: &[],
                    problem: Problem {
                        key: path.to_string(),
                        value: "an object".to_owned(),
                        refusal,
                    },
                });
            }
        }
    }
}
