//! The routes of the items; `main.rs` mounts them at `/items`.
//!
//! All of them allow requests from other origins (`cors`), so that a page from
//! anywhere can use the list.

use chalice::prelude::*;

use crate::{
    error::TodoError,
    store::{Change, Draft, Item, Store},
};

/// Which items to list.
#[derive(Deserialize, JsonSchema)]
struct Filter {
    /// Only those that are done, or only those that are not.
    done: Option<bool>,
    /// Only those whose title contains this text.
    #[serde(default)]
    title: String,
}

/// List the items.
///
/// The oldest come first. `?done=false&title=milk` narrows the list.
#[route("/", cors)]
fn list(filter: Query<Filter>, store: State<Store>) -> Json<Vec<Item>> {
    let mut items = store.all();
    items.retain(|item| {
        filter.done.is_none_or(|done| item.done == done) && item.title.contains(&filter.title)
    });
    Json(items)
}

/// Add an item.
#[route("/", methods = [POST], cors)]
fn create(draft: Json<Draft>, store: State<Store>) -> Result<(StatusCode, Json<Item>), TodoError> {
    let item = store.add(draft.into_inner())?;
    Ok((StatusCode::CREATED, Json(item)))
}

/// Show an item.
#[route("/<id>", cors)]
fn show(id: u64, store: State<Store>) -> Result<Json<Item>, TodoError> {
    Ok(Json(store.find(id)?))
}

/// Replace an item.
#[route("/<id>", methods = [PUT], cors)]
fn replace(id: u64, draft: Json<Draft>, store: State<Store>) -> Result<Json<Item>, TodoError> {
    Ok(Json(store.change(id, draft.into_inner().into())?))
}

/// Change parts of an item.
///
/// `{"done": true}` completes it; what the body leaves out stays as it is.
#[route("/<id>", methods = [PATCH], cors)]
fn change(id: u64, change: Json<Change>, store: State<Store>) -> Result<Json<Item>, TodoError> {
    Ok(Json(store.change(id, change.into_inner())?))
}

/// Remove an item.
#[route("/<id>", methods = [DELETE], cors)]
fn remove(id: u64, store: State<Store>) -> Result<StatusCode, TodoError> {
    store.remove(id)?;
    Ok(StatusCode::NO_CONTENT)
}

/// The routes, for an app to mount.
#[blueprint]
pub(crate) static BLUEPRINT: Blueprint = Blueprint {
    handlers: [list, create, show, replace, change, remove],
};
