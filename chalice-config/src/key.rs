//! The table of keys: which there are, where each may stand, and what it says.

use std::fmt;

use chalice_core::suggest::nearest;
use serde_json::{Value, json};

use crate::{
    ApiSettings, FunctionSettings, Problem, Refusal,
    app::{AppName, SchemaFile, Version},
    reading::{Section, Setting as _, section::OTHER_NAMES},
};

/// A place of the file in which keys stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The file itself.
    Top,
    /// `stages.<stage>`
    Stage,
    /// `lambda_functions.<function>`, at the top or in a stage.
    Function,
}

/// A key of the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// Where it may stand.
    pub(crate) places: &'static [Place],
    /// What it says, in lines as comments have them.
    pub(crate) meaning: &'static str,
    /// The JSON Schema of its values.
    pub(crate) schema: fn() -> Value,
}

pub(crate) const TOP: &[Place] = &[Place::Top];
pub(crate) const TOP_AND_STAGE: &[Place] = &[Place::Top, Place::Stage];
pub(crate) const ANYWHERE: &[Place] = &[Place::Top, Place::Stage, Place::Function];
pub(crate) const FUNCTION: &[Place] = &[Place::Function];

/// The keys of the file's frame. Those of settings are where the settings are.
const FRAME: [Key; 5] = [
    Key {
        name: "$schema",
        places: TOP,
        meaning: "The JSON Schema by which editors check the file.",
        schema: SchemaFile::schema,
    },
    Key {
        name: "version",
        places: TOP,
        meaning: "The format of the file: \"2.0\".",
        schema: Version::schema,
    },
    Key {
        name: "app_name",
        places: TOP,
        meaning: "The app's name, with which the names of all its AWS resources begin.",
        schema: AppName::schema,
    },
    Key {
        name: "stages",
        places: TOP,
        meaning: "The app's stages by their names, and what each has of its own.",
        schema: || {
            json!({
                "type": "object",
                "propertyNames": { "pattern": "^[A-Za-z0-9_-]{1,60}$" },
                "additionalProperties": { "$ref": "#/$defs/stage" },
            })
        },
    },
    Key {
        name: "lambda_functions",
        places: TOP_AND_STAGE,
        meaning: "What single functions have of their own, by their names. `api_handler` answers the routes.",
        schema: || {
            json!({
                "type": "object",
                "propertyNames": { "pattern": "^[A-Za-z0-9_-]{1,60}$" },
                "additionalProperties": { "$ref": "#/$defs/function" },
            })
        },
    },
];

/// Keys of AWS Chalice that have no meaning here, and what to do instead.
const GONE: [(&str, &str, &str); 2] = [
    (
        "profile",
        "credentials belong to who deploys, not to the app",
        "set the environment variable AWS_PROFILE",
    ),
    (
        "lambda_python_version",
        "there is no Python in the app",
        "leave it out",
    ),
];

/// All keys.
pub(crate) fn keys() -> impl Iterator<Item = &'static Key> {
    static FRAME_KEYS: [Key; 5] = FRAME;
    FRAME_KEYS
        .iter()
        .chain(ApiSettings::KEYS)
        .chain(FunctionSettings::KEYS)
}

/// The names of the keys that may stand in that place, other names included.
pub(crate) fn names(place: Place) -> impl Iterator<Item = &'static str> {
    let others = move |key: &'static str| {
        OTHER_NAMES
            .iter()
            .filter(move |(_, canonical)| *canonical == key)
            .map(|(other, _)| *other)
    };
    keys()
        .filter(move |key| key.places.contains(&place))
        .flat_map(move |key| std::iter::once(key.name).chain(others(key.name)))
}

/// Refuses the keys of `section` that have no business in that place.
pub(crate) fn check(section: &Section<'_>, place: Place, problems: &mut Vec<Problem>) {
    for name in section.keys() {
        if names(place).any(|known| known == name) {
            continue;
        }
        section.refuse_key(name, refusal(name, place), problems);
    }
}

fn refusal(name: &str, place: Place) -> Refusal {
    if let Some((_, reason, fix)) = GONE.iter().find(|(gone, ..)| *gone == name) {
        return Refusal::new(*reason, *fix);
    }
    let canonical = OTHER_NAMES
        .iter()
        .find(|(other, _)| *other == name)
        .map_or(name, |(_, canonical)| canonical);
    if let Some(key) = keys().find(|key| key.name == canonical) {
        let places: Vec<String> = key.places.iter().map(Place::to_string).collect();
        let here = match place {
            Place::Top => "at the top of the file",
            Place::Stage => "in a stage",
            Place::Function => "with a function",
        };
        return Refusal::new(
            format!("the setting has no place {here}"),
            format!("it belongs {}", places.join(", or ")),
        );
    }
    if let Some(known) = nearest(name, names(place)) {
        return Refusal::new(
            "there is no such setting",
            format!("did you mean `{known}`?"),
        );
    }
    let elsewhere = [Place::Top, Place::Stage, Place::Function]
        .into_iter()
        .filter(|other| *other != place)
        .find_map(|other| Some((other, nearest(name, names(other))?)));
    Refusal::new(
        "there is no such setting",
        match elsewhere {
            Some((other, known)) => format!("did you mean `{known}`, which belongs {other}?"),
            None => {
                "leave it out; environment variables of functions stand in `environment_variables`"
                    .to_owned()
            }
        },
    )
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Place::Top => "at the top of the file",
            Place::Stage => "in a stage, `stages.<stage>`",
            Place::Function => {
                "with a function, `lambda_functions.<function>` at the top or in a stage"
            }
        })
    }
}
