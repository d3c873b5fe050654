//! States of AWS Chalice's format 1.0: `.chalice/deployed.json`, with all stages in one file.

use serde_json::Value;

use super::{
    DeployedState, LambdaFunction, Record, RestApi, StateError, deployed_state::parse_json,
    error::shown,
};

impl DeployedState {
    /// Reads the stage out of a file of AWS Chalice's format 1.0, as Chalice takes it over: functions, without their
    /// roles, and the REST API. `None` when the file does not have the stage.
    ///
    /// # Errors
    ///
    /// When it is no such file, or the stage is of another form.
    pub fn upgrade(
        text: &[u8],
        app_name: &str,
        stage: &str,
    ) -> Result<Option<DeployedState>, StateError> {
        let file = parse_json(text)?;
        let Value::Object(stages) = &file else {
            return Err(StateError::Form {
                place: "the file".to_owned(),
                expected: "an object of stages",
            });
        };
        match stages.get(stage) {
            Some(deployed) => upgrade(deployed, app_name, stage).map(Some),
            None => Ok(None),
        }
    }
}

fn upgrade(deployed: &Value, app_name: &str, stage: &str) -> Result<DeployedState, StateError> {
    let refuse = |reason: String| {
        Err(StateError::Version1 {
            stage: stage.to_owned(),
            reason,
        })
    };
    let text = |key: &str| deployed[key].as_str().map(str::to_owned);
    match &deployed["backend"] {
        Value::Null => {}
        Value::String(backend) if backend == "api" => {}
        found => {
            return Err(StateError::Backend {
                found: shown(found),
            });
        }
    }
    let (Some(handler), Some(api)) = (text("api_handler_arn"), text("rest_api_id")) else {
        return refuse("it has no `api_handler_arn` or no `rest_api_id`".to_owned());
    };
    let mut state = DeployedState::default();
    let prefix = format!("{app_name}-{stage}-");
    let functions = match &deployed["lambda_functions"] {
        Value::Null => None,
        Value::Object(functions) => Some(functions),
        _ => return refuse("its `lambda_functions` are no object".to_owned()),
    };
    for (function, value) in functions.into_iter().flatten() {
        // Before Chalice 1.0 a function's value was its ARN.
        let arn = value.as_str().or_else(|| value["arn"].as_str());
        let (Some(name), Some(arn)) = (function.strip_prefix(&prefix), arn) else {
            return refuse(format!(
                "its function `{function}` has no `arn`, or is none of the app `{app_name}`"
            ));
        };
        let function = LambdaFunction {
            lambda_arn: Some(arn.to_owned()),
        };
        state.put(Record::new(name, function));
    }
    let handler = LambdaFunction {
        lambda_arn: Some(handler),
    };
    state.put(Record::new("api_handler", handler));
    let api = RestApi {
        rest_api_id: Some(api),
        rest_api_url: None,
    };
    state.put(Record::new("rest_api", api));
    Ok(state)
}
