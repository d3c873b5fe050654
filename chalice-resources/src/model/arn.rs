//! ARNs of which parts are known when the stage is deployed.

/// The ARN of something that policies or event sources name.
///
/// Amazon Resource Names (AWS Identity and Access Management).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arn {
    /// One that is known; in policies also a pattern, such as `*`.
    Literal(String),
    /// Of the account and the region to which the stage is deployed.
    Regional {
        /// The service's name in ARNs, such as `sqs`.
        service: &'static str,
        /// The part after the account.
        resource: String,
    },
    /// Of the partition to which the stage is deployed, without account and region: a bucket.
    Global {
        /// The service's name in ARNs, such as `s3`.
        service: &'static str,
        /// The last part.
        resource: String,
    },
    /// Of the stage's WebSocket API, whose id AWS chooses (Amazon API Gateway, "Control access to
    /// WebSocket APIs with AWS IAM").
    WebsocketApi {
        /// The part after the API's id: `api/*/@connections/*`.
        resource: String,
    },
}

impl Arn {
    /// The ARN with what only AWS knows in other words.
    ///
    /// ```
    /// use chalice_resources::Arn;
    /// let queue = Arn::Regional { service: "sqs", resource: "orders".to_owned() };
    /// let arn = queue.text("${AWS::Partition}", "${AWS::Region}", "${AWS::AccountId}", "${WebsocketAPI}");
    /// assert_eq!(arn, "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:orders");
    /// ```
    pub fn text(
        &self,
        partition: &str,
        region: &str,
        account: &str,
        websocket_api: &str,
    ) -> String {
        match self {
            Arn::Literal(arn) => arn.clone(),
            Arn::Regional { service, resource } => {
                format!("arn:{partition}:{service}:{region}:{account}:{resource}")
            }
            Arn::Global { service, resource } => format!("arn:{partition}:{service}:::{resource}"),
            Arn::WebsocketApi { resource } => {
                format!("arn:{partition}:execute-api:{region}:{account}:{websocket_api}/{resource}")
            }
        }
    }

    /// Whether nothing of it depends on where the stage is deployed.
    pub fn is_literal(&self) -> bool {
        matches!(self, Arn::Literal(_))
    }
}
