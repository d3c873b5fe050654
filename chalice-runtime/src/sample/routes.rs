//! The sample's routes.

use std::sync::atomic::Ordering;

use chalice_core::{
    authorizer::AuthorizerFunction,
    bytes::{SEED, hash, position, slice},
    content_type::DEFAULT_CONTENT_TYPES,
    cors::{AllowOrigin, CorsDef, CorsSetting},
    definition::{HandlerDef, HandlerKind, RouteDef, SegmentDef, SegmentKind},
    method::{Method, MethodList, MethodSet},
    router::segment_hash,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Counter, Paging, User, authorizer::guard};
use crate::{
    Authorized, Bytes, Call, FromRequest, Handler, HttpError, IntoResponse, Json, PathParameter,
    Query, Response, State,
    dispatch::{Event, Outcome, OutcomeFuture},
};

/// The segments of a path in API Gateway's form.
const fn segments<const COUNT: usize>(path: &str) -> [[u64; 2]; COUNT] {
    let path = path.as_bytes();
    let mut segments = [[0; 2]; COUNT];
    let (mut at, mut start) = (0, 1);
    while at < COUNT {
        let end = position(path, b'/', start);
        let (kind, from, to) = match (path[start], path[end - 2]) {
            (b'{', b'+') => (SegmentKind::Greedy, start + 1, end - 2),
            (b'{', _) => (SegmentKind::Placeholder, start + 1, end - 1),
            _ => (SegmentKind::Literal, start, end),
        };
        let hash = segment_hash(slice(path, from, to));
        segments[at] = SegmentDef::new(kind, hash, from as u16, to as u16).parts();
        start = end + 1;
        at += 1;
    }
    segments
}

const fn route(
    path: &'static str,
    segments: &'static [[u64; 2]],
    methods: &'static [Method],
) -> RouteDef {
    let (mut set, mut list, mut at) = (MethodSet::EMPTY, MethodList::EMPTY, 0);
    while at < methods.len() {
        set = set.with(methods[at]);
        list = list.with(methods[at]);
        at += 1;
    }
    RouteDef {
        path,
        path_hash: hash(SEED, path.as_bytes()),
        segments,
        methods: set,
        declared_methods: list,
        cors: CorsSetting::Inherit,
        authorizer: None,
        content_types: DEFAULT_CONTENT_TYPES,
        stream: false,
    }
}

/// A marker type with what an attribute implements for it; `$methods` are those
/// of the route, in JSON.
macro_rules! handler {
    (
        $name:ident, $methods:literal, $path:literal, $route:expr,
        $([$($bounds:tt)*],)?
        |$request:ident, $state:ident| $body:expr
    ) => {
        #[expect(non_camel_case_types, reason = "as generated code names companions")]
        pub(crate) struct $name;

        impl Handler for $name {
            const DEF: &'static HandlerDef = &HandlerDef {
                name: stringify!($name),
                function: stringify!($name),
                module: "sample",
                file: "sample.rs",
                line: 1,
                kind: HandlerKind::Route($route),
                entry: concat!(
                    "{\"name\":\"", stringify!($name), "\",\"path\":\"", $path, "\",\"authorizer\":null,",
                    "\"methods\":[", $methods, "],\"parameters\":[],\"arguments\":[],\"returns\":\"\",",
                    "\"cors\":null,\"api_key_required\":false,\"content_types\":[],\"stream\":false,\"summary\":null,",
                    "\"description\":null,\"source\":{\"module\":\"sample\",\"item\":\"", stringify!($name),
                    "\",\"line\":1,\"file\":\"sample.rs\"}}",
                ),
                unchanging: concat!(
                    "{\"name\":\"", stringify!($name), "\",\"path\":\"", $path, "\",\"authorizer\":null,",
                )
                .len(),
            };
        }

        impl<S: Sync + 'static> Call<S> for $name $(where $($bounds)*)? {
            fn call<'r>(event: &'r Event, $state: &'static S) -> OutcomeFuture<'r> {
                let $request = event.request();
                let _ = $state;
                let answer = async move { $body };
                Box::pin(async move { Outcome::Http(answer.await.into_response()) })
            }
        }
    };
}

handler!(
    index,
    "\"GET\"",
    "/",
    route("/", &segments::<0>("/"), &[Method::Get]),
    |_request, state| "hello"
);

handler!(
    user,
    "\"GET\"",
    "/users/{id}",
    route("/users/{id}", &segments::<2>("/users/{id}"), &[Method::Get]),
    |request, state| <u64 as PathParameter>::parse("id", request).map(|id| id.to_string())
);

handler!(
    create,
    "\"POST\"",
    "/users",
    route("/users", &segments::<1>("/users"), &[Method::Post]),
    |request, state| Json::<User>::from_request(request, state).await
);

handler!(
    file,
    "\"GET\"",
    "/files/{path+}",
    route(
        "/files/{path+}",
        &segments::<2>("/files/{path+}"),
        &[Method::Get]
    ),
    |request, state| <String as PathParameter>::parse("path", request)
);

