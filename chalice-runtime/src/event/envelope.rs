//! The members of an event that say what it is and where it goes.

use serde::Deserialize;

use super::{
    Kind,
    scan::Scanner,
    text::{self, Member, text},
};

/// The top-level members of every kind of event, undecoded.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Envelope<'a> {
    #[serde(borrow, default)]
    pub(super) version: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) route_key: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) raw_path: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) raw_query_string: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) cookies: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) resource: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) path: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) http_method: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) headers: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) multi_value_headers: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) query_string_parameters: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) multi_value_query_string_parameters: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) path_parameters: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) stage_variables: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) request_context: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) body: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) is_base64_encoded: Option<Member<'a>>,
}

/// The members of `requestContext` that say where a request goes, undecoded.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RequestContext<'a> {
    #[serde(borrow, default)]
    pub(super) resource_path: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) http_method: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) stage: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) http: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) domain_name: Option<Member<'a>>,
    #[serde(borrow, default)]
    pub(super) elb: Option<Member<'a>>,
}

impl<'a> Envelope<'a> {
    /// The request's context, an empty one if there is none; `None` for
    /// anything that no service makes.
    pub(super) fn request_context(&self) -> Option<RequestContext<'a>> {
        match self.request_context {
            Some(context) => text::object(context),
            None => Some(RequestContext::default()),
        }
    }

    /// Which service made the event.
    pub(super) fn kind(&self, context: &RequestContext<'_>) -> Kind {
        match self.version.and_then(text).as_deref() {
            Some("2.0") if context.is_of_function_url() => Kind::FunctionUrl,
            Some("2.0") => Kind::HttpApiV2,
            Some("1.0") => Kind::HttpApiV1,
            _ if context.elb.is_some() => Kind::LoadBalancer {
                multi_value: self.multi_value_headers.is_some(),
            },
            _ => Kind::RestApi,
        }
    }
}

impl RequestContext<'_> {
    /// Whether the request came to a function URL: those have domains of AWS
    /// Lambda's own, `<url id>.lambda-url.<region>.on.aws`.
    fn is_of_function_url(&self) -> bool {
        self.domain_name
            .and_then(text)
            .is_some_and(|domain| domain.contains(".lambda-url."))
    }
}

/// An event's members, and its body if decoding it was worth the while.
pub(super) struct Scanned<'a> {
    pub(super) envelope: Envelope<'a>,
    pub(super) context: Option<RequestContext<'a>>,
    pub(super) decoded_body: Option<Vec<u8>>,
}

/// Events are at most 6 MB (AWS, "Lambda quotas"), and decoding more than that on suspicion is no help to anyone.
const MAX_EVENT: usize = 8 * 1024 * 1024;

/// Finds the members of an event as AWS Lambda sends it. `None` where it takes a
/// closer look: at names with escapes, at names that come twice, at what is no JSON.
pub(super) fn scan(json: &str) -> Option<Scanned<'_>> {
    if json.len() > MAX_EVENT {
        return None;
    }
    let mut scanner = Scanner::object(json)?;
    let mut envelope = Envelope::default();
    let (mut context, mut decoded_body) = (None, None);
    let mut seen = 0_u32;
    while let Some(name) = scanner.name()? {
        let (number, member) = match name {
            "version" => (0, &mut envelope.version),
            "routeKey" => (1, &mut envelope.route_key),
            "rawPath" => (2, &mut envelope.raw_path),
            "rawQueryString" => (3, &mut envelope.raw_query_string),
            "cookies" => (4, &mut envelope.cookies),
            "resource" => (5, &mut envelope.resource),
            "path" => (6, &mut envelope.path),
            "httpMethod" => (7, &mut envelope.http_method),
            "headers" => (8, &mut envelope.headers),
            "multiValueHeaders" => (9, &mut envelope.multi_value_headers),
            "queryStringParameters" => (10, &mut envelope.query_string_parameters),
            "multiValueQueryStringParameters" => {
                (11, &mut envelope.multi_value_query_string_parameters)
            }
            "pathParameters" => (12, &mut envelope.path_parameters),
            "stageVariables" => (13, &mut envelope.stage_variables),
            "requestContext" => (14, &mut envelope.request_context),
            "body" => (15, &mut envelope.body),
            "isBase64Encoded" => (16, &mut envelope.is_base64_encoded),
            other if other.contains('\\') => return None,
            _ => {
                scanner.value()?;
                continue;
            }
        };
        once(&mut seen, number)?;
        let value = if name == "body" && scanner.is_next(b'"') {
            let (value, decoded) = scanner.decoded_string()?;
            decoded_body = decoded;
            value
        } else if name == "requestContext" && scanner.is_next(b'{') {
            let (value, read) = scanner.nested_object(request_context)?;
            context = Some(read);
            value
        } else {
            scanner.value()?
        };
        *member = not_null(value);
    }
    if !scanner.is_at_end() {
        return None;
    }
    if envelope.request_context.is_none() {
        context = Some(RequestContext::default());
    }
    Some(Scanned {
        envelope,
        context,
        decoded_body,
    })
}

fn request_context<'a>(scanner: &mut Scanner<'a>) -> Option<RequestContext<'a>> {
    let mut context = RequestContext::default();
    let mut seen = 0_u32;
    while let Some(name) = scanner.name()? {
        let (number, member) = match name {
            "resourcePath" => (0, &mut context.resource_path),
            "httpMethod" => (1, &mut context.http_method),
            "stage" => (2, &mut context.stage),
            "http" => (3, &mut context.http),
            "domainName" => (4, &mut context.domain_name),
            "elb" => (5, &mut context.elb),
            other if other.contains('\\') => return None,
            _ => {
                scanner.value()?;
                continue;
            }
        };
        once(&mut seen, number)?;
        *member = not_null(scanner.value()?);
    }
    Some(context)
}

/// Notes a member; `None` if it came before.
fn once(seen: &mut u32, number: u32) -> Option<()> {
    let bit = 1 << number;
    let is_new = *seen & bit == 0;
    *seen |= bit;
    is_new.then_some(())
}

/// What is `null` is not there.
fn not_null(value: Member<'_>) -> Option<Member<'_>> {
    (value.get() != "null").then_some(value)
}
