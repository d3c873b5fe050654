//! Deployments: what `cargo chalice package` has written becomes a stack.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{LocalStack, LocalStackError, PATIENCE};

/// Where the packages of functions are.
const BUCKET: &str = "packages";

/// The change set's name.
const CHANGE_SET: &str = "first";

/// Between two questions whether something has ended.
const PAUSE: Duration = Duration::from_millis(200);

/// What AWS CloudFormation has made of a template.
#[derive(Debug)]
pub struct Stack {
    /// The outputs by their names.
    pub outputs: BTreeMap<String, String>,
    /// The physical ids by the logical ones.
    pub resources: BTreeMap<String, String>,
}

impl LocalStack {
    /// Deploys the folder that `cargo chalice package` has written as a new stack: uploads the package by
    /// `aws cloudformation package`, makes a change set of the template, transforms of AWS SAM included, and executes it.
    ///
    /// # Errors
    ///
    /// When a step fails, takes too long, or the template has a type of resource that LocalStack does not know.
    pub fn deploy(&self, stack: &str, folder: &Path) -> Result<Stack, LocalStackError> {
        self.call("s3", "create_bucket", &json!({ "Bucket": BUCKET }))?;
        let template = self.package(stack, folder)?;
        let cloudformation =
            |operation: &str, input: &Value| self.call("cloudformation", operation, input);
        let change_set = json!({ "StackName": stack, "ChangeSetName": CHANGE_SET });
        let mut new = change_set.clone();
        new["ChangeSetType"] = "CREATE".into();
        new["TemplateBody"] = template.into();
        new["Capabilities"] = json!(["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]);
        cloudformation("create_change_set", &new)?;
        let described = self.settled(stack, || {
            let change_set = cloudformation("describe_change_set", &change_set)?;
            Ok((change_set["Status"].clone(), change_set))
        })?;
        if described["Status"] != "CREATE_COMPLETE" {
            return Err(failed(stack, &described));
        }
        cloudformation("execute_change_set", &change_set)?;
        let name = json!({ "StackName": stack });
        let made = self.settled(stack, || {
            let stack = cloudformation("describe_stacks", &name)?["Stacks"][0].take();
            Ok((stack["StackStatus"].clone(), stack))
        })?;
        let events = cloudformation("describe_stack_events", &name)?;
        // A type of resource that LocalStack does not know is created nevertheless, it says.
        let is_wrong = |event: &&Value| {
            let status = event["ResourceStatus"].as_str().unwrap_or_default();
            let reason = event["ResourceStatusReason"].as_str().unwrap_or_default();
            status.ends_with("FAILED") || reason.contains("not supported")
        };
        let wrong: Vec<&Value> = list(&events["StackEvents"]).filter(is_wrong).collect();
        if made["StackStatus"] != "CREATE_COMPLETE" || !wrong.is_empty() {
            return Err(failed(stack, &json!([made["StackStatus"], wrong])));
        }
        let resources = cloudformation("describe_stack_resources", &name)?;
        Ok(Stack {
            outputs: texts(&made["Outputs"], "OutputKey", "OutputValue"),
            resources: texts(
                &resources["StackResources"],
                "LogicalResourceId",
                "PhysicalResourceId",
            ),
        })
    }

    /// The template with the place of the package, which is uploaded.
    fn package(&self, stack: &str, folder: &Path) -> Result<String, LocalStackError> {
        let packaged = folder.join("packaged.json");
        let mut aws = self.client("awscli");
        aws.args(["cloudformation", "package", "--use-json"])
            .args(["--s3-bucket", BUCKET, "--template-file"])
            .arg(folder.join("sam.json"))
            .arg("--output-template-file")
            .arg(&packaged);
        // It tells its progress there, too.
        let log = folder.join("package.log");
        aws.stderr(fs::File::create(&log)?);
        finish_in_time(&mut aws).map_err(|reason| LocalStackError::Deployment {
            stack: stack.to_owned(),
            reason: format!(
                "`aws cloudformation package`: {reason}: {}",
                fs::read_to_string(&log).unwrap_or_default()
            ),
        })?;
        Ok(fs::read_to_string(packaged)?)
    }

    /// What is described once its status is that of nothing in progress.
    fn settled(
        &self,
        stack: &str,
        describe: impl Fn() -> Result<(Value, Value), LocalStackError>,
    ) -> Result<Value, LocalStackError> {
        let start = Instant::now();
        loop {
            let (status, described) = describe()?;
            let status = status.as_str().unwrap_or_default();
            if !status.ends_with("IN_PROGRESS") && !status.ends_with("PENDING") {
                return Ok(described);
            }
            if start.elapsed() > PATIENCE {
                return Err(failed(stack, &described));
            }
            thread::sleep(PAUSE);
        }
    }
}

fn failed(stack: &str, reason: &Value) -> LocalStackError {
    LocalStackError::Deployment {
        stack: stack.to_owned(),
        reason: reason.to_string(),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Of a list of objects, a member by another one.
fn texts(objects: &Value, key: &str, value: &str) -> BTreeMap<String, String> {
    let text = |object: &Value, name: &str| Some(object[name].as_str()?.to_owned());
    list(objects)
        .filter_map(|object| Some((text(object, key)?, text(object, value)?)))
        .collect()
}

/// Runs a command to its good end, for a limited time.
fn finish_in_time(command: &mut Command) -> Result<(), String> {
    let mut process = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    let start = Instant::now();
    loop {
        match process.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(status.to_string()),
            Ok(None) if start.elapsed() < PATIENCE => thread::sleep(PAUSE),
            // Nobody is left who could use an error.
            Ok(None) => {
                let _ = process.kill();
                let _ = process.wait();
                return Err(format!("it takes more than {} s", PATIENCE.as_secs()));
            }
            Err(error) => return Err(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_fails_is_an_error() {
        let finished = |script: &str| finish_in_time(Command::new("sh").args(["-c", script]));
        assert_eq!(finished("true"), Ok(()));
        assert_eq!(finished("exit 3"), Err("exit status: 3".to_owned()));
    }

    #[test]
    fn members_are_found_by_others() {
        let outputs = json!([{ "OutputKey": "a", "OutputValue": "b" }, { "OutputKey": "c" }]);
        let found = texts(&outputs, "OutputKey", "OutputValue");
        assert_eq!(found, BTreeMap::from([("a".to_owned(), "b".to_owned())]));
    }
}
