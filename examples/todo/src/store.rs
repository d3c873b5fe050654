//! The items, and the rules that hold for them.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chalice::prelude::*;

use crate::error::TodoError;

/// The longest title, in characters.
pub(crate) const MAX_TITLE: usize = 100;

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Item {
    /// Its number, for as long as it exists and after.
    pub(crate) id: u64,
    /// What is to be done.
    pub(crate) title: String,
    /// Whether it has been.
    pub(crate) done: bool,
}

/// An item as a client writes it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Draft {
    /// What is to be done: 1 to 100 characters, and not the title of another open item.
    title: String,
    /// Whether it has been.
    #[serde(default)]
    done: bool,
}

/// The parts of an item that a client changes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    /// What is to be done, from now on.
    title: Option<String>,
    /// Whether it has been.
    done: Option<bool>,
}

impl From<Draft> for Change {
    fn from(draft: Draft) -> Change {
        Change {
            title: Some(draft.title),
            done: Some(draft.done),
        }
    }
}

/// How many items there are.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Counts {
    /// Those that are to be done.
    open: usize,
    /// Those that have been.
    done: usize,
}

/// The items. Handlers borrow it from the app's state, so what changes is behind a lock.
#[derive(Debug, Default)]
pub(crate) struct Store {
    table: Mutex<Table>,
}

#[derive(Debug, Default)]
struct Table {
    items: BTreeMap<u64, Item>,
    last_id: u64,
}

impl Store {
    /// An empty list. A database client would be made here: hence `async`, and the `Result`.
    pub(crate) async fn connect() -> Result<Store> {
        Ok(Store::default())
    }

    /// Every item, the oldest first.
    pub(crate) fn all(&self) -> Vec<Item> {
        self.table().items.values().cloned().collect()
    }

    /// The item of that id.
    pub(crate) fn find(&self, id: u64) -> Result<Item, TodoError> {
        let item = self.table().items.get(&id).cloned();
        item.ok_or(TodoError::NoSuchItem { id })
    }

    /// Adds an item.
    pub(crate) fn add(&self, draft: Draft) -> Result<Item, TodoError> {
        let mut table = self.table();
        let item = Item {
            id: table.last_id + 1,
            title: draft.title,
            done: draft.done,
        };
        table.check(&item)?;
        table.last_id = item.id;
        table.items.insert(item.id, item.clone());
        Ok(item)
    }

    /// Changes parts of an item.
    pub(crate) fn change(&self, id: u64, change: Change) -> Result<Item, TodoError> {
        let mut table = self.table();
        let old = table.items.get(&id).ok_or(TodoError::NoSuchItem { id })?;
        let item = Item {
            id,
            title: change.title.unwrap_or_else(|| old.title.clone()),
            done: change.done.unwrap_or(old.done),
        };
        table.check(&item)?;
        table.items.insert(id, item.clone());
        Ok(item)
    }

    /// Removes an item.
    pub(crate) fn remove(&self, id: u64) -> Result<Item, TodoError> {
        let item = self.table().items.remove(&id);
        item.ok_or(TodoError::NoSuchItem { id })
    }

    /// How many items there are.
    pub(crate) fn counts(&self) -> Counts {
        let table = self.table();
        let done = table.items.values().filter(|item| item.done).count();
        Counts {
            open: table.items.len() - done,
            done,
        }
    }

    /// The table, for as long as the guard lives. Methods change it last of
    /// all, so it is whole even if one of them has panicked.
    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    /// The rules for an item that is about to be written.
    fn check(&self, item: &Item) -> Result<(), TodoError> {
        let length = item.title.chars().count();
        if !(1..=MAX_TITLE).contains(&length) {
            return Err(TodoError::TitleLength { length });
        }
        let mut others = self.items.values().filter(|other| other.id != item.id);
        match others.find(|other| !item.done && !other.done && other.title == item.title) {
            Some(other) => Err(TodoError::TitleTaken {
                id: other.id,
                title: other.title.clone(),
            }),
            None => Ok(()),
        }
    }
}
