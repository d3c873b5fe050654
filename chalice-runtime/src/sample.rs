//! An app for this crate's tests, written out as the attributes would write it.

mod function;

use std::sync::atomic::{AtomicUsize, Ordering};

use chalice_core::{
    authorizer::AuthorizerFunction,
    bytes::{SEED, hash, position, slice},
    conflict::{Conflicts, PER_HANDLER},
    content_type::DEFAULT_CONTENT_TYPES,
    cors::{AllowOrigin, CorsDef, CorsSetting},
    definition::{
        ApiDef, AuthorizerSource, GroupDef, HandlerDef, HandlerKind, Item, Mount, RouteDef,
        SegmentDef, SegmentKind,
    },
    flatten::{FlatHandler, Flattened, flatten, handler_count, handlers, text_bytes},
    function_table::{LambdaFunction, function_count, functions},
    manifest::write::{self, AppFacts},
    method::{Method, MethodList, MethodSet},
    router::{Build, Router, Tables, build, edge_slots, max_nodes, pack, power_of_two},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use function::work;

use crate::{
    __private, Application, AuthResponse, Authorized, Bytes, Call, Dispatch, FromRequest, Group,
    Handler, HttpError, IntoResponse, Json, PathParameter, Provide, Query, Response, Result, State,
    dispatch::{Called, Event, Outcome, OutcomeFuture},
};

#[derive(Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "export", derive(schemars::JsonSchema))]
pub(crate) struct User {
    pub(crate) name: String,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "export", derive(schemars::JsonSchema))]
pub(crate) struct Paging {
    #[serde(default)]
    page: u32,
    #[serde(default)]
    tag: Vec<String>,
}

/// What the app's state provides: how often it was asked.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicUsize);

impl Counter {
    #[cfg(feature = "test")]
    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

#[derive(Debug)]
pub(crate) struct AppState {
    counter: Counter,
}

impl Provide<Counter> for AppState {
    fn provide(&self) -> &Counter {
        &self.counter
    }
}

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
        let hash = hash(SEED, slice(path, from, to));
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
        #[allow(non_camel_case_types)]
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

/// A blueprint.
pub(crate) struct Blueprint;

impl Group for Blueprint {
    const DEF: &'static GroupDef = &GroupDef {
        items: &[Item::Handler(count::DEF), Item::Handler(item::DEF)],
    };
}

impl<S: Sync + 'static> Dispatch<S> for Blueprint
where
    count: Call<S>,
    item: Call<S>,
{
    fn dispatch<'r>(id: usize, event: &'r Event, state: &'static S) -> Called<'r> {
        match id {
            0 => __private::call::<count, S>(event, state),
            _ => __private::call::<item, S>(event, state),
        }
    }
}

/// The app.
pub(crate) struct App;

/// The app, as `main` and tests name it.
/// The sample's authorizer: it decides by the token.
#[allow(non_camel_case_types)]
pub(crate) struct guard;

impl Handler for guard {
    const DEF: &'static HandlerDef = &HandlerDef {
        name: "guard",
        function: "guard",
        module: "sample",
        file: "sample.rs",
        line: 1,
        kind: HandlerKind::Authorizer(AuthorizerSource::Token),
        entry: concat!(
            "{\"name\":\"guard\",\"type\":\"authorizer\",",
            "\"identity\":{\"type\":\"token\",\"header\":\"X-Token\"},\"ttl_seconds\":0,",
            "\"execution_role\":null,\"summary\":null,\"description\":null,",
            "\"source\":{\"module\":\"sample\",\"item\":\"guard\",\"line\":1,\"file\":\"sample.rs\"}}",
        ),
        unchanging: "{\"name\":\"guard\",".len(),
    };
}

impl<S: Sync + 'static> Call<S> for guard {
    fn call<'r>(event: &'r Event, _: &'static S) -> OutcomeFuture<'r> {
        let request = __private::auth_request(event);
        __private::authorize(async move {
            match request.token() {
                "allow" => Ok(AuthResponse::allow(["/guarded"], "user").context("age", 7)),
                "deny" => Ok(AuthResponse::deny("nobody")),
                "elsewhere" => Ok(AuthResponse::allow(["/elsewhere"], "user")),
                "who" => Err(HttpError::unauthorized("who?")),
                "panic" => panic!("out of locks"),
                _ => Err(std::io::Error::other("secret"))?,
            }
        })
    }
}

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

pub(crate) static APP: App = App;

impl Group for App {
    const DEF: &'static GroupDef = &GroupDef {
        items: &[
            Item::Handler(index::DEF),
            Item::Handler(user::DEF),
            Item::Handler(create::DEF),
            Item::Handler(file::DEF),
            Item::Handler(search::DEF),
            Item::Handler(echo::DEF),
            Item::Handler(shared::DEF),
            Item::Handler(panics::DEF),
            Item::Handler(fails::DEF),
            Item::Handler(injects::DEF),
            Item::Handler(guard::DEF),
            Item::Handler(guarded::DEF),
            Item::Handler(work::DEF),
            Item::Mount(Mount::of(Blueprint::DEF).at("/counter")),
        ],
    };
}

