//! `layers`: what AWS Lambda unpacks into a function's `/opt`.

use serde_json::{Value, json};

use crate::{
    Problem, Refusal,
    reading::{Given, Setting, arn::is_arn, text_setting},
};

/// AWS Lambda, "Adding layers to functions".
const MAX_LAYERS: usize = 5;

text_setting! {
    /// The ARN of one version of a layer: `arn:aws:lambda:<region>:<account>:layer:<name>:<version>`.
    pub struct LayerVersionArn;
    pattern: "arn:aws[a-z-]*:lambda:[^:]+:[0-9]{1,12}:layer:[A-Za-z0-9_-]+:[0-9]+",
    is_taken: is_layer_version,
    refusal: "AWS Lambda takes the ARN of a certain version of a layer",
    "write `arn:aws:lambda:<region>:<account>:layer:<name>:<version>`",
}

fn is_layer_version(text: &str) -> bool {
    let is_resource = |resource: &str| {
        let mut parts = resource.split(':');
        let layer = parts.next() == Some("layer");
        let name = parts.next().is_some_and(|name| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        });
        let version = parts.next().is_some_and(|version| {
            !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit())
        });
        layer && name && version && parts.next().is_none()
    };
    // An account of fewer digits loads, as for AWS Chalice, and is told as a notice: it stands in for
    // the real one in examples.
    let account = text.split(':').nth(4).unwrap_or_default();
    let is_number = !account.is_empty() && account.bytes().all(|byte| byte.is_ascii_digit());
    let padded = text.replacen(&format!(":{account}:"), &format!(":{account:0>12}:"), 1);
    is_number
        && is_arn(&padded, "lambda", |arn| {
            !arn.region.is_empty() && is_resource(arn.resource)
        })
}

impl LayerVersionArn {
    /// The layer's ARN, without the version.
    pub fn layer(&self) -> &str {
        self.0
            .rsplit_once(':')
            .map_or(&self.0, |(layer, _version)| layer)
    }

    /// Whether the account has as many digits as AWS gives them.
    pub(crate) fn has_whole_account(&self) -> bool {
        self.0
            .split(':')
            .nth(4)
            .is_some_and(|account| account.len() == 12)
    }
}

/// The layers of a function, at most 5, in the order in which they are unpacked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layers(Vec<LayerVersionArn>);

impl Layers {
    /// The layers.
    pub fn iter(&self) -> impl Iterator<Item = &LayerVersionArn> {
        self.0.iter()
    }
}

impl Setting for Layers {
    fn read(given: &Given<'_>, problems: &mut Vec<Problem>) -> Option<Layers> {
        let elements = given.elements("ARNs of layers", problems)?;
        if elements.len() > MAX_LAYERS {
            let refusal = Refusal::new(
                format!("AWS Lambda takes at most {MAX_LAYERS} layers for a function"),
                "put what several of them hold into one layer",
            );
            given.refuse(refusal, problems);
            return None;
        }
        let mut layers: Vec<LayerVersionArn> = Vec::new();
        for element in &elements {
            let Some(layer) = <LayerVersionArn as Setting>::read(element, problems) else {
                continue;
            };
            match layers.iter().any(|other| other.layer() == layer.layer()) {
                true => element.refuse(
                    Refusal::new(
                        "AWS Lambda takes one version of a layer for a function",
                        "leave the other version of it out",
                    ),
                    problems,
                ),
                false => layers.push(layer),
            }
        }
        (layers.len() == elements.len()).then_some(Layers(layers))
    }

    fn schema() -> Value {
        json!({
            "type": "array",
            "items": <LayerVersionArn as Setting>::schema(),
            "maxItems": MAX_LAYERS,
            "uniqueItems": true,
        })
    }
}
