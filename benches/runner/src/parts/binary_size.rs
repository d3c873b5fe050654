//! What is uploaded: the release binary of a hello world, stripped.
//!
//! All have the release profile of the benches' workspace, which is the one that `cargo chalice new-project`
//! gives to an app.

use std::fs;

use crate::{
    failure::Failure,
    figure::{Figure, Goal, Sample},
    part::{Part, Setting},
    subject::Subject,
};

pub(crate) const PART: Part = Part {
    name: "binary-size",
    about: "the release binary of a hello world, stripped",
    build,
    measure,
};

/// The same hello world as the peer's, and ours as it is scaffolded: with JSON, a parameter and CORS.
const OURS: [(&str, Subject); 2] = [
    ("the peer's hello world", Subject::Hello),
    ("the scaffold's two routes", Subject::Helloworld),
];
const PEER: Subject = Subject::CargoLambda;

fn build(setting: &Setting) -> Result<(), Failure> {
    let ours = OURS.iter().map(|(_, subject)| *subject);
    ours.chain([PEER])
        .try_for_each(|subject| subject.build(setting))
}

fn measure(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let peer = bytes(setting, PEER)?;
    let figure = |(what, subject): (&str, Subject)| {
        Ok(Figure {
            name: what.to_owned(),
            against: PEER.name().to_owned(),
            ours: bytes(setting, subject)?,
            peer: peer.clone(),
            goal: Goal::Below(0.6),
            unit: "bytes",
            measured: "size of the file",
        })
    };
    OURS.into_iter().map(figure).collect()
}

fn bytes(setting: &Setting, subject: Subject) -> Result<Sample, Failure> {
    let path = subject.executable(setting);
    let file = fs::metadata(&path).map_err(|error| Failure::File { path, error })?;
    Ok(Sample::exact(file.len() as f64))
}
