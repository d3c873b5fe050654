//! HTTP methods, as a set that fits in a router table.

use std::fmt;

/// An HTTP method that Amazon API Gateway can route.
///
/// [`Method::Any`] stands for API Gateway's `ANY`: it answers every method for
/// which the same path has no route of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Method {
    /// `GET`
    Get = 0,
    /// `POST`
    Post = 1,
    /// `PUT`
    Put = 2,
    /// `PATCH`
    Patch = 3,
    /// `DELETE`
    Delete = 4,
    /// `HEAD`
    Head = 5,
    /// `OPTIONS`
    Options = 6,
    /// `ANY`: every method without a route of its own
    Any = 7,
}

impl Method {
    /// Every method, in the order in which messages list them.
    pub const ALL: [Method; 8] = [
        Method::Get,
        Method::Post,
        Method::Put,
        Method::Patch,
        Method::Delete,
        Method::Head,
        Method::Options,
        Method::Any,
    ];

    /// The method's name, as HTTP and API Gateway spell it.
    ///
    /// ```
    /// assert_eq!(chalice_core::method::Method::Get.name(), "GET");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
            Method::Head => "HEAD",
            Method::Options => "OPTIONS",
            Method::Any => "ANY",
        }
    }

    /// The method of that name; names are case-sensitive (RFC 9110, 9.1).
    ///
    /// ```
    /// use chalice_core::method::Method;
    /// assert_eq!(Method::from_name("PATCH"), Some(Method::Patch));
    /// assert_eq!(Method::from_name("patch"), None);
    /// ```
    pub const fn from_name(name: &str) -> Option<Method> {
        match name.as_bytes() {
            b"GET" => Some(Method::Get),
            b"POST" => Some(Method::Post),
            b"PUT" => Some(Method::Put),
            b"PATCH" => Some(Method::Patch),
            b"DELETE" => Some(Method::Delete),
            b"HEAD" => Some(Method::Head),
            b"OPTIONS" => Some(Method::Options),
            b"ANY" => Some(Method::Any),
            _ => None,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A set of [`Method`]s, one bit each.
///
/// ```
/// use chalice_core::method::{Method, MethodSet};
/// let set = MethodSet::EMPTY.with(Method::Get).with(Method::Put);
/// assert!(set.contains(Method::Put));
/// assert_eq!(set.to_string(), "GET, PUT");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct MethodSet(#[doc(hidden)] pub u8);

impl MethodSet {
    /// The set without a member.
    pub const EMPTY: MethodSet = MethodSet(0);

    /// One bit per method, bit 0 being [`Method::Get`].
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// This set and `method`.
    #[must_use]
    pub const fn with(self, method: Method) -> MethodSet {
        MethodSet(self.0 | 1 << method as u8)
    }

    /// Whether `method` itself is a member ([`Method::Any`] is a member like any other).
    pub const fn contains(self, method: Method) -> bool {
        self.0 & 1 << method as u8 != 0
    }

    /// Whether both sets have a member in common.
    pub const fn intersects(self, other: MethodSet) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the set has no member.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many members the set has.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// How many members come before `method` in the order of [`Method::ALL`].
    pub const fn rank(self, method: Method) -> usize {
        (self.0 & ((1 << method as u8) - 1)).count_ones() as usize
    }

    /// The members, in the order of [`Method::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Method> {
        Method::ALL
            .into_iter()
            .filter(move |method| self.contains(*method))
    }
}

/// Different [`Method`]s in the order in which a route lists them.
///
/// ```
/// use chalice_core::method::{Method, MethodList};
/// let list = MethodList::from_iter([Method::Put, Method::Get]);
/// assert_eq!(list.iter().collect::<Vec<_>>(), [Method::Put, Method::Get]);
/// ```
// Four bits per method, the first one lowest: the method's number plus one, so that 0 ends the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct MethodList(#[doc(hidden)] pub u32);

impl MethodList {
    /// The list without a method.
    pub const EMPTY: MethodList = MethodList(0);

    /// This list, and then `method`.
    #[must_use]
    pub const fn with(self, method: Method) -> MethodList {
        let end = (u32::BITS - self.0.leading_zeros()).next_multiple_of(4);
        MethodList(self.0 | (method as u32 + 1) << end)
    }

    /// The methods.
    pub fn iter(self) -> impl Iterator<Item = Method> {
        (0..8).map_while(move |at| {
            let number = (self.0 >> (4 * at) & 15) as usize;
            Method::ALL.get(number.checked_sub(1)?).copied()
        })
    }
}

impl FromIterator<Method> for MethodList {
    fn from_iter<I: IntoIterator<Item = Method>>(methods: I) -> Self {
        methods
            .into_iter()
            .take(8)
            .fold(MethodList::EMPTY, MethodList::with)
    }
}

impl FromIterator<Method> for MethodSet {
    fn from_iter<I: IntoIterator<Item = Method>>(methods: I) -> Self {
        methods.into_iter().fold(MethodSet::EMPTY, MethodSet::with)
    }
}

impl fmt::Display for MethodSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, method) in self.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            f.write_str(method.name())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_bits_agree() {
        for (bit, method) in Method::ALL.into_iter().enumerate() {
            assert_eq!(method as usize, bit);
            assert_eq!(Method::from_name(method.name()), Some(method));
        }
        assert_eq!(Method::from_name("get"), None);
        assert_eq!(Method::from_name("TRACE"), None);
    }

    #[test]
    fn lists_keep_their_order() {
        let mut methods = Method::ALL;
        methods.reverse();
        for count in 0..=methods.len() {
            let some = &methods[..count];
            let list = MethodList::from_iter(some.iter().copied());
            assert_eq!(list.iter().collect::<Vec<_>>(), some);
        }
        assert_eq!(MethodList::EMPTY.iter().count(), 0);
    }

    #[test]
    fn rank_counts_members_before() {
        let set = MethodSet::EMPTY
            .with(Method::Any)
            .with(Method::Post)
            .with(Method::Head);
        assert_eq!(set.rank(Method::Get), 0);
        assert_eq!(set.rank(Method::Post), 0);
        assert_eq!(set.rank(Method::Head), 1);
        assert_eq!(set.rank(Method::Any), 2);
        assert_eq!(set.len(), 3);
    }
}
