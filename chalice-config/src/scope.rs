//! The top of the file, or one of its stages.

use std::collections::BTreeMap;

use chalice_core::name;

use crate::{
    ApiSettings, FunctionSettings, Problem, Refusal,
    key::{self, Place},
    reading::{Given, Section},
};

/// Both have settings for all functions, for single ones, and for the API.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Scope {
    pub(crate) api: ApiSettings,
    pub(crate) settings: FunctionSettings,
    /// `lambda_functions`, by the function's name.
    pub(crate) functions: BTreeMap<String, FunctionSettings>,
}

impl Scope {
    pub(crate) fn read(section: &Section<'_>, place: Place, problems: &mut Vec<Problem>) -> Scope {
        key::check(section, place, problems);
        let api = ApiSettings::read(section, problems);
        let settings = FunctionSettings::read(section, problems);
        let functions = section
            .given("lambda_functions")
            .and_then(|functions| functions.section(problems));
        let mut scope = Scope {
            api,
            settings,
            functions: BTreeMap::new(),
        };
        for (name, given) in functions.iter().flat_map(Section::all) {
            check_name(name, "function", &given, problems);
            if let Some(function) = given.section(problems) {
                key::check(&function, Place::Function, problems);
                let settings = FunctionSettings::read(&function, problems);
                scope.functions.insert(name.to_owned(), settings);
            }
        }
        scope
    }
}

/// Refuses a name that cannot be a part of a function's.
pub(crate) fn check_name(name: &str, of: &str, given: &Given<'_>, problems: &mut Vec<Problem>) {
    if let Some(problem) = name::problem(name) {
        let refusal = Refusal::new(
            format!("its key is the name of a {of}, and {problem}"),
            "choose another name",
        );
        given.refuse(refusal, problems);
    }
}