handler!(
    search,
    "\"GET\"",
    "/search",
    route("/search", &segments::<1>("/search"), &[Method::Get]),
    |request, state| match Option::<Query<Paging>>::from_request(request, state).await {
        Ok(Some(query)) => Ok(format!("{} {:?}", query.page, query.tag)),
        Ok(None) => Ok("everything".to_owned()),
        Err(error) => Err(error),
    }
);

// Everything that a request says of itself.
handler!(
    echo,
    "\"ANY\"",
    "/echo",
    RouteDef {
        content_types: &[],
        ..route("/echo", &segments::<1>("/echo"), &[Method::Any])
    },
    |request, state| {
        let headers: Vec<Value> = request
            .headers()
            .iter()
            .map(|(name, value)| json!([name.as_str(), String::from_utf8_lossy(value.as_bytes())]))
            .collect();
        let query: Vec<(&str, &str)> = request.query().iter().collect();
        let of = &request.lambda_context().request_id;
        tracing::info!(of, "received");
        tokio::task::yield_now().await;
        tracing::info!(of, "answered");
        request.body().map(|body| {
            Json(json!({
                "method": request.method().as_str(),
                "path": request.path(),
                "route": request.route(),
                "headers": headers,
                "query": query,
                "body": body.to_vec(),
                "variable": request.stage_variable("color"),
                "context": request.request_context(),
                "request_id": request.lambda_context().request_id,
            }))
        })
    }
);

handler!(
    shared,
    "\"PUT\"",
    "/shared",
    RouteDef {
        cors: CorsSetting::Own(&CorsDef {
            allow_origin: AllowOrigin::One("https://foo.example.com"),
            allow_headers: "Authorization,X-Special",
            expose_headers: "X-Special",
            max_age: Some(600),
            allow_credentials: true,
        }),
        content_types: &["image/png"],
        ..route("/shared", &segments::<1>("/shared"), &[Method::Put])
    },
    |request, state| {
        match Bytes::from_request(request, state).await {
            Ok(body) if body.is_empty() => panic!("no picture"),
            Ok(body) => Ok(Response::binary(body)
                .with_content_type("image/png")
                .with_header("access-control-max-age", "5")),
            Err(error) => Err(error),
        }
    }
);

handler!(
    panics,
    "\"GET\"",
    "/panics",
    route("/panics", &segments::<1>("/panics"), &[Method::Get]),
    |request, state| {
        if request.path().starts_with('/') {
            panic!("out of coffee");
        }
    }
);

handler!(
    fails,
    "\"GET\"",
    "/fails",
    route("/fails", &segments::<1>("/fails"), &[Method::Get]),
    |_request, state| Err::<(), HttpError>(std::io::Error::other("secret").into())
);

handler!(
    injects,
    "\"GET\"",
    "/injects",
    route("/injects", &segments::<1>("/injects"), &[Method::Get]),
    |_request, state| Response::text("fine").with_header("x-name", "a\r\nset-cookie: b=c")
);

handler!(
    count,
    "\"GET\"",
    "/",
    route("/", &segments::<0>("/"), &[Method::Get]),
    [State<Counter>: FromRequest<S>],
    |request, state| match State::<Counter>::from_request(request, state).await {
        Ok(counter) => Ok((counter.0.fetch_add(1, Ordering::Relaxed) + 1).to_string()),
        Err(error) => Err(error),
    }
);

handler!(
    item,
    "\"GET\",\"DELETE\"",
    "/{item}",
    route(
        "/{item}",
        &segments::<1>("/{item}"),
        &[Method::Get, Method::Delete]
    ),
    |request, state| <String as PathParameter>::parse("item", request)
);

handler!(
    guarded,
    "\"GET\"",
    "/guarded",
    RouteDef {
        authorizer: Some(AuthorizerFunction::new(guard::DEF).authorizer_definition()),
        ..route("/guarded", &segments::<1>("/guarded"), &[Method::Get])
    },
    |request, state| {
        #[derive(Deserialize)]
        struct Caller {
            age: u8,
        }
        Authorized::<Caller>::from_request(request, state)
            .await
            .map(|caller| format!("{:?} {}", caller.principal_id(), caller.age))
    }
);

crate::__schemas! { index [] -> &'static str }
crate::__schemas! { user [ "id" => crate::__private::Placeholder<u64> ] -> crate::Result<String> }
crate::__schemas! { create [ "body" => Json<User> ] -> crate::Result<Json<User>> }
crate::__schemas! { file [ "path" => crate::__private::Placeholder<String> ] -> crate::Result<String> }
crate::__schemas! { search [ "query" => Option<Query<Paging>> ] -> crate::Result<String> }
crate::__schemas! { echo [] -> crate::Result<Json<Value>> }
crate::__schemas! { shared [ "body" => Bytes ] -> crate::Result<Response> }
crate::__schemas! { panics [] -> () }
crate::__schemas! { fails [] -> crate::Result<()> }
crate::__schemas! { injects [] -> Response }
crate::__schemas! { guarded [] -> crate::Result<String> }
crate::__schemas! { count [ "counter" => State<Counter> ] -> crate::Result<(crate::StatusCode, Json<Option<User>>)> }
crate::__schemas! { item [ "item" => crate::__private::Placeholder<String> ] -> crate::Result<String> }
