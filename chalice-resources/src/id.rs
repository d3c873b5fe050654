//! Typed references between resources.

use std::{fmt, marker::PhantomData, ops::Index};

/// A reference to a resource of a [`Table`].
pub struct Id<T> {
    index: usize,
    resource: PhantomData<fn() -> T>,
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Id<T> {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Id<T>) -> bool {
        self.index == other.index
    }
}

impl<T> Eq for Id<T> {}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.index)
    }
}

/// The resources of one kind, in the order in which they were added.
///
/// ```
/// use chalice_resources::Table;
/// let mut table = Table::default();
/// let id = table.add("queue");
/// assert_eq!(table[id], "queue");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Table<T>(Vec<T>);

impl<T> Default for Table<T> {
    fn default() -> Table<T> {
        Table(Vec::new())
    }
}

impl<T> Table<T> {
    /// Adds a resource.
    pub fn add(&mut self, resource: T) -> Id<T> {
        self.0.push(resource);
        Table::<T>::id(self.0.len() - 1)
    }

    /// The resources.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        self.0.iter()
    }

    /// The resources with what refers to them.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (Id<T>, &T)> + ExactSizeIterator {
        self.0
            .iter()
            .enumerate()
            .map(|(index, resource)| (Table::<T>::id(index), resource))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn get_mut(&mut self, id: Id<T>) -> &mut T {
        &mut self.0[id.index]
    }

    fn id(index: usize) -> Id<T> {
        Id {
            index,
            resource: PhantomData,
        }
    }
}

impl<T> Index<Id<T>> for Table<T> {
    type Output = T;

    fn index(&self, id: Id<T>) -> &T {
        &self.0[id.index]
    }
}
