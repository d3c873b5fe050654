//! What botocore knows of the services: their operations, of which the AWS SDK for Rust is made, too.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
};

use flate2::read::GzDecoder;
use serde::Deserialize;

/// Crates whose services have other actions than the name says that their requests are signed for.
const PREFIXES: &[(&str, &str)] = &[
    ("cloudcontrol", "cloudformation"),
    ("cloudwatch", "cloudwatch"),
    ("iotdataplane", "iot"),
    ("iotjobsdataplane", "iotjobsdata"),
    ("iotsecuretunneling", "iot"),
    ("mturk", "mechanicalturk"),
    ("partnercentralaccount", "partnercentral"),
    ("partnercentralbenefits", "partnercentral"),
    ("partnercentralchannel", "partnercentral"),
    ("partnercentralselling", "partnercentral"),
    ("resourcegroupstagging", "tag"),
];

/// Crates of Amazon API Gateway, whose actions are methods of HTTP where they have no name of their own.
const ACTIONS_ARE_METHODS: &[&str] = &["apigateway", "apigatewayv2"];

/// The services by the name of their crate, without `aws-sdk-`.
pub(crate) type Sdk = BTreeMap<String, Crate>;

/// A crate of the SDK.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Crate {
    /// What its actions begin with.
    pub(crate) prefix: String,
    /// Its operations by name, each with what follows its name in the file.
    pub(crate) operations: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Model {
    metadata: Metadata,
    operations: BTreeMap<String, Operation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    service_id: String,
    endpoint_prefix: String,
    signing_name: Option<String>,
}

#[derive(Deserialize)]
struct Operation {
    http: Http,
    #[serde(default)]
    auth: Vec<String>,
    authtype: Option<String>,
}

#[derive(Deserialize)]
struct Http {
    method: String,
}

/// Reads `botocore/data`: of each service its newest API.
///
/// # Errors
///
/// When a model cannot be read.
pub(crate) fn read(folder: &Path) -> Result<Sdk, String> {
    let mut sdk = Sdk::new();
    for service in folders(folder)? {
        let mut newest = None;
        for version in folders(&service)? {
            let models = ["service-2.json", "service-2.json.gz"].map(|it| version.join(it));
            newest = models.into_iter().find(|it| it.exists()).or(newest);
        }
        let Some(path) = newest else { continue };
        let unreadable = |error: io::Error| format!("{} cannot be read: {error}", path.display());
        let file = BufReader::new(File::open(&path).map_err(unreadable)?);
        let mut text = String::new();
        match path.extension().is_some_and(|it| it == "gz") {
            true => GzDecoder::new(file).read_to_string(&mut text),
            false => { file }.read_to_string(&mut text),
        }
        .map_err(unreadable)?;
        let model: Model = serde_json::from_str(&text)
            .map_err(|error| format!("{} is no model of a service: {error}", path.display()))?;
        add(&mut sdk, model)?;
    }
    Ok(sdk)
}

/// The folders in a folder, sorted.
fn folders(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let unreadable = |error: io::Error| format!("{} cannot be read: {error}", folder.display());
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}

/// Services with the same id are one crate.
fn add(sdk: &mut Sdk, model: Model) -> Result<(), String> {
    let name = crate_name(&model.metadata.service_id);
    let other = PREFIXES
        .iter()
        .find(|it| it.0 == name)
        .map(|it| it.1.to_owned());
    let prefix = other
        .or(model.metadata.signing_name)
        .unwrap_or(model.metadata.endpoint_prefix);
    let with_methods = ACTIONS_ARE_METHODS.contains(&name.as_str());
    let same = sdk.entry(name.clone()).or_insert_with(|| Crate {
        prefix: prefix.clone(),
        operations: BTreeMap::new(),
    });
    if same.prefix != prefix {
        return Err(format!(
            "aws-sdk-{name} is of two services, `{}` and `{prefix}`",
            same.prefix
        ));
    }
    for (operation, it) in model.operations {
        let unsigned = it.authtype.as_deref() == Some("none")
            || it.auth.iter().any(|it| it == "smithy.api#noAuth");
        let suffix = match (unsigned, with_methods) {
            (true, _) => "!".to_owned(),
            (false, true) => format!("={}", it.http.method),
            (false, false) => String::new(),
        };
        same.operations.insert(operation, suffix);
    }
    Ok(())
}

/// The name of the crate for a service's id, without `aws-sdk-`: in lower case, without blanks and
/// dashes, and without `service` or `api` at its end.
fn crate_name(service_id: &str) -> String {
    let name = service_id.to_lowercase().replace([' ', '-'], "");
    let short = name.strip_suffix("service").unwrap_or(&name);
    short.strip_suffix("api").unwrap_or(short).to_owned()
}

/// `sdk.txt`: a line per crate, of three columns with a tab between: its name without `aws-sdk-`, the
/// prefix of its actions, and its operations, `|` between them. `!` follows an operation whose requests
/// are not signed, `=GET` one whose action is the method of HTTP.
pub(crate) fn table(sdk: &Sdk) -> String {
    let mut text = String::new();
    for (name, it) in sdk {
        let operations: Vec<String> = it
            .operations
            .iter()
            .map(|(operation, suffix)| format!("{operation}{suffix}"))
            .collect();
        text += &format!("{name}\t{}\t{}\n", it.prefix, operations.join("|"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn model(id: &str, signing_name: &str, operations: serde_json::Value) -> Model {
        let metadata = json!({
            "serviceId": id, "endpointPrefix": "endpoint", "signingName": signing_name,
        });
        serde_json::from_value(json!({ "metadata": metadata, "operations": operations })).unwrap()
    }

    #[test]
    fn crates_are_named_as_the_sdk_names_them() {
        for (id, name) in [
            ("SFN", "sfn"),
            ("Cognito Identity Provider", "cognitoidentityprovider"),
            ("Config Service", "config"),
            ("ApiGatewayManagementApi", "apigatewaymanagement"),
            ("Route 53", "route53"),
            ("Lex Runtime V2", "lexruntimev2"),
            ("chime-sdk", "chimesdk"),
        ] {
            assert_eq!(crate_name(id), name);
        }
    }

    #[test]
    fn operations_say_what_is_special() {
        let mut sdk = Sdk::new();
        let get = json!({ "http": { "method": "GET" } });
        let open = json!({ "http": { "method": "POST" }, "auth": ["smithy.api#noAuth"] });
        let old = json!({ "http": { "method": "POST" }, "authtype": "none" });
        let sign_in = json!({ "GetUser": get, "SignUp": open, "SignIn": old });
        add(&mut sdk, model("Cognito", "cognito-idp", sign_in)).unwrap();
        add(
            &mut sdk,
            model("API Gateway", "apigateway", json!({ "GetApi": get })),
        )
        .unwrap();
        add(
            &mut sdk,
            model("CloudControl", "cloudcontrolapi", json!({ "Get": get })),
        )
        .unwrap();
        assert_eq!(
            table(&sdk),
            "apigateway\tapigateway\tGetApi=GET\ncloudcontrol\tcloudformation\tGet\n\
             cognito\tcognito-idp\tGetUser|SignIn!|SignUp!\n"
        );
    }

    #[test]
    fn one_crate_is_of_one_service() {
        let mut sdk = Sdk::new();
        add(&mut sdk, model("One", "one", json!({}))).unwrap();
        add(&mut sdk, model("One", "one", json!({}))).unwrap();
        let error = add(&mut sdk, model("One", "two", json!({}))).unwrap_err();
        assert_eq!(error, "aws-sdk-one is of two services, `one` and `two`");
    }
}
