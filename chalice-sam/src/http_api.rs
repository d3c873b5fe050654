//! `AWS::ApiGatewayV2::Api` of the routes, and what belongs to it.

use chalice_resources::HttpApi;
use serde_json::{Value, json};

use crate::{
    SamError,
    intrinsic::{arn_of, reference, substituted},
    outputs::endpoint_url,
    writer::Writer,
};

/// The API's logical id.
pub(crate) const ID: &str = "HttpAPI";

/// Its stage's logical id.
pub(crate) const STAGE_ID: &str = "HttpAPIStage";

impl Writer<'_> {
    pub(crate) fn http_api(&mut self, api: &HttpApi) -> Result<(), SamError> {
        let definition = serde_json::to_value(api.definition(self)?).unwrap_or_default();
        // Its name is the title of the definition.
        let properties = json!({ "Body": definition });
        self.add(ID, "the HTTP API", "AWS::ApiGatewayV2::Api", properties)?;
        let mut stage = json!({
            "ApiId": reference(ID),
            "StageName": api.stage.as_str(),
            "AutoDeploy": true,
        });
        self.add_logs_and_limits(&mut stage, api.access_log.as_ref(), api.throttling);
        let subject = "the stage of the HTTP API";
        self.add(STAGE_ID, subject, "AWS::ApiGatewayV2::Stage", stage)?;
        self.output("HttpAPIId", reference(ID));
        let handler = self.function_id(api.handler);
        self.output("APIHandlerName", reference(&handler));
        self.output("APIHandlerArn", arn_of(&handler));
        self.output("EndpointURL", url(api));
        match &api.domain {
            Some(domain) => self.domain(domain, ID, STAGE_ID),
            None => Ok(()),
        }
    }
}

/// Where the stage is: the default one at the root.
fn url(api: &HttpApi) -> Value {
    match api.stage.is_default_of_http_apis() {
        true => substituted(format!(
            "https://${{{ID}}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}/"
        )),
        false => endpoint_url("https", ID, &api.stage),
    }
}
