//! An app for this crate's tests, written out as the attributes would write it.

mod authorizer;
pub(crate) mod function;
pub(crate) mod routes;

use std::sync::atomic::AtomicUsize;
#[cfg(feature = "test")]
use std::sync::atomic::Ordering;

use chalice_core::{
    conflict::{Conflicts, PER_HANDLER},
    definition::{ApiDef, GroupDef, Item, Mount},
    flatten::{FlatHandler, Flattened, flatten, handler_count, handlers, text_bytes},
    function_table::{LambdaFunction, function_count, functions},
    manifest::write::{self, AppFacts},
    opaque::Opaque,
    router::{Build, Router, Tables, build, edge_slots, max_nodes, pack, power_of_two},
};
use serde::{Deserialize, Serialize};

use authorizer::guard;
use function::work;
use routes::{
    count, create, echo, fails, file, guarded, index, injects, item, panics, search, shared, user,
};

use crate::{
    __private, Application, Call, Dispatch, Group, Handler, Provide, Result,
    dispatch::{Called, Event},
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
    pub(crate) page: u32,
    #[serde(default)]
    pub(crate) tag: Vec<String>,
}

/// What the app's state provides: how often it was asked.
#[derive(Debug, Default)]
pub(crate) struct Counter(pub(crate) AtomicUsize);

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

/// A blueprint.
pub(crate) struct Blueprint;

impl Group for Blueprint {
    const DEF: Opaque<&'static GroupDef> = Opaque {
        value: &GroupDef {
            items: &[Item::Handler(count::DEF), Item::Handler(item::DEF)],
        },
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
pub(crate) static APP: App = App;

impl Group for App {
    const DEF: Opaque<&'static GroupDef> = Opaque {
        value: &GroupDef {
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
                Item::Mount(Mount::of(Blueprint::DEF.get()).at("/counter")),
            ],
        },
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

const HANDLERS: usize = handler_count(App::DEF.get());
const FLATTENED: &Flattened<HANDLERS, { text_bytes(App::DEF.get()) }> = &flatten(App::DEF.get());
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
    grants: "",
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

crate::__group_schemas! { Blueprint [count, item] [] }
crate::__group_schemas! {
    App [index, user, create, file, search, echo, shared, panics, fails, injects, guard, guarded, work] [Blueprint]
}