impl Dispatch<AppState> for App {
    fn dispatch<'r>(id: usize, event: &'r Event, state: &'static AppState) -> Called<'r> {
        match id {
            0 => __private::call::<index, AppState>(event, state),
            1 => __private::call::<user, AppState>(event, state),
            2 => __private::call::<create, AppState>(event, state),
            3 => __private::call::<file, AppState>(event, state),
            4 => __private::call::<search, AppState>(event, state),
            5 => __private::call::<echo, AppState>(event, state),
            6 => __private::call::<shared, AppState>(event, state),
            7 => __private::call::<panics, AppState>(event, state),
            8 => __private::call::<fails, AppState>(event, state),
            9 => __private::call::<injects, AppState>(event, state),
            10 => __private::call::<guard, AppState>(event, state),
            11 => __private::call::<guarded, AppState>(event, state),
            12 => __private::call::<work, AppState>(event, state),
            _ => __private::dispatch::<Blueprint, AppState>(id - 13, event, state),
        }
    }
}

const HANDLERS: usize = handler_count(App::DEF);
const FLATTENED: &Flattened<HANDLERS, { text_bytes(App::DEF) }> = &flatten(App::DEF);
const FLAT: [FlatHandler; HANDLERS] = handlers(FLATTENED);
const CONFLICTS: usize = HANDLERS * PER_HANDLER;
const NODES: usize = max_nodes(&FLAT);
const EDGES: usize = edge_slots(NODES);
const BUILT: Build<NODES, EDGES, HANDLERS> = build(
    &FLAT,
    &<App as Application>::API.cors,
    &mut Conflicts::<CONFLICTS>::new(),
);
static TABLES: Tables<
    { BUILT.node_count },
    { power_of_two(BUILT.edge_count * 2) },
    { BUILT.leaf_count },
    { power_of_two(BUILT.leaf_count * 2) },
    { BUILT.slot_count },
    { BUILT.pool_bytes },
> = pack(&FLAT, &BUILT);
const FACTS: AppFacts = AppFacts {
    name: "sample",
    item: "APP",
    module: "sample",
    file: "sample.rs",
    line: 1,
    api: "{\"cors\":null,\"binary_types\":[],\"compression\":null,\"debug\":false}",
};
static MANIFEST: [u8; write::length(&FACTS, &FLAT)] = write::manifest(&FACTS, &FLAT);

impl Application for App {
    type State = AppState;

    const NAME: &'static str = "sample";

    const API: &'static ApiDef = &ApiDef::DEFAULT;

    fn router() -> Router {
        TABLES.router()
    }

    fn functions() -> &'static [LambdaFunction] {
        const FUNCTIONS: [LambdaFunction; function_count(&FLAT)] = functions(&FLAT);
        &FUNCTIONS
    }

    fn manifest() -> &'static [u8] {
        &MANIFEST
    }

    async fn connect() -> Result<AppState> {
        match std::env::var("SAMPLE_CONNECT").as_deref() {
            Ok("fails") => Err(std::io::Error::other("the database is asleep"))?,
            Ok("panics") => panic!("the database is on fire"),
            _ => {}
        }
        Ok(AppState {
            counter: Counter::default(),
        })
    }
}

crate::__schemas! { index [] -> &'static str }
crate::__schemas! { user [ "id" => crate::__private::Placeholder<u64> ] -> Result<String> }
crate::__schemas! { create [ "body" => Json<User> ] -> Result<Json<User>> }
crate::__schemas! { file [ "path" => crate::__private::Placeholder<String> ] -> Result<String> }
crate::__schemas! { search [ "query" => Option<Query<Paging>> ] -> Result<String> }
crate::__schemas! { echo [] -> Result<Json<Value>> }
crate::__schemas! { shared [ "body" => Bytes ] -> Result<Response> }
crate::__schemas! { panics [] -> () }
crate::__schemas! { fails [] -> Result<()> }
crate::__schemas! { injects [] -> Response }
crate::__schemas! { guard [] -> () }
crate::__schemas! { guarded [] -> Result<String> }
crate::__schemas! { work [] -> () }
crate::__schemas! { count [ "counter" => State<Counter> ] -> Result<(crate::StatusCode, Json<Option<User>>)> }
crate::__schemas! { item [ "item" => crate::__private::Placeholder<String> ] -> Result<String> }
crate::__group_schemas! { Blueprint [count, item] [] }
crate::__group_schemas! {
    App [index, user, create, file, search, echo, shared, panics, fails, injects, guard, guarded, work] [Blueprint]
}
